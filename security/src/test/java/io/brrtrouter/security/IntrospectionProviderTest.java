package io.brrtrouter.security;

import static io.brrtrouter.security.KeyServer.json;
import static io.brrtrouter.security.KeyServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alone, because it reads logs and counts threads. */
@Isolated
class IntrospectionProviderTest {
  private static final long NOW = TestClock.START_SECONDS;
  private static final String GOOD =
      "{\"active\":true,\"sub\":\"anna\",\"scope\":\"read write\",\"aud\":\"pets\",\"iss\":\"id\",\"exp\":%d}"
          .formatted(NOW + 600);

  private final TestClock clock = new TestClock();
  private final KeyServer server = new KeyServer();
  @TempDir private Path directory;

  @AfterEach
  void stop() {
    server.close();
  }

  private IntrospectionProviderBuilder builder() {
    return IntrospectionProvider.builder()
        .introspectionUrl(server.url("/introspect"))
        .clientId("pets")
        .clientSecret("client-secret")
        .audience("pets")
        .issuer("id")
        .timeout(Duration.ofSeconds(10))
        .clock(clock);
  }

  private void says(String body) {
    server.on("/introspect", json(body));
  }

  private int asked() {
    return server.asked("/introspect");
  }

  private static Verification verify(IntrospectionProvider provider, String token) {
    try {
      return provider.verify(new Credential.Bearer(token), Tokens.REQUEST);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private static Verification onLoop(IntrospectionProvider provider, String token) {
    return provider.verifyOnLoop(new Credential.Bearer(token), Tokens.REQUEST);
  }

  @Nested
  class What_is_said_of_a_token {
    @Test
    void becomes_the_principal() {
      says(GOOD);
      try (IntrospectionProvider provider = builder().build()) {
        assertThat(verify(provider, "t"))
            .isInstanceOfSatisfying(
                Verification.Accepted.class,
                accepted -> {
                  assertThat(accepted.subject()).isEqualTo("anna");
                  assertThat(accepted.scopes()).containsExactly("read", "write");
                  assertThat(accepted.claims()).containsKeys("active", "exp", "iss");
                });
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            {"active":false}                                             | the token is not active
            {"active":false,"aud":"pets","iss":"id"}                     | the token is not active
            {"active":true,"aud":"pets","iss":"id","exp":NOW-31}         | the token has expired
            {"active":true,"aud":"pets","iss":"id","nbf":NOW+31}         | the token is not valid yet
            {"active":true,"aud":"pets","iss":"id","iat":NOW+31}         | the token was issued in the future
            {"active":true,"aud":"pets","iss":"id","exp":"soon"}         | a time of the token is not valid
            {"active":true,"aud":"pets"}                                 | the token is not of this issuer
            {"active":true,"aud":"pets","iss":"other"}                   | the token is not of this issuer
            {"active":true,"iss":"id"}                                   | the token is not for this audience
            {"active":true,"iss":"id","aud":["a","b"]}                   | the token is not for this audience
            {"active":true,"iss":"id","aud":7}                           | the audience of the token is not a string or an array of strings
            {"active":true,"iss":"id","aud":"pets","sub":7}              | the subject of the token is not a string
            """)
    void and_is_not_good_refuses_it(String said, String reason) {
      says(said.replace("NOW-31", "" + (NOW - 31)).replace("NOW+31", "" + (NOW + 31)));
      try (IntrospectionProvider provider = builder().build()) {
        assertThat(verify(provider, "t")).isEqualTo(Verification.refused(reason));
        assertThat(onLoop(provider, "t")).isEqualTo(Verification.refused(reason));
      }
    }

    @ParameterizedTest
    @CsvSource({"exp, -29", "nbf, 30", "iat, 30"})
    void may_come_from_a_clock_that_differs_by_half_a_minute(String claim, int seconds) {
      says(
          "{\"active\":true,\"aud\":\"pets\",\"iss\":\"id\",\"%s\":%d}"
              .formatted(claim, NOW + seconds));
      try (IntrospectionProvider provider = builder().build()) {
        assertThat(verify(provider, "t")).isInstanceOf(Verification.Accepted.class);
      }
    }

    /** A page that repeats what it was sent would say what an attacker wants. */
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            text/html                            | false
            text/plain;charset=utf-8             | false
            text/json                            | false
            application/problem+json             | false
            application/jsonp                    | false
            application/token-introspection+jwt  | false
            ''                                   | false
            application/json                     | true
            Application/JSON; charset=utf-8      | true
            application/vnd.id+json              | true
            """)
    void and_is_not_called_json_says_nothing(String type, boolean counts) {
      server.on(
          "/introspect",
          exchange -> {
            if (!type.isEmpty()) {
              exchange.getResponseHeaders().set("Content-Type", type);
            }
            status(200, GOOD).to(exchange);
          });
      try (IntrospectionProvider provider = builder().build()) {
        if (counts) {
          assertThat(verify(provider, "t")).isInstanceOf(Verification.Accepted.class);
        } else {
          assertThat(verify(provider, "t"))
              .isEqualTo(
                  new Verification.Unavailable(
                      server.url("/introspect")
                          + " cannot be asked: it answers 200 with something that is not called"
                          + " JSON"));
          assertThat(onLoop(provider, "t")).isInstanceOf(Verification.NeedsThread.class);
        }
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            401 | {"error":"invalid_client"}      | it does not accept the client's id and secret (401)
            200 | ''                              | it does not answer with a JSON object that says whether the token is active
            200 | active                          | it does not answer with a JSON object that says whether the token is active
            200 | []                              | it does not answer with a JSON object that says whether the token is active
            200 | {"aud":"pets","iss":"id"}       | it does not answer with a JSON object that says whether the token is active
            200 | {"active":"true"}               | it does not answer with a JSON object that says whether the token is active
            200 | {"active":1}                    | it does not answer with a JSON object that says whether the token is active
            200 | {"active":true,"active":true}   | it does not answer with a JSON object that says whether the token is active
            200 | {"active":true} {}              | it does not answer with a JSON object that says whether the token is active
            """)
    void and_is_something_else_says_nothing_and_is_not_kept(int code, String said, String reason) {
      server.on(
          "/introspect",
          exchange -> {
            exchange.getResponseHeaders().set("Location", server.url("/elsewhere").toString());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            status(code, said == null ? "" : said.replace("GOOD", GOOD)).to(exchange);
          });
      server.on("/elsewhere", json(GOOD));
      try (IntrospectionProvider provider = builder().build()) {
        assertThat(verify(provider, "t"))
            .isEqualTo(
                new Verification.Unavailable(
                    server.url("/introspect") + " cannot be asked: " + reason));
        assertThat(onLoop(provider, "t")).isInstanceOf(Verification.NeedsThread.class);
        assertThat(server.asked("/elsewhere")).isZero();
        says(GOOD);
        assertThat(verify(provider, "t")).isInstanceOf(Verification.Accepted.class);
      }
    }

    /** Though what comes with it says that the token is good. */
    @ParameterizedTest
    @ValueSource(
        ints = {
          201, 202, 203, 204, 205, 206, 207, 226, 299, 300, 301, 302, 303, 304, 307, 308, 400, 402,
              403,
          404, 405, 406, 407, 408, 409, 410, 421, 422, 423, 425, 429, 451, 500, 501, 502, 503, 504,
              511,
          599
        })
    void and_has_another_status_than_200_says_nothing_and_is_not_kept(int code) {
      boolean empty = code == 204 || code == 205 || code == 304;
      server.on(
          "/introspect",
          exchange -> {
            exchange.getResponseHeaders().set("Location", server.url("/elsewhere").toString());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            status(code, empty ? "" : GOOD).to(exchange);
          });
      server.on("/elsewhere", json(GOOD));
      try (IntrospectionProvider provider = builder().build()) {
        assertThat(verify(provider, "t"))
            .isEqualTo(
                new Verification.Unavailable(
                    server.url("/introspect") + " cannot be asked: it answers " + code));
        assertThat(onLoop(provider, "t")).isInstanceOf(Verification.NeedsThread.class);
        assertThat(server.asked("/elsewhere")).isZero();
        says(GOOD);
        assertThat(verify(provider, "t")).isInstanceOf(Verification.Accepted.class);
      }
    }

    /** With a length that says so, without one, and with one that is not kept. */
    @ParameterizedTest
    @CsvSource({"65600, 65600", "0, 65600", "65600, 65000"})
    void and_is_too_long_or_breaks_off_says_nothing_and_is_not_asked_for_twice(
        long length, int octets) {
      String said = "{\"active\":true,\"pad\":\"" + "x".repeat(octets);
      server.on(
          "/introspect",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, length);
            exchange
                .getResponseBody()
                .write(said.substring(0, octets).getBytes(StandardCharsets.US_ASCII));
            exchange.close();
          });
      try (IntrospectionProvider provider = builder().build()) {
        assertThat(verify(provider, "t")).isInstanceOf(Verification.Unavailable.class);
        assertThat(asked()).isEqualTo(1);
      }
    }

    @Test
    void may_be_for_anybody_of_anybody_where_that_is_asked_for() {
      says("{\"active\":true,\"user\":{\"name\":\"ben\"},\"roles\":[\"admin\"]}");
      try (IntrospectionProvider provider =
          IntrospectionProvider.builder()
              .introspectionUrl(server.url("/introspect"))
              .clientId("pets")
              .clientSecret("s")
              .anyAudience()
              .subjectClaim("user.name")
              .scopeClaims("roles")
              .build()) {
        assertThat(verify(provider, "t"))
            .isInstanceOfSatisfying(
                Verification.Accepted.class,
                accepted -> {
                  assertThat(accepted.subject()).isEqualTo("ben");
                  assertThat(accepted.scopes()).containsExactly("admin");
                });
      }
    }
  }

  @Nested
  class A_question {
    @Test
    void is_a_form_with_the_token_of_a_client_that_says_who_it_is() {
      AtomicReference<String> seen = new AtomicReference<>("");
      server.on(
          "/introspect",
          exchange -> {
            seen.set(
                String.join(
                    "\n",
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestHeaders().getFirst("Accept"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            json(GOOD).to(exchange);
          });
      try (IntrospectionProvider provider =
          builder().clientId("pets & co").clientSecret("a:b%").build()) {
        verify(provider, "a+b/c==");
      }
      assertThat(seen.get())
          .isEqualTo(
              """
              POST
              Basic cGV0cyslMjYrY286YSUzQWIlMjU=
              application/x-www-form-urlencoded
              application/json
              token=a%2Bb%2Fc%3D%3D&token_type_hint=access_token\
              """);
    }

    @Test
    void has_the_secret_that_is_in_the_file_now() throws Exception {
      AtomicReference<String> seen = new AtomicReference<>("");
      server.on(
          "/introspect",
          exchange -> {
            seen.set(exchange.getRequestHeaders().getFirst("Authorization"));
            json(GOOD).to(exchange);
          });
      Path file = Files.writeString(directory.resolve("secret"), "one\n");
      try (IntrospectionProvider provider =
          IntrospectionProvider.builder()
              .introspectionUrl(server.url("/introspect"))
              .clientId("pets")
              .clientSecretFile(file)
              .anyAudience()
              .build()) {
        verify(provider, "a");
        assertThat(seen.get()).isEqualTo("Basic cGV0czpvbmU=");
        Files.writeString(file, "two\n");
        provider.reload();
        verify(provider, "b");
        assertThat(seen.get()).isEqualTo("Basic cGV0czp0d28=");
      }
    }

    @Test
    void is_asked_once_for_a_thousand_requests_with_one_new_token() throws Exception {
      CountDownLatch answer = new CountDownLatch(1);
      server.on(
          "/introspect",
          exchange -> {
            answer.await();
            json(GOOD).to(exchange);
          });
      try (IntrospectionProvider provider = builder().build();
          ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
        CountDownLatch begun = new CountDownLatch(1_000);
        List<Future<Verification>> answers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
          answers.add(
              many.submit(() -> {
                begun.countDown();
                return verify(provider, "new");
              }));
        }
        begun.await();
        answer.countDown();
        for (Future<Verification> each : answers) {
          assertThat(each.get()).isInstanceOf(Verification.Accepted.class);
        }
        assertThat(asked()).isEqualTo(1);
      }
    }

    @Test
    void of_a_token_that_is_too_long_is_never_asked() {
      try (IntrospectionProvider provider = builder().build()) {
        String token = "t".repeat(8 * 1024 + 1);
        Verification refused = Verification.refused("the token is longer than 8192 characters");
        assertThat(verify(provider, token)).isEqualTo(refused);
        assertThat(onLoop(provider, token)).isEqualTo(refused);
        assertThat(asked()).isZero();
      }
    }

    @Test
    void is_asked_again_where_the_connection_is_closed_in_its_face() throws Exception {
      try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
          ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
          IntrospectionProvider provider =
              builder()
                  .introspectionUrl(
                      URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/introspect"))
                  .build()) {
        thread.submit(() -> {
          try (Socket kept = socket.accept()) {
            answer(kept);
            readRequest(kept.getInputStream());
          }
          try (Socket fresh = socket.accept()) {
            answer(fresh);
          }
          return null;
        });
        assertThat(verify(provider, "first")).isInstanceOf(Verification.Accepted.class);
        assertThat(verify(provider, "second")).isInstanceOf(Verification.Accepted.class);
      }
    }

    private static void answer(Socket socket) throws IOException {
      readRequest(socket.getInputStream());
      String head =
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
              + GOOD.length()
              + "\r\n\r\n";
      socket.getOutputStream().write((head + GOOD).getBytes(StandardCharsets.US_ASCII));
    }

    /** Every request ends with what it is asked for. */
    private static void readRequest(InputStream in) throws IOException {
      StringBuilder read = new StringBuilder();
      while (read.indexOf("token_type_hint=access_token") < 0) {
        int octet = in.read();
        if (octet < 0) {
          throw new IOException("closed early: " + read);
        }
        read.append((char) octet);
      }
    }
  }

  @Nested
  class An_answer {
    @Test
    void that_is_good_is_kept_for_a_while() {
      says(GOOD);
      try (IntrospectionProvider provider = builder().build()) {
        assertThat(onLoop(provider, "t")).isInstanceOf(Verification.NeedsThread.class);
        verify(provider, "t");
        says("{\"active\":false}");
        clock.pass(Duration.ofMillis(59_999));
        assertThat(onLoop(provider, "t")).isInstanceOf(Verification.Accepted.class);
        assertThat(verify(provider, "t")).isInstanceOf(Verification.Accepted.class);
        assertThat(asked()).isEqualTo(1);
        clock.pass(Duration.ofMillis(1));
        assertThat(onLoop(provider, "t")).isInstanceOf(Verification.NeedsThread.class);
        assertThat(verify(provider, "t"))
            .isEqualTo(Verification.refused("the token is not active"));
      }
    }

    @Test
    void is_not_kept_for_longer_because_the_clock_goes_back() {
      says(GOOD);
      try (IntrospectionProvider provider = builder().build()) {
        verify(provider, "t");
        says("{\"active\":false}");
        clock.pass(Duration.ofHours(-1));
        assertThat(onLoop(provider, "t")).isInstanceOf(Verification.NeedsThread.class);
        assertThat(verify(provider, "t"))
            .isEqualTo(Verification.refused("the token is not active"));
      }
    }

    @Test
    void that_is_bad_is_kept_for_a_shorter_while() {
      says("{\"active\":false}");
      try (IntrospectionProvider provider = builder().build()) {
        verify(provider, "t");
        says(GOOD);
        clock.pass(Duration.ofMillis(9_999));
        assertThat(onLoop(provider, "t"))
            .isEqualTo(Verification.refused("the token is not active"));
        clock.pass(Duration.ofMillis(1));
        assertThat(verify(provider, "t")).isInstanceOf(Verification.Accepted.class);
      }
    }

    @Test
    void is_never_kept_beyond_the_end_of_the_token() {
      says(GOOD.replace("" + (NOW + 600), "" + (NOW + 20)));
      try (IntrospectionProvider provider = builder().build()) {
        verify(provider, "t");
        clock.pass(Duration.ofSeconds(19));
        assertThat(onLoop(provider, "t")).isInstanceOf(Verification.Accepted.class);
        clock.pass(Duration.ofSeconds(1));
        assertThat(onLoop(provider, "t")).isInstanceOf(Verification.NeedsThread.class);
        assertThat(verify(provider, "t"))
            .as("clocks differ")
            .isInstanceOf(Verification.Accepted.class);
        assertThat(onLoop(provider, "t")).isInstanceOf(Verification.NeedsThread.class);
        clock.pass(Duration.ofSeconds(30));
        assertThat(verify(provider, "t")).isEqualTo(Verification.refused("the token has expired"));
      }
    }
  }

  @Nested
  class Who_does_not_answer {
    /** More than a busy machine needs for an answer. */
    private static final Duration ANSWERS_WITHIN = Duration.ofMillis(250);

    private void hang(CountDownLatch end) {
      server.on("/introspect", exchange -> end.await());
    }

    @Test
    void is_left_alone_for_a_while_and_asked_by_one_then() {
      CountDownLatch end = new CountDownLatch(1);
      hang(end);
      try (IntrospectionProvider provider = builder().timeout(ANSWERS_WITHIN).build()) {
        for (int i = 0; i < 20; i++) {
          assertThat(verify(provider, "t" + i))
              .isEqualTo(
                  new Verification.Unavailable(
                      server.url("/introspect")
                          + " cannot be asked: it does not answer within 250 ms"));
        }
        assertThat(asked()).isEqualTo(5);
        clock.pass(Duration.ofSeconds(1));
        verify(provider, "a");
        verify(provider, "b");
        assertThat(asked()).isEqualTo(6);

        says(GOOD);
        clock.pass(Duration.ofSeconds(1));
        assertThat(verify(provider, "c"))
            .as("it waits longer now")
            .isInstanceOf(Verification.Unavailable.class);
        clock.pass(Duration.ofSeconds(1));
        assertThat(verify(provider, "d")).isInstanceOf(Verification.Accepted.class);
        assertThat(verify(provider, "e")).isInstanceOf(Verification.Accepted.class);
      } finally {
        end.countDown();
      }
    }

    @Test
    void is_not_left_alone_for_longer_because_the_clock_goes_back() {
      CountDownLatch end = new CountDownLatch(1);
      hang(end);
      try (IntrospectionProvider provider = builder().timeout(ANSWERS_WITHIN).build()) {
        for (int i = 0; i < 6; i++) {
          verify(provider, "t" + i);
        }
        assertThat(asked()).isEqualTo(5);
        clock.pass(Duration.ofHours(-1));
        says(GOOD.replace("" + (NOW + 600), "" + NOW));
        assertThat(verify(provider, "u")).isInstanceOf(Verification.Accepted.class);
      } finally {
        end.countDown();
      }
    }

    @Test
    void does_not_keep_known_tokens_out() {
      says(GOOD);
      try (IntrospectionProvider provider = builder().build()) {
        verify(provider, "t");
        server.close();
        assertThat(verify(provider, "t")).isInstanceOf(Verification.Accepted.class);
        assertThat(verify(provider, "u")).isInstanceOf(Verification.Unavailable.class);
      }
    }

    @Test
    void is_told_of_once_and_of_its_answer_too_and_no_secret_is() {
      List<String> lines;
      String origin = server.url("/introspect").toString();
      try (Lines log = new Lines(Verdicts.class);
          IntrospectionProvider provider =
              builder().introspectionUrl(URI.create(origin + "?key=url-secret")).build()) {
        server.on("/introspect", status(401, "{}"));
        for (int i = 0; i < 10; i++) {
          verify(provider, "token-secret");
        }
        says(GOOD);
        verify(provider, "token-secret");
        server.on("/introspect", status(500, "body-secret"));
        verify(provider, "token-secret-2");
        says(GOOD);
        verify(provider, "token-secret-2");
        server.on("/introspect", status(500, "body-secret"));
        clock.pass(Duration.ofMinutes(2));
        verify(provider, "token-secret-3");
        lines = log.lines();
        assertThat(provider.description()).isEqualTo("token introspection at " + origin);
        assertThat(provider.toString()).doesNotContain("secret");
      }
      assertThat(lines)
          .filteredOn(line -> !line.startsWith("DEBUG"))
          .as("one that ends within a minute is told of once")
          .containsExactly(
              "WARN "
                  + origin
                  + " cannot be asked about credentials, and they get a 503: it does not accept"
                  + " the client's id and secret (401)",
              "INFO " + origin + " answers about credentials again.",
              "WARN "
                  + origin
                  + " cannot be asked about credentials, and they get a 503: it answers 500");
      assertThat(String.join("\n", lines)).doesNotContain("-secret");
    }
  }

  @Test
  void a_closed_provider_lets_nobody_in_and_leaves_no_threads() throws Exception {
    List<Thread> before = clients();
    says(GOOD);
    IntrospectionProvider provider = builder().build();
    assertThat(verify(provider, "t")).isInstanceOf(Verification.Accepted.class);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    server.on(
        "/introspect",
        exchange -> {
          asked.countDown();
          end.await();
        });
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Verification> waiting = thread.submit(() -> verify(provider, "u"));
      asked.await();
      provider.close();
      assertThat(waiting.get()).isEqualTo(new Verification.Unavailable("the provider is closed"));
    }
    assertThat(verify(provider, "t"))
        .isEqualTo(new Verification.Unavailable("the provider is closed"));
    assertThat(onLoop(provider, "t")).isInstanceOf(Verification.NeedsThread.class);
    for (Thread each : clients()) {
      assertThat(before.contains(each) || each.join(Duration.ofSeconds(10))).isTrue();
    }
    end.countDown();
  }

  private static List<Thread> clients() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("HttpClient"))
        .toList();
  }

  @Test
  void what_is_missing_is_told_all_at_once() {
    assertThatThrownBy(() -> IntrospectionProvider.builder().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "introspectionUrl is missing: set it to who is asked about tokens; clientId is missing:"
                + " set it to the name this server has there; clientSecret is missing: set"
                + " clientSecretFile to a file with it, or itself; audience is missing: set it, or"
                + " accept tokens for anybody with anyAudience");
  }

  @Nested
  class As_configured {
    @Test
    void tokens_are_asked_about() throws Exception {
      says(GOOD.replaceAll("\"exp\":[0-9]+", "\"client_id\":\"c\""));
      String yaml =
          """
          security:
            introspection:
              door:
                introspection_url: %s
                client_id: pets
                client_secret: client-secret
                aud: pets
                cookie_name: session
          """
              .formatted(server.url("/introspect"));
      String scheme = "{type: http, scheme: bearer}";
      try (Served served = Served.over(directory, scheme, yaml)) {
        assertThat(served.get("Authorization", "Bearer t").body())
            .startsWith("anna [read, write] {active=true");
        assertThat(served.get("Cookie", "session=t").statusCode()).isEqualTo(200);
        assertThat(asked()).isEqualTo(1);
        says("{\"active\":false}");
        var refused = served.get("Authorization", "Bearer u");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
            .contains("error_description=\"the token is not active\"");
        server.on("/introspect", status(500, ""));
        var unavailable = served.get("Authorization", "Bearer v");
        assertThat(unavailable.statusCode()).isEqualTo(503);
        assertThat(unavailable.body()).doesNotContain("introspect");
      }
    }
  }
}
