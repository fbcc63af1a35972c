package io.brrtrouter.server.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.server.auth.ApiKeyProvider;
import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see of rate limits, and what a start says about wrong ones. */
class RateLimitTest {
  private static final String API =
      """
      openapi: 3.1.1
      info: {title: Limited, version: "1"}
      paths:
        /open:
          get: {operationId: open, responses: {"200": {description: ok}}}
          post:
            operationId: write
            requestBody: {content: {text/plain: {schema: {type: string}}}}
            responses: {"200": {description: ok}}
          options: {operationId: ask, responses: {"200": {description: ok}}}
        /other:
          get: {operationId: other, responses: {"200": {description: ok}}}
        /secret:
          get:
            operationId: secret
            security: [{key: []}]
            responses: {"200": {description: ok}}
        /vault:
          get:
            operationId: vault
            security: [{password: []}]
            responses: {"200": {description: ok}}
        /safe:
          get:
            operationId: safe
            security: [{password: []}]
            responses: {"200": {description: ok}}
        /either:
          get:
            operationId: either
            security: [{password: []}, {key: []}]
            responses: {"200": {description: ok}}
        /both:
          get:
            operationId: both
            security: [{key: [], password: []}]
            responses: {"200": {description: ok}}
        /optional:
          get:
            operationId: optional
            security: [{}, {key: []}]
            responses: {"200": {description: ok}}
        /who:
          get: {operationId: who, responses: {"200": {description: ok, content: {text/plain: {}}}}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          password: {type: http, scheme: basic}
      """;

  /** Stands still unless a test moves it: however long a test takes, nobody gets more. */
  private final AtomicLong clock = new AtomicLong(System.nanoTime());

  private static final Handler OK = _ -> HttpResponse.of(200);

  /** Knows whoever gives a name that begins with k. */
  private final AtomicInteger asked = new AtomicInteger();

  private final SecurityProvider provider =
      (credential, _) -> {
        asked.incrementAndGet();
        return credential instanceof Credential.ApiKey(String value) && value.startsWith("k")
            ? Verification.accepted(value.substring(1), List.of())
            : Verification.refused("no such key");
      };

  /** Believes every user. */
  private static final SecurityProvider PASSWORDS =
      (credential, _) -> Verification.accepted(((Credential.Basic) credential).user());

  private TestServer server(Consumer<BrrtServer.Builder> more, String... settings) {
    String[] all =
        Stream.concat(Stream.of("rate_limit.enabled", "true"), Stream.of(settings))
            .toArray(String[]::new);
    return TestServer.of(
        API,
        builder -> {
          builder
              .config(TestServer.config(all))
              .nanoTime(clock::get)
              .security("key", provider)
              .security("password", provider)
              .handler("open", OK)
              .handler("write", OK)
              .handler("ask", OK)
              .handler("other", OK)
              .handler("secret", OK)
              .handler("vault", OK)
              .handler("safe", OK)
              .handler("either", OK)
              .handler("both", OK)
              .handler("optional", OK)
              .handler(
                  "who", request -> HttpResponse.text(200, request.clientAddress().toString()));
          more.accept(builder);
        });
  }

  private TestServer server(String... settings) {
    return server(_ -> {}, settings);
  }

  private static int status(TestServer server, String target, String... headers) {
    return server.getFrom("192.0.2.1", target, headers).status();
  }

  /** {@return the name of the limit that the answer to a request tells of} */
  private static String policy(TestServer server, String target, String... headers) {
    String field = server.getFrom("192.0.2.1", target, headers).headers().get("RateLimit-Policy");
    return field.substring(1, field.indexOf('"', 1));
  }

  /** {@return what becomes of each of a number of equal requests} */
  private static String statuses(int number, Callable<?> request) throws Exception {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < number; i++) {
      all.append(all.isEmpty() ? "" : " ").append(request.call());
    }
    return all.toString();
  }

  @Nested
  class A_client {

    @Test
    void is_told_how_much_is_left_and_when_there_is_more() {
      TestServer server = server("rate_limit.requests", "2");

      assertThat(TestServer.wire(server.get("/open")))
          .isEqualTo(
              """
              200
              RateLimit: "default";r=1;t=30
              RateLimit-Policy: "default";q=2;w=60
              """);
      assertThat(server.get("/open").headers().get("RateLimit")).isEqualTo("\"default\";r=0;t=30");
      HttpResponse refused = server.get("/open");
      String id = refused.headers().get("X-Request-ID");
      assertThat(TestServer.wire(refused))
          .isEqualTo(
              """
              429
              Content-Type: application/problem+json
              Cache-Control: no-store
              Retry-After: 30
              RateLimit: "default";r=0;t=30
              RateLimit-Policy: "default";q=2;w=60

              {"type":"urn:brrtrouter:problem:rate-limited","title":"Too many requests","status":429,\
              "detail":"One client may send 2 requests in 60 s; try again in 30 s.","requestId":"%s"}\
              """
                  .formatted(id));
    }

    @Test
    void has_a_bucket_for_each_operation() throws Exception {
      TestServer server = server("rate_limit.requests", "2");

      assertThat(statuses(3, () -> status(server, "/open"))).isEqualTo("200 200 429");
      assertThat(statuses(3, () -> status(server, "/other"))).isEqualTo("200 200 429");
    }

    @Test
    void is_an_address_or_a_network_of_IPv6() {
      TestServer server = server("rate_limit.requests", "1");

      assertThat(server.getFrom("192.0.2.1", "/open").status()).isEqualTo(200);
      assertThat(server.getFrom("192.0.2.2", "/open").status()).isEqualTo(200);
      assertThat(server.getFrom("2001:db8::1", "/open").status()).isEqualTo(200);
      assertThat(server.getFrom("2001:db8::2", "/open").status()).isEqualTo(429);
      assertThat(server.getFrom("192.0.2.1", "/open").status()).isEqualTo(429);
    }

    @Test
    void cannot_say_that_it_is_another() {
      TestServer server = server("rate_limit.requests", "1");

      assertThat(status(server, "/open", "X-Forwarded-For", "203.0.113.1")).isEqualTo(200);
      assertThat(status(server, "/open", "X-Forwarded-For", "203.0.113.2")).isEqualTo(429);
      assertThat(status(server, "/open", "X-Real-IP", "203.0.113.3")).isEqualTo(429);
    }

    @Test
    void behind_a_trusted_proxy_is_whom_that_names() {
      TestServer server =
          server("rate_limit.requests", "1", "http.trusted_proxies", "192.0.2.0/24, ::1");

      assertThat(status(server, "/open", "X-Forwarded-For", "203.0.113.1")).isEqualTo(200);
      assertThat(status(server, "/open", "X-Forwarded-For", "203.0.113.2")).isEqualTo(200);
      assertThat(status(server, "/open", "X-Forwarded-For", "6.6.6.6, 203.0.113.2")).isEqualTo(429);
      assertThat(TestServer.text(server.getFrom("::1", "/who", "X-Forwarded-For", "203.0.113.1")))
          .isEqualTo("Optional[/203.0.113.1]");
    }

    @Test
    void is_who_it_is_to_the_security_scheme() throws Exception {
      TestServer server = server("rate_limit.requests", "2");

      assertThat(statuses(3, () -> status(server, "/secret", "X-Key", "kann")))
          .isEqualTo("200 200 429");
      assertThat(server.getFrom("192.0.2.9", "/secret", "X-Key", "kann").status()).isEqualTo(429);
      assertThat(statuses(3, () -> status(server, "/secret", "X-Key", "kben")))
          .isEqualTo("200 200 429");
    }

    @Test
    void is_an_address_where_its_provider_tells_nothing() throws Exception {
      TestServer server = server("rate_limit.requests", "2");

      assertThat(statuses(3, () -> status(server, "/secret", "X-Key", "k")))
          .isEqualTo("200 200 429");
      assertThat(server.getFrom("192.0.2.9", "/secret", "X-Key", "k").status()).isEqualTo(200);
    }

    @Test
    void without_subject_is_whom_its_provider_tells_from_others() throws Exception {
      SecurityProvider nameless =
          (credential, _) ->
              Verification.accepted("")
                  .withClient("account " + ((Credential.ApiKey) credential).value());
      TestServer server =
          server(builder -> builder.security("key", nameless), "rate_limit.requests", "2");

      assertThat(statuses(3, () -> status(server, "/secret", "X-Key", "7")))
          .isEqualTo("200 200 429");
      assertThat(server.getFrom("192.0.2.9", "/secret", "X-Key", "7").status()).isEqualTo(429);
      assertThat(statuses(3, () -> status(server, "/secret", "X-Key", "8")))
          .isEqualTo("200 200 429");
    }

    /** A requirement of two schemes has a subject if one of them has. */
    @Test
    void is_its_subject_rather_than_what_else_tells_it() throws Exception {
      SecurityProvider nameless = (_, _) -> Verification.accepted("").withClient("all");
      TestServer server =
          server(
              builder -> builder.security("password", PASSWORDS).security("key", nameless),
              "rate_limit.requests",
              "1");

      assertThat(status(server, "/both", "X-Key", "7", "Authorization", "Basic YW5uOng="))
          .isEqualTo(200);
      assertThat(status(server, "/both", "X-Key", "7", "Authorization", "Basic YmVuOng="))
          .isEqualTo(200);
      assertThat(status(server, "/both", "X-Key", "8", "Authorization", "Basic YW5uOng="))
          .isEqualTo(429);
    }
  }

  @Nested
  class Before_authentication {

    @Test
    void guessing_is_refused_and_nobody_verifies_the_guess() throws Exception {
      TestServer server = server("rate_limit.before_auth_requests", "3");

      assertThat(statuses(5, () -> status(server, "/secret", "X-Key", "guess")))
          .isEqualTo("401 401 401 429 429");
      assertThat(asked).hasValue(3);
      assertThat(status(server, "/secret", "X-Key", "kann")).isEqualTo(429);
      assertThat(status(server, "/open")).isEqualTo(200);
      assertThat(server.getFrom("192.0.2.9", "/secret", "X-Key", "kann").status()).isEqualTo(200);
    }

    @Test
    void an_address_has_a_bucket_for_each_operation() throws Exception {
      TestServer server = server("rate_limit.before_auth_requests", "2");

      assertThat(statuses(3, () -> status(server, "/secret", "X-Key", "kann")))
          .isEqualTo("200 200 429");
      assertThat(statuses(3, () -> status(server, "/optional"))).isEqualTo("200 200 429");
      assertThat(statuses(2, () -> status(server, "/vault"))).isEqualTo("401 401");
      assertThat(TestServer.text(server.getFrom("192.0.2.1", "/vault")))
          .contains(
              "\"detail\":\"One address may send 2 requests in 60 s to this operation, which asks for"
                  + " credentials; try again in 30 s.\"");
    }

    /** With a key by address both limits of an operation are about the same address. */
    @Test
    void a_bucket_is_not_that_after_it() throws Exception {
      TestServer server =
          server(
              "rate_limit.key", "ip",
              "rate_limit.requests", "3",
              "rate_limit.before_auth_requests", "4");

      assertThat(statuses(5, () -> policy(server, "/secret", "X-Key", "kann")))
          .isEqualTo("default default default default address");
      assertThat(asked).as("the fourth is verified, the fifth is not").hasValue(4);
    }

    /** No more guesses where there are more operations: what is refused is counted for all. */
    @Test
    void guesses_spread_over_operations_are_those_of_one_address() throws Exception {
      TestServer server =
          server("rate_limit.before_auth_requests", "3", "rate_limit.auth_failures", "5");
      String[] guess = {"Authorization", "Basic YW5uOmd1ZXNz"};

      assertThat(statuses(3, () -> status(server, "/vault", guess))).isEqualTo("401 401 401");
      assertThat(statuses(3, () -> status(server, "/either", guess))).isEqualTo("401 401 429");
      assertThat(asked).hasValue(5);
      HttpResponse refused = server.getFrom("192.0.2.1", "/safe", guess);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(TestServer.text(refused))
          .as("by an operation that nobody has asked for before")
          .contains("Too many credentials from this address were refused");
      assertThat(asked).as("nobody verifies it").hasValue(5);
      assertThat(server.getFrom("192.0.2.9", "/safe", guess).status()).isEqualTo(401);
    }

    @Test
    void a_refused_guess_says_how_many_are_left() {
      TestServer server = server("rate_limit.before_auth_requests", "6");
      HttpResponse refused = server.get("/secret", "X-Key", "guess");

      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.headers().get("RateLimit")).isEqualTo("\"address\";r=5;t=10");
      assertThat(refused.headers().get("RateLimit-Policy")).isEqualTo("\"address\";q=6;w=60");
      assertThat(server.get("/secret", "X-Key", "kann").headers().get("RateLimit"))
          .isEqualTo("\"default\";r=99;t=1");
    }

    /** Only what has counted has told how many are left. */
    @Test
    void a_refused_guess_that_nothing_counts_says_nothing() {
      TestServer server = server("rate_limit.before_auth_requests", "0");
      HttpResponse refused = server.get("/secret", "X-Key", "guess");

      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.headers().contains("RateLimit")).isFalse();
      assertThat(refused.headers().contains("RateLimit-Policy")).isFalse();
    }

    /** Each request once where credentials may be, and never where nobody looks for any. */
    @ParameterizedTest
    @CsvSource({
      "/open, '', 200 200 200 200 200 200, 0",
      "/open, kann, 200 200 200 200 200 200, 0",
      "/optional, '', 200 200 200 200 429 429, 0",
      "/optional, kann, 200 200 200 200 429 429, 4",
      "/optional, guess, 401 401 401 401 429 429, 4",
      "/secret, kann, 200 200 200 200 429 429, 4",
    })
    void a_request_is_counted_once_where_credentials_may_be(
        String target, String key, String statuses, int verified) throws Exception {
      TestServer server = server("rate_limit.before_auth_requests", "4");
      String[] fields = key.isEmpty() ? new String[0] : new String[] {"X-Key", key};

      assertThat(statuses(6, () -> status(server, target, fields))).isEqualTo(statuses);
      assertThat(asked).hasValue(verified);
    }

    @Test
    void there_are_ten_times_as_many_as_after_it() throws Exception {
      TestServer server = server("rate_limit.requests", "1");

      assertThat(statuses(11, () -> status(server, "/secret", "X-Key", "guess")))
          .isEqualTo("401 401 401 401 401 401 401 401 401 401 429");
    }

    @Test
    void zero_is_any_number() throws Exception {
      TestServer server =
          server("rate_limit.requests", "1", "rate_limit.before_auth_requests", "0");

      assertThat(statuses(12, () -> status(server, "/secret", "X-Key", "guess")))
          .doesNotContain("429");
    }
  }

  @Nested
  class Refused_credentials {
    /** {@code ann} and a password; nobody has it. */
    private static final String GUESS = "Basic YW5uOmd1ZXNz";

    private TestServer unlimited(String... settings) {
      return server(
          _ -> {},
          Stream.concat(Stream.of("rate_limit.enabled", "false"), Stream.of(settings))
              .toArray(String[]::new));
    }

    @Test
    void of_an_address_are_a_hundred_a_minute_without_any_setting() throws Exception {
      TestServer server = unlimited();

      assertThat(statuses(100, () -> status(server, "/vault", "Authorization", GUESS)))
          .matches("401( 401){99}");
      assertThat(asked).hasValue(100);
      HttpResponse refused = server.getFrom("192.0.2.1", "/vault", "Authorization", GUESS);
      assertThat(asked).as("nobody verifies it").hasValue(100);
      assertThat(TestServer.wire(refused))
          .isEqualTo(
              """
              429
              Content-Type: application/problem+json
              Cache-Control: no-store
              Retry-After: 1
              RateLimit: "refused-credentials";r=0;t=1
              RateLimit-Policy: "refused-credentials";q=100;w=60

              {"type":"urn:brrtrouter:problem:rate-limited","title":"Too many requests","status":429,\
              "detail":"Too many credentials from this address were refused; try again in 1 s.","requestId":"%s"}\
              """
                  .formatted(refused.headers().get("X-Request-ID")));
      clock.addAndGet(Duration.ofMillis(600).toNanos());
      assertThat(statuses(2, () -> status(server, "/vault", "Authorization", GUESS)))
          .as("one more after the hundredth part of a minute")
          .isEqualTo("401 429");
    }

    @Test
    void of_one_address_are_nothing_to_another() throws Exception {
      TestServer server = unlimited("rate_limit.auth_failures", "2");

      assertThat(statuses(3, () -> status(server, "/vault", "Authorization", GUESS)))
          .isEqualTo("401 401 429");
      assertThat(server.getFrom("192.0.2.9", "/vault", "Authorization", GUESS).status())
          .isEqualTo(401);
      assertThat(status(server, "/open")).isEqualTo(200);
    }

    @Test
    void of_a_network_of_IPv6_are_those_of_one_address() {
      TestServer server = unlimited("rate_limit.auth_failures", "1");

      assertThat(server.getFrom("2001:db8::1", "/vault", "Authorization", GUESS).status())
          .isEqualTo(401);
      assertThat(server.getFrom("2001:db8::2", "/vault", "Authorization", GUESS).status())
          .isEqualTo(429);
    }

    @Test
    void behind_a_trusted_proxy_are_those_of_whom_it_names() {
      TestServer server =
          unlimited("rate_limit.auth_failures", "1", "http.trusted_proxies", "192.0.2.0/24");
      String[] one = {"Authorization", GUESS, "X-Forwarded-For", "203.0.113.1"};
      String[] other = {"Authorization", GUESS, "X-Forwarded-For", "203.0.113.2"};

      assertThat(status(server, "/vault", one)).isEqualTo(401);
      assertThat(status(server, "/vault", one)).isEqualTo(429);
      assertThat(status(server, "/vault", other)).isEqualTo(401);
    }

    @Test
    void are_not_requests_without_credentials_nor_those_let_in() throws Exception {
      TestServer server = unlimited("rate_limit.auth_failures", "1");

      assertThat(statuses(3, () -> status(server, "/vault"))).isEqualTo("401 401 401");
      assertThat(statuses(3, () -> status(server, "/secret", "X-Key", "kann")))
          .isEqualTo("200 200 200");
      assertThat(status(server, "/secret", "X-Key", "guess")).isEqualTo(401);
    }

    @Test
    void count_where_another_credential_lets_the_request_in() {
      TestServer server = unlimited("rate_limit.auth_failures", "1");

      assertThat(status(server, "/either", "X-Key", "kann", "Authorization", GUESS))
          .as("one of both lets it in")
          .isEqualTo(200);
      assertThat(status(server, "/vault", "Authorization", GUESS))
          .as("the other was a guess")
          .isEqualTo(429);
    }

    @Test
    void do_not_keep_out_a_key_that_the_event_loop_knows() throws Exception {
      ApiKeyProvider keys =
          ApiKeyProvider.builder().key("ann", "a-key-of-16-characters", List.of()).build();
      TestServer server =
          server(
              builder -> builder.security("key", keys),
              "rate_limit.enabled",
              "false",
              "rate_limit.auth_failures",
              "1");

      assertThat(statuses(2, () -> status(server, "/secret", "X-Key", "guess")))
          .isEqualTo("401 429");
      assertThat(status(server, "/vault", "Authorization", GUESS)).isEqualTo(429);
      assertThat(asked).hasValue(0);
      assertThat(status(server, "/secret", "X-Key", "a-key-of-16-characters")).isEqualTo(200);
    }

    /** Signed tokens, whether they were seen before or not: a neighbour guesses in vain. */
    @ParameterizedTest(name = "resisting guesses {0}: {2} asks {3}")
    @CsvSource({
      "true, kann, 200, 1",
      "true, made-up, 429, 1",
      "false, kann, 429, 0",
      "false, made-up, 429, 0",
    })
    void keep_out_what_takes_a_thread_unless_nobody_can_guess_it(
        boolean resists, String key, int status, int verified) {
      SecurityProvider onThread =
          new SecurityProvider() {
            @Override
            public Verification verify(Credential credential, HttpRequest request)
                throws Exception {
              return provider.verify(credential, request);
            }

            @Override
            public boolean resistsGuessing() {
              return resists;
            }
          };
      TestServer server =
          server(
              builder -> builder.security("key", onThread),
              "rate_limit.enabled",
              "false",
              "rate_limit.auth_failures",
              "1");
      assertThat(status(server, "/vault", "Authorization", GUESS)).isEqualTo(401);
      asked.set(0);

      assertThat(status(server, "/secret", "X-Key", key)).isEqualTo(status);
      assertThat(asked).hasValue(verified);
      assertThat(status(server, "/vault", "Authorization", GUESS)).isEqualTo(429);
      assertThat(asked).as("nobody verifies a password").hasValue(verified);
    }

    @Test
    void may_be_any_number_with_zero() throws Exception {
      TestServer server = unlimited("rate_limit.auth_failures", "0");

      assertThat(statuses(150, () -> status(server, "/vault", "Authorization", GUESS)))
          .doesNotContain("429");
    }
  }

  @Nested
  class The_document {
    private TestServer declaring(String limits, String... settings) {
      return TestServer.of(
          """
          openapi: 3.1.1
          info: {title: Limited, version: "1"}
          paths:
            /a:
              get:
                operationId: a
                x-brrtrouter-rate-limit: %s
                responses: {"200": {description: ok}}
              post:
                operationId: b
                x-handler: a
                x-brrtrouter-rate-limit: {requests: 1}
                responses: {"200": {description: ok}}
            /c:
              get: {operationId: c, responses: {"200": {description: ok}}}
          """
              .formatted(limits),
          builder -> builder.config(TestServer.config(settings)).handler("a", OK).handler("c", OK));
    }

    @ParameterizedTest(name = "{0} with {1} gives {2}")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            {requests: 2} |  | "operation";q=2;w=60 | 200 200 429
            {requests: 2, window: 10} |  | "operation";q=2;w=10 | 200 200 429
            {requests: 9, burst: 1} |  | "operation";q=9;w=60 | 200 429 429
            {requests: 1, key: subject} |  | | 200 200 200
            {} | rate_limit.requests=2 | "operation";q=2;w=60 | 200 200 429
            {window: 30} | rate_limit.requests=1 | "operation";q=1;w=30 | 200 429 429
            {requests: 1, key: ip} | rate_limit.key=subject | "operation";q=1;w=60 | 200 429 429
            {requests: 1} | rate_limit.key=subject |  | 200 200 200
            {requests: 1} | rate_limit.enabled=false |  | 200 200 200
            {requests: 1} | rate_limit.routes.a=2 | "operation";q=2;w=60 | 200 200 429
            {requests: 1} | rate_limit.routes.a=0 |  | 200 200 200
            {requests: 1} | rate_limit.enabled=false rate_limit.routes.a=2 |  | 200 200 200
            false | rate_limit.routes.a=1 rate_limit.window_secs=10 | "operation";q=1;w=10 | 200 429 429
            {requests: 1} | rate_limit.enabled=true rate_limit.routes.a=2 | "operation";q=2;w=60 | 200 200 429
            false | rate_limit.enabled=true rate_limit.requests=1 |  | 200 200 200
            false | rate_limit.enabled=true rate_limit.routes.a=1 | "operation";q=1;w=60 | 200 429 429
            """)
    void says_how_often_and_the_configuration_says_the_rest(
        String limit, String settings, String policy, String statuses) throws Exception {
      String[] all =
          settings == null
              ? new String[0]
              : Stream.of(settings.split(" "))
                  .flatMap(setting -> Stream.of(setting.split("=")))
                  .toArray(String[]::new);
      TestServer server = declaring(limit, all);

      assertThat(server.getFrom("192.0.2.9", "/a").headers().get("RateLimit-Policy"))
          .isEqualTo(policy);
      assertThat(statuses(3, () -> status(server, "/a"))).isEqualTo(statuses);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            {requests: 5, burst: 3} | 3 requests at once, 5 in 60 s; try again in 12 s
            {requests: 9, burst: 1} | 1 request at once, 9 in 60 s; try again in 7 s
            {requests: 1}           | 1 request in 60 s; try again in 60 s
            """)
    void is_told_with_its_burst(String limit, String told) {
      TestServer server = declaring(limit);
      String answer = TestServer.wire(server.get("/a"));
      while (answer.startsWith("200")) {
        answer = TestServer.wire(server.get("/a"));
      }

      assertThat(answer).contains("\"detail\":\"One client may send " + told + ".\"");
    }

    @Test
    void limits_its_operations_alone_and_each_by_itself() throws Exception {
      TestServer server = declaring("{requests: 1}");

      assertThat(status(server, "/a")).isEqualTo(200);
      assertThat(status(server, "/a")).isEqualTo(429);
      assertThat(server.ask("POST", "/a", "").status()).as("the same handler").isEqualTo(200);
      assertThat(server.ask("POST", "/a", "").status()).isEqualTo(429);
      assertThat(statuses(3, () -> status(server, "/c"))).isEqualTo("200 200 200");
      assertThat(server.get("/c").headers().contains("RateLimit")).isFalse();
    }

    @Test
    void cannot_let_more_through_at_once_than_the_configuration_in_a_window() {
      assertThatThrownBy(() -> declaring("{burst: 5}", "rate_limit.requests", "4"))
          .isInstanceOf(StartupException.class)
          .hasMessageEndingWith(
              """
              api.yaml:7:32: error[extension-value]: x-brrtrouter-rate-limit.burst is 5, and rate_limit.requests is 4
                  7 |       x-brrtrouter-rate-limit: {burst: 5}
                    |                                ^
                fix: add requests beside it, or lower it
              1 error\
              """);
    }
  }

  @Nested
  class A_setting_that_no_limit_takes {
    private String warnings(String limit, String settings) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      BrrtServer.Builder builder =
          BrrtServer.builder()
              .document(TestServer.file(declared(limit)))
              .config(TestServer.config(settings.split("[ =]")))
              .handler("a", OK)
              .handler("c", OK)
              .output(new PrintStream(said, true, UTF_8));
      try (BrrtServer server = builder.start()) {
        assertThat(server.port()).isPositive();
      }
      return said.toString(UTF_8)
          .lines()
          .filter(line -> line.contains("warning["))
          .collect(Collectors.joining("\n"));
    }

    private String declared(String limit) {
      return """
      openapi: 3.1.1
      info: {title: Limited, version: "1"}
      paths:
        /a:
          get: {operationId: a%s, responses: {"200": {description: ok}}}
        /c:
          get: {operationId: c, responses: {"200": {description: ok}}}
      """
          .formatted(limit.isEmpty() ? "" : ", x-brrtrouter-rate-limit: " + limit);
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(
        delimiter = '|',
        emptyValue = "",
        textBlock =
            """
            ''                                | rate_limit.requests=5                          | requests
            ''                                | rate_limit.requests=100                        | requests
            ''                                | rate_limit.window_secs=5 rate_limit.key=ip     | window_secs key
            ''                                | rate_limit.before_auth_requests=5              | before_auth_requests
            ''                                | rate_limit.auth_failures=5                     | ''
            ''                                | rate_limit.enabled=true rate_limit.requests=5  | ''
            ''                                | rate_limit.routes.a=5 rate_limit.requests=5    | requests
            ''                                | rate_limit.routes.a=5 rate_limit.window_secs=5 | ''
            ''                                | rate_limit.routes.a=5 rate_limit.key=ip        | ''
            ''                                | rate_limit.routes.a=0 rate_limit.window_secs=5 | window_secs
            {}                                | rate_limit.requests=5 rate_limit.key=ip        | ''
            {requests: 1}                     | rate_limit.requests=5 rate_limit.window_secs=5 | requests
            {requests: 1, window: 9}          | rate_limit.window_secs=5                       | window_secs
            {requests: 1, key: ip}            | rate_limit.key=ip                              | key
            {}                                | rate_limit.routes.a=5 rate_limit.requests=5    | requests
            {}                                | rate_limit.enabled=false rate_limit.requests=5 | requests
            ''                                | rate_limit.enabled=false rate_limit.routes.a=5 | routes.a
            ''                                | rate_limit.enabled=false                       | ''
            """)
    void is_named(String limit, String settings, String names) {
      assertThat(
              warnings(limit, settings)
                  .lines()
                  .map(line -> line.replaceAll(".*]: rate_limit\\.(\\S+) .*", "$1"))
                  .collect(Collectors.joining(" ")))
          .isEqualTo(names);
    }

    @Test
    void is_told_with_what_would_give_it_an_effect() {
      assertThat(warnings("", "rate_limit.requests=5"))
          .isEqualTo(
              "code: warning[config-contradiction]: rate_limit.requests = 5 does nothing: no"
                  + " operation has a limit that takes it; set rate_limit.enabled to true, which"
                  + " limits all operations, or remove it");
      assertThat(warnings("", "rate_limit.enabled=false rate_limit.routes.a=5"))
          .isEqualTo(
              "code: warning[config-contradiction]: rate_limit.routes.a = 5 does nothing:"
                  + " rate_limit.enabled is false; remove one of both; unless it is set, operations"
                  + " are limited that rate_limit.routes or the document name");
    }
  }

  @Nested
  class What_is_not_counted {

    @Test
    void nothing_is_unless_enabled() throws Exception {
      TestServer server = server("rate_limit.enabled", "false", "rate_limit.requests", "1");

      assertThat(statuses(3, () -> status(server, "/open"))).isEqualTo("200 200 200");
      assertThat(server.get("/open").headers().contains("RateLimit")).isFalse();
    }

    @Test
    void built_in_endpoints_and_preflights_are_not() throws Exception {
      TestServer server = server("rate_limit.requests", "1");

      assertThat(statuses(3, () -> status(server, "/health"))).isEqualTo("200 200 200");
      assertThat(statuses(3, () -> server.ask("OPTIONS", "/other", "").status()))
          .isEqualTo("204 204 204");
    }

    @ParameterizedTest
    @CsvSource({"true, 200 200 200", "false, 200 429 429"})
    void OPTIONS_of_the_document_is_if_asked_for(String skip, String statuses) throws Exception {
      TestServer server = server("rate_limit.requests", "1", "rate_limit.skip_options", skip);

      assertThat(statuses(3, () -> server.ask("OPTIONS", "/open", "").status()))
          .isEqualTo(statuses);
    }

    @Test
    void with_subject_those_without_are_not() throws Exception {
      TestServer server = server("rate_limit.requests", "1", "rate_limit.key", "subject");

      assertThat(statuses(3, () -> status(server, "/open"))).isEqualTo("200 200 200");
      assertThat(statuses(3, () -> status(server, "/secret", "X-Key", "kann")))
          .isEqualTo("200 429 429");
    }

    @Test
    void with_ip_the_subject_does_not_matter() {
      TestServer server = server("rate_limit.requests", "1", "rate_limit.key", "ip");

      assertThat(status(server, "/secret", "X-Key", "kann")).isEqualTo(200);
      assertThat(status(server, "/secret", "X-Key", "kben")).isEqualTo(429);
    }

    @Test
    void what_its_head_refuses_is_not() throws Exception {
      TestServer server = server("rate_limit.requests", "1");

      assertThat(statuses(3, () -> server.post("/open", "{}").status())).isEqualTo("415 415 415");
    }
  }

  @Nested
  class An_operation {

    @Test
    void may_have_a_number_of_its_own() throws Exception {
      TestServer server =
          server(
              "rate_limit.requests",
              "1",
              "rate_limit.routes.open",
              "3",
              "rate_limit.routes.other",
              "0");

      assertThat(server.getFrom("192.0.2.9", "/open").headers().get("RateLimit-Policy"))
          .isEqualTo("\"operation\";q=3;w=60");
      assertThat(statuses(4, () -> status(server, "/open"))).isEqualTo("200 200 200 429");
      assertThat(statuses(3, () -> status(server, "/other"))).isEqualTo("200 200 200");
    }

    @Test
    void is_found_by_a_variable() throws Exception {
      ServerConfig config =
          ServerConfig.read(
              Optional.empty(),
              Map.of("BRRTR_RATE_LIMIT_ROUTES_OPEN", "1", "BRRTR_RATE_LIMIT_ENABLED", "true"),
              Map.of());
      TestServer server = server(builder -> builder.config(config));

      assertThat(statuses(2, () -> status(server, "/open"))).isEqualTo("200 429");
    }

    @Test
    void keeps_its_buckets_when_its_handler_is_replaced() {
      TestServer server = server("rate_limit.requests", "1");

      assertThat(status(server, "/open")).isEqualTo(200);
      server.server().replaceHandler("open", OK);
      assertThat(status(server, "/open")).isEqualTo(429);
    }

    @Test
    void does_not_tell_what_its_handler_says_of_rate_limits() {
      TestServer server =
          server(builder ->
              builder.replaceHandler(
                  "open", _ -> HttpResponse.of(200).withHeader("RateLimit", "\"mine\";r=1")));

      assertThat(server.get("/open").headers().all("RateLimit"))
          .containsExactly("\"default\";r=99;t=1");
    }

    @Test
    void tells_of_limits_when_it_fails_too() {
      TestServer server =
          server(builder ->
              builder.replaceHandler(
                  "open",
                  _ -> {
                    throw new IllegalStateException("rate limits are told");
                  }));
      HttpResponse failed = server.get("/open");

      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.headers().get("RateLimit")).isEqualTo("\"default\";r=99;t=1");
    }
  }

  @Test
  void many_threads_are_let_through_exactly_so_often() throws Exception {
    TestServer server = server("rate_limit.requests", "500", "rate_limit.window_secs", "24 h");
    Callable<Long> thread =
        () -> IntStream.range(0, 50).filter(_ -> status(server, "/open") == 200).count();
    long admitted = 0;
    try (ExecutorService executor = Executors.newFixedThreadPool(64)) {
      for (Future<Long> each :
          executor.invokeAll(IntStream.range(0, 64).mapToObj(_ -> thread).toList())) {
        admitted += each.get();
      }
    }

    assertThat(admitted).isEqualTo(500);
  }

  @Nested
  class A_start {

    @Test
    void refuses_a_route_that_is_none() {
      assertThatThrownBy(
              () -> server("rate_limit.routes.oepn", "1", "rate_limit.routes.\"x.y\"", "1"))
          .isInstanceOf(StartupException.class)
          .hasMessage(
              """
              code: error[rate-limit-route]: rate_limit.routes.oepn is for a handler that no operation has
                fix: did you mean open?
              code: error[rate-limit-route]: rate_limit.routes."x.y" is for a handler that no operation has
                fix: name one of open, write, ask, other, secret, vault, safe, either, both, optional, who
              2 errors\
              """);
    }

    @Test
    void says_where_a_route_that_is_none_stands(@TempDir Path directory) throws IOException {
      Path file =
          Files.writeString(
              directory.resolve("config.yaml"),
              """
              rate_limit:
                requests: 10
                routes:
                  open: 5
                  oepn: 7
              """);
      ServerConfig config =
          ServerConfig.read(
              Optional.of(file),
              Map.of("BRRTR_RATE_LIMIT_ROUTES_WIRTE", "3"),
              Map.of("rate_limit.routes.ohter", "4"));

      String document = API.replaceAll("security: .*", "");

      assertThatThrownBy(
              () -> TestServer.of(document, builder -> builder.mock(true).config(config)))
          .isInstanceOf(StartupException.class)
          .hasMessage(
              """
              %s:5:11: error[rate-limit-route]: rate_limit.routes.oepn is for a handler that no operation has
                fix: did you mean open?
              environment variable BRRTR_RATE_LIMIT_ROUTES_WIRTE: error[rate-limit-route]: rate_limit.routes.wirte is for a handler that no operation has
                fix: did you mean write?
              --rate_limit.routes.ohter: error[rate-limit-route]: rate_limit.routes.ohter is for a handler that no operation has
                fix: did you mean other?
              3 errors\
              """
                  .formatted(file));
    }

    @Test
    void refuses_Redis_without_the_module() {
      assertThatThrownBy(() -> server("rate_limit.redis_url", "redis://:hush@127.0.0.1:6379"))
          .isInstanceOf(StartupException.class)
          .hasMessage(
              "rate_limit.redis_url is set, but nothing on the class path counts in Redis; add"
                  + " io.brrtrouter:brrtrouter-redis to the dependencies, or remove the setting");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        textBlock =
            """
            rate_limit.requests       ; 0             ; rate_limit.requests cannot be "0" / it takes: integer from 1 to 1000000
            rate_limit.window_secs    ; 0             ; rate_limit.window_secs cannot be "0" / it takes: duration from 1 s to 24 h, a bare number or one with ms, s, min or h
            rate_limit.key            ; user          ; rate_limit.key cannot be "user" / it takes: subject_then_ip, subject or ip
            rate_limit.routes.open    ; -1            ; rate_limit.routes.open cannot be "-1" / it takes: integer from 0 to 1000000
            rate_limit.redis_url      ; http://:pw@h  ; rate_limit.redis_url cannot be this / it takes: redis:// or rediss:// URL
            rate_limit.redis_url      ; redis:///     ; rate_limit.redis_url cannot be this / it takes: redis:// or rediss:// URL
            rate_limit.redis_prefix   ; a b           ; rate_limit.redis_prefix cannot be "a b" / it takes: text without white space
            http.forwarded_header     ; x-real-ip     ; http.forwarded_header cannot be "x-real-ip" / it takes: x-forwarded-for or forwarded
            http.trusted_proxies      ; 10.0.0.1/8    ; http.trusted_proxies cannot have "10.0.0.1/8" / each is: IP address, or range such as 10.0.0.0/8, which may not be wider than /8, of IPv6 /16, because whoever is in it may say that he is anybody (where all that comes is from proxies, name their network; of IPv6 also fc00::/7)
            http.trusted_proxies      ; 0.0.0.0/0     ; http.trusted_proxies cannot have "0.0.0.0/0" / or range such as 10.0.0.0/8, which may not be wider than /8, of IPv6 /16,
            http.trusted_proxies      ; ::1, ::/0     ; http.trusted_proxies cannot have "::/0" / (where all that comes is from proxies, name their network;
            http.proxy_protocol_from  ; 0.0.0.0/0     ; http.proxy_protocol_from cannot have "0.0.0.0/0" / which may not be wider than /8, of IPv6 /16,
            rate_limit.auth_failures  ; -1            ; rate_limit.auth_failures cannot be "-1" / it takes: integer from 0 to 1000000
            http.trusted_proxies      ; proxy.local   ; http.trusted_proxies cannot have "proxy.local" / each is: IP address, or range such as 10.0.0.0/8, which may not be wider than /8, of IPv6 /16, because whoever is in it may say that he is anybody (where all that comes is from proxies, name their network; of IPv6 also fc00::/7)
            """)
    void refuses_wrong_values(String setting, String value, String message) {
      assertThatThrownBy(() -> TestServer.config(setting, value))
          .isInstanceOf(ConfigException.class)
          .satisfies(refused ->
              assertThat(refused.getMessage().lines().collect(Collectors.joining(" ")))
                  .contains(message.split(" / ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "2001::/16", "fc00::/7", "fd00::/8", "192.0.2.1, ::1"})
    void takes_the_network_of_proxies(String ranges) {
      for (String setting : List.of("http.trusted_proxies", "http.proxy_protocol_from")) {
        assertThat(TestServer.config(setting, ranges).settings()).isNotEmpty();
      }
    }

    @ParameterizedTest
    @CsvSource({
      "redis://:hush@localhost, true",
      "rediss://ann:hush@localhost:6379/0, true",
      "redis://hush@localhost, true",
      "redis://localhost:6379, false",
      "redis://ann:@localhost, false"
    })
    void warns_of_a_password_in_the_file(String url, boolean warned, @TempDir Path directory)
        throws IOException {
      Path file =
          Files.writeString(
              directory.resolve("config.yaml"), "rate_limit: {redis_url: \"" + url + "\"}\n");
      ServerConfig config = ServerConfig.read(Optional.of(file), Map.of(), Map.of());

      assertThat(config.warnings().stream().map(Finding::toString))
          .isEqualTo(
              warned
                  ? List.of(
                      file
                          + ":1:25: warning[security-plain-secret]: the password in"
                          + " rate_limit.redis_url stands in the configuration file itself: whoever"
                          + " reads that has it; set the environment variable"
                          + " BRRTR_RATE_LIMIT_REDIS_URL")
                  : List.of());
      assertThat(config.with("port", "0").warnings()).isEqualTo(config.warnings());
      assertThat(
              ServerConfig.read(
                      Optional.of(file), Map.of("BRRTR_RATE_LIMIT_REDIS_URL", url), Map.of())
                  .warnings())
          .as("by a variable, which goes before")
          .isEmpty();
    }

    @Test
    void shows_no_password() {
      ServerConfig config = TestServer.config("rate_limit.redis_url", "redis://:hush@localhost");

      assertThat(config.settings().toString())
          .contains("rate_limit.redis_url")
          .doesNotContain("hush");
      assertThat(config.rateLimit().toString()).doesNotContain("hush");
    }
  }
}
