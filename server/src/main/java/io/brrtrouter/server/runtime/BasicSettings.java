package io.brrtrouter.server.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who the users of a scheme of HTTP basic are, as configured; {@code docs/configuration.md}
 * explains each.
 *
 * @param users users by name
 * @param usersFile a file with further ones
 * @param cacheTtl how long a password that was right is not verified again
 * @param concurrency passwords that are verified at once, 0 for as many as there are processors
 */
public record BasicSettings(
    Map<String, User> users, Optional<Path> usersFile, Duration cacheTtl, int concurrency) {

  /**
   * A user.
   *
   * @param passwordHash what stands for the password
   * @param scopes scopes or roles
   */
  public record User(Optional<String> passwordHash, List<String> scopes) {
    /** {@return the user without what must not be shown} */
    @Override
    public String toString() {
      return "User[hidden]";
    }
  }
}
