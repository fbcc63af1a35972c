package io.brrtrouter.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureLogTest {
  private static final UUID ID = new UUID(1, 2);
  private static final Instant DUE = Instant.parse("2026-11-27T08:00:00.123Z");

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private long nanos;
  private FailureLog log;

  @BeforeEach
  void prepare() {
    LoggerContext context = new LoggerContext();
    Logger logger = context.getLogger("deliveries");
    lines.setContext(context);
    lines.start();
    logger.addAppender(lines);
    log = new FailureLog(logger, () -> nanos);
  }

  private static Delivery to(String host) {
    return new Delivery(
        ID,
        "adopted",
        "POST",
        URI.create("https://" + host + "/hook?token=1"),
        Optional.empty(),
        DeliveryState.PENDING,
        1,
        DUE,
        Optional.of(DUE),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }

  private List<String> said() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static String line(String host, String more) {
    return "delivery "
        + ID
        + " of adopted to "
        + host
        + " has failed, and is tried again at 2026-11-27T08:00:00Z: answered 503"
        + more;
  }

  @Test
  void a_host_that_fails_has_a_line_from_time_to_time_and_one_when_it_is_back() {
    for (int i = 0; i < 4; i++) {
      log.failed(to("a.example"), DUE, "answered 503");
    }
    log.failed(to("b.example"), DUE, "answered 503");
    assertThat(said()).containsExactly(line("a.example", ""), line("b.example", ""));

    nanos += TimeUnit.MINUTES.toNanos(FailureLog.INTERVAL_MINUTES);
    log.failed(to("A.example"), DUE, "answered 503");
    log.failed(to("a.example"), DUE, "answered 503");
    log.arrived(to("a.example"));
    log.arrived(to("a.example"));
    assertThat(said().subList(2, said().size()))
        .containsExactly(
            line("a.example", " (3 more have failed since the last such line)"),
            "deliveries to a.example arrive again (1 more have failed since the last such line)");
  }

  /** A receiver answers every second time, perhaps on purpose. */
  @Test
  void a_host_that_comes_and_goes_is_no_flood() {
    for (int i = 0; i < 100; i++) {
      log.failed(to("a.example"), DUE, "answered 503");
      log.arrived(to("a.example"));
    }
    assertThat(said())
        .containsExactly(line("a.example", ""), "deliveries to a.example arrive again");

    nanos += TimeUnit.MINUTES.toNanos(FailureLog.INTERVAL_MINUTES);
    log.arrived(to("a.example"));
    assertThat(said()).hasSize(2);
    log.failed(to("a.example"), DUE, "answered 503");
    log.failed(to("a.example"), DUE, "answered 503");
    log.arrived(to("a.example"));
    assertThat(said().subList(2, said().size()))
        .containsExactly(
            line("a.example", " (99 more have failed since the last such line)"),
            "deliveries to a.example arrive again (1 more have failed since the last such line)");
  }

  @Test
  void a_host_that_is_reached_makes_room_for_another_line() {
    for (int i = 0; i <= FailureLog.MOST_HOSTS; i++) {
      log.failed(to("h" + i + ".example"), DUE, "answered 503");
    }
    log.failed(to("late.example"), DUE, "answered 503");
    nanos += TimeUnit.MINUTES.toNanos(FailureLog.INTERVAL_MINUTES);
    log.failed(to("late.example"), DUE, "answered 503");
    assertThat(said().getLast())
        .isEqualTo(
            line(
                "late.example",
                " (1 more to other receivers have failed since the last such line)"));

    log.arrived(to("h0.example"));
    nanos += TimeUnit.MINUTES.toNanos(FailureLog.INTERVAL_MINUTES);
    log.failed(to("late.example"), DUE, "answered 503");
    assertThat(said().getLast()).isEqualTo(line("late.example", ""));
  }

  /** Strangers name hosts. */
  @Test
  void many_hosts_are_no_flood() {
    for (int i = 0; i < 10 * FailureLog.MOST_HOSTS; i++) {
      log.failed(to("h" + i + ".example"), DUE, "answered 503");
    }
    assertThat(said()).hasSize(FailureLog.MOST_HOSTS + 1);
  }
}
