package io.brrtrouter.security;

import io.brrtrouter.server.auth.UnusableSecretException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that says which tokens may not be used any more: a {@code jti} in each line, or {@code
 * sub:} and a subject all of whose tokens are meant.
 */
final class RevokedTokens {
  private static final Logger LOG = LoggerFactory.getLogger(RevokedTokens.class);

  private static final String SUBJECT = "sub:";

  /** A hundred thousand identifiers. */
  private static final int MOST_OCTETS = 4 * 1024 * 1024;

  private final WatchedFile<Set<String>> file;

  RevokedTokens(Path path) throws UnusableSecretException {
    file = new WatchedFile<>(path, MOST_OCTETS, RevokedTokens::read);
  }

  private static Set<String> read(String text) {
    Set<String> revoked = new HashSet<>();
    text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(revoked::add);
    return revoked;
  }

  /** {@return whether a token is one of them} Never blocks. */
  boolean contain(Map<String, Object> claims) {
    Set<String> revoked = file.value();
    return has(revoked, "", claims.get("jti")) || has(revoked, SUBJECT, claims.get("sub"));
  }

  private static boolean has(Set<String> revoked, String prefix, @Nullable Object claim) {
    return claim instanceof String text && revoked.contains(prefix + text);
  }

  void reload() {
    file.reload(LOG, "Revoked tokens");
  }
}
