package io.brrtrouter.security;

import static io.brrtrouter.security.KeyServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.Verification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alone, because it reads logs. */
@Isolated
class RemoteApiKeyProviderTest {
  private static final String YES = "{\"valid\":true}";

  private static final Verification UNKNOWN = Verification.refused("the key is not known");

  /** The SHA-256 of the key {@code k}, as {@code sha256sum} has it. */
  private static final String K =
      "8254c329a92850f6d539dd376f4816ee2764517da5e0235514af433164480d7a";

  private final TestClock clock = new TestClock();
  private final KeyServer server = new KeyServer();
  @TempDir private Path directory;

  @AfterEach
  void stop() {
    server.close();
  }

  private RemoteApiKeyProviderBuilder builder() {
    return RemoteApiKeyProvider.builder()
        .verifyUrl(server.url("/verify"))
        .timeout(Duration.ofSeconds(10))
        .clock(clock);
  }

  private static Verification verify(RemoteApiKeyProvider provider, String key) {
    try {
      return provider.verify(new Credential.ApiKey(key), Tokens.REQUEST);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private static Verification onLoop(RemoteApiKeyProvider provider, String key) {
    return provider.verifyOnLoop(new Credential.ApiKey(key), Tokens.REQUEST);
  }

  private void says(int status, String type, String body, String... fields) {
    server.on(
        "/verify",
        exchange -> {
          for (int i = 0; i < fields.length; i += 2) {
            exchange.getResponseHeaders().set(fields[i], fields[i + 1]);
          }
          if (!type.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", type);
          }
          status(status, body).to(exchange);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          200 | ''                            | ''                                          | ''   | ''
          204 | ''                            | ''                                          | ''   | ''
          200 | text/html                     | ''                                          | ''   | ''
          204 | application/json              | ''                                          | ''   | ''
          200 | application/json              | {"subject":"anna","scopes":["read","write"]} | anna | read,write
          200 | application/json;charset=utf-8 | {"subject":"anna","scopes":"read write"}    | anna | read,write
          200 | Application/Vnd.Keys+JSON     | {"scopes":[]}                               | ''   | ''
          200 | application/json              | {"valid":true,"more":{"things":1}}          | ''   | ''
          200 | application/json              | {"valid":true,"active":true,"subject":"ben"} | ben | ''
          """)
  void a_good_answer_says_who_it_is_if_it_wants(
      int status, String type, String body, String subject, String scopes) {
    says(status, type, body);
    try (RemoteApiKeyProvider provider = builder().build()) {
      Verification accepted =
          Verification.accepted(subject, scopes.isEmpty() ? List.of() : List.of(scopes.split(",")))
              .withClient(subject.isEmpty() ? K : "");
      assertThat(onLoop(provider, "k")).isInstanceOf(Verification.NeedsThread.class);
      assertThat(verify(provider, "k")).isEqualTo(accepted);
      assertThat(onLoop(provider, "k")).isEqualTo(accepted);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void a_bad_answer_is_kept_for_a_shorter_while(int status) {
    says(status, "", "");
    try (RemoteApiKeyProvider provider = builder().build()) {
      assertThat(verify(provider, "k")).isEqualTo(UNKNOWN);
      says(200, "", "");
      assertThat(onLoop(provider, "k")).isEqualTo(UNKNOWN);
      clock.pass(Duration.ofSeconds(10));
      assertThat(verify(provider, "k")).isInstanceOf(Verification.Accepted.class);
      clock.pass(Duration.ofSeconds(59));
      assertThat(onLoop(provider, "k")).isInstanceOf(Verification.Accepted.class);
    }
  }

  /** Whether with a body that would say yes or without one. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        201, 202, 203, 205, 206, 207, 226, 299, 300, 301, 302, 303, 304, 307, 308, 400, 402, 404,
        405, 406, 407, 408, 409, 410, 421, 422, 423, 425, 429, 451, 500, 501, 502, 503, 504, 511,
        599
      })
  void any_other_status_says_nothing_of_a_key(int status) {
    String reason =
        status == 404
            ? "it answers 404, which says nothing of a key: look at the path of the URL; 401 and 403"
                + " say that a key is not good"
            : "it answers " + status;
    for (String body : status == 205 || status == 304 ? List.of("") : List.of("", YES)) {
      says(status, "application/json", body, "Location", server.url("/elsewhere").toString());
      server.on("/elsewhere", status(200, ""));
      try (RemoteApiKeyProvider provider = builder().build();
          Lines log = new Lines(Verdicts.class)) {
        for (int i = 0; i < 2; i++) {
          assertThat(verify(provider, "k"))
              .isEqualTo(
                  new Verification.Unavailable(
                      server.url("/verify") + " cannot be asked: " + reason));
          assertThat(onLoop(provider, "k")).as("kept").isInstanceOf(Verification.NeedsThread.class);
        }
        assertThat(log.lines().stream().filter(line -> line.startsWith("WARN")))
            .as("once")
            .containsExactly(
                "WARN "
                    + server.url("/verify")
                    + " cannot be asked about credentials, and they get a 503: "
                    + reason);
        assertThat(server.asked("/elsewhere")).isZero();
        says(200, "", "");
        assertThat(verify(provider, "k")).isInstanceOf(Verification.Accepted.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"valid\":false}",
        "{\"active\":false}",
        "{\"active\":true,\"valid\":false,\"subject\":\"anna\"}"
      })
  void a_good_status_with_a_bad_verdict_is_a_bad_answer(String body) {
    says(200, "application/json", body);
    try (RemoteApiKeyProvider provider = builder().build()) {
      assertThat(verify(provider, "k")).isEqualTo(UNKNOWN);
      assertThat(onLoop(provider, "k")).as("it is kept").isEqualTo(UNKNOWN);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | text/html        | <html>Log in</html> | it answers 200 with something that is not called JSON
          200 | application/problem+json | {"active":true} | it answers 200 with something that is not called JSON
          200 | application/json | {"error":"unknown key"} | it answers with JSON that has none of valid, active, subject, scopes
          200 | text/plain       | OK                | it answers 200 with something that is not called JSON
          200 | text/json        | {"subject":"anna"} | it answers 200 with something that is not called JSON
          200 | ''               | {"subject":"anna"} | it answers 200 with something that is not called JSON
          200 | application/json | {"valid":"false"} | it answers with "valid" that is neither true nor false
          200 | application/json | {"valid":true,"active":null} | it answers with "active" that is neither true nor false
          200 | application/json | ''                | it answers with JSON that is no object
          200 | application/json | anna              | it answers with JSON that is no object
          200 | application/json | ["anna"]          | it answers with JSON that is no object
          200 | application/json | {"subject":"a","subject":"b"} | it answers with JSON that is no object
          200 | application/json | {"subject":7}     | it answers with a "subject" that is no string, or "scopes" that are no strings
          200 | application/json | {"scopes":{}}     | it answers with a "subject" that is no string, or "scopes" that are no strings
          200 | application/json | {"scopes":["a",1]} | it answers with a "subject" that is no string, or "scopes" that are no strings
          """)
  void any_other_answer_says_nothing_and_is_not_kept(
      int status, String type, String body, String reason) {
    says(status, type, body);
    try (RemoteApiKeyProvider provider = builder().build()) {
      assertThat(verify(provider, "k"))
          .isEqualTo(
              new Verification.Unavailable(server.url("/verify") + " cannot be asked: " + reason));
      assertThat(onLoop(provider, "k")).isInstanceOf(Verification.NeedsThread.class);
      says(200, "", "");
      assertThat(verify(provider, "k")).isInstanceOf(Verification.Accepted.class);
    }
  }

  /** Who dies after the head of his answer has said nothing of the key, whatever the status. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 200 OK#Content-Type: application/json##                               | 503
          HTTP/1.0 200 OK#Content-Type: application/json##                               | 503
          HTTP/1.1 200 OK#Content-Type: text/html##                                      | 503
          HTTP/1.1 200 OK##                                                              | 503
          HTTP/1.0 200 OK##                                                              | 503
          HTTP/1.1 200 OK#Content-Length: 15##                                           | 503
          HTTP/1.1 200 OK#Transfer-Encoding: chunked##                                   | 503
          HTTP/1.1 200 OK#Transfer-Encoding: chunked##0#                                 | 503
          HTTP/1.1 200 OK#Content-Type: application/json#Content-Length: 0##             | 503
          HTTP/1.1 200 OK#Content-Type: application/json#Transfer-Encoding: chunked##0## | 503
          HTTP/1.1 200 OK#Transfer-Encoding: chunked##0##                                | 200
          HTTP/1.1 200 OK#Content-Length: 0##                                            | 200
          HTTP/1.1 200 OK#Content-Type: text/plain#Content-Length: 0##                   | 200
          HTTP/1.1 204 No Content##                                                      | 200
          HTTP/1.1 200 OK#Content-Type: application/json##{"valid":true}                 | 200
          """)
  void an_answer_that_breaks_off_before_its_body_lets_nobody_in(String answer, int status)
      throws Exception {
    try (ServerSocket verifier = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        RemoteApiKeyProvider provider =
            builder()
                .verifyUrl(URI.create("http://127.0.0.1:" + verifier.getLocalPort() + "/verify"))
                .build()) {
      Thread.ofVirtual().start(() -> answerAll(verifier, answer.replace("#", "\r\n")));
      assertThat(verify(provider, "made-up"))
          .isInstanceOf(
              status == 200 ? Verification.Accepted.class : Verification.Unavailable.class);
      assertThat(onLoop(provider, "made-up"))
          .as("kept")
          .isInstanceOf(
              status == 200 ? Verification.Accepted.class : Verification.NeedsThread.class);
    }
  }

  private static void answerAll(ServerSocket verifier, String answer) {
    try {
      while (true) {
        try (Socket client = verifier.accept()) {
          BufferedReader head =
              new BufferedReader(
                  new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
          for (String line = head.readLine(); line != null && !line.isEmpty(); ) {
            line = head.readLine();
          }
          client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  @Test
  void who_is_dead_does_not_cost_each_request_the_time_he_has() {
    CountDownLatch end = new CountDownLatch(1);
    server.on("/verify", exchange -> end.await());
    try (RemoteApiKeyProvider provider = builder().timeout(Duration.ofMillis(200)).build()) {
      long begun = System.nanoTime();
      for (int i = 0; i < 100; i++) {
        assertThat(verify(provider, "k" + i)).isInstanceOf(Verification.Unavailable.class);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
      assertThat(server.asked("/verify")).isLessThanOrEqualTo(5);
    } finally {
      end.countDown();
    }
  }

  @Test
  void the_key_is_sent_in_the_field_that_is_configured() {
    AtomicReference<String> seen = new AtomicReference<>("");
    server.on(
        "/verify",
        exchange -> {
          seen.set(
              exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("X-Key"));
          status(200, "").to(exchange);
        });
    try (RemoteApiKeyProvider provider = builder().headerName("x-key").build()) {
      verify(provider, "the-key");
      assertThat(seen.get()).isEqualTo("GET the-key");
      assertThat(provider.description()).isEqualTo("keys verified by " + server.url("/verify"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ключ", "a b", "a\r\nX-Admin: yes", "\u007f", "é"})
  void what_no_field_can_carry_is_no_key(String key) {
    says(200, "", "");
    try (RemoteApiKeyProvider provider = builder().build()) {
      assertThat(verify(provider, key)).isEqualTo(UNKNOWN);
      assertThat(onLoop(provider, key)).isEqualTo(UNKNOWN);
      assertThat(verify(provider, "k".repeat(8 * 1024 + 1))).isEqualTo(UNKNOWN);
      assertThat(server.asked("/verify")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "a b", "Content-Length", "x:"})
  void a_field_that_cannot_be_sent_is_refused(String name) {
    assertThatThrownBy(() -> builder().headerName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "headerName = \""
                + name
                + "\" is no header field that can be sent: name another, X-API-Key"
                + " for example");
  }

  @Nested
  class As_configured {
    private static final String SCHEME = "{type: apiKey, in: header, name: X-Pet-Key}";

    @Test
    void keys_are_asked_about() throws Exception {
      says(200, "application/json", "{\"subject\":\"anna\",\"scopes\":[\"read\"]}");
      String yaml =
          "security: {remote_api_keys: {door: {verify_url: '" + server.url("/verify") + "'}}}";
      try (Served served = Served.over(directory, SCHEME, yaml)) {
        assertThat(served.get("X-Pet-Key", "k").body()).isEqualTo("anna [read] {}");
        says(403, "", "");
        assertThat(served.get("X-Pet-Key", "other").statusCode()).isEqualTo(401);
        assertThat(served.get("X-Pet-Key", "k").statusCode()).isEqualTo(200);
        says(404, "", "");
        assertThat(served.get("X-Pet-Key", "another").statusCode()).isEqualTo(503);
        says(500, "", "");
        var unavailable = served.get("X-Pet-Key", "third");
        assertThat(unavailable.statusCode()).isEqualTo(503);
        assertThat(unavailable.body()).doesNotContain("verify");
      }
    }
  }
}
