package io.brrtrouter.security;

import io.brrtrouter.security.jose.JoseLimits;
import io.brrtrouter.security.keys.Destination;
import io.brrtrouter.security.keys.Fetch;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** How somebody is asked about credentials, while a provider is being built. */
final class Asking {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MOST_KEPT = 1_000_000;

  /** Some thousands of claims. */
  private static final int MOST_OCTETS = 64 * 1024;

  private Duration timeout = Duration.ofMillis(500);
  private Duration good = Duration.ofSeconds(60);
  private Duration bad = Duration.ofSeconds(10);
  private int size = 10_000;
  private int longest = JoseLimits.DEFAULT.token();
  private @Nullable SSLContext ssl;
  private InstantSource clock = Clock.systemUTC();

  void timeout(Duration value) {
    timeout = KeySettings.inRange("timeout", value, Duration.ofMillis(50), Duration.ofSeconds(30));
  }

  void cacheTtl(Duration value) {
    good = KeySettings.inRange("cacheTtl", value, Duration.ZERO, DAY);
  }

  void negativeCacheTtl(Duration value) {
    bad = KeySettings.inRange("negativeCacheTtl", value, Duration.ZERO, DAY);
  }

  void cacheSize(int value) {
    if (value < 0 || value > MOST_KEPT) {
      throw new IllegalArgumentException(
          "cacheSize: " + value + " is not between 0 and " + MOST_KEPT);
    }
    size = value;
  }

  /** Sets how long a credential may be that somebody is asked about. */
  void longest(String name, int value) {
    if (value < JoseLimits.LEAST.token() || value > JoseLimits.MOST.token()) {
      throw new IllegalArgumentException(
          "%s: %d is not between %d and %d"
              .formatted(name, value, JoseLimits.LEAST.token(), JoseLimits.MOST.token()));
    }
    longest = value;
  }

  int longest() {
    return longest;
  }

  void ssl(SSLContext value) {
    ssl = value;
  }

  void clock(InstantSource value) {
    clock = value;
  }

  InstantSource clock() {
    return clock;
  }

  Fetch fetch() {
    return new Fetch(timeout, MOST_OCTETS, ssl);
  }

  Verdicts verdicts(URI url, Verdicts.Question question) {
    return new Verdicts(
        question, Destination.shown(url), new Verdicts.Times(good, bad, timeout), size, clock);
  }
}
