package io.brrtrouter.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.outbound.TestReceiver.Received;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What deliveries do, whatever database their log is in. */
@Timeout(180)
abstract class DeliveriesContract {
  private static final String SECRET = "webhook-secret-of-a-test-0123456789";
  private static final byte[] BODY = "{\"pet\": 7}".getBytes(StandardCharsets.UTF_8);

  final SteppedClock clock = new SteppedClock();
  final Told told = new Told();
  TestDatabase database;
  private final List<AutoCloseable> open = new ArrayList<>();

  abstract TestDatabase database() throws SQLException;

  @BeforeEach
  void openDatabase() throws SQLException {
    database = database();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    database.close();
  }

  private TestReceiver receiver(int... statuses) throws IOException {
    return kept(TestReceiver.answering(statuses));
  }

  private <T extends AutoCloseable> T kept(T it) {
    open.add(it);
    return it;
  }

  /** {@return deliveries to this machine, whose jitter is the longest there is} */
  DeliveriesBuilder builder() {
    return Deliveries.builder()
        .database(database)
        .http(true)
        .allow("127.0.0.0/8")
        .secret(SECRET)
        .poll(Duration.ofMillis(50))
        .clock(clock)
        .random(new Longest())
        .timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(60))
        .listener(told);
  }

  private Deliveries open(DeliveriesBuilder builder) {
    return kept(builder.open());
  }

  /** Takes the upper end of every range. */
  private static final class Longest implements RandomGenerator {
    @Override
    public long nextLong() {
      return -1;
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }

  private static OutgoingMessage message() {
    return new OutgoingMessage(
        "pet_adopted",
        "POST",
        "",
        List.of(Map.entry("X-Shop", "Rex")),
        Optional.of("application/json"),
        BODY);
  }

  @Test
  void a_request_arrives_once_and_signed() throws Exception {
    TestReceiver receiver = receiver(204);
    Deliveries deliveries = open(builder().signatures(SignatureKind.STANDARD, SignatureKind.HUB));

    UUID id = deliveries.send(Receiver.of(receiver.url("/hook?shop=1")), message());

    Received received = receiver.next();
    assertThat(received.method()).isEqualTo("POST");
    assertThat(received.target()).isEqualTo("/hook?shop=1");
    assertThat(received.body()).isEqualTo(BODY);
    assertThat(received.headers().all("Content-Type")).containsExactly("application/json");
    assertThat(received.headers().all("X-Shop")).containsExactly("Rex");
    assertThat(received.headers().all("Idempotency-Key")).containsExactly(id.toString());
    assertThat(received.headers().all("webhook-id")).containsExactly(id.toString());
    assertThat(
            WebhookSignature.verify(
                received.headers(), received.body(), List.of(SECRET), Duration.ZERO, clock))
        .isTrue();
    assertThat(WebhookSignature.verifyHub(received.headers(), received.body(), List.of(SECRET)))
        .isTrue();
    Told.Event delivered = told.next("delivered");
    Delivery delivery = deliveries.find(id).orElseThrow();
    assertThat(delivered.delivery()).isEqualTo(delivery);
    assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(delivery.attempts()).isEqualTo(1);
    assertThat(delivery.finished()).contains(clock.instant());
    assertThat(delivery.due()).isEmpty();
    assertThat(delivery.status()).isEqualTo(OptionalInt.of(204));
    assertThat(deliveries.attempts(id))
        .singleElement()
        .satisfies(attempt -> {
          assertThat(attempt.number()).isEqualTo(1);
          assertThat(attempt.status()).isEqualTo(OptionalInt.of(204));
          assertThat(attempt.error()).isEmpty();
          assertThat(attempt.began()).isEqualTo(clock.instant());
        });
    assertThat(receiver.size()).isZero();
  }

  @Test
  void a_query_of_the_message_is_added_to_that_of_the_receiver() throws Exception {
    TestReceiver receiver = receiver(204);
    Deliveries deliveries = open(builder());
    OutgoingMessage with =
        new OutgoingMessage("found", "GET", "a=b%20c", List.of(), Optional.empty(), new byte[0]);

    deliveries.send(Receiver.of(receiver.url("/x?own=1")), with);
    assertThat(receiver.next().target()).isEqualTo("/x?own=1&a=b%20c");
    deliveries.send(Receiver.of(receiver.url("/x")), with);
    assertThat(receiver.next().target()).isEqualTo("/x?a=b%20c");
  }

  @Test
  void a_busy_receiver_is_tried_again_when_it_says() throws Exception {
    TestReceiver receiver =
        kept(
            TestReceiver.answering((exchange, received) -> {
              boolean first = received.headers().get("webhook-timestamp").endsWith("00");
              if (first) {
                exchange.getResponseHeaders().add("Retry-After", "90");
              }
              exchange.sendResponseHeaders(first ? 503 : 200, -1);
            }));
    Deliveries deliveries = open(builder());

    UUID id = deliveries.send(Receiver.of(receiver.url()), message());

    Told.Event failed = told.next("failed");
    assertThat(failed.attempt().status()).isEqualTo(OptionalInt.of(503));
    assertThat(failed.attempt().error()).contains("answered 503");
    assertThat(failed.delivery().due()).contains(clock.instant().plusSeconds(90));
    clock.forward(Duration.ofSeconds(91));
    deliveries.wake();
    told.next("delivered");
    assertThat(deliveries.attempts(id)).extracting(Attempt::number).containsExactly(1, 2);
    assertThat(receiver.all())
        .extracting(received -> received.headers().get("Idempotency-Key"))
        .containsExactly(id.toString(), id.toString());
  }

  @Test
  void times_between_attempts_double_until_a_limit_and_then_it_is_dead() throws Exception {
    TestReceiver receiver = receiver(500);
    Deliveries deliveries =
        open(builder().attempts(5).backoff(Duration.ofSeconds(10), Duration.ofSeconds(30)));

    UUID id = deliveries.send(Receiver.of(receiver.url()), message());

    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Instant due = told.next("failed").delivery().due().orElseThrow();
      waits.add(Duration.between(clock.instant(), due).toSeconds());
      clock.forward(Duration.between(clock.instant(), due));
      deliveries.wake();
    }
    assertThat(waits).containsExactly(10L, 20L, 30L, 30L);
    Told.Event dead = told.next("dead");
    assertThat(dead.attempt().error())
        .contains("answered 500; there are no more attempts (outbound.attempts: 5)");
    assertThat(deliveries.find(id))
        .get()
        .extracting(Delivery::state, Delivery::attempts)
        .containsExactly(DeliveryState.DEAD, 5);
    assertThat(deliveries.attempts(id)).hasSize(5);
  }

  @Test
  void what_fails_too_long_is_dead() throws Exception {
    TestReceiver receiver = receiver(500);
    Deliveries deliveries =
        open(
            builder()
                .backoff(Duration.ofSeconds(10), Duration.ofSeconds(10))
                .giveUpAfter(Duration.ofSeconds(15)));

    deliveries.send(Receiver.of(receiver.url()), message());

    told.next("failed");
    clock.forward(Duration.ofSeconds(10));
    deliveries.wake();
    assertThat(told.next("dead").attempt().error())
        .contains("answered 500; there is no time for another attempt");
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 409, 422, 451})
  void other_answers_are_for_good(int status) throws Exception {
    TestReceiver receiver = receiver(status);
    Deliveries deliveries = open(builder());

    deliveries.send(Receiver.of(receiver.url()), message());

    assertThat(told.next("dead").attempt().status()).isEqualTo(OptionalInt.of(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
  void some_answers_are_tried_again(int status) throws Exception {
    TestReceiver receiver = receiver(status);
    Deliveries deliveries = open(builder());

    deliveries.send(Receiver.of(receiver.url()), message());

    assertThat(told.next("failed").attempt().status()).isEqualTo(OptionalInt.of(status));
  }

  @Test
  void a_receiver_that_is_gone_is_told_of() throws Exception {
    TestReceiver receiver = receiver(410);
    Deliveries deliveries = open(builder());

    UUID id = deliveries.send(Receiver.of(receiver.url()), message());

    told.next("dead");
    assertThat(told.next("gone").delivery().id()).isEqualTo(id);
  }

  @Test
  void a_receiver_that_is_not_there_is_tried_again() throws Exception {
    TestReceiver receiver = receiver(204);
    URI url = receiver.url();
    receiver.close();
    Deliveries deliveries = open(builder());

    deliveries.send(Receiver.of(url), message());

    Told.Event failed = told.next("failed");
    assertThat(failed.attempt().status()).isEmpty();
    assertThat(failed.attempt().error().orElseThrow()).contains("Connection refused");
  }

  @Test
  void what_is_dead_can_be_replayed_with_the_same_id() throws Exception {
    TestReceiver receiver = receiver(404, 503, 204);
    Deliveries deliveries = open(builder().attempts(2));
    UUID id = deliveries.send(Receiver.of(receiver.url()), message());
    told.next("dead");

    assertThat(deliveries.replay(id)).isTrue();

    told.next("failed");
    assertThat(deliveries.replay(id)).as("of one that is pending").isFalse();
    clock.forward(Duration.ofHours(1));
    deliveries.wake();
    told.next("delivered");
    assertThat(deliveries.attempts(id)).extracting(Attempt::number).containsExactly(1, 2, 3);
    assertThat(receiver.all())
        .extracting(received -> received.headers().get("webhook-id"))
        .containsOnly(id.toString())
        .hasSize(3);
    assertThat(deliveries.replay(id)).as("of one that was delivered").isTrue();
    told.next("delivered");
    assertThat(deliveries.replay(UUID.randomUUID())).isFalse();
  }

  @Test
  void all_that_is_dead_can_be_replayed_by_what_it_is() throws Exception {
    TestReceiver receiver = receiver(404, 404, 204);
    Deliveries deliveries = open(builder().concurrency(1, 1));
    UUID first = deliveries.send(Receiver.of(receiver.url()), message());
    told.next("dead");
    OutgoingMessage other =
        new OutgoingMessage("other", "POST", "", List.of(), Optional.empty(), BODY);
    UUID second = deliveries.send(Receiver.of(receiver.url()), other);
    told.next("dead");

    assertThat(deliveries.replayDead(DeliveryFilter.all().of("other"))).isEqualTo(1);

    assertThat(told.next("delivered").delivery().id()).isEqualTo(second);
    assertThat(deliveries.find(first))
        .get()
        .extracting(Delivery::state)
        .isEqualTo(DeliveryState.DEAD);
    assertThat(deliveries.replayDead(DeliveryFilter.all().to("127.0.0.1"))).isEqualTo(1);
    assertThat(told.next("delivered").delivery().id()).isEqualTo(first);
  }

  @Test
  void deliveries_are_listed_by_pages_and_by_what_they_are() throws Exception {
    Deliveries deliveries = open(builder().idle());
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clock.forward(Duration.ofSeconds(1));
      OutgoingMessage each =
          new OutgoingMessage("op" + i % 2, "POST", "", List.of(), Optional.empty(), BODY);
      ids.add(deliveries.send(Receiver.of(URI.create("http://127.0.0." + i + "/")), each));
    }
    Instant last = clock.instant();

    List<Delivery> page = deliveries.list(DeliveryFilter.all(), 2);
    assertThat(page).extracting(Delivery::id).containsExactly(ids.get(4), ids.get(3));
    assertThat(deliveries.list(DeliveryFilter.all().olderThan(page.getLast().id()), 10))
        .extracting(Delivery::id)
        .containsExactly(ids.get(2), ids.get(1), ids.get(0));
    assertThat(deliveries.list(DeliveryFilter.all().of("op1"), 10)).hasSize(2);
    assertThat(deliveries.list(DeliveryFilter.all().to("127.0.0.3"), 10)).hasSize(1);
    assertThat(deliveries.list(DeliveryFilter.all().in(DeliveryState.DEAD), 10)).isEmpty();
    assertThat(deliveries.list(DeliveryFilter.all().since(last), 10)).hasSize(1);
    assertThat(deliveries.list(DeliveryFilter.all().before(last), 10)).hasSize(4);
    assertThat(deliveries.count(DeliveryState.PENDING)).isEqualTo(5);
  }

  @Test
  void what_a_transaction_takes_is_sent_if_that_is_committed() throws Exception {
    TestReceiver receiver = receiver(204);
    Deliveries deliveries = open(builder());
    database.execute("create table pets (name varchar(20))");

    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      adopt(transaction, "Rex");
      deliveries.send(transaction, Receiver.of(receiver.url("/rex")), message());
      transaction.rollback();
      adopt(transaction, "Tom");
      deliveries.send(transaction, Receiver.of(receiver.url("/tom")), message());
      transaction.commit();
    }
    deliveries.wake();

    assertThat(receiver.next().target()).isEqualTo("/tom");
    told.next("delivered");
    assertThat(deliveries.list(DeliveryFilter.all(), 10)).hasSize(1);
  }

  private static void adopt(Connection transaction, String name) throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement("insert into pets values (?)")) {
      insert.setString(1, name);
      insert.executeUpdate();
    }
  }

  @Test
  void what_cannot_be_written_down_is_said() throws Exception {
    Deliveries deliveries = open(builder().idle());
    database.execute("alter table brrt_deliveries rename to away");

    assertThatThrownBy(
            () -> deliveries.send(Receiver.of(URI.create("http://127.0.0.1/")), message()))
        .isInstanceOf(SenderException.class)
        .hasMessage("a request of pet_adopted cannot be written down, and will not be sent");
  }

  @Test
  void an_instance_that_dies_loses_what_it_sent_to_another() throws Exception {
    TestReceiver receiver = receiver(204);
    Deliveries dying = open(builder().idle());
    UUID id = dying.send(Receiver.of(receiver.url()), message());
    Instant claimed = clock.instant();
    Leases.Claim claim = claimLikeOneThatDies(1);
    assertThat(claim.claimed()).hasSize(1);
    Deliveries other = open(builder());
    other.wake();
    UUID behind = other.send(Receiver.of(receiver.url("/behind")), message());
    assertThat(told.next("delivered").delivery().id())
        .as("while the lease lasts")
        .isEqualTo(behind);

    clock.forward(Duration.ofMinutes(2));
    other.wake();

    assertThat(told.next("delivered").delivery().id()).isEqualTo(id);
    assertThat(other.attempts(id))
        .extracting(attempt -> attempt.error().orElse(""))
        .containsExactly(
            "lost: the instance that made it ended, or was too slow to say how it ended", "");
    assertThat(other.attempts(id).getFirst().began())
        .as("not when its lease had ended")
        .isBefore(claimed.plus(Duration.ofSeconds(60)));
  }

  @Test
  void who_comes_too_late_does_not_overwrite_who_has_taken_over() throws Exception {
    Deliveries deliveries = open(builder().idle());
    UUID id = deliveries.send(Receiver.of(URI.create("http://127.0.0.1/")), message());
    Claimed slow = claimLikeOneThatDies(12).claimed().getFirst();
    clock.forward(Duration.ofMinutes(2));
    Claimed other = claimLikeOneThatDies(12).claimed().getFirst();

    assertThat(complete(slow, DeliveryState.DEAD)).isEmpty();
    assertThat(deliveries.find(id))
        .get()
        .extracting(Delivery::state)
        .isEqualTo(DeliveryState.PENDING);
    assertThat(complete(other, DeliveryState.DELIVERED)).isPresent();
    assertThat(complete(slow, DeliveryState.DEAD)).isEmpty();
    assertThat(deliveries.find(id))
        .get()
        .extracting(Delivery::state)
        .isEqualTo(DeliveryState.DELIVERED);
    assertThat(deliveries.attempts(id)).extracting(Attempt::number).containsExactly(1, 2);
  }

  private Optional<Delivery> complete(Claimed claimed, DeliveryState state) throws SQLException {
    Attempt attempt =
        new Attempt(
            claimed.delivery().attempts(),
            clock.instant(),
            Duration.ZERO,
            OptionalInt.of(200),
            Optional.empty(),
            Optional.empty());
    return new DeliveryLog(database::getConnection, new Tables("", "brrt_"))
        .complete(
            claimed,
            new Completion(state, Optional.empty(), Optional.of(clock.instant()), attempt, true));
  }

  @Test
  void what_kills_every_instance_dies_itself_in_the_end() throws Exception {
    Deliveries dying = open(builder().idle());
    UUID id = dying.send(Receiver.of(URI.create("http://127.0.0.1:4711/")), message());
    for (int i = 0; i < 3; i++) {
      assertThat(claimLikeOneThatDies(3).claimed()).hasSize(1);
      clock.forward(Duration.ofMinutes(2));
    }

    open(builder().attempts(3));

    assertThat(told.next("dead").delivery().id()).isEqualTo(id);
    assertThat(dying.attempts(id)).hasSize(3);
  }

  private Leases.Claim claimLikeOneThatDies(int attempts) throws SQLException {
    Leases leases = new DeliveryLog(database::getConnection, new Tables("", "brrt_")).leases();
    Instant now = clock.instant();
    return leases.claim(
        new Leases.Wish(now, now.plusSeconds(60), 10, Slots.Busy.NOBODY, attempts), _ -> true);
  }

  @Test
  void two_instances_send_each_of_a_thousand_once() throws Exception {
    TestReceiver receiver = receiver(204);
    Deliveries one = open(builder().concurrency(16, 16));
    Deliveries two = open(builder().concurrency(16, 16));
    Set<String> sent = Collections.synchronizedSet(new HashSet<>());
    try (ExecutorService senders = Executors.newFixedThreadPool(2)) {
      List<Future<?>> both = new ArrayList<>();
      for (Deliveries each : List.of(one, two)) {
        both.add(
            senders.submit(() -> {
              for (int i = 0; i < 500; i++) {
                sent.add(each.send(Receiver.of(receiver.url()), message()).toString());
              }
            }));
      }
      for (Future<?> each : both) {
        each.get();
      }
    }

    told.next("delivered", 1000);

    assertThat(one.count(DeliveryState.DELIVERED)).isEqualTo(1000);
    assertThat(receiver.all())
        .extracting(received -> received.headers().get("webhook-id"))
        .containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  void a_slow_receiver_does_not_hold_up_others() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    TestReceiver slow =
        kept(
            TestReceiver.answering((exchange, _) -> {
              release.await();
              exchange.sendResponseHeaders(204, -1);
            }));
    TestReceiver fast = receiver(204);
    Deliveries deliveries =
        open(
            builder()
                .concurrency(4, 2)
                .poll(Duration.ofMinutes(10))
                .resolver(_ -> List.of(InetAddress.getLoopbackAddress())));
    for (int i = 0; i < 50; i++) {
      deliveries.send(Receiver.of(at("hooks.slow.example", slow)), message());
    }
    slow.next();
    slow.next();

    for (int i = 0; i < 20; i++) {
      deliveries.send(Receiver.of(fast.url()), message());
    }

    assertThat(told.next("delivered", 20))
        .allSatisfy(event -> assertThat(event.delivery().url()).isEqualTo(fast.url()));
    assertThat(slow.size()).as("more than two at once").isZero();
    release.countDown();
    told.next("delivered", 50);
  }

  private static URI at(String host, TestReceiver receiver) {
    return URI.create("http://" + host + ":" + receiver.port() + "/hook");
  }

  /** Whoever has a name has as many below it as they like, and all the ports. */
  @Test
  void a_slow_receiver_with_many_names_does_not_hold_up_others() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    TestReceiver slow =
        kept(
            TestReceiver.answering((exchange, _) -> {
              release.await();
              exchange.sendResponseHeaders(204, -1);
            }));
    TestReceiver fast = receiver(204);
    Deliveries deliveries =
        open(
            builder()
                .concurrency(8, 1)
                .poll(Duration.ofMinutes(10))
                .resolver(_ -> List.of(InetAddress.getLoopbackAddress())));
    deliveries.send(Receiver.of(at("slow.example", slow)), message());
    for (int i = 0; i < 100; i++) {
      deliveries.send(Receiver.of(at("n" + i + ".slow.example", slow)), message());
    }
    slow.next();
    slow.next();

    for (int i = 0; i < 5; i++) {
      deliveries.send(Receiver.of(at("fast.example", fast)), message());
    }

    assertThat(told.next("delivered", 5))
        .allSatisfy(
            event -> assertThat(event.delivery().url().getHost()).isEqualTo("fast.example"));
    assertThat(slow.size()).as("more than a quarter at once").isZero();
    release.countDown();
    told.next("delivered", 101);
  }

  @Test
  void closing_waits_for_what_is_under_way_and_takes_up_nothing_new() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    TestReceiver receiver =
        kept(
            TestReceiver.answering((exchange, _) -> {
              release.await();
              exchange.sendResponseHeaders(204, -1);
            }));
    Deliveries deliveries = open(builder().concurrency(1, 1).drain(Duration.ofMinutes(1)));
    UUID running = deliveries.send(Receiver.of(receiver.url()), message());
    UUID waiting = deliveries.send(Receiver.of(receiver.url()), message());
    receiver.next();
    Thread closing = Thread.ofVirtual().start(deliveries::close);

    release.countDown();
    closing.join();

    Deliveries later = open(builder().idle());
    assertThat(later.find(running))
        .get()
        .extracting(Delivery::state)
        .isEqualTo(DeliveryState.DELIVERED);
    assertThat(later.find(waiting))
        .get()
        .extracting(Delivery::state)
        .isIn(DeliveryState.PENDING, DeliveryState.DELIVERED);
  }

  @Test
  void closing_breaks_off_what_lasts_too_long_and_another_instance_sends_it() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    TestReceiver receiver =
        kept(
            TestReceiver.answering((exchange, received) -> {
              if (received.target().equals("/hook")) {
                never.await(1, TimeUnit.SECONDS);
              }
              exchange.sendResponseHeaders(204, -1);
            }));
    TestReceiver stuck =
        kept(
            TestReceiver.answering((exchange, _) -> {
              never.await();
              exchange.sendResponseHeaders(204, -1);
            }));
    Deliveries first = open(builder().drain(Duration.ZERO));
    UUID id = first.send(Receiver.of(stuck.url()), message());
    stuck.next();

    first.close();

    assertThat(told.next("failed").attempt().error())
        .contains("stopped: the instance that made it was closed");
    Deliveries second = open(builder());
    stuck.next();
    assertThat(second.find(id)).get().extracting(Delivery::attempts).isEqualTo(2);
    never.countDown();
    assertThat(told.next("delivered").delivery().id()).isEqualTo(id);
    assertThat(receiver.size()).isZero();
  }

  @Test
  void what_is_finished_long_enough_is_deleted_with_its_attempts() throws Exception {
    TestReceiver receiver = receiver(204, 404);
    Deliveries deliveries =
        open(builder().concurrency(1, 1).keep(Duration.ofDays(1), Duration.ofDays(3)));
    UUID delivered = deliveries.send(Receiver.of(receiver.url()), message());
    told.next("delivered");
    UUID dead = deliveries.send(Receiver.of(receiver.url()), message());
    told.next("dead");

    clock.forward(Duration.ofHours(23));
    assertThat(deliveries.sweep()).isZero();
    clock.forward(Duration.ofHours(2));
    assertThat(deliveries.sweep()).isEqualTo(1);
    assertThat(deliveries.find(delivered)).isEmpty();
    assertThat(deliveries.attempts(delivered)).isEmpty();
    assertThat(deliveries.find(dead)).isPresent();
    clock.forward(Duration.ofDays(2));
    assertThat(deliveries.sweep()).isEqualTo(1);
    assertThat(deliveries.count(DeliveryState.DEAD)).isZero();
  }

  @Test
  void each_receiver_may_have_secrets_of_its_own_and_two_while_they_rotate() throws Exception {
    TestReceiver receiver = receiver(204);
    Deliveries deliveries =
        open(
            builder()
                .secrets(name ->
                    name.equals("shop-7")
                        ? List.of("new-webhook-secret-of-a-test", "old-webhook-secret-of-a-test")
                        : List.of()));

    deliveries.send(Receiver.of(receiver.url()).signedWith("shop-7"), message());

    Received received = receiver.next();
    for (String secret : List.of("new-webhook-secret-of-a-test", "old-webhook-secret-of-a-test")) {
      assertThat(
              WebhookSignature.verify(
                  received.headers(), received.body(), List.of(secret), Duration.ZERO, clock))
          .isTrue();
    }
    assertThat(
            WebhookSignature.verify(
                received.headers(), received.body(), List.of(SECRET), Duration.ZERO, clock))
        .isFalse();
    told.next("delivered");
    deliveries.send(Receiver.of(receiver.url()).signedWith("shop-8"), message());
    assertThat(told.next("failed").attempt().error())
        .contains("not signed: there is no secret \"shop-8\"");
    assertThat(receiver.size()).isZero();
  }

  @Test
  void what_is_signed_too_late_is_not_sent_beside_who_has_taken_over() throws Exception {
    TestReceiver receiver = receiver(204);
    Deliveries deliveries =
        open(
            builder()
                // It would take itself over, while it looks for the secret.
                .concurrency(10, 1)
                .secrets(_ -> {
                  if (told.size() == 0 && clock.instant().equals(new SteppedClock().instant())) {
                    clock.forward(Duration.ofMinutes(3));
                  }
                  return List.of(SECRET);
                }));

    UUID id = deliveries.send(Receiver.of(receiver.url()).signedWith("slow"), message());

    // Nobody else was there to take it, so that this instance has it still, and sends it later.
    Instant due = told.next("failed").delivery().due().orElseThrow();
    assertThat(due).isEqualTo(clock.instant().plusSeconds(10));
    clock.forward(Duration.ofSeconds(10));
    deliveries.wake();
    told.next("delivered");
    assertThat(deliveries.attempts(id))
        .extracting(attempt -> attempt.error().orElse(""))
        .containsExactly("not sent: its secrets came too late", "");
    assertThat(receiver.all()).hasSize(1);
  }

  @Test
  void what_cannot_be_signed_is_refused_where_secrets_have_names() throws Exception {
    TestReceiver receiver = receiver(204);
    UUID earlier = open(builder().idle()).send(Receiver.of(receiver.url()), message());
    Secrets secrets = _ -> List.of(SECRET);
    Deliveries deliveries = open(builder().secret().secrets(secrets));

    assertThat(told.next("failed").attempt().error())
        .as("of one that was taken while there was a secret for all")
        .contains("not signed: there is no secret that receivers share");
    assertThatThrownBy(() -> deliveries.send(Receiver.of(receiver.url()), message()))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a request to a receiver without a secret of its own cannot be signed: name one by"
                + " signedWith, set outbound.secret, or say outbound.signatures: off");
    try (Connection transaction = database.getConnection()) {
      assertThatThrownBy(() -> deliveries.send(transaction, Receiver.of(receiver.url()), message()))
          .isExactlyInstanceOf(IllegalArgumentException.class);
    }
    assertThat(receiver.size()).isZero();
    deliveries.send(Receiver.of(receiver.url()).signedWith("any"), message());
    assertThat(receiver.next().headers().contains("webhook-signature")).isTrue();
    told.next("delivered");
    deliveries.close(); // It would take what the next one is to send.
    Deliveries off = open(builder().secret().secrets(secrets).signatures());
    off.send(Receiver.of(receiver.url()), message());
    assertThat(receiver.next().headers().contains("webhook-signature")).isFalse();
    assertThat(off.find(earlier)).isPresent();
  }

  @Test
  void what_is_no_secret_keeps_from_starting_beside_named_ones() {
    assertThatThrownBy(
            () -> builder().shared(() -> List.of("whsec_!")).secrets(_ -> List.of(SECRET)).open())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the secret of webhooks cannot be read: a secret begins with whsec_ and goes on with no"
                + " base64");
  }

  @Test
  void what_others_say_of_secrets_is_not_written_down() throws Exception {
    TestReceiver receiver = receiver(204);
    Deliveries deliveries =
        open(
            builder()
                .secrets(_ -> {
                  throw new IllegalArgumentException("Illegal character in \"my-secret\"");
                }));

    deliveries.send(Receiver.of(receiver.url()).signedWith("shop-7"), message());

    assertThat(told.next("failed").attempt().error())
        .contains("not signed: IllegalArgumentException");
  }

  /**
   * {@return the database, with something done before each connection of the thread that claims}
   */
  private DataSource beforeClaims(Runnable work) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, method, arguments) -> {
              if (Thread.currentThread().getName().equals("brrt-outbound")) {
                work.run();
              }
              return method.invoke(database, arguments);
            });
  }

  @Test
  void an_error_does_not_end_sending() throws Exception {
    TestReceiver receiver = receiver(204);
    AtomicInteger left = new AtomicInteger(3);
    Deliveries deliveries =
        open(
            builder()
                .database(
                    beforeClaims(() -> {
                      if (left.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("of a test");
                      }
                    })));

    deliveries.send(Receiver.of(receiver.url()), message());

    told.next("delivered");
    assertThat(left).hasNegativeValue();
  }

  @Test
  void closing_does_not_wait_for_a_database_that_does_not_answer() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Deliveries deliveries =
        open(
            builder()
                .drain(Duration.ZERO)
                .database(
                    beforeClaims(() -> {
                      asked.countDown();
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException end) {
                        interrupted.countDown();
                        throw new IllegalStateException(end);
                      }
                    })));
    asked.await();

    deliveries.close();

    interrupted.await();
  }

  @Test
  void a_claim_reads_no_more_than_some_bodies() throws Exception {
    Deliveries deliveries = open(builder().idle());
    OutgoingMessage large =
        new OutgoingMessage(
            "large", "POST", "", List.of(), Optional.empty(), new byte[1024 * 1024]);
    for (int i = 0; i < 10; i++) {
      deliveries.send(Receiver.of(URI.create("http://127.0.0.1/")), large);
    }

    assertThat(claimLikeOneThatDies(12).claimed()).hasSize(8);
    assertThat(claimLikeOneThatDies(12).claimed()).hasSize(2);
  }

  @Test
  void a_listener_that_hangs_or_fails_does_not_stop_sending() throws Exception {
    TestReceiver receiver = receiver(204);
    Deliveries dying = open(builder().idle());
    List<UUID> killing = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      killing.add(dying.send(Receiver.of(URI.create("http://127.0.0.1:4711/")), message()));
    }
    assertThat(claimLikeOneThatDies(1).claimed()).hasSize(2);
    clock.forward(Duration.ofMinutes(2));
    CountDownLatch release = new CountDownLatch(1);
    Deliveries deliveries =
        open(
            builder()
                .attempts(1)
                .concurrency(1, 1)
                .listener(
                    new DeliveryListener() {
                      @Override
                      public void dead(Delivery delivery, Attempt attempt) {
                        if (delivery.id().equals(killing.getFirst())) {
                          throw new AssertionError("of a test");
                        }
                        try {
                          release.await();
                        } catch (InterruptedException end) {
                          Thread.currentThread().interrupt();
                        }
                      }
                    }));
    told.next("dead", 2);

    deliveries.send(Receiver.of(receiver.url()), message());

    told.next("delivered");
    release.countDown();
  }

  @Test
  void an_attempt_that_an_instance_breaks_off_is_none_of_those_it_may_have() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger requests = new AtomicInteger();
    TestReceiver receiver =
        kept(
            TestReceiver.answering((exchange, _) -> {
              if (requests.getAndIncrement() == 0) {
                never.await();
              }
              exchange.sendResponseHeaders(500, -1);
            }));
    Deliveries first = open(builder().attempts(2).drain(Duration.ZERO));
    UUID id = first.send(Receiver.of(receiver.url()), message());
    receiver.next();
    first.close();
    assertThat(told.next("failed").attempt().error())
        .contains("stopped: the instance that made it was closed");

    Deliveries second = open(builder().attempts(2));
    Instant due = told.next("failed").delivery().due().orElseThrow();
    clock.forward(Duration.between(clock.instant(), due));
    second.wake();

    assertThat(told.next("dead").attempt().error())
        .contains("answered 500; there are no more attempts (outbound.attempts: 2)");
    assertThat(second.attempts(id)).extracting(Attempt::number).containsExactly(1, 2, 3);
    never.countDown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"headers = 'no colon'", "url = 'http://127.0.0.1/a b'"})
  void a_row_that_cannot_be_read_does_not_stop_those_behind_it(String change) throws Exception {
    TestReceiver receiver = receiver(204);
    Deliveries before = open(builder().idle());
    UUID broken = before.send(Receiver.of(receiver.url("/broken")), message());
    database.execute("update brrt_deliveries set " + change);
    clock.forward(Duration.ofSeconds(1));

    Deliveries deliveries = open(builder());
    deliveries.send(Receiver.of(receiver.url("/behind")), message());

    assertThat(receiver.next().target()).isEqualTo("/behind");
    told.next("delivered");
    assertThat(deliveries.count(DeliveryState.DEAD)).isEqualTo(1);
    assertThat(deliveries.attempts(broken))
        .singleElement()
        .satisfies(attempt ->
            assertThat(attempt.error().orElseThrow())
                .startsWith("not sent: its row cannot be read: java.lang."));
  }

  @Test
  void many_instances_make_the_tables_at_once() throws Exception {
    int many = 8;
    CountDownLatch ready = new CountDownLatch(many);
    try (ExecutorService starters = Executors.newFixedThreadPool(many)) {
      List<Future<Deliveries>> all = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        all.add(
            starters.submit(() -> {
              ready.countDown();
              ready.await();
              return builder().idle().open();
            }));
      }
      for (Future<Deliveries> each : all) {
        kept(each.get());
      }
    }
    open(builder().idle());
  }

  @Test
  void tables_of_a_later_release_are_left_alone() throws Exception {
    open(builder().idle());
    database.execute("insert into brrt_deliveries_version values (99)");

    assertThatThrownBy(() -> builder().open())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the tables of the log of deliveries are of version 99, which a later release made;"
                + " this one knows 1");
  }

  @Test
  void tables_have_other_names_in_another_schema() throws Exception {
    database.execute("create schema hooks_of_shop");
    try {
      TestReceiver receiver = receiver(204);
      Deliveries deliveries = open(builder().tables("hooks_of_shop", "out_"));
      deliveries.send(Receiver.of(receiver.url()), message());
      told.next("delivered");
      database.execute("delete from hooks_of_shop.out_deliveries");
      assertThat(deliveries.count(DeliveryState.DELIVERED)).isZero();
      deliveries.close();
    } finally {
      database.execute("drop schema hooks_of_shop cascade");
    }
  }

  @Test
  void the_time_is_that_of_the_database_unless_given() throws Exception {
    TestReceiver receiver = receiver(204);
    Deliveries deliveries = open(builder().clock(new DatabaseClock(database::getConnection)));

    deliveries.send(Receiver.of(receiver.url()), message());

    told.next("delivered");
  }
}
