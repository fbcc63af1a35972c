package io.brrtrouter.server.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings about users and passwords, for each scheme of HTTP basic. */
final class BasicKeys {
  static final SchemeKeys SECTION = new SchemeKeys("security.basic");

  private static final int MOST_AT_ONCE = 1_024;

  static final ConfigKey<Optional<String>> PASSWORD_HASH =
      SECTION.secret(
          "users.<name>.password_hash",
          "What stands for the password of a user of an `http` scheme with `basic`:"
              + " `$pbkdf2-sha256$i=600000$...`, as `brrt hash --password` makes it, or bcrypt"
              + " (`$2y$12$...`, cost 10 to 14).");
  static final ConfigKey<List<String>> USER_SCOPES =
      SECTION.scopes("users.<name>.scopes", "Scopes or roles of that user.");
  static final ConfigKey<Optional<String>> USERS_FILE =
      SECTION.file(
          "users_file",
          "A file with further users, one in a line, `name:hash` or `name:hash:scope scope`, read"
              + " again when it changes. `#` begins a line that does not count.");
  static final ConfigKey<Duration> CACHE_TTL =
      SECTION.keeping(
          "cache_ttl_secs", 60, "How long a password that was right is not verified again");
  static final ConfigKey<Integer> CONCURRENCY =
      SECTION.integer(
          "concurrency",
          0,
          MOST_AT_ONCE,
          0,
          "Passwords that are verified at once, others wait; 0 for as many as there are processors.");

  static final List<ConfigKey<?>> ALL =
      List.of(PASSWORD_HASH, USER_SCOPES, USERS_FILE, CACHE_TTL, CONCURRENCY);

  private BasicKeys() {}

  static BasicSettings of(ConfigValues values, String scheme) {
    Map<String, BasicSettings.User> users = new LinkedHashMap<>();
    String section = SECTION.section() + "." + ConfigName.segment(scheme) + ".users";
    for (String user : values.names(section)) {
      users.put(
          user,
          new BasicSettings.User(
              values.get(PASSWORD_HASH.of(scheme, user)),
              values.get(USER_SCOPES.of(scheme, user))));
    }
    return new BasicSettings(
        users,
        values.get(USERS_FILE.of(scheme)).map(Path::of),
        values.get(CACHE_TTL.of(scheme)),
        values.get(CONCURRENCY.of(scheme)));
  }
}
