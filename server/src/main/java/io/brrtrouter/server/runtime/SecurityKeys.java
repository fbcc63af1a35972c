package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.config.ConfigType.bool;
import static io.brrtrouter.server.config.ConfigType.parsed;
import static io.brrtrouter.server.config.ConfigType.seconds;

import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.scheme.SecuritySources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings about who verifies credentials. */
final class SecurityKeys {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofHours(24);

  /** Found once: which settings there are does not change while the process lives. */
  static final SecuritySources SOURCES = SecuritySources.installed();

  static final ConfigKey<Boolean> DEVELOPMENT =
      new ConfigKey<>(
          "security.development",
          bool(),
          false,
          "Whether security schemes that nothing else verifies accept the credentials for"
              + " development, which everybody knows: `development-only` as key, as token and as"
              + " password of `developer`. On a loopback address only, and said at every start;"
              + " `--dev-security` turns it on.");
  static final ConfigKey<String> INVALID_CREDENTIALS =
      new ConfigKey<>(
          "security.invalid_credentials",
          parsed("`refuse` or `ignore`", SecurityKeys::policy),
          "refuse",
          "What becomes of a credential that is not good where the operation also lets anybody in:"
              + " a 401, or the request counts as nobody's.");
  static final ConfigKey<Duration> RELOAD =
      new ConfigKey<>(
          "security.reload_secs",
          seconds(SECOND, DAY),
          Duration.ofSeconds(10),
          "How often files with keys are read again, so that keys are exchanged without a restart.");

  static final List<ConfigKey<?>> ALL =
      Stream.of(List.<ConfigKey<?>>of(DEVELOPMENT, INVALID_CREDENTIALS, RELOAD), SOURCES.keys())
          .<ConfigKey<?>>flatMap(List::stream)
          .toList();

  private SecurityKeys() {}

  private static Optional<String> policy(String text) {
    return text.equals("refuse") || text.equals("ignore") ? Optional.of(text) : Optional.empty();
  }
}
