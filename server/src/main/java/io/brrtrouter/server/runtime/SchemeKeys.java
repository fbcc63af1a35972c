package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.runtime.ConfigType.bool;
import static io.brrtrouter.server.runtime.ConfigType.list;
import static io.brrtrouter.server.runtime.ConfigType.millis;
import static io.brrtrouter.server.runtime.ConfigType.optional;
import static io.brrtrouter.server.runtime.ConfigType.seconds;
import static io.brrtrouter.server.runtime.ConfigType.text;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes the settings of a section that has a member for each security scheme.
 *
 * @param section the dotted name of the section
 */
record SchemeKeys(String section) {
  static final Duration DAY = Duration.ofDays(1);

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** {@return the name of a setting} */
  String name(String setting) {
    return section + ".<scheme>." + setting;
  }

  ConfigKey<Optional<URI>> url(String setting, String description) {
    return new ConfigKey<>(
        name(setting), optional(ConfigType.url()), Optional.empty(), description);
  }

  ConfigKey<Optional<String>> word(String setting, String description) {
    return new ConfigKey<>(
        name(setting),
        optional(text("text", value -> !value.isBlank())),
        Optional.empty(),
        description);
  }

  ConfigKey<List<String>> words(String setting, List<String> fallback, String description) {
    return new ConfigKey<>(
        name(setting), list(text("text", value -> !value.isBlank())), fallback, description);
  }

  ConfigKey<Optional<String>> secret(String setting, String description) {
    return SecurityKeys.secret(name(setting), description);
  }

  ConfigKey<Optional<String>> file(String setting, String description) {
    return SecurityKeys.file(name(setting), description);
  }

  ConfigKey<List<String>> scopes(String setting, String description) {
    return SecurityKeys.scopes(name(setting), description);
  }

  ConfigKey<Boolean> flag(String setting, String description) {
    return new ConfigKey<>(name(setting), bool(), false, description);
  }

  /** {@return a time in which something that was verified is not verified again, 0 for none} */
  ConfigKey<Duration> keeping(String setting, int fallback, String description) {
    return new ConfigKey<>(
        name(setting),
        seconds(Duration.ZERO, DAY),
        Duration.ofSeconds(fallback),
        description + "; 0 for not at all.");
  }

  /** {@return a time after which keys are fetched again} */
  ConfigKey<Duration> renewing(String setting, int fallback, String description) {
    return new ConfigKey<>(
        name(setting), seconds(SECOND, DAY), Duration.ofSeconds(fallback), description);
  }

  /** {@return a time within which somebody has to answer} */
  ConfigKey<Duration> timeout(int fallback, String description) {
    return new ConfigKey<>(
        name("timeout_ms"),
        millis(Duration.ofMillis(50), Duration.ofSeconds(30)),
        Duration.ofMillis(fallback),
        description);
  }

  ConfigKey<Integer> integer(
      String setting, int least, int most, int fallback, String description) {
    return new ConfigKey<>(name(setting), ConfigType.integer(least, most), fallback, description);
  }
}
