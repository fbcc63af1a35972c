package io.brrtrouter.security;

import static io.brrtrouter.security.Tokens.NOW;
import static io.brrtrouter.security.Tokens.claimsUntil;
import static io.brrtrouter.security.Tokens.refusal;
import static io.brrtrouter.security.Tokens.verify;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.auth.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private final String token = TestKey.P256.token("ES256", claimsUntil(NOW + 9_000));
  private final String other = TestKey.P384.token("ES384", claimsUntil(NOW + 9_000));

  private Path write(String name, TestKey key) throws IOException {
    return Files.writeString(directory.resolve(name), TestKey.keySet(key.namedJwk()));
  }

  private static void assertAccepted(Verification verification) {
    assertThat(verification).isInstanceOf(Verification.Accepted.class);
  }

  @Test
  void a_file_that_is_written_again_counts_after_five_seconds() throws IOException {
    Path file = write("keys.json", TestKey.P256);
    try (JwtProvider provider = Tokens.builder(clock).jwksFile(file).build()) {
      assertAccepted(verify(provider, token));
      write("keys.json", TestKey.P384);
      assertAccepted(verify(provider, token));
      clock.pass(Duration.ofSeconds(5));
      assertThat(refusal(provider, token)).isEqualTo("the key of the token is not known");
      assertAccepted(verify(provider, other));
    }
  }

  @Test
  void a_token_of_a_new_key_counts_at_once() throws IOException {
    Path file = write("keys.json", TestKey.P256);
    try (JwtProvider provider = Tokens.builder(clock).jwksFile(file).build()) {
      Files.move(write("new.json", TestKey.P384), file, StandardCopyOption.ATOMIC_MOVE);
      assertAccepted(verify(provider, other));
    }
  }

  /** Kubernetes turns a link to a directory. */
  @Test
  void a_link_that_is_turned_counts() throws IOException {
    Path data = directory.resolve("data");
    Files.createSymbolicLink(data, Files.createDirectory(directory.resolve("one")));
    Files.createDirectory(directory.resolve("two"));
    write("one/keys.json", TestKey.P256);
    write("two/keys.json", TestKey.P384);
    try (JwtProvider provider = Tokens.builder(clock).jwksFile(data.resolve("keys.json")).build()) {
      assertAccepted(verify(provider, token));
      Files.move(
          Files.createSymbolicLink(directory.resolve("turn"), directory.resolve("two")),
          data,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
      clock.pass(Duration.ofSeconds(5));
      assertAccepted(verify(provider, other));
      assertThat(refusal(provider, token)).isEqualTo("the key of the token is not known");
    }
  }

  @Test
  void a_file_that_is_broken_changes_nothing_for_an_hour() throws IOException {
    Path file = write("keys.json", TestKey.P256);
    try (JwtProvider provider = Tokens.builder(clock).jwksFile(file).build()) {
      Files.writeString(file, "{\"keys\":[");
      clock.pass(Duration.ofSeconds(6));
      assertAccepted(verify(provider, token));
      clock.pass(Duration.ofMinutes(59));
      assertAccepted(verify(provider, token));
      clock.pass(Duration.ofMinutes(2));
      assertThat(verify(provider, token))
          .isEqualTo(
              new Verification.Unavailable(
                  "keys of "
                      + file
                      + " cannot be loaded: it is not a JSON object with unique names"));
    }
  }

  @Test
  void a_file_that_is_gone_has_no_keys_until_it_is_back() throws IOException {
    Path file = write("keys.json", TestKey.P256);
    try (JwtProvider provider = Tokens.builder(clock).jwksFile(file).build()) {
      assertAccepted(verify(provider, token));
      Files.delete(file);
      clock.pass(Duration.ofSeconds(5));
      assertThat(refusal(provider, token)).isEqualTo("the key of the token is not known");
      write("keys.json", TestKey.P256);
      clock.pass(Duration.ofSeconds(30));
      assertAccepted(verify(provider, token));
    }
  }

  @Nested
  class A_shared_secret {
    private static final byte[] OLD = "0123456789abcdefghijklmnopqrstuv".getBytes(US_ASCII);
    private static final byte[] NEW =
        (new String(OLD, US_ASCII) + "x".repeat(32)).getBytes(US_ASCII);

    private Path write(byte[] secret) throws IOException {
      return Files.writeString(directory.resolve("secret"), TestKey.base64(secret) + "\n");
    }

    private static String signed(String algorithm, byte[] secret) {
      return TestKey.hmac(
          algorithm,
          secret,
          "{\"alg\":\"" + algorithm + "\"}",
          Tokens.claimsUntil(Tokens.NOW + 90_000));
    }

    private JwtProvider provider(Path file) throws UnusableSecretException {
      return Tokens.builder(clock).hmacSecretFile(file).build();
    }

    @Test
    void that_is_written_again_counts_at_once_and_the_old_one_no_more() throws Exception {
      Path file = write(OLD);
      try (JwtProvider provider = provider(file)) {
        assertAccepted(verify(provider, signed("HS256", OLD)));
        assertThat(refusal(provider, signed("HS512", NEW)))
            .as("too short")
            .isEqualTo("no key is for the algorithm of the token");

        write(NEW);
        clock.pass(Duration.ofSeconds(30));
        assertAccepted(verify(provider, signed("HS512", NEW)));
        assertAccepted(verify(provider, signed("HS256", NEW)));
        assertThat(refusal(provider, signed("HS256", OLD))).isEqualTo("the signature is not valid");
        assertThat(provider.description()).isEqualTo("JWT, a shared secret in " + file);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dG9wLXNlY3JldA", "not base64url"})
    void that_cannot_be_used_leaves_the_old_one(String text) throws Exception {
      Path file = write(OLD);
      try (JwtProvider provider = provider(file)) {
        Files.writeString(file, text);
        clock.pass(Duration.ofSeconds(5));
        assertAccepted(verify(provider, signed("HS256", OLD)));
        clock.pass(Duration.ofSeconds(5));
        assertAccepted(verify(provider, signed("HS256", OLD)));
      }
    }

    @Test
    void that_is_gone_verifies_nothing() throws Exception {
      Path file = write(OLD);
      try (JwtProvider provider = provider(file)) {
        assertAccepted(verify(provider, signed("HS256", OLD)));
        Files.delete(file);
        clock.pass(Duration.ofSeconds(5));
        assertThat(refusal(provider, signed("HS256", OLD)))
            .isEqualTo("no key is for the algorithm of the token");
      }
    }

    @Test
    void that_is_too_short_stops_the_start() throws IOException {
      Path file = write(new byte[31]);

      assertThatThrownBy(() -> provider(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "hmacSecret has 31 octets, and fewer than 32 can be guessed: share random ones with"
                  + " who issues the tokens, 32 for HS256");
    }
  }

  @Test
  void a_file_that_is_not_there_stops_the_start() {
    Path file = directory.resolve("missing.json");

    assertThatThrownBy(() -> Tokens.builder(clock).jwksFile(file).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "jwksFile = "
                + file
                + " is no key set: there is no such file: name a file with a JWK Set (RFC 7517)");
  }

  @Test
  void a_file_that_is_no_key_set_stops_the_start() throws IOException {
    Path file = Files.writeString(directory.resolve("keys.json"), "{\"kty\":\"RSA\"}");

    assertThatThrownBy(() -> Tokens.builder(clock).jwksFile(file).build())
        .hasMessage(
            "jwksFile = "
                + file
                + " is no key set: it has no array \"keys\": name a file with a JWK Set (RFC 7517)");
  }
}
