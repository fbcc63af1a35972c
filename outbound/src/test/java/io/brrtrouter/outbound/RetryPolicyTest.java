package io.brrtrouter.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.outbound.RetryPolicy.Verdict;
import io.brrtrouter.outbound.client.Outcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final RetryPolicy POLICY =
      new RetryPolicy(
          1_000,
          Duration.ofSeconds(10),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofDays(3));

  private static Claimed claimed(int round) {
    Delivery delivery =
        new Delivery(
            new UUID(0, 0),
            "op",
            "POST",
            URI.create("https://example.com/"),
            Optional.empty(),
            DeliveryState.PENDING,
            round,
            NOW,
            Optional.of(NOW),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty());
    return new Claimed(
        delivery, "example.com:443", new UUID(0, 1), List.of(), new byte[0], round, NOW);
  }

  private static Duration delay(Optional<String> retryAfter, int round, RandomGenerator random) {
    Verdict verdict =
        POLICY.verdict(new Outcome.Answered(503, retryAfter, ""), claimed(round), NOW, random);
    return Duration.between(NOW, ((Verdict.Again) verdict).due());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "90 | 90",
        "' 90 ' | 90",
        "7200 | 7200",
        "7201 | 7200",
        "999999999999999999999999 | 7200",
        "Fri, 27 Nov 2026 12:01:40 GMT | 100",
        "Fri, 27 Nov 2026 11:00:00 GMT | 0",
        "Fri, 27 Nov 2099 12:00:00 GMT | 7200",
        "-5 | 0",
        "1.5 | 0",
        "soon | 0",
        "'' | 0"
      })
  void retry_after_is_kept_to_within_a_bound(String field, long seconds) {
    assertThat(delay(Optional.of(field), 1, least())).hasSeconds(seconds);
  }

  @Test
  void retry_after_does_not_shorten_a_delay() {
    assertThat(delay(Optional.of("1"), 1, most())).hasSeconds(10);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 10",
    "2, 20",
    "3, 40",
    "9, 2560",
    "10, 3600",
    "11, 3600",
    "40, 3600",
    "64, 3600",
    "65, 3600",
    "999, 3600"
  })
  void delays_are_between_nothing_and_a_limit_that_doubles(int round, long seconds) {
    assertThat(delay(Optional.empty(), round, most())).hasSeconds(seconds);
    assertThat(delay(Optional.empty(), round, least())).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    // 10,800,000 ms times 2 to the 40th has the top bit of a long, and nothing beyond it.
    "3 h, 41",
    "3 h, 42",
    "3 h, 999",
    "1 ms, 63",
    "1 ms, 64",
    "1 ms, 65",
    "24 h, 38",
    "24 h, 39"
  })
  void no_limit_overflows(String first, int round) {
    Duration day = Duration.ofDays(1);
    Duration start =
        Map.of("3 h", Duration.ofHours(3), "1 ms", Duration.ofMillis(1), "24 h", day).get(first);
    RetryPolicy policy = new RetryPolicy(1_000, start, day, Duration.ZERO, Duration.ofDays(3));

    assertThat(
            policy.verdict(
                new Outcome.Answered(503, Optional.empty(), ""), claimed(round), NOW, most()))
        .isEqualTo(new Verdict.Again(NOW.plus(day), "answered 503"));
  }

  @Test
  void after_the_last_attempt_there_is_none() {
    assertThat(
            POLICY.verdict(
                new Outcome.Answered(503, Optional.empty(), ""), claimed(1_003), NOW, most()))
        .isEqualTo(
            new Verdict.Over(
                "answered 503; there are no more attempts (outbound.attempts: 1000)", false));
  }

  @Test
  void a_stopped_attempt_is_not_made_again_after_the_time_for_all() {
    Outcome stopped = new Outcome.Failed(Outcome.Reason.STOPPED, "stopped");

    assertThat(POLICY.verdict(stopped, claimed(1), NOW.plus(Duration.ofDays(3)), most()))
        .isEqualTo(new Verdict.Stopped(NOW.plus(Duration.ofDays(3)), "stopped"));
    assertThat(POLICY.verdict(stopped, claimed(1), NOW.plus(Duration.ofDays(4)), most()))
        .isEqualTo(new Verdict.Over("stopped; there is no time for another attempt", false));
  }

  @Test
  void a_refused_address_is_for_good_and_a_stopped_attempt_is_made_again_at_once() {
    assertThat(
            POLICY.verdict(
                new Outcome.Failed(Outcome.Reason.REFUSED, "leads nowhere"),
                claimed(1),
                NOW,
                most()))
        .isEqualTo(new Verdict.Over("refused: the receiver leads nowhere", false));
    assertThat(
            POLICY.verdict(
                new Outcome.Failed(Outcome.Reason.STOPPED, "stopped"), claimed(1_000), NOW, most()))
        .isEqualTo(new Verdict.Stopped(NOW, "stopped"));
  }

  private static RandomGenerator most() {
    return new Fixed(true);
  }

  private static RandomGenerator least() {
    return new Fixed(false);
  }

  private record Fixed(boolean most) implements RandomGenerator {
    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public long nextLong(long bound) {
      return most ? bound - 1 : 0;
    }
  }
}
