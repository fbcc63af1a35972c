package io.brrtrouter.outbound;

import io.brrtrouter.outbound.client.Outcome;
import io.brrtrouter.server.http.HttpDate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What follows from how an attempt ended. An answer of 200 to 299 is an arrival. Failures that may
 * pass are tried again: no answer, 408, 425, 429 and 500 to 599. All other answers are for good, as
 * the next one would be the same: redirects too, which nobody follows.
 *
 * <p>The time until the next attempt is chosen at random between nothing and a limit that doubles
 * with each attempt ("full jitter"), so that what failed together does not come back together; and
 * it is no shorter than {@code Retry-After} says, within a bound.
 *
 * @param attempts how many there are at most
 * @param first the limit before the second attempt
 * @param most the highest limit
 * @param mostAsked the longest {@code Retry-After} that is kept to
 * @param patience how long there may be attempts since the delivery was taken or replayed
 */
record RetryPolicy(
    int attempts, Duration first, Duration most, Duration mostAsked, Duration patience) {
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);
  private static final int GONE = 410;

  private static final int MOST_DIGITS = 10;

  /** What becomes of a delivery. */
  sealed interface Verdict {
    /** It arrived. */
    record Arrived() implements Verdict {}

    /** It is sent again. */
    record Again(Instant due, String why) implements Verdict {}

    /** It is sent again, and this attempt is none of those that there are at most. */
    record Stopped(Instant due, String why) implements Verdict {}

    /** It is not sent again. */
    record Over(String why, boolean gone) implements Verdict {}
  }

  /**
   * {@return what becomes of a delivery}
   *
   * @param outcome how the attempt ended
   * @param claimed the delivery
   * @param now the time
   * @param random what the delay is chosen by
   */
  Verdict verdict(Outcome outcome, Claimed claimed, Instant now, RandomGenerator random) {
    return switch (outcome) {
      case Outcome.Answered(int status, Optional<String> retryAfter, String _) ->
          status >= 200 && status <= 299
              ? new Verdict.Arrived()
              : isPassing(status)
                  ? again(
                      "answered " + status,
                      claimed,
                      now,
                      later(delay(claimed.round(), random), asked(retryAfter, now)))
                  : new Verdict.Over(finalAnswer(status), status == GONE);
      case Outcome.Failed(Outcome.Reason reason, String message) ->
          switch (reason) {
            case REFUSED -> new Verdict.Over("refused: the receiver " + message, false);
            case STOPPED -> stopped(message, claimed, now);
            case TIMEOUT, TRANSPORT -> again(message, claimed, now, delay(claimed.round(), random));
          };
    };
  }

  private static boolean isPassing(int status) {
    return status >= 500 || PASSING.contains(status);
  }

  private static String finalAnswer(int status) {
    return "answered "
        + status
        + (status >= 300 && status <= 399 ? ", a redirect, which is not followed" : "");
  }

  /** It says nothing of the receiver, and however often an instance closes nothing dies of it. */
  private Verdict stopped(String why, Claimed claimed, Instant now) {
    return isTooLate(now, claimed) ? tooLate(why) : new Verdict.Stopped(now, why);
  }

  private boolean isTooLate(Instant due, Claimed claimed) {
    return due.isAfter(claimed.roundBegan().plus(patience));
  }

  private static Verdict tooLate(String why) {
    return new Verdict.Over(why + "; there is no time for another attempt", false);
  }

  private Verdict again(String why, Claimed claimed, Instant now, Duration delay) {
    if (claimed.round() >= attempts) {
      return new Verdict.Over(
          why + "; there are no more attempts (outbound.attempts: " + attempts + ")", false);
    }
    Instant due = now.plus(delay);
    return isTooLate(due, claimed) ? tooLate(why) : new Verdict.Again(due, why);
  }

  private Duration delay(int round, RandomGenerator random) {
    long highest = most.toMillis();
    long limit = Math.min(first.toMillis(), highest);
    for (int i = 1; i < round && limit < highest; i++) {
      limit = limit > highest / 2 ? highest : 2 * limit;
    }
    return Duration.ofMillis(random.nextLong(limit + 1));
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** Seconds or a date (RFC 9110 section 10.2.3). */
  private Duration asked(Optional<String> retryAfter, Instant now) {
    Duration asked = retryAfter.map(value -> asked(value.strip(), now)).orElse(Duration.ZERO);
    return asked.compareTo(mostAsked) > 0 ? mostAsked : asked;
  }

  private Duration asked(String value, Instant now) {
    if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return value.length() > MOST_DIGITS ? mostAsked : Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      return HttpDate.parse(value)
          .map(date -> Duration.between(now, date))
          .filter(Duration::isPositive)
          .orElse(Duration.ZERO);
    } catch (DateTimeException | ArithmeticException noDate) {
      return Duration.ZERO;
    }
  }
}
