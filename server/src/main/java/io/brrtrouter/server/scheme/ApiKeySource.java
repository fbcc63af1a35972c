package io.brrtrouter.server.scheme;

import static io.brrtrouter.server.config.ConfigType.optional;
import static io.brrtrouter.server.config.ConfigType.text;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.server.auth.ApiKeyProvider;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.config.ConfigKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes providers of {@code security.api_keys}. */
final class ApiKeySource implements SecuritySource {
  private static final SchemeKeys KEYS = new SchemeKeys("api_keys");
  private static final String CLIENTS = "keys";

  private static final String ANOTHER_KEY =
      "use a random one of at least 16 characters; brrt hash --generate makes one with its hash";

  private static final ConfigKey<Optional<String>> KEY =
      KEYS.secret(
              "key",
              "The one key of an `apiKey` scheme, or `sha256:` with the hexadecimal digits of its"
                  + " SHA-256; `brrt hash` makes one.")
          .alsoCalled("value", "secret", "hash", "api_key", "key_hash");
  private static final ConfigKey<Optional<String>> KEY_FILE =
      KEYS.file("key_file", "A file with that key, read again when it changes.")
          .alsoCalled("file", "key_path", "path");
  private static final ConfigKey<Optional<String>> KEYS_DIR =
      KEYS.file(
              "keys_dir",
              "A directory with a file for each client, named after it, with its key or digest: a"
                  + " mounted Kubernetes secret. A file that goes revokes its key.")
          .alsoCalled(
              "keys_directory", "key_dir", "key_directory", "dir", "directory", "keys_file");
  private static final ConfigKey<List<String>> SCOPES =
      KEYS.scopes("scopes", "Scopes or roles that those keys grant.").alsoCalled("scope", "roles");
  private static final ConfigKey<Optional<String>> CLIENT_KEY =
      KEYS.secret(
              "keys.<name>.key",
              "The key of one of several clients, or its digest; its name becomes the subject.")
          .alsoCalled("value", "secret", "hash", "api_key", "key_hash");
  private static final ConfigKey<Optional<String>> CLIENT_KEY_FILE =
      KEYS.file("keys.<name>.key_file", "A file with the key of that client.")
          .alsoCalled("file", "key_path", "path");
  private static final ConfigKey<Optional<String>> CLIENT_KEY_ENV =
      KEYS.key(
              "keys.<name>.key_env",
              optional(text("name of an environment variable", name -> !name.isBlank())),
              Optional.<String>empty(),
              "A variable with the key of that client.")
          .alsoCalled("env", "variable", "key_variable", "environment");
  private static final ConfigKey<List<String>> CLIENT_SCOPES =
      KEYS.scopes("keys.<name>.scopes", "Scopes or roles that its key grants.")
          .alsoCalled("scope", "roles");

  @Override
  public String section() {
    return KEYS.section();
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(
        KEY,
        KEY_FILE,
        KEYS_DIR,
        SCOPES,
        CLIENT_KEY,
        CLIENT_KEY_FILE,
        CLIENT_KEY_ENV,
        CLIENT_SCOPES);
  }

  @Override
  public SecurityProvider provider(SchemeSettings settings) throws UnusableSettingsException {
    if (!settings.scheme().type().equals("apiKey")) {
      throw new UnusableSettingsException(List.of(settings.unfit("no API key")));
    }
    Reading reading = new Reading(settings);
    reading.ofScheme();
    settings.names(CLIENTS).forEach(reading::ofClient);
    return reading.provider();
  }

  @Override
  public List<Finding> warnings(SchemeSettings settings) {
    List<Finding> warnings =
        new ArrayList<>(
            settings.plainSecrets(
                value -> value.startsWith("sha256:"),
                "write the hash there that brrt hash makes of it"));
    SchemeSetting<Optional<String>> directory = settings.at(KEYS_DIR);
    if (isAlone(settings)
        && directory.value().map(Path::of).filter(ApiKeySource::isEmpty).isPresent()) {
      warnings.add(
          directory.warning(
              "= " + directory.value().get() + " has no key in it, and nobody gets in",
              "add a file for each client, with its key or the hash of that"));
    }
    return warnings;
  }

  /** Files have keys, never scopes. */
  @Override
  public Optional<List<Set<String>>> granted(SchemeSettings settings) {
    List<Set<String>> granted = new ArrayList<>();
    if (settings.get(KEY).isPresent()
        || settings.get(KEY_FILE).isPresent()
        || settings.get(KEYS_DIR).isPresent()) {
      granted.add(Set.copyOf(settings.get(SCOPES)));
    }
    settings
        .names(CLIENTS)
        .forEach(client -> granted.add(Set.copyOf(settings.get(CLIENT_SCOPES, client))));
    return Optional.of(granted);
  }

  private static boolean isAlone(SchemeSettings settings) {
    return settings.get(KEY).isEmpty()
        && settings.get(KEY_FILE).isEmpty()
        && settings.names(CLIENTS).isEmpty();
  }

  /** One that has just become unreadable is told by who reads it again. */
  private static boolean isEmpty(Path directory) {
    try {
      return ApiKeyProvider.builder().keysDirectory(directory, List.of()).build().isEmpty();
    } catch (UnusableSecretException _) {
      return false;
    }
  }

  /** Collects the keys of a scheme, and everything that is wrong with them. */
  private static final class Reading {
    private final SchemeSettings settings;
    private final ApiKeyProvider.Builder builder;
    private final List<Finding> findings = new ArrayList<>();
    private boolean any;

    Reading(SchemeSettings settings) {
      this.settings = settings;
      this.builder = ApiKeyProvider.builder().scheme(settings.name());
    }

    void ofScheme() {
      List<String> scopes = settings.get(SCOPES);
      key(settings.name(), settings.at(KEY), scopes);
      file(settings.name(), settings.at(KEY_FILE), "keys_dir", scopes);
      directory(settings.at(KEYS_DIR), scopes);
    }

    void ofClient(String client) {
      List<String> scopes = settings.get(CLIENT_SCOPES, client);
      boolean before = any;
      any = false;
      key(client, settings.at(CLIENT_KEY, client), scopes);
      file(client, settings.at(CLIENT_KEY_FILE, client), "", scopes);
      variable(client, settings.at(CLIENT_KEY_ENV, client), scopes);
      if (!any) {
        findings.add(
            settings
                .at(CLIENT_KEY, client)
                .mistake("is missing", "set it, or key_file or key_env beside it"));
      }
      any |= before;
    }

    private void key(String client, SchemeSetting<Optional<String>> key, List<String> scopes) {
      key.value().ifPresent(value -> add(client, value, key, scopes));
    }

    private void add(String client, String value, SchemeSetting<?> from, List<String> scopes) {
      any = true;
      try {
        builder.key(client, value, scopes);
      } catch (UnusableSecretException unusable) {
        findings.add(from.mistake(unusable, ANOTHER_KEY));
      }
    }

    private void file(
        String client,
        SchemeSetting<Optional<String>> setting,
        String forDirectories,
        List<String> scopes) {
      if (setting.value().isEmpty()) {
        return;
      }
      any = true;
      Path file = Path.of(setting.value().get());
      if (Files.isDirectory(file)) {
        findings.add(
            setting.mistake(
                "= " + file + " is a directory",
                forDirectories.isEmpty()
                    ? "name the file in it"
                    : "name the file in it, or a directory of many clients' keys with "
                        + forDirectories));
        return;
      }
      complaints(
          setting,
          ApiKeyProvider.builder().keyFile(client, file, scopes),
          "name a file with a key of at least 16 characters, or with its hash");
      builder.keyFile(client, file, scopes);
    }

    private void directory(SchemeSetting<Optional<String>> setting, List<String> scopes) {
      if (setting.value().isPresent()) {
        any = true;
        Path directory = Path.of(setting.value().get());
        complaints(
            setting,
            ApiKeyProvider.builder().keysDirectory(directory, scopes),
            "name a directory with a file for each client, which has its key or the hash of that");
        builder.keysDirectory(directory, scopes);
      }
    }

    private void complaints(SchemeSetting<?> setting, ApiKeyProvider.Builder one, String fix) {
      one.complaints()
          .forEach(each -> findings.add(setting.mistake("cannot be used: " + each, fix)));
    }

    private void variable(
        String client, SchemeSetting<Optional<String>> setting, List<String> scopes) {
      if (setting.value().isEmpty()) {
        return;
      }
      any = true;
      String variable = setting.value().get();
      settings
          .variable(variable)
          .ifPresentOrElse(
              key -> add(client, key, setting, scopes),
              () ->
                  findings.add(
                      setting.mistake(
                          "= " + variable + " names an environment variable that is not set",
                          "set it to the key, or take the client out")));
    }

    SecurityProvider provider() throws UnusableSettingsException {
      if (!any && findings.isEmpty()) {
        findings.add(
            settings.mistake(
                "has no key", "set key, key_file or keys_dir, or name clients in keys"));
      }
      if (findings.isEmpty()) {
        try {
          return builder.build();
        } catch (UnusableSecretException unusable) {
          findings.add(
              settings.mistake(
                  "cannot be used: " + unusable.getMessage(), "give each client a key of its own"));
        }
      }
      throw new UnusableSettingsException(findings);
    }
  }
}
