package io.brrtrouter.security;

import static io.brrtrouter.server.config.ConfigType.seconds;

import io.brrtrouter.server.auth.ClockSkew;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.scheme.SchemeKeys;
import java.time.Duration;

/** By how much the clocks of who issues and who verifies may differ: the same range everywhere. */
final class Leeway {
  private static final Duration MOST = Duration.ofMinutes(10);

  private Leeway() {}

  /** {@return the setting of a section} */
  static ConfigKey<Duration> key(SchemeKeys section, String meaning) {
    return section
        .key("leeway_secs", seconds(Duration.ZERO, MOST), ClockSkew.DEFAULT, meaning)
        .alsoCalled("leeway", "clock_skew", "clock_skew_secs", "leeway_ms");
  }

  /** {@return a value that code gives, if it is in range} */
  static Duration checked(Duration value) {
    return KeySettings.inRange("leeway", value, Duration.ZERO, MOST);
  }
}
