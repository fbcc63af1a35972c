package io.brrtrouter.security;

import io.brrtrouter.server.auth.DevelopmentProvider;
import io.brrtrouter.server.auth.UnusableSecretException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who there is, by name. Immutable. */
final class Users {
  private final Map<String, User> byName;
  private final List<User> all;

  private Users(Map<String, User> byName) {
    this.byName = byName;
    this.all = List.copyOf(byName.values());
  }

  /**
   * Puts users together.
   *
   * @param users users, no name twice
   * @return them
   * @throws UnusableSecretException if there is a name twice
   */
  static Users of(List<User> users) throws UnusableSecretException {
    Map<String, User> byName = new HashMap<>();
    for (User user : users) {
      if (byName.put(user.name(), user) != null) {
        throw new UnusableSecretException("there are two users " + user.name());
      }
    }
    return new Users(byName);
  }

  /** {@return the user with a name, null if there is none} */
  @Nullable User find(String name) {
    return byName.get(name);
  }

  /**
   * {@return the user whose hash is computed for a name that nobody has} Always the same for one
   * name: answers for names that nobody has take as long as answers for names that somebody has,
   * whatever hashes there are, and as often. Null where nobody is left to be told from.
   *
   * @param name a number that the name determines, and that nobody can foretell
   */
  @Nullable User standIn(long name) {
    return all.isEmpty() ? null : all.get((int) Math.floorMod(name, (long) all.size()));
  }

  int size() {
    return all.size();
  }

  /**
   * Makes a user of what is configured.
   *
   * @param name the name
   * @param hash what stands for the password
   * @param scopes scopes or roles
   * @return the user
   * @throws UnusableSecretException if one of them cannot be used
   */
  static User user(String name, String hash, List<String> scopes) throws UnusableSecretException {
    if (name.isEmpty() || name.indexOf(':') >= 0) {
      throw new UnusableSecretException("a user has a name, without colons");
    }
    try {
      PasswordHash parsed = PasswordHash.parse(hash);
      checkSecrecy(name, parsed);
      return new User(name, parsed, scopes);
    } catch (UnusableSecretException unusable) {
      throw new UnusableSecretException(
          "the password hash of user " + name + ": " + unusable.getMessage());
    }
  }

  /** Of this user only: computing hashes of thousands would take minutes at each start. */
  private static void checkSecrecy(String name, PasswordHash hash) throws UnusableSecretException {
    if (name.equals(DevelopmentProvider.USER)
        && (hash.matches(DevelopmentProvider.SECRET)
            || hash.matches(DevelopmentProvider.WITHOUT_SCOPES))) {
      throw new UnusableSecretException(
          "it is that of the password for development, which everybody knows");
    }
  }

  /**
   * Reads a file of users.
   *
   * @param text {@code name:hash} or {@code name:hash:scope scope} in each line; empty lines and
   *     those that begin with {@code #} do not count
   * @return the users, in order
   * @throws UnusableSecretException if a line is anything else
   */
  static List<User> read(String text) throws UnusableSecretException {
    List<User> users = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.strip().split(":", -1);
      if (parts.length < 2 || parts.length > 3) {
        throw new UnusableSecretException(
            "line " + number + " is not of the form name:hash or name:hash:scope scope");
      }
      try {
        users.add(user(parts[0], parts[1], parts.length == 3 ? scopes(parts[2]) : List.of()));
      } catch (UnusableSecretException unusable) {
        throw new UnusableSecretException("line " + number + ": " + unusable.getMessage());
      }
    }
    return users;
  }

  private static List<String> scopes(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }
}
