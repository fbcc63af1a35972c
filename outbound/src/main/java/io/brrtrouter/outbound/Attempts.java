package io.brrtrouter.outbound;

import io.brrtrouter.outbound.DeliveryFigures.Ended;
import io.brrtrouter.outbound.RetryPolicy.Verdict;
import io.brrtrouter.outbound.client.HookClient;
import io.brrtrouter.outbound.client.Outcome;
import io.brrtrouter.outbound.client.Outgoing;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an attempt, writes down how it ended, and tells who wants to know. */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.outbound");

  /** How often it is tried to write an end down, each time after a pause. */
  private static final int WRITES = 5;

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final DeliveryLog log;
  private final HookClient client;
  private final SignedRequests requests;
  private final InstantSource clock;
  private final DeliveryOptions options;
  private final DeliveryFigures figures;
  private final FailureLog failures = new FailureLog(LOG);

  Attempts(
      DeliveryLog log,
      HookClient client,
      SignedRequests requests,
      InstantSource clock,
      DeliveryOptions options,
      DeliveryFigures figures) {
    this.log = log;
    this.client = client;
    this.requests = requests;
    this.clock = clock;
    this.options = options;
    this.figures = figures;
  }

  /** {@return when it is tried again, if it is} */
  Optional<Instant> make(Claimed claimed) {
    Instant began = clock.instant();
    long start = System.nanoTime();
    Outcome outcome = outcome(claimed, began);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    Verdict verdict =
        options
            .retries()
            .verdict(outcome, claimed, clock.instant(), options.surroundings().random());
    Attempt attempt = attempt(claimed, began, took, outcome, verdict);
    Optional<Delivery> written = write(claimed, completion(verdict, attempt));
    written.ifPresent(delivery -> tell(delivery, attempt, verdict));
    return written.flatMap(Delivery::due);
  }

  private Outcome outcome(Claimed claimed, Instant time) {
    Outgoing outgoing;
    try {
      outgoing = requests.of(claimed, time);
    } catch (Exception failure) {
      LOG.warn(
          "delivery {} of {} cannot be signed now: {}",
          claimed.delivery().id(),
          claimed.delivery().operation(),
          why(failure));
      return new Outcome.Failed(Outcome.Reason.TRANSPORT, "not signed: " + why(failure));
    }
    return isLate(claimed)
        ? new Outcome.Failed(Outcome.Reason.TIMEOUT, "not sent: its secrets came too late")
        : client.send(outgoing);
  }

  /** Nothing is sent that would not end before the lease does: another instance sends it. */
  private boolean isLate(Claimed claimed) {
    return claimed
        .delivery()
        .due()
        .map(leaseEnds -> clock.instant().plus(options.longestAttempt()).isAfter(leaseEnds))
        .orElse(true);
  }

  /** What others throw may name secrets. */
  private static String why(Exception failure) {
    return failure instanceof SignedRequests.UnknownSecretException
            || failure instanceof SigningKey.NoSecretException
        ? String.valueOf(failure.getMessage())
        : failure.getClass().getSimpleName();
  }

  private static Attempt attempt(
      Claimed claimed, Instant began, Duration took, Outcome outcome, Verdict verdict) {
    Optional<String> error =
        switch (verdict) {
          case Verdict.Arrived() -> Optional.empty();
          case Verdict.Again(Instant _, String why) -> Optional.of(why);
          case Verdict.Stopped(Instant _, String why) -> Optional.of(why);
          case Verdict.Over(String why, boolean _) -> Optional.of(why);
        };
    return outcome instanceof Outcome.Answered(int status, Optional<String> _, String excerpt)
        ? new Attempt(
            claimed.delivery().attempts(),
            began,
            took,
            OptionalInt.of(status),
            error,
            Optional.of(excerpt))
        : new Attempt(
            claimed.delivery().attempts(),
            began,
            took,
            OptionalInt.empty(),
            error,
            Optional.empty());
  }

  private Completion completion(Verdict verdict, Attempt attempt) {
    Optional<Instant> now = Optional.of(clock.instant());
    return switch (verdict) {
      case Verdict.Arrived() ->
          new Completion(DeliveryState.DELIVERED, Optional.empty(), now, attempt, true);
      case Verdict.Again(Instant due, String _) ->
          new Completion(DeliveryState.PENDING, Optional.of(due), Optional.empty(), attempt, true);
      case Verdict.Stopped(Instant due, String _) ->
          new Completion(DeliveryState.PENDING, Optional.of(due), Optional.empty(), attempt, false);
      case Verdict.Over(String _, boolean _) ->
          new Completion(DeliveryState.DEAD, Optional.empty(), now, attempt, true);
    };
  }

  /** What cannot be written down is sent once more when the lease has ended. */
  private Optional<Delivery> write(Claimed claimed, Completion completion) {
    for (int tries = 1; ; tries++) {
      try {
        Optional<Delivery> written = log.complete(claimed, completion);
        if (written.isEmpty()) {
          LOG.warn(
              "delivery {} of {} has been taken over by another instance meanwhile, and may arrive"
                  + " twice",
              claimed.delivery().id(),
              claimed.delivery().operation());
        }
        return written;
      } catch (SQLException failure) {
        if (tries == WRITES) {
          LOG.error(
              "how an attempt of delivery {} of {} ended cannot be written down, and it will be"
                  + " sent once more",
              claimed.delivery().id(),
              claimed.delivery().operation(),
              failure);
          return Optional.empty();
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(Delivery delivery, Attempt attempt, Verdict verdict) {
    switch (verdict) {
      case Verdict.Arrived() -> {
        figures.ended(Ended.DELIVERED);
        failures.arrived(delivery);
        each(listener -> listener.delivered(delivery, attempt));
      }
      case Verdict.Again(Instant due, String why) -> {
        figures.ended(Ended.FAILED);
        failures.failed(delivery, due, why);
        each(listener -> listener.failed(delivery, attempt));
      }
      case Verdict.Stopped _ -> {
        figures.ended(Ended.FAILED);
        each(listener -> listener.failed(delivery, attempt));
      }
      case Verdict.Over(String why, boolean gone) -> {
        figures.ended(Ended.DEAD);
        LOG.warn(
            "delivery {} of {} to {} is dead after attempt {}: {}",
            delivery.id(),
            delivery.operation(),
            delivery.url().getHost(),
            attempt.number(),
            why);
        each(listener -> listener.dead(delivery, attempt));
        if (gone) {
          each(listener -> listener.gone(delivery, attempt));
        }
      }
    }
  }

  /** Tells of one that died with the instance that sent it. */
  void buried(Delivery delivery) {
    Attempt lost = DeliveryLog.lost(delivery.attempts(), delivery.finished().orElseThrow());
    tell(delivery, lost, new Verdict.Over(lost.error().orElseThrow(), false));
  }

  private void each(Consumer<DeliveryListener> event) {
    for (DeliveryListener listener : options.listeners()) {
      try {
        event.accept(listener);
      } catch (Throwable failure) { // of others, an AssertionError for example
        LOG.error("a listener of deliveries has failed", failure);
      }
    }
  }
}
