package io.brrtrouter.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.ServerConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application sends in a test. */
@Timeout(120)
class RecordedDeliveriesTest {
  private static final String SECRET = "webhook-secret-of-a-test-0123456789";
  private static final Receiver RECEIVER = Receiver.of(URI.create("https://example.com/hook?a=1"));

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private Resources tested(String... namesAndValues) {
    ServerConfig config = ServerConfig.defaults().declaringInTests(Deliveries.settings());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      config = config.with("outbound." + namesAndValues[i], namesAndValues[i + 1]);
    }
    Resources resources = Resources.of(config);
    open.add(resources);
    return resources;
  }

  private static OutgoingMessage message(String operation) {
    return new OutgoingMessage(
        operation,
        "POST",
        "b=2",
        List.of(Map.entry("X-Shop", "north")),
        Optional.of("application/json"),
        "{\"pet\":\"Rex\"}".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void in_tests_they_are_kept_in_memory_as_they_would_be_sent() {
    Resources resources = tested("secret", SECRET);
    Deliveries deliveries = Deliveries.open(resources);
    UUID first = deliveries.send(RECEIVER, message("adopted"));
    deliveries.send(RECEIVER, message("returned"));

    RecordedDeliveries recorded = RecordedDeliveries.of(resources);
    assertThat(recorded.all())
        .extracting(RecordedDelivery::operation)
        .containsExactly("adopted", "returned");
    RecordedDelivery adopted = recorded.only("adopted");
    assertThat(adopted.id()).isEqualTo(first);
    assertThat(adopted).hasToString("adopted: POST https://example.com/hook?a=1&b=2");
    assertThat(adopted.text()).isEqualTo("{\"pet\":\"Rex\"}");
    assertThat(adopted.headers().first("X-Shop")).hasValue("north");
    assertThat(adopted.headers().first("Content-Type")).hasValue("application/json");
    assertThat(adopted.headers().first("Idempotency-Key")).hasValue(first.toString());
    assertThat(
            WebhookSignature.verify(
                adopted.headers(), adopted.body(), List.of(SECRET), Duration.ofMinutes(5)))
        .isTrue();
    assertThat(recorded.all("adopted")).containsExactly(adopted);
    assertThat(deliveries.find(first).orElseThrow().attempts()).isZero();
    assertThat(resources.setting("outbound.database")).isEqualTo(":memory:");
  }

  @Test
  void each_test_has_its_own() {
    Resources one = tested();
    Resources other = tested();
    Deliveries.open(one).send(RECEIVER, message("adopted"));
    Deliveries.open(other);

    assertThat(RecordedDeliveries.of(one).all()).hasSize(1);
    assertThat(RecordedDeliveries.of(other).all()).isEmpty();
    RecordedDeliveries.of(one).clear();
    assertThat(RecordedDeliveries.of(one).all()).isEmpty();
  }

  @Test
  void what_is_refused_is_refused_in_tests_too() {
    Resources resources = tested();
    Deliveries deliveries = Deliveries.open(resources);

    assertThatThrownBy(
            () -> deliveries.send(Receiver.of(URI.create("http://10.0.0.1/")), message("adopted")))
        .isInstanceOf(RefusedReceiverException.class);
    assertThat(RecordedDeliveries.of(resources).all()).isEmpty();
  }

  @Test
  void what_is_missing_is_said() {
    Resources resources = tested();
    assertThatThrownBy(() -> RecordedDeliveries.of(resources))
        .hasMessage("the application has opened no deliveries: Deliveries.open(resources)");
    Deliveries.open(resources).send(RECEIVER, message("adopted"));
    assertThatThrownBy(() -> RecordedDeliveries.of(resources).only("returned"))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "expected one request of returned, but recorded were"
                + " [adopted: POST https://example.com/hook?a=1&b=2]");

    Resources sending = tested("record_only", "false");
    Deliveries.open(sending);
    assertThatThrownBy(() -> RecordedDeliveries.of(sending).all())
        .hasMessage("deliveries are sent, not only recorded: set outbound.record_only to true");
  }

  @Test
  void who_shares_the_database_of_the_application_sends_nothing_of_it() throws Exception {
    TestDatabase database = TestDatabase.h2();
    open.add(database);
    TestReceiver receiver = TestReceiver.answering(204);
    open.add(receiver);
    Receiver here = Receiver.of(receiver.url("/hook"));
    Resources resources = tested("http", "true", "allowed", "127.0.0.1");
    Deliveries recording = Deliveries.open(resources, database);
    recording.send(here, message("recorded"));
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      recording.send(connection, here, message("committed"));
      connection.commit();
      recording.send(connection, here, message("undone"));
      connection.rollback();
    }

    Resources of = tested("record_only", "false", "http", "true", "allowed", "127.0.0.1");
    Deliveries sending = Deliveries.open(of, database);
    UUID sent = sending.send(here, message("sent"));
    assertThat(receiver.next().headers().first("webhook-id")).hasValue(sent.toString());
    of.close(); // Waits for all that it has taken.

    assertThat(receiver.size()).isZero();
    assertThat(RecordedDeliveries.of(resources).all())
        .extracting(RecordedDelivery::operation)
        .containsExactly("recorded", "committed");
  }
}
