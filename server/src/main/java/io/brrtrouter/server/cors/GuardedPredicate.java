package io.brrtrouter.server.cors;

import io.brrtrouter.server.outage.Quiet;
import java.time.Duration;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks code about an origin that may be any text. Where that fails, the origin is not allowed, and
 * the log is told, once in a while: whoever sends requests could fill it. Safe for use by many
 * threads as far as the code is.
 */
final class GuardedPredicate implements Predicate<String> {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.cors");
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final Predicate<String> predicate;
  private final Quiet told = new Quiet(QUIET, System::nanoTime);

  GuardedPredicate(Predicate<String> predicate) {
    this.predicate = predicate;
  }

  @Override
  public boolean test(String origin) {
    try {
      return predicate.test(origin);
    } catch (RuntimeException failure) {
      if (told.ends()) {
        LOG.error(
            "the predicate of the CORS policy failed about an origin, which is not allowed then;"
                + " others are not either, and it is told once a minute",
            failure);
      }
      return false;
    }
  }
}
