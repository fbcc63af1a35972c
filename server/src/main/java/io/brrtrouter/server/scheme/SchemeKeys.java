package io.brrtrouter.server.scheme;

import static io.brrtrouter.server.config.ConfigType.bool;
import static io.brrtrouter.server.config.ConfigType.list;
import static io.brrtrouter.server.config.ConfigType.millis;
import static io.brrtrouter.server.config.ConfigType.optional;
import static io.brrtrouter.server.config.ConfigType.seconds;
import static io.brrtrouter.server.config.ConfigType.text;

import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigType;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Declares the settings of a section of {@code security} that has a member for each security
 * scheme. Names of settings are in small letters with underscores; those of durations end in {@code
 * _secs} or {@code _ms}, those of files in {@code _file}.
 *
 * @param section the name of the section, {@code jwks} for example
 */
public record SchemeKeys(String section) {
  static final String SECURITY = "security.";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Duration DAY = Duration.ofDays(1);

  /** Checks the name. */
  public SchemeKeys {
    if (!NAME.matcher(section).matches()) {
      throw new IllegalArgumentException(
          "\"" + section + "\" is no name of a section; write it like api_keys");
    }
  }

  /**
   * {@return a setting of each scheme}
   *
   * @param setting its name below the scheme; parts in angle brackets are named by users
   * @param type the values it takes
   * @param fallback the value unless configured
   * @param description what it does, in one or two sentences, for the reference
   * @param <T> the Java type of the values
   */
  public <T> ConfigKey<T> key(String setting, ConfigType<T> type, T fallback, String description) {
    return new ConfigKey<>(prefix() + setting, type, fallback, description);
  }

  /** {@return what the names of all settings begin with} */
  String prefix() {
    return SECURITY + section + ".<scheme>.";
  }

  /**
   * {@return an absolute URL, or none}
   *
   * @param setting its name
   * @param description what it does
   */
  public ConfigKey<Optional<URI>> url(String setting, String description) {
    return key(setting, optional(ConfigType.url()), Optional.empty(), description);
  }

  /**
   * {@return a text, or none}
   *
   * @param setting its name
   * @param description what it does
   */
  public ConfigKey<Optional<String>> word(String setting, String description) {
    return key(setting, optional(notBlank("text")), Optional.empty(), description);
  }

  /**
   * {@return a list of texts}
   *
   * @param setting its name
   * @param fallback the texts unless configured
   * @param description what it does
   */
  public ConfigKey<List<String>> words(String setting, List<String> fallback, String description) {
    return key(setting, list(notBlank("text")), fallback, description);
  }

  /**
   * {@return a text that is never shown, or none}
   *
   * @param setting its name
   * @param description what it does
   */
  public ConfigKey<Optional<String>> secret(String setting, String description) {
    return key(
            setting,
            optional(notBlank("text, in quotes where it looks like a number")),
            Optional.<String>empty(),
            description)
        .asSecret();
  }

  /**
   * {@return the path of a file or directory, or none}
   *
   * @param setting its name
   * @param description what it does
   */
  public ConfigKey<Optional<String>> file(String setting, String description) {
    return key(
        setting,
        optional(text("path of a file or directory", SchemeKeys::isPath)),
        Optional.empty(),
        description);
  }

  private static boolean isPath(String text) {
    try {
      return !text.isBlank() && Path.of(text).getNameCount() >= 0;
    } catch (InvalidPathException _) {
      return false;
    }
  }

  /**
   * {@return a list of scopes or roles}
   *
   * @param setting its name
   * @param description what it does
   */
  public ConfigKey<List<String>> scopes(String setting, String description) {
    return key(setting, list(text("scope", SchemeKeys::isScope)), List.of(), description);
  }

  /** Roles of API keys are scopes to OpenAPI, and may be any text without white space. */
  private static boolean isScope(String text) {
    return !text.isEmpty() && text.chars().noneMatch(Character::isWhitespace);
  }

  /**
   * {@return true or false, false unless configured}
   *
   * @param setting its name
   * @param description what it does
   */
  public ConfigKey<Boolean> flag(String setting, String description) {
    return key(setting, bool(), false, description);
  }

  /**
   * {@return a time up to a day, 0 for none, in which what was verified is not verified again}
   *
   * @param setting its name, which ends in {@code _secs}
   * @param fallback seconds unless configured
   * @param description what it does, without full stop
   */
  public ConfigKey<Duration> keeping(String setting, int fallback, String description) {
    return key(
        setting,
        seconds(Duration.ZERO, DAY),
        Duration.ofSeconds(fallback),
        description + "; 0 for not at all.");
  }

  /**
   * {@return a time of a second to a day after which something is fetched again}
   *
   * @param setting its name, which ends in {@code _secs}
   * @param fallback seconds unless configured
   * @param description what it does
   */
  public ConfigKey<Duration> renewing(String setting, int fallback, String description) {
    return key(
        setting, seconds(Duration.ofSeconds(1), DAY), Duration.ofSeconds(fallback), description);
  }

  /**
   * {@return {@code timeout_ms}, 50 milliseconds to 30 seconds within which somebody has to answer}
   *
   * @param fallback milliseconds unless configured
   * @param description what it does
   */
  public ConfigKey<Duration> timeout(int fallback, String description) {
    return key(
        "timeout_ms",
        millis(Duration.ofMillis(50), Duration.ofSeconds(30)),
        Duration.ofMillis(fallback),
        description);
  }

  private static ConfigType<String> notBlank(String description) {
    return text(description, value -> !value.isBlank());
  }
}
