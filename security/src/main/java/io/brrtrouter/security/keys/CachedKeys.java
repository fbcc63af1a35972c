package io.brrtrouter.security.keys;

import io.brrtrouter.security.jose.InvalidKeySetException;
import io.brrtrouter.server.measure.Measurement;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that are loaded when somebody asks, and again in the background before they are too old, so
 * that nobody waits while there is traffic. At most one load is under way, whoever asks, and no
 * lock is held while it is. Where keys cannot be loaded again, the last ones stay good for a while.
 */
public final class CachedKeys implements KeySource {
  private static final Logger LOG = LoggerFactory.getLogger(CachedKeys.class);

  /** After the first failure; it doubles with each further one. */
  private static final long FIRST_RETRY_MILLIS = 1_000;

  private static final int MAX_DOUBLINGS = 16;

  private static final int MAX_TRIES = 3;

  private final KeyLoader loader;

  /** Of whom the keys are and where, for the log and for those who ask why. */
  private final String whose;

  private final InstantSource clock;
  private final Times times;
  private final AtomicReference<@Nullable Flight> flight = new AtomicReference<>();

  private final String scheme;
  private final LongAdder loaded = new LongAdder();
  private final LongAdder failed = new LongAdder();

  private volatile State state;
  private volatile boolean closed;

  /** Written by whoever has the flight. */
  private volatile long refetchAt = Long.MIN_VALUE;

  /**
   * How long things last.
   *
   * @param ttl how long keys are good; they are loaded again after four fifths of it
   * @param staleFor how long they are good beyond that while they cannot be loaded
   * @param refetchInterval how often keys are loaded for tokens that they do not verify, at most,
   *     and how long after a failure they are loaded again, at most
   * @param patience how long somebody waits for keys who has none
   */
  public record Times(
      Duration ttl, Duration staleFor, Duration refetchInterval, Duration patience) {}

  private record State(
      @Nullable Keys keys, long loadedAt, int failures, long retryAt, String trouble) {}

  private static final class Flight {
    private final CompletableFuture<@Nullable Void> landed = new CompletableFuture<>();
    private @Nullable Thread thread;
  }

  /**
   * Makes a source.
   *
   * @param loader loads the keys; closed with this source
   * @param scheme name of the security scheme that they are for, for the log; empty if nobody knows
   * @param first keys that were loaded already, null to load them now, in the background
   * @param clock tells how old keys are
   * @param times how long things last
   */
  public CachedKeys(
      KeyLoader loader, String scheme, @Nullable Keys first, InstantSource clock, Times times) {
    this.loader = loader;
    this.scheme = scheme;
    this.whose =
        scheme.isEmpty() ? loader.origin() : "security scheme " + scheme + " at " + loader.origin();
    this.clock = clock;
    this.times = times;
    this.state = new State(first, clock.millis(), 0, Long.MIN_VALUE, "the keys are not loaded yet");
    if (first != null) {
      tellSkipped(first);
    }
  }

  @Override
  public @Nullable Keys current() {
    State seen = state;
    if (isDue(seen) && flight.get() == null) {
      begin(() -> isDue(state));
    }
    return usable(seen);
  }

  private boolean isDue(State seen) {
    if (wentBack(seen)) {
      return true;
    }
    long now = clock.millis();
    return now >= seen.retryAt
        && (seen.keys == null || now - seen.loadedAt >= times.ttl.toMillis() * 4 / 5);
  }

  /** Whether the clock went back since the keys were loaded: nobody knows how old they are. */
  private boolean wentBack(State seen) {
    return clock.millis() < seen.loadedAt;
  }

  /** Old keys are good only when it was tried to load newer ones. */
  private @Nullable Keys usable(State seen) {
    if (closed) {
      return null;
    }
    long good = times.ttl.toMillis() + (seen.failures > 0 ? times.staleFor.toMillis() : 0);
    return clock.millis() - seen.loadedAt < good ? seen.keys : null;
  }

  /** More than once, because the load that was waited for may have been found unwanted. */
  @Override
  public @Nullable Keys get() throws InterruptedException {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Keys now = current();
      Flight running = flight.get();
      if (now != null || (running == null && !isDue(state))) {
        break;
      }
      await(running);
    }
    return usable(state);
  }

  @Override
  public boolean isFresh(Keys seen) {
    State now = state;
    return seen.equals(now.keys)
        && !wentBack(now)
        && clock.millis() - now.loadedAt < times.refetchInterval.toMillis();
  }

  @Override
  public Keys renewed(Keys seen) throws InterruptedException {
    // Made-up keys that come too early take no turn away from who loads in earnest.
    if (flight.get() != null || mayRefetch()) {
      await(begin(() -> seen.equals(state.keys) && claimRefetch()));
    }
    Keys now = usable(state);
    return now == null ? seen : now;
  }

  private boolean claimRefetch() {
    if (!mayRefetch()) {
      return false;
    }
    refetchAt = clock.millis() + times.refetchInterval.toMillis();
    return true;
  }

  /** A pause that is longer than any began before the clock went back. */
  private boolean mayRefetch() {
    long now = clock.millis();
    return now >= refetchAt || now + times.refetchInterval.toMillis() < refetchAt;
  }

  /**
   * {@return the load that is under way} Whoever comes second joins the first, who looks once more
   * whether it is still wanted: another may just have landed.
   */
  private Flight begin(BooleanSupplier wanted) {
    Flight mine = new Flight();
    Flight running = flight.compareAndExchange(null, mine);
    if (running != null) {
      return running;
    }
    if (closed || !wanted.getAsBoolean()) {
      land(mine);
      return mine;
    }
    mine.thread = Thread.ofVirtual().name("brrt-keys").unstarted(() -> fly(mine));
    mine.thread.start();
    return mine;
  }

  private void fly(Flight mine) {
    State before = state;
    long begun = clock.millis();
    try {
      succeed(before, loader.load(before.keys), begun);
    } catch (IOException | InvalidKeySetException | RuntimeException failed) {
      fail(before, failed);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      land(mine);
    }
  }

  private void land(Flight mine) {
    flight.set(null);
    mine.landed.complete(null);
  }

  private void succeed(State before, Keys loaded, long begun) {
    state = new State(loaded, begun, 0, Long.MIN_VALUE, "");
    this.loaded.increment();
    if (before.failures > 0) {
      LOG.info("Keys of {} are loaded again.", whose);
    }
    if (!loaded.equals(before.keys)) {
      tellSkipped(loaded);
    }
  }

  private void tellSkipped(Keys loaded) {
    if (!loaded.set().skipped().isEmpty()) {
      LOG.warn(
          "Keys of {} that verify nothing: {}.", whose, String.join("; ", loaded.set().skipped()));
    }
  }

  private void fail(State before, Exception failure) {
    String why =
        failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    int failures = before.failures + 1;
    failed.increment();
    long wait =
        Math.min(
            FIRST_RETRY_MILLIS << Math.min(before.failures, MAX_DOUBLINGS),
            times.refetchInterval.toMillis());
    String trouble = "keys of " + whose + " cannot be loaded: " + why;
    long now = clock.millis();
    state = new State(before.keys, Math.min(before.loadedAt, now), failures, now + wait, trouble);
    if (closed) {
      return;
    }
    if (failures > 1) {
      LOG.debug("Again, {}", trouble);
    } else if (before.keys == null) {
      LOG.warn("Keys of {} cannot be loaded, and tokens are not verified: {}", whose, why);
    } else {
      LOG.warn(
          "Keys of {} cannot be loaded, and the last ones stay good for {} s: {}",
          whose,
          times.staleFor.toSeconds(),
          why);
    }
  }

  private void await(@Nullable Flight running) throws InterruptedException {
    if (running == null) {
      return;
    }
    try {
      running.landed.get(times.patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException stuck) {
      LOG.debug("Keys of {} are still being loaded", whose);
    }
  }

  @Override
  public List<Measurement> measurements() {
    List<Measurement> all = new ArrayList<>();
    State now = state;
    if (now.keys != null) {
      all.add(
          Measurement.gauge(
              "brrtrouter_jwks_age_seconds",
              "How long ago the keys that verify tokens were loaded.",
              Map.of("scheme", scheme),
              Math.max(0, clock.millis() - now.loadedAt) / 1e3));
    }
    all.add(refreshes("loaded", loaded));
    all.add(refreshes("failed", failed));
    return all;
  }

  private Measurement refreshes(String outcome, LongAdder count) {
    return Measurement.counter(
        "brrtrouter_jwks_refreshes_total",
        "Times that keys were loaded again, or could not be.",
        Map.of("scheme", scheme, "outcome", outcome),
        (double) count.sum());
  }

  @Override
  public String trouble() {
    return closed ? "the provider is closed" : state.trouble;
  }

  @Override
  public void close() {
    closed = true;
    Flight running = flight.get();
    if (running != null && running.thread != null) {
      running.thread.interrupt();
    }
    loader.close();
    try {
      await(running);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
