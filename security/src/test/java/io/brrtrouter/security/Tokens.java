package io.brrtrouter.security;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tests ask providers, and the claims and keys they ask with. */
final class Tokens {
  static final String ISSUER = "https://id.example.com/";
  static final String AUDIENCE = "https://api.example.com";
  static final long NOW = TestClock.START_SECONDS;

  static final HttpRequest REQUEST =
      new HttpRequest(
          Method.GET,
          "/pets",
          "HTTP/1.1",
          Headers.of(),
          Peer.of(new InetSocketAddress("127.0.0.1", 4711)));

  private Tokens() {}

  /** {@return claims that pass, with more of them} */
  static String claims(String... more) {
    return claimsUntil(NOW + 600, more);
  }

  static String claimsUntil(long expires, String... more) {
    String rest = more.length == 0 ? "" : "," + String.join(",", more);
    return "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"anna\",\"exp\":%d%s}"
        .formatted(ISSUER, AUDIENCE, expires, rest);
  }

  /** {@return a builder that has all but keys} */
  static JwtProviderBuilder builder(TestClock clock) {
    return JwtProvider.builder().issuer(ISSUER).audience(AUDIENCE).clock(clock);
  }

  /** {@return a provider of the keys of a set, which needs no network} */
  static JwtProvider provider(String... jwks) {
    return withKeys(builder(new TestClock()), jwks);
  }

  static JwtProvider withKeys(JwtProviderBuilder builder, String... jwks) {
    try {
      Path file = Files.createTempFile("keys", ".json");
      file.toFile().deleteOnExit();
      Files.writeString(file, TestKey.keySet(jwks));
      return builder.jwksFile(file).build();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static Verification verify(JwtProvider provider, String token) {
    try {
      return provider.verify(new Credential.Bearer(token), REQUEST);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  static Verification onLoop(JwtProvider provider, String token) {
    return provider.verifyOnLoop(new Credential.Bearer(token), REQUEST);
  }

  /** {@return the reason of a refusal, or what came instead} */
  static String refusal(JwtProvider provider, String token) {
    Verification verification = verify(provider, token);
    return verification instanceof Verification.Refused(String reason)
        ? reason
        : verification.toString();
  }
}
