package io.brrtrouter.security;

import static io.brrtrouter.server.config.ConfigType.integer;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.scheme.SchemeKeys;
import io.brrtrouter.server.scheme.SchemeSetting;
import io.brrtrouter.server.scheme.SchemeSettings;
import io.brrtrouter.server.scheme.SecuritySource;
import io.brrtrouter.server.scheme.UnusableSettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes providers of {@code security.basic}: users and passwords. The server finds it by itself.
 */
public final class BasicSource implements SecuritySource {
  private static final SchemeKeys KEYS = new SchemeKeys("basic");

  private static final String USERS = "users";
  private static final int MOST_AT_ONCE = 1_024;

  private static final ConfigKey<Optional<String>> PASSWORD_HASH =
      KEYS.secret(
              "users.<name>.password_hash",
              "What stands for the password of a user of an `http` scheme with `basic`:"
                  + " `$pbkdf2-sha256$i=600000$...`, as `brrt hash --password` makes it, or bcrypt"
                  + " (`$2y$12$...`, cost 10 to 14).")
          .alsoCalled("password", "hash", "passwd");
  private static final ConfigKey<List<String>> USER_SCOPES =
      KEYS.scopes("users.<name>.scopes", "Scopes or roles of that user.")
          .alsoCalled("scope", "roles");
  private static final ConfigKey<Optional<String>> USERS_FILE =
      KEYS.file(
              "users_file",
              "A file with further users, one in a line, `name:hash` or `name:hash:scope scope`, read"
                  + " again when it changes. `#` begins a line that does not count.")
          .alsoCalled("user_file", "file", "htpasswd");
  private static final ConfigKey<Duration> CACHE_TTL =
      KEYS.keeping("cache_ttl_secs", 60, "How long a password that was right is not verified again")
          .alsoCalled("cache_ttl", "ttl");
  private static final ConfigKey<Integer> CONCURRENCY =
      KEYS.key(
          "concurrency",
          integer(0, MOST_AT_ONCE),
          0,
          "Passwords that are verified at once, others wait; 0 for as many as there are processors.");

  private static final List<ConfigKey<?>> ALL =
      List.of(PASSWORD_HASH, USER_SCOPES, USERS_FILE, CACHE_TTL, CONCURRENCY);

  /** For {@link java.util.ServiceLoader}. */
  public BasicSource() {}

  @Override
  public String section() {
    return KEYS.section();
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return ALL;
  }

  @Override
  public SecurityProvider provider(SchemeSettings settings) throws UnusableSettingsException {
    boolean fits =
        settings.scheme().type().equals("http")
            && settings.scheme().scheme().orElse("").equalsIgnoreCase("basic");
    Attempts attempts = Attempts.at(settings, ALL, fits, "no password");
    BasicProviderBuilder builder =
        BasicProvider.builder().scheme(settings.name()).cacheTtl(settings.get(CACHE_TTL));
    settings.names(USERS).forEach(user -> user(user, settings, builder, attempts));
    settings.get(USERS_FILE).map(Path::of).ifPresent(file -> file(file, builder, attempts));
    if (settings.get(CONCURRENCY) > 0) {
      builder.concurrency(settings.get(CONCURRENCY));
    }
    if (settings.names(USERS).isEmpty() && settings.get(USERS_FILE).isEmpty()) {
      attempts.refuse(
          settings.mistake("has no user", "add one below users, or name a file with users_file"));
    }
    attempts.throwUnlessEmpty();
    return built(settings, builder);
  }

  private static void user(
      String name, SchemeSettings settings, BasicProviderBuilder builder, Attempts attempts) {
    SchemeSetting<Optional<String>> hash = settings.at(PASSWORD_HASH, name);
    if (hash.value().isEmpty()) {
      attempts.refuse(hash.mistake("is missing", "set it to what brrt hash --password makes"));
      return;
    }
    try {
      PasswordHash.parse(hash.value().get());
    } catch (UnusableSecretException unusable) {
      attempts.refuse(hash.mistake(unusable, "set it to what brrt hash --password makes"));
      return;
    }
    try {
      builder.user(name, hash.value().get(), settings.get(USER_SCOPES, name));
    } catch (UnusableSecretException unusable) {
      attempts.refuse(
          hash.mistake(unusable, "give the user a name without colons, and a password of its own"));
    }
  }

  private static void file(Path file, BasicProviderBuilder builder, Attempts attempts) {
    attempts.read(
        USERS_FILE,
        "name a file with a line name:hash for each user; brrt hash --password makes hashes",
        () -> BasicProviderBuilder.count(file));
    builder.usersFile(file);
  }

  private static SecurityProvider built(SchemeSettings settings, BasicProviderBuilder builder)
      throws UnusableSettingsException {
    try {
      return builder.build();
    } catch (UnusableSecretException unusable) {
      throw new UnusableSettingsException(
          List.of(
              settings
                  .at(USERS_FILE)
                  .mistake(unusable, "name each user once, in the file or below users")));
    }
  }

  /**
   * A file without users is one that somebody may get in by tomorrow. Hashes of passwords are all
   * there is, and nobody learns a password from one.
   */
  @Override
  public List<Finding> warnings(SchemeSettings settings) {
    Optional<Path> file = settings.get(USERS_FILE).map(Path::of);
    return file.isPresent() && settings.names(USERS).isEmpty() && isEmpty(file.get())
        ? List.of(
            settings
                .at(USERS_FILE)
                .warning(
                    "= " + file.get() + " has no user, and nobody gets in",
                    "add a line name:hash for each; brrt hash --password makes hashes"))
        : List.of();
  }

  /** A file of users has their scopes too, and may have others tomorrow. */
  @Override
  public Optional<List<Set<String>>> granted(SchemeSettings settings) {
    return settings.get(USERS_FILE).isPresent()
        ? Optional.empty()
        : Optional.of(
            settings.names(USERS).stream()
                .map(name -> Set.copyOf(settings.get(USER_SCOPES, name)))
                .toList());
  }

  /** One that has just become unreadable is told by who reads it again. */
  private static boolean isEmpty(Path file) {
    try {
      return BasicProviderBuilder.count(file) == 0;
    } catch (UnusableSecretException _) {
      return false;
    }
  }
}
