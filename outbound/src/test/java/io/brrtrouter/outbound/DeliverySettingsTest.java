package io.brrtrouter.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.outbound.TestReceiver.Received;
import io.brrtrouter.server.runtime.DeclaredSetting;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.runtime.StartupException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each setting does something, by where it can be seen best. */
@Timeout(180)
class DeliverySettingsTest {
  private static final String SECRET = "webhook-secret-of-a-test-0123456789";

  @TempDir private Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final SteppedClock clock = new SteppedClock();
  private final Told told = new Told();
  private TestDatabase database;

  @BeforeEach
  void openDatabase() throws Exception {
    database = TestDatabase.h2();
    open.add(database);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private Resources resources(String... namesAndValues) {
    ServerConfig config = ServerConfig.defaults().declaring(Deliveries.settings());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      config = config.with("outbound." + namesAndValues[i], namesAndValues[i + 1]);
    }
    Resources resources = Resources.of(config);
    open.add(resources);
    return resources;
  }

  private DeliveryOptions read(String... namesAndValues) {
    return DeliverySettings.read(resources(namesAndValues)).options();
  }

  /** {@return deliveries with some settings, to this machine} */
  private Deliveries deliveries(String... namesAndValues) {
    Map<String, String> all =
        new TreeMap<>(
            Map.of("http", "true", "allowed", "127.0.0.0/8", "secret", SECRET, "poll_ms", "50"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    String[] settings =
        all.entrySet().stream()
            .flatMap(each -> List.of(each.getKey(), each.getValue()).stream())
            .toArray(String[]::new);
    return Deliveries.open(
        resources(settings), builder -> builder.database(database).clock(clock).listener(told));
  }

  private TestReceiver receiver(int... statuses) throws Exception {
    TestReceiver receiver = TestReceiver.answering(statuses);
    open.add(receiver);
    return receiver;
  }

  private static OutgoingMessage message() {
    return new OutgoingMessage(
        "pet_adopted", "POST", "", List.of(), Optional.empty(), new byte[] {'1'});
  }

  /** Whoever adds a setting adds a test here. */
  @Test
  void all_settings_are_known_here() {
    assertThat(new TreeSet<>(Deliveries.settings().stream().map(DeclaredSetting::name).toList()))
        .containsExactly(
            "outbound.allowed",
            "outbound.attempts",
            "outbound.backoff_ms",
            "outbound.concurrency",
            "outbound.connect_timeout_ms",
            "outbound.database",
            "outbound.denied",
            "outbound.drain_ms",
            "outbound.give_up_secs",
            "outbound.group_concurrency",
            "outbound.http",
            "outbound.keep_dead_secs",
            "outbound.keep_delivered_secs",
            "outbound.max_backoff_ms",
            "outbound.max_retry_after_secs",
            "outbound.poll_ms",
            "outbound.ports",
            "outbound.receiver_concurrency",
            "outbound.record_only",
            "outbound.response_timeout_ms",
            "outbound.schema",
            "outbound.secret",
            "outbound.secret_file",
            "outbound.signatures",
            "outbound.table_prefix",
            "outbound.timeout_ms");
  }

  @Test
  void the_defaults_are_those_of_the_builder() {
    DeliveryOptions read = read();
    DeliveryOptions fresh = Deliveries.builder().options();

    assertThat(read.retries()).isEqualTo(fresh.retries());
    assertThat(read.limits()).isEqualTo(fresh.limits());
    assertThat(read.addresses()).isEqualTo(fresh.addresses());
    assertThat(read.times()).isEqualTo(fresh.times());
    assertThat(read.signatures().kinds()).isEqualTo(fresh.signatures().kinds());
    assertThat(read.keeping()).isEqualTo(fresh.keeping());
  }

  @ParameterizedTest
  @CsvSource({
    "attempts, 0",
    "backoff_ms, 0",
    "backoff_ms, soon",
    "max_backoff_ms, -1",
    "timeout_ms, 0",
    "concurrency, 0",
    "receiver_concurrency, 0",
    "group_concurrency, -1",
    "poll_ms, 1",
    "signatures, md5",
    "signatures, ''",
    "give_up_secs, 0",
    "give_up_secs, 0 s",
    "give_up_secs, 999 ms",
    "http, yes",
    "ports, 0",
    "allowed, 10.0.0.1/8",
    "denied, a b",
    "secret, whsec_not~base64",
    "schema, A",
    "table_prefix, a-b",
    "table_prefix, ''"
  })
  void what_a_setting_does_not_take_is_refused(String name, String value) {
    DeclaredSetting setting =
        Deliveries.settings().stream()
            .filter(each -> each.name().equals("outbound." + name))
            .findFirst()
            .orElseThrow();

    assertThat(setting.rule().test(value)).isFalse();
  }

  @Test
  void attempts() throws Exception {
    Deliveries deliveries = deliveries("attempts", "1");

    deliveries.send(Receiver.of(receiver(500).url()), message());

    told.next("dead");
  }

  @Test
  void times_between_attempts() {
    RetryPolicy retries =
        read(
                "backoff_ms", "2 s",
                "max_backoff_ms", "5 min",
                "max_retry_after_secs", "90",
                "give_up_secs", "1 h")
            .retries();

    assertThat(retries)
        .isEqualTo(
            new RetryPolicy(
                DeliveriesBuilder.ATTEMPTS,
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                Duration.ofSeconds(90),
                Duration.ofHours(1)));
  }

  @Test
  void times_and_numbers_of_attempts_at_once() {
    assertThat(
            read(
                    "connect_timeout_ms", "1 s",
                    "response_timeout_ms", "2 s",
                    "timeout_ms", "3 s",
                    "concurrency", "4",
                    "receiver_concurrency", "2")
                .limits())
        .isEqualTo(
            new io.brrtrouter.outbound.client.HookClient.Limits(
                Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), 4, 2));
  }

  @Test
  void group_concurrency() throws Exception {
    assertThat(read().groupConcurrency()).isZero();
    CountDownLatch release = new CountDownLatch(1);
    List<TestReceiver> slow = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      slow.add(
          TestReceiver.answering((exchange, _) -> {
            release.await();
            exchange.sendResponseHeaders(204, -1);
          }));
    }
    open.addAll(slow);
    // Both are ports of one address.
    Deliveries deliveries =
        deliveries("group_concurrency", "1", "timeout_ms", "2 min", "response_timeout_ms", "2 min");
    deliveries.send(Receiver.of(slow.getFirst().url()), message());
    slow.getFirst().next();
    deliveries.send(Receiver.of(slow.getLast().url()), message());

    // A name is not of that group, and what it gets was looked for after the other.
    TestReceiver other = receiver(204);
    deliveries.send(
        Receiver.of(URI.create(other.url().toString().replace("127.0.0.1", "localhost"))),
        message());

    told.next("delivered");
    assertThat(slow.getLast().size()).as("another port at once").isZero();
    release.countDown();
    told.next("delivered", 2);
  }

  @Test
  void receiver_concurrency() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    TestReceiver slow =
        TestReceiver.answering((exchange, _) -> {
          release.await();
          exchange.sendResponseHeaders(204, -1);
        });
    open.add(slow);
    TestReceiver other = receiver(204);
    Deliveries deliveries =
        deliveries(
            "receiver_concurrency", "1", "timeout_ms", "2 min", "response_timeout_ms", "2 min");
    deliveries.send(Receiver.of(slow.url()), message());
    deliveries.send(Receiver.of(slow.url()), message());
    slow.next();

    deliveries.send(Receiver.of(other.url()), message());

    told.next("delivered");
    assertThat(slow.size()).as("a second one at once").isZero();
    release.countDown();
    told.next("delivered", 2);
  }

  @Test
  void timeout() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    TestReceiver slow =
        TestReceiver.answering((exchange, _) -> {
          release.await();
          exchange.sendResponseHeaders(204, -1);
        });
    open.add(slow);
    Deliveries deliveries = deliveries("timeout_ms", "100");

    deliveries.send(Receiver.of(slow.url()), message());

    assertThat(told.next("failed").attempt().error()).contains("no answer within 100 ms");
    release.countDown();
  }

  @Test
  void poll_and_drain() {
    assertThat(read("poll_ms", "3 s", "drain_ms", "4 s").times())
        .isEqualTo(new DeliveryOptions.Times(Duration.ofSeconds(3), Duration.ofSeconds(4)));
  }

  @Test
  void poll_finds_what_others_have_taken() throws Exception {
    TestReceiver receiver = receiver(204);
    deliveries("poll_ms", "10");
    Deliveries taking =
        Deliveries.builder()
            .database(database)
            .http(true)
            .allow("127.0.0.1")
            .secret(SECRET)
            .clock(clock)
            .idle()
            .open();
    open.add(taking);

    taking.send(Receiver.of(receiver.url()), message());

    told.next("delivered");
  }

  @Test
  void keep() throws Exception {
    Deliveries deliveries =
        deliveries("keep_delivered_secs", "10", "keep_dead_secs", "20", "concurrency", "1");
    TestReceiver receiver = receiver(204, 404);
    deliveries.send(Receiver.of(receiver.url()), message());
    told.next("delivered");
    deliveries.send(Receiver.of(receiver.url()), message());
    told.next("dead");

    clock.forward(Duration.ofSeconds(11));
    assertThat(deliveries.sweep()).isEqualTo(1);
    assertThat(deliveries.count(DeliveryState.DEAD)).isEqualTo(1);
    clock.forward(Duration.ofSeconds(10));
    assertThat(deliveries.sweep()).isEqualTo(1);
  }

  @Test
  void secret() throws Exception {
    TestReceiver receiver = receiver(204);
    Deliveries deliveries = deliveries();

    deliveries.send(Receiver.of(receiver.url()), message());

    assertThat(isSigned(receiver.next(), SECRET)).isTrue();
    assertThat(resources("secret", SECRET).describe("outbound.secret").toString())
        .doesNotContain(SECRET)
        .contains("******");
  }

  private boolean isSigned(Received received, String secret) {
    return WebhookSignature.verify(
        received.headers(), received.body(), List.of(secret), Duration.ZERO, clock);
  }

  @Test
  void secret_file_is_read_each_time() throws Exception {
    TestReceiver receiver = receiver(204);
    Path file = Files.writeString(directory.resolve("secret"), "old-" + SECRET + "\n");
    Deliveries deliveries = deliveries("secret", "", "secret_file", file.toString());
    deliveries.send(Receiver.of(receiver.url()), message());
    assertThat(isSigned(receiver.next(), "old-" + SECRET)).isTrue();
    told.next("delivered");

    Files.writeString(file, "new-" + SECRET + "\nold-" + SECRET + "\n");
    deliveries.send(Receiver.of(receiver.url()), message());

    Received both = receiver.next();
    assertThat(isSigned(both, "new-" + SECRET)).isTrue();
    assertThat(isSigned(both, "old-" + SECRET)).isTrue();
  }

  @Test
  void a_secret_that_cannot_be_read_keeps_from_starting() {
    String missing = directory.resolve("missing").toString();

    assertThatThrownBy(() -> deliveries("secret", "", "secret_file", missing))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "the secret of webhooks cannot be read: there is no file "
                + missing
                + " (outbound.secret_file)");
    assertThatThrownBy(() -> deliveries("secret_file", missing))
        .isInstanceOf(StartupException.class)
        .hasMessage("outbound.secret and outbound.secret_file are both set; take one of them");
  }

  @ParameterizedTest
  @CsvSource({
    "standard, true, false",
    "hub, false, true",
    "'standard, hub', true, true",
    "off, false, false"
  })
  void signatures(String kinds, boolean standard, boolean hub) throws Exception {
    TestReceiver receiver = receiver(204);
    Deliveries deliveries = deliveries("signatures", kinds);

    deliveries.send(Receiver.of(receiver.url()), message());

    Received received = receiver.next();
    assertThat(received.headers().contains("webhook-signature")).isEqualTo(standard);
    assertThat(received.headers().contains("X-Hub-Signature-256")).isEqualTo(hub);
    assertThat(received.headers().contains("webhook-id")).isTrue();
  }

  @Test
  void http_ports_allowed_and_denied() {
    assertRefused(deliveries("http", "false"), "http://8.8.8.8/", "is not encrypted");
  }

  @Test
  void ports() {
    assertRefused(deliveries("ports", "443"), "https://8.8.8.8:8443/", "has port 8443");
  }

  @Test
  void allowed() {
    assertRefused(deliveries("allowed", ""), "http://127.0.0.1/", "for this machine");
  }

  @Test
  void denied() {
    assertRefused(
        deliveries("denied", "8.8.8.0/24, *.evil.example"),
        "https://a.evil.example/",
        "outbound.denied");
  }

  private static void assertRefused(Deliveries deliveries, String url, String reason) {
    Receiver receiver = Receiver.of(URI.create(url));

    assertThatThrownBy(() -> deliveries.send(receiver, message()))
        .isInstanceOf(RefusedReceiverException.class)
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> deliveries.check(receiver))
        .isInstanceOf(RefusedReceiverException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void who_may_be_sent_to_is_told_before_anything_is_sent() {
    Deliveries deliveries = deliveries();

    deliveries.check(Receiver.of(URI.create("https://hooks.example/a?b=c")));

    assertThat(deliveries.list(DeliveryFilter.all(), 1)).isEmpty();
  }

  @Test
  void schema_and_table_prefix() throws Exception {
    database.execute("create schema hooks");
    Deliveries deliveries = deliveries("schema", "hooks", "table_prefix", "out_");

    deliveries.send(Receiver.of(receiver(204).url()), message());

    told.next("delivered");
    database.execute("delete from hooks.out_attempts");
  }

  @Test
  void database_is_a_file_where_the_application_gives_none() throws Exception {
    String file = directory.resolve("kept/deliveries").toString();
    TestReceiver receiver = receiver(204);
    Resources first = resources("database", file, "http", "true", "allowed", "127.0.0.1");
    Deliveries deliveries = Deliveries.open(first);
    assertThat(Deliveries.open(first)).as("one for all generations").isSameAs(deliveries);
    java.util.UUID id = deliveries.send(Receiver.of(receiver.url()), message());
    receiver.next();

    first.close();

    assertThat(directory.resolve("kept/deliveries.mv.db")).exists();
    Deliveries again =
        Deliveries.open(resources("database", file, "http", "true", "allowed", "127.0.0.1"));
    assertThat(again.find(id)).get().extracting(Delivery::state).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void messages_that_cannot_be_sent_are_refused_when_they_are_taken() {
    Deliveries deliveries = deliveries();
    Receiver receiver = Receiver.of(URI.create("http://127.0.0.1/"));
    byte[] none = new byte[0];

    assertThatThrownBy(() ->
            deliveries.send(
                receiver,
                new OutgoingMessage(
                    "op", "POST", "", List.of(), Optional.empty(), new byte[1024 * 1024 + 1])))
        .hasMessage("a body has at most 1048576 octets, not 1048577");
    assertRefused(
        deliveries, "op", "CONNECT", List.of(), "\"CONNECT\" is no method that can be sent");
    assertRefused(deliveries, "op", "A B", List.of(), "\"A B\" is no method that can be sent");
    assertRefused(
        deliveries, "", "POST", List.of(), "the name of an operation has 1 to 200 characters");
    for (String ours : List.of("Host", "webhook-id", "IDEMPOTENCY-KEY", "Content-Type", "TE")) {
      assertRefused(
          deliveries,
          "op",
          "POST",
          List.of(Map.entry(ours, "x")),
          ours + " is a header field that a message cannot set");
    }
    assertRefused(
        deliveries,
        "op",
        "POST",
        List.of(Map.entry("X-A", "a\r\nX-B: b")),
        "the value of the header field X-A cannot be sent");
    assertRefused(
        deliveries,
        "op",
        "POST",
        List.of(Map.entry("X A", "a")),
        "\"X A\" is no name of a header field");
    assertThatThrownBy(() ->
            deliveries.send(
                receiver,
                new OutgoingMessage("op", "GET", "a b", List.of(), Optional.empty(), none)))
        .hasMessage("the query of a message is not encoded");
  }

  private static void assertRefused(
      Deliveries deliveries,
      String operation,
      String method,
      List<Map.Entry<String, String>> headers,
      String complaint) {
    byte[] body = "x".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() ->
            deliveries.send(
                Receiver.of(URI.create("http://127.0.0.1/")),
                new OutgoingMessage(operation, method, "", headers, Optional.empty(), body)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(complaint);
  }
}
