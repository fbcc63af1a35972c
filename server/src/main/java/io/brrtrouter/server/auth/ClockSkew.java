package io.brrtrouter.server.auth;

import java.time.Duration;

/** By how much the clocks of who issues credentials and who verifies them may differ. */
public final class ClockSkew {
  /** Unless something else is configured where that can be: 30 seconds. */
  public static final Duration DEFAULT = Duration.ofSeconds(30);

  private ClockSkew() {}
}
