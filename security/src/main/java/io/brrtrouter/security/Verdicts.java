package io.brrtrouter.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.outage.Breaker;
import io.brrtrouter.server.outage.Outage;
import io.brrtrouter.server.outage.Quiet;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What somebody else says of credentials: asked once for all who wait for the same, kept for a
 * while, and not asked for a moment where he does not answer. Holds no credentials, only digests.
 * That nobody can tell is never kept.
 */
final class Verdicts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);

  /** Clients may be able to make one answer strange: that is not to fill the log. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  private static final Breaker.Patience PATIENCE =
      new Breaker.Patience(5, Duration.ofSeconds(1), Duration.ofSeconds(30));

  /** Others wait their turn: whoever is asked is not to be flooded by made-up credentials. */
  private static final int MOST_AT_ONCE = 64;

  /** Waiting for a turn, and asking twice where a connection turns out to be closed. */
  private static final int PATIENCE_IN_TIMEOUTS = 4;

  private static final Verification CLOSED = new Verification.Unavailable("the provider is closed");

  private final Question question;
  private final String origin;
  private final Times times;
  private final InstantSource clock;
  private final Outage outage;
  private final Breaker breaker;
  private final Semaphore turns = new Semaphore(MOST_AT_ONCE);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("brrt-verdict").factory());
  private final Flights<Digest, Verification> flights = new Flights<>();
  private final Cache<Digest, Kept> good;

  /** Apart: however many bad ones somebody makes up, they drive out no good one. */
  private final Cache<Digest, Kept> bad;

  private volatile boolean closed;

  /** Why he could not be asked the last time. */
  private volatile String trouble = "it does not answer";

  /** How somebody is asked. */
  interface Question {
    /**
     * Asks; blocks for a bounded time.
     *
     * @param credential about what
     * @return the answer
     * @throws IOException if there is none; the message says why, and holds no secret
     * @throws InterruptedException if interrupted
     */
    Answer ask(String credential) throws IOException, InterruptedException;
  }

  /** What he says. */
  sealed interface Answer {
    /**
     * That a credential is good or bad.
     *
     * @param verification accepted or refused
     * @param until the millisecond since 1970 from which that must be asked again
     */
    record Told(Verification verification, long until) implements Answer {}

    /**
     * Something of which nobody knows what it means for the credential.
     *
     * @param reason what, for the log
     */
    record Strange(String reason) implements Answer {}
  }

  /**
   * How long things last.
   *
   * @param good how long a good credential is not asked about again
   * @param bad how long a bad one
   * @param timeout how long an answer may take
   */
  record Times(Duration good, Duration bad, Duration timeout) {}

  /** Where the clock goes back, what was said later than now is said no more. */
  private record Kept(Verification verification, long since, long until) {
    boolean holds(long now) {
      return since <= now && now < until;
    }
  }

  /** Keeps so many good ones, and as many bad ones. */
  Verdicts(Question question, String origin, Times times, int size, InstantSource clock) {
    this.question = question;
    this.origin = origin;
    this.times = times;
    this.clock = clock;
    LongSupplier nanoTime = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    this.outage = new Outage(new Quiet(QUIET, nanoTime));
    this.breaker = new Breaker(PATIENCE, nanoTime);
    this.good = cache(size);
    this.bad = cache(size);
  }

  /** Its upkeep is a few steps, done by who comes by: no threads of its own, and none to end. */
  private static Cache<Digest, Kept> cache(int size) {
    return Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
  }

  /** {@return what was said of a credential lately, null if that must be asked; never blocks} */
  @Nullable Verification find(Digest digest) {
    if (closed) {
      return null;
    }
    Verification found = find(digest, good);
    return found == null ? find(digest, bad) : found;
  }

  private @Nullable Verification find(Digest digest, Cache<Digest, Kept> kept) {
    Kept found = kept.getIfPresent(digest);
    if (found == null) {
      return null;
    }
    if (found.holds(clock.millis())) {
      return found.verification;
    }
    kept.invalidate(digest);
    return null;
  }

  /**
   * {@return what is said of a credential}
   *
   * @param digest its digest
   * @param credential the credential
   * @throws Exception if whoever asks fails for a reason of his own
   */
  Verification get(Digest digest, String credential) throws Exception {
    Verification known = find(digest);
    if (known != null) {
      return known;
    }
    try {
      return flights.get(
          digest,
          threads,
          begins -> turn(digest, credential, begins),
          times.timeout.multipliedBy(PATIENCE_IN_TIMEOUTS));
    } catch (TimeoutException late) {
      return unavailable("there is no answer in time");
    } catch (RejectedExecutionException crowded) {
      return closed ? CLOSED : unavailable("too many requests wait for its answers");
    } catch (ExecutionException failed) {
      if (closed || failed.getCause() instanceof RejectedExecutionException) {
        return CLOSED;
      }
      throw failed;
    }
  }

  private Verification turn(Digest digest, String credential, BooleanSupplier begins)
      throws InterruptedException {
    if (!turns.tryAcquire(times.timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      return unavailable("too many credentials are asked about at once");
    }
    try {
      Verification known = find(digest);
      if (known != null) {
        return known;
      }
      if (!begins.getAsBoolean()) {
        return unavailable("nobody waits for the answer any more");
      }
      return breaker.lets() ? ask(digest, credential) : unavailable(trouble);
    } finally {
      turns.release();
    }
  }

  private Verification ask(Digest digest, String credential) throws InterruptedException {
    try {
      Answer answer = question.ask(credential);
      breaker.answered();
      return switch (answer) {
        case Answer.Told told -> keep(digest, told);
        case Answer.Strange(String reason) -> closed ? CLOSED : unavailable(begun(reason));
      };
    } catch (IOException silent) {
      breaker.silent();
      String reason =
          silent.getMessage() == null ? silent.getClass().getSimpleName() : silent.getMessage();
      return closed ? CLOSED : unavailable(begun(reason));
    }
  }

  private String begun(String reason) {
    trouble = reason;
    if (outage.begins()) {
      LOG.warn("{} cannot be asked about credentials, and they get a 503: {}", origin, reason);
    } else {
      LOG.debug("Again, {} cannot be asked: {}", origin, reason);
    }
    return reason;
  }

  private Verification unavailable(String reason) {
    return new Verification.Unavailable(origin + " cannot be asked: " + reason);
  }

  private Verification keep(Digest digest, Answer.Told told) {
    if (outage.ends()) {
      LOG.info("{} answers about credentials again.", origin);
    }
    boolean accepted = told.verification instanceof Verification.Accepted;
    Duration ttl = accepted ? times.good : times.bad;
    long now = clock.millis();
    long until = Math.min(told.until, now + ttl.toMillis());
    if (until > now) {
      (accepted ? good : bad).put(digest, new Kept(told.verification, now, until));
    }
    return told.verification;
  }

  /** From now on whoever asks is told that nobody can tell. */
  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
    good.invalidateAll();
    bad.invalidateAll();
  }
}
