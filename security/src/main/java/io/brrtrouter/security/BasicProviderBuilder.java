package io.brrtrouter.security;

import io.brrtrouter.server.auth.UnusableSecretException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link BasicProvider}, which needs a {@link #user} or a {@link #usersFile}. A value out
 * of range is refused by the method that takes it.
 */
public final class BasicProviderBuilder {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MOST_AT_ONCE = 1_024;

  /** Some thousands of users. */
  private static final int MOST_OCTETS = 1024 * 1024;

  private final List<User> users = new ArrayList<>();
  private @Nullable Path usersFile;
  private String scheme = "";
  private Duration cacheTtl = Duration.ofSeconds(60);
  private Duration patience = Duration.ofSeconds(2);
  private int concurrency = Runtime.getRuntime().availableProcessors();
  private int mostRemembered = 10_000;
  private InstantSource clock = Clock.systemUTC();

  BasicProviderBuilder() {}

  /**
   * Adds a user.
   *
   * @param name the name, which becomes the subject; without colons
   * @param passwordHash {@code $pbkdf2-sha256$i=600000$<salt>$<hash>}, as {@code brrt hash
   *     --password} makes it, or bcrypt of cost 10 to 14
   * @param scopes scopes or roles
   * @return this
   * @throws UnusableSecretException if the name is empty or has a colon, or the hash has another
   *     form or is too weak
   */
  public BasicProviderBuilder user(String name, String passwordHash, List<String> scopes)
      throws UnusableSecretException {
    users.add(Users.user(name, passwordHash, scopes));
    return this;
  }

  /**
   * Adds a file with users, read again by {@link BasicProvider#reload}. Who is taken out of it is
   * nobody any more, and when it is gone, so are its users.
   *
   * @param file {@code name:hash} or {@code name:hash:scope scope} in each line; empty lines and
   *     those that begin with {@code #} do not count
   * @return this
   */
  public BasicProviderBuilder usersFile(Path file) {
    usersFile = file;
    return this;
  }

  /**
   * Sets how long a password that was right is not verified again. A user who is taken out of the
   * file, or has another password there, is not remembered.
   *
   * @param ttl 0, for not at all, to 1 day; 60 seconds unless set
   * @return this
   */
  public BasicProviderBuilder cacheTtl(Duration ttl) {
    cacheTtl = KeySettings.inRange("cacheTtl", ttl, Duration.ZERO, DAY);
    return this;
  }

  /**
   * Sets how many passwords are verified at once; others wait.
   *
   * @param passwords 1 to 1,024; as many as there are processors unless set
   * @return this
   */
  public BasicProviderBuilder concurrency(int passwords) {
    if (passwords < 1 || passwords > MOST_AT_ONCE) {
      throw new IllegalArgumentException(
          "concurrency: " + passwords + " is not between 1 and " + MOST_AT_ONCE);
    }
    concurrency = passwords;
    return this;
  }

  /**
   * Sets how long a password waits for its turn before the request is answered with 503.
   *
   * @param duration 0 to 1 minute; 2 seconds unless set
   * @return this
   */
  public BasicProviderBuilder patience(Duration duration) {
    patience = KeySettings.inRange("patience", duration, Duration.ZERO, Duration.ofMinutes(1));
    return this;
  }

  /**
   * Sets what tells the time.
   *
   * @param clock the system's unless set
   * @return this
   */
  public BasicProviderBuilder clock(InstantSource clock) {
    this.clock = clock;
    return this;
  }

  /** Says how many passwords that were right are remembered; 10,000 unless set. */
  BasicProviderBuilder mostRemembered(int passwords) {
    mostRemembered = passwords;
    return this;
  }

  /** Says which security scheme the users are for, for the log. */
  BasicProviderBuilder scheme(String name) {
    scheme = name;
    return this;
  }

  /**
   * Builds the provider.
   *
   * @return the provider, to be closed
   * @throws UnusableSecretException if there are neither users nor a file of users, a name is there
   *     twice, or the file cannot be read or used; one without users lets nobody in
   */
  public BasicProvider build() throws UnusableSecretException {
    List<User> given = List.copyOf(users);
    Path path = usersFile;
    WatchedFile<Users> file =
        path == null
            ? null
            : new WatchedFile<>(
                path, MOST_OCTETS, text -> Users.of(all(given, text)), Users.of(given));
    Users all = file == null ? Users.of(given) : file.value();
    if (path == null && given.isEmpty()) {
      throw new UnusableSecretException("there is no user at all");
    }
    return new BasicProvider(
        new BasicProvider.Parts(
            all,
            file,
            path == null ? "" : ", read from " + path,
            scheme,
            cacheTtl,
            patience,
            concurrency,
            mostRemembered,
            clock));
  }

  /** {@return how many users a file has} They are forgotten again. */
  static int count(Path file) throws UnusableSecretException {
    return new WatchedFile<>(file, MOST_OCTETS, Users::read).value().size();
  }

  private static List<User> all(List<User> given, String text) throws UnusableSecretException {
    List<User> all = new ArrayList<>(given);
    all.addAll(Users.read(text));
    return all;
  }
}
