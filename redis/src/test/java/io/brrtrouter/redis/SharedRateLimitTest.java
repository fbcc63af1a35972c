package io.brrtrouter.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.lettuce.core.AclCategory;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.CommandType;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that count together, over sockets and a real Redis. */
@Isolated // It looks at the threads there are.
class SharedRateLimitTest {
  private static final String API =
      """
      openapi: 3.1.1
      info: {title: Limited, version: "1"}
      paths:
        /quick:
          get: {operationId: quick, responses: {"200": {description: ok}}}
        /slow:
          post:
            operationId: slow
            requestBody: {content: {text/plain: {schema: {type: string}}}}
            responses: {"200": {description: ok}}
        /secret:
          get:
            operationId: secret
            security: [{key: []}]
            responses: {"200": {description: ok}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path directory;

  private final String prefix = "test:" + UUID.randomUUID() + ":";
  private final HttpClient client = HttpClient.newHttpClient();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private Verification verdict = Verification.accepted("ann");

  private BrrtServer server(String url, String... more) throws Exception {
    Path document = Files.writeString(directory.resolve("api.yaml"), API);
    ServerConfig config =
        ServerConfig.defaults()
            .with(
                Map.of(
                    "rate_limit.enabled", "true",
                    "rate_limit.requests", "10",
                    "rate_limit.window_secs", "10 h",
                    "rate_limit.redis_url", url,
                    "rate_limit.redis_timeout_ms", "5 s",
                    "rate_limit.redis_prefix", prefix));
    for (int i = 0; i < more.length; i += 2) {
      config = config.with(more[i], more[i + 1]);
    }
    return BrrtServer.builder()
        .document(document)
        .config(config)
        .port(0)
        .output(new PrintStream(said, true, UTF_8))
        .handler("quick", Handler.neverBlocking(_ -> HttpResponse.of(200)))
        .security("key", (_, _) -> verdict)
        .handler("secret", Handler.neverBlocking(_ -> HttpResponse.of(200)))
        .handler("slow", request -> HttpResponse.of(200))
        .start();
  }

  private java.net.http.HttpResponse<String> get(BrrtServer server) throws Exception {
    return get(server, "/quick");
  }

  private java.net.http.HttpResponse<String> get(BrrtServer server, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path)).header("X-Key", "ann");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String left(BrrtServer server) throws Exception {
    return left(server, "/quick");
  }

  private String left(BrrtServer server, String path) throws Exception {
    return get(server, path).headers().firstValue("RateLimit").orElse("none").split(";")[1];
  }

  @Test
  void two_servers_count_together() throws Exception {
    try (BrrtServer one = server(TestRedis.sharedUrl());
        BrrtServer other = server(TestRedis.sharedUrl())) {
      assertThat(left(one)).isEqualTo("r=9");
      assertThat(left(other)).isEqualTo("r=8");
      assertThat(left(one)).isEqualTo("r=7");
      for (int i = 0; i < 7; i++) {
        assertThat(get(i % 2 == 0 ? one : other).statusCode()).isEqualTo(200);
      }
      assertThat(get(one).statusCode()).isEqualTo(429);
      assertThat(get(other).statusCode()).isEqualTo(429);
      assertThat(get(other).headers().firstValue("RateLimit-Policy"))
          .hasValue("\"default\";q=10;w=36000");
    }
  }

  @Test
  void many_requests_to_two_servers_get_exactly_the_limit_and_bodies_are_read() throws Exception {
    int admitted = 0;
    try (BrrtServer one = server(TestRedis.sharedUrl(), "rate_limit.requests", "50");
        BrrtServer other = server(TestRedis.sharedUrl(), "rate_limit.requests", "50");
        ExecutorService executor = Executors.newFixedThreadPool(32)) {
      List<Callable<Integer>> requests = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        BrrtServer server = i % 2 == 0 ? one : other;
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(server.url() + "/slow"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("x".repeat(10_000)))
                .build();
        requests.add(() -> client.send(request, BodyHandlers.discarding()).statusCode());
      }
      for (Future<Integer> request : executor.invokeAll(requests)) {
        assertThat(request.get()).isIn(200, 429);
        admitted += request.get() == 200 ? 1 : 0;
      }
    }
    assertThat(admitted).isEqualTo(50);
  }

  @Test
  void what_one_server_refuses_counts_for_the_other() throws Exception {
    verdict = Verification.refused("nobody knows it");
    String[] most = {"rate_limit.auth_failures", "50", "rate_limit.before_auth_requests", "0"};
    try (BrrtServer one = server(TestRedis.sharedUrl(), most);
        BrrtServer other = server(TestRedis.sharedUrl(), most)) {
      for (int i = 0; i < 49; i++) {
        assertThat(get(one, "/secret").statusCode()).isEqualTo(401);
      }
      int looked = 0;
      while (get(other, "/secret").statusCode() == 401) {
        looked++;
        assertThat(looked).isLessThan(49); // It would have refused as many by itself.
        Thread.sleep(10); // Nobody waits for what all have counted.
      }
      assertThat(get(other, "/secret").statusCode()).isEqualTo(429);
    }
  }

  /** Its digest, as the provider of remote keys says it: from whatever address, at any server. */
  @Test
  void a_key_that_names_nobody_is_one_client_of_all_servers() throws Exception {
    String digest = "a".repeat(64);
    String[] proxied = {"http.trusted_proxies", "127.0.0.1"};
    try (BrrtServer one = server(TestRedis.sharedUrl(), proxied);
        BrrtServer other = server(TestRedis.sharedUrl(), proxied)) {
      verdict = Verification.accepted("").withClient(digest);
      assertThat(left(one, "/secret", "192.0.2.1")).isEqualTo("r=9");
      assertThat(left(other, "/secret", "192.0.2.2")).isEqualTo("r=8");
      verdict = Verification.accepted("").withClient("b".repeat(64));
      assertThat(left(one, "/secret", "192.0.2.1")).isEqualTo("r=9");
      assertThat(left(other, "/secret", "192.0.2.1")).isEqualTo("r=8");
      verdict = Verification.accepted(digest);
      assertThat(left(one, "/secret", "192.0.2.1")).as("called so").isEqualTo("r=9");
    }
    assertThat(keys("secret|*"))
        .as("two keys and a subject, with neither's digest")
        .hasSize(3)
        .allMatch(key -> key.matches(".*\\|[ks]:[0-9a-f]{64}\\|10/36000"))
        .noneMatch(key -> key.contains(digest));
  }

  private String left(BrrtServer server, String path, String address) throws Exception {
    return get(server, path, "X-Forwarded-For", address)
        .headers()
        .firstValue("RateLimit")
        .orElse("none")
        .split(";")[1];
  }

  private List<String> keys(String pattern) {
    RedisClient redis = RedisClient.create(TestRedis.sharedUrl());
    try (StatefulRedisConnection<String, String> connection = redis.connect()) {
      return connection.sync().keys(prefix + pattern);
    } finally {
      redis.shutdown();
    }
  }

  @Test
  void without_Redis_each_server_counts_for_itself_until_it_is_back() throws Exception {
    try (TestRedis redis = TestRedis.start(directory, "");
        BrrtServer one = server(redis.url());
        BrrtServer other = server(redis.url())) {
      assertThat(left(one)).isEqualTo("r=9");
      assertThat(left(other)).isEqualTo("r=8");

      redis.kill();
      assertThat(left(one)).isEqualTo("r=9");
      assertThat(left(one)).isEqualTo("r=8");
      assertThat(left(other)).isEqualTo("r=9");

      redis.restart();
      // What was counted went with the one that was killed.
      awaitShared(one);
      awaitShared(other);
    }
  }

  /** The bucket of this server is at some number less than that of a new Redis. */
  private void awaitShared(BrrtServer server) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int last = 10;
    while (true) {
      int left = Integer.parseInt(left(server).substring(2));
      if (left > last || (last == 10 && left >= 8)) {
        return;
      }
      last = left;
      assertThat(System.nanoTime() - end).as("still by itself").isNegative();
    }
  }

  /** A frozen process keeps its connections and takes new ones, so nobody is told anything. */
  @Test
  void a_frozen_Redis_takes_one_timeout_of_one_request_and_of_the_next_ones_nothing()
      throws Exception {
    Duration timeout = Duration.ofSeconds(3);
    try (TestRedis redis = TestRedis.start(directory, "");
        Log log = new Log();
        BrrtServer server =
            server(
                redis.url(),
                "rate_limit.redis_timeout_ms",
                "3 s",
                "rate_limit.before_auth_requests",
                "1000")) {
      assertThat(left(server, "/secret")).isEqualTo("r=9");

      redis.freeze();
      Instant before = Instant.now();
      // Counted twice: before authentication, and after it.
      assertThat(left(server, "/secret")).isEqualTo("r=9");
      assertThat(Duration.between(before, Instant.now()))
          .isBetween(timeout, timeout.plusMillis(2_500));

      before = Instant.now();
      for (int i = 0; i < 8; i++) {
        assertThat(left(server, "/secret")).isEqualTo("r=" + (8 - i));
      }
      assertThat(get(server, "/quick").statusCode()).isEqualTo(200);
      assertThat(Duration.between(before, Instant.now())).isLessThan(timeout);

      redis.thaw();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (log.lines().size() < 2) {
        get(server);
        assertThat(System.nanoTime() - end).as("still by itself").isNegative();
      }
      assertThat(log.lines())
          .containsExactly(
              "rate limits are counted by this server alone: Redis at 127.0.0.1:"
                  + redis.port()
                  + " does not answer in 3000 ms",
              "rate limits are counted for all servers together again");
    }
  }

  @Test
  void a_client_that_hangs_up_meanwhile_leaves_the_quota_shared() throws Exception {
    try (TestRedis redis = TestRedis.start(directory, "");
        Log log = new Log();
        BrrtServer one = server(redis.url(), "rate_limit.redis_timeout_ms", "10 s");
        BrrtServer other = server(redis.url(), "rate_limit.redis_timeout_ms", "10 s")) {
      assertThat(left(one)).isEqualTo("r=9");
      assertThat(left(other)).isEqualTo("r=8");

      redis.freeze();
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), one.port())) {
        socket
            .getOutputStream()
            .write("GET /quick HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        awaitInFlight(one, 1);
        socket.setSoLinger(true, 0); // Closed with a reset: it does not wait for an answer either.
      }
      awaitInFlight(one, 0);
      redis.thaw();

      // The one that hung up is counted too.
      assertThat(left(one)).isEqualTo("r=6");
      assertThat(left(other)).isEqualTo("r=5");
      assertThat(log.lines()).isEmpty();
    }
  }

  private void awaitInFlight(BrrtServer server, int requests) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!get(server, "/metrics")
        .body()
        .contains("\nbrrtrouter_requests_in_flight " + requests + ".0\n")) {
      assertThat(System.nanoTime() - end).as(requests + " requests in flight").isNegative();
    }
  }

  /** What is logged about limits. */
  private static final class Log implements AutoCloseable {
    private final Logger logger = Loggers.named("io.brrtrouter.server.limit");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    Log() {
      appender.start();
      logger.addAppender(appender);
    }

    List<String> lines() {
      return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
      logger.detachAppender(appender);
    }
  }

  @Test
  void a_server_is_connected_before_its_first_request_and_says_so() throws Exception {
    try (TestRedis redis = TestRedis.start(directory, "hush-1234");
        Log log = new Log();
        BrrtServer server = server(redis.url())) {
      assertThat(threads()).isNotEmpty();
      assertThat(said.toString(UTF_8))
          .contains(
              "rate limits are counted with other servers, at redis://127.0.0.1:"
                  + redis.port()
                  + "\n")
          .doesNotContain("hush");
      assertThat(left(server)).isEqualTo("r=9");
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void a_server_starts_and_serves_without_Redis() throws Exception {
    try (TestRedis redis = TestRedis.start(directory, "hush-1234");
        Log log = new Log()) {
      redis.kill();
      try (BrrtServer server = server(redis.url())) {
        assertThat(said.toString(UTF_8))
            .contains(
                "rate limits are counted by this server alone: Redis at 127.0.0.1:"
                    + redis.port()
                    + " does not answer: ")
            .doesNotContain("hush");
        assertThat(log.lines())
            .singleElement()
            .asString()
            .startsWith(
                "rate limits are counted by this server alone: Redis at 127.0.0.1:"
                    + redis.port()
                    + " does not answer: ");
        assertThat(left(server)).isEqualTo("r=9");
        assertThat(left(server)).isEqualTo("r=8");
        assertThat(log.lines()).hasSize(1);
      }
    }
  }

  /** It has answered; what, the start and the log tell. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis://                        | refuses: NOAUTH",
        "redis://:guess-1234@            | refuses: WRONGPASS",
        "redis://nobody:guess-1234@      | refuses: WRONGPASS",
        "redis://reader:guess-1234@      | does not count: NOPERM",
      })
  void a_server_starts_and_says_what_Redis_has_answered_instead(String url, String answer)
      throws Exception {
    try (TestRedis redis = TestRedis.start(directory, "hush-1234");
        RedisClient client = RedisClient.create(redis.url());
        StatefulRedisConnection<String, String> other = client.connect();
        Log log = new Log()) {
      other
          .sync()
          .aclSetuser(
              "reader",
              AclSetuserArgs.Builder.on()
                  .addPassword("guess-1234")
                  .allKeys()
                  .addCategory(AclCategory.CONNECTION)
                  .addCommand(CommandType.GET)
                  .addCommand(CommandType.TIME));
      try (BrrtServer server = server(url + "127.0.0.1:" + redis.port())) {
        String told =
            "rate limits are counted by this server alone: Redis at 127.0.0.1:%d %s "
                .formatted(redis.port(), answer);
        assertThat(said.toString(UTF_8)).contains(told).doesNotContain("guess", "hush");
        assertThat(log.lines()).first().asString().startsWith(told).doesNotContain("guess", "hush");
        assertThat(left(server)).isEqualTo("r=9");
        assertThat(left(server)).isEqualTo("r=8");
        assertThat(log.lines()).filteredOn(line -> line.startsWith(told)).hasSize(1);
      }
    }
  }

  @Test
  void a_server_that_is_closed_leaves_no_thread() throws Exception {
    try (BrrtServer server = server(TestRedis.sharedUrl())) {
      assertThat(left(server)).isEqualTo("r=9");
      assertThat(threads()).isNotEmpty();
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!threads().isEmpty()) {
      assertThat(System.nanoTime() - end).as("left: " + threads()).isNegative();
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("lettuce"))
        .toList();
  }
}
