package io.brrtrouter.security;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files with credentials that are exchanged while a server runs, which nobody restarts, over a
 * socket. What is asked again and again is good until the file counts: refusals are limited.
 */
class RotationTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private void exchange(Path file, String text) throws IOException {
    Files.move(write("new", text), file, ATOMIC_MOVE);
  }

  private static int status(Served served, String... headers) {
    return served.get(headers).statusCode();
  }

  private static void awaitRefusal(Served served, String... headers) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (status(served, headers) != 401) {
      assertThat(Instant.now()).as("still let in").isBefore(end);
      Thread.sleep(50);
    }
  }

  @Test
  void a_key() throws Exception {
    String old = "old-key-0123456789";
    String now = "now-key-9876543210";
    Path file = write("key", old);
    String yaml =
        "security: {reload_secs: 1, api_keys: {door: {key_file: '%s', scopes: [read]}}}"
            .formatted(file);
    try (Served served = Served.over(directory, "{type: apiKey, in: header, name: X-Key}", yaml)) {
      assertThat(status(served, "X-Key", old)).isEqualTo(200);
      assertThat(status(served, "X-Key", now)).isEqualTo(401);

      exchange(file, now);

      awaitRefusal(served, "X-Key", old);
      assertThat(status(served, "X-Key", now)).isEqualTo(200);
    }
  }

  @Test
  void a_password() throws Exception {
    String old = basic("anna:secret-password");
    String now = basic("anna:pässwörd");
    Path file = write("users", "anna:" + BasicProviderTest.BCRYPT + ":read\n");
    String yaml = "security: {reload_secs: 1, basic: {door: {users_file: '%s'}}}".formatted(file);
    try (Served served = Served.over(directory, "{type: http, scheme: basic}", yaml)) {
      assertThat(status(served, "Authorization", old)).isEqualTo(200);
      assertThat(status(served, "Authorization", now)).isEqualTo(401);

      exchange(file, "anna:" + BasicProviderTest.OTHER + ":read\n");

      awaitRefusal(served, "Authorization", old);
      assertThat(status(served, "Authorization", now)).isEqualTo(200);
    }
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_list_of_revoked_tokens() throws Exception {
    Path keys = write("keys", TestKey.keySet(TestKey.P256.namedJwk()));
    Path revoked = write("revoked", "other\n");
    String yaml =
        "security: {reload_secs: 1, jwks: {door: {jwks_file: '%s', iss: id, aud: me, revoked_file: '%s'}}}"
            .formatted(keys, revoked);
    String one = token("one");
    String two = token("two");
    try (Served served = Served.over(directory, "{type: http, scheme: bearer}", yaml)) {
      assertThat(status(served, "Authorization", one)).isEqualTo(200);
      assertThat(status(served, "Authorization", two)).isEqualTo(200);

      exchange(revoked, "other\none\n");

      awaitRefusal(served, "Authorization", one);
      assertThat(status(served, "Authorization", two)).isEqualTo(200);
    }
  }

  private static String token(String id) {
    return "Bearer "
        + TestKey.P256.token(
            "ES256",
            "{\"iss\":\"id\",\"aud\":\"me\",\"sub\":\"anna\",\"scope\":\"read\",\"jti\":\"%s\",\"exp\":%d}"
                .formatted(id, Instant.now().plus(Duration.ofHours(1)).getEpochSecond()));
  }
}
