package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.runtime.ConfigType.bool;
import static io.brrtrouter.server.runtime.ConfigType.list;
import static io.brrtrouter.server.runtime.ConfigType.optional;
import static io.brrtrouter.server.runtime.ConfigType.parsed;
import static io.brrtrouter.server.runtime.ConfigType.seconds;
import static io.brrtrouter.server.runtime.ConfigType.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings about who verifies credentials. */
final class SecurityKeys {
  static final String API_KEYS = "security.api_keys";

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofHours(24);

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

  static final ConfigKey<Optional<String>> KEY =
      secret(
          API_KEYS + ".<scheme>.key",
          "The one key of an `apiKey` scheme, or `sha256:` with the hexadecimal digits of its"
              + " SHA-256; `brrt hash` makes one.");
  static final ConfigKey<Optional<String>> KEY_FILE =
      file(API_KEYS + ".<scheme>.key_file", "A file with that key, read again when it changes.");
  static final ConfigKey<Optional<String>> KEYS_DIR =
      file(
          API_KEYS + ".<scheme>.keys_dir",
          "A directory with a file for each client, named after it, with its key or digest: a"
              + " mounted Kubernetes secret. A file that goes revokes its key.");
  static final ConfigKey<List<String>> KEY_SCOPES =
      scopes(API_KEYS + ".<scheme>.scopes", "Scopes or roles that those keys grant.");
  static final ConfigKey<Optional<String>> CLIENT_KEY =
      secret(
          API_KEYS + ".<scheme>.keys.<name>.key",
          "The key of one of several clients, or its digest; its name becomes the subject.");
  static final ConfigKey<Optional<String>> CLIENT_KEY_FILE =
      file(API_KEYS + ".<scheme>.keys.<name>.key_file", "A file with the key of that client.");
  static final ConfigKey<Optional<String>> CLIENT_KEY_ENV =
      new ConfigKey<>(
          API_KEYS + ".<scheme>.keys.<name>.key_env",
          optional(text("name of an environment variable", name -> !name.isBlank())),
          Optional.empty(),
          "A variable with the key of that client.");
  static final ConfigKey<List<String>> CLIENT_SCOPES =
      scopes(API_KEYS + ".<scheme>.keys.<name>.scopes", "Scopes or roles that its key grants.");

  static final List<ConfigKey<?>> ALL =
      List.of(
          DEVELOPMENT,
          INVALID_CREDENTIALS,
          RELOAD,
          KEY,
          KEY_FILE,
          KEYS_DIR,
          KEY_SCOPES,
          CLIENT_KEY,
          CLIENT_KEY_FILE,
          CLIENT_KEY_ENV,
          CLIENT_SCOPES);

  private SecurityKeys() {}

  private static Optional<String> policy(String text) {
    return text.equals("refuse") || text.equals("ignore") ? Optional.of(text) : Optional.empty();
  }

  static ConfigKey<Optional<String>> secret(String name, String description) {
    return new ConfigKey<>(
        name,
        optional(text("text, in quotes where it looks like a number", text -> !text.isBlank())),
        Optional.empty(),
        description,
        true);
  }

  static ConfigKey<Optional<String>> file(String name, String description) {
    return new ConfigKey<>(
        name,
        optional(text("path of a file or directory", text -> !text.isBlank())),
        Optional.empty(),
        description);
  }

  static ConfigKey<List<String>> scopes(String name, String description) {
    return new ConfigKey<>(
        name, list(text("scope", SecurityKeys::isScope)), List.of(), description);
  }

  /** Roles of API keys are scopes to OpenAPI, and may be any text without white space. */
  private static boolean isScope(String text) {
    return !text.isEmpty() && text.chars().noneMatch(Character::isWhitespace);
  }
}
