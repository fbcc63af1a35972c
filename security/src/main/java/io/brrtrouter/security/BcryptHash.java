package io.brrtrouter.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.brrtrouter.server.auth.UnusableSecretException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands for a password by bcrypt, as {@code htpasswd -B} and others make it.
 *
 * @param written its text
 */
record BcryptHash(String written) implements PasswordHash {
  static final String PREFIX = "$2";

  /** Less can be tried too fast, more takes seconds for each request. */
  private static final int LEAST_COST = 10;

  private static final int MOST_COST = 14;

  /** What bcrypt looks at; the rest would not count. */
  private static final int MOST_OCTETS = 72;

  private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");

  static BcryptHash parse(String text) throws UnusableSecretException {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new UnusableSecretException(
          "it is not bcrypt of the form $2a$, $2b$ or $2y$ with 60 characters");
    }
    int cost = Integer.parseInt(parts.group(1));
    if (cost < LEAST_COST || cost > MOST_COST) {
      throw new UnusableSecretException(
          "it has the cost %d, and %d to %d are needed".formatted(cost, LEAST_COST, MOST_COST));
    }
    return new BcryptHash(text);
  }

  @Override
  public boolean matches(String password) {
    byte[] octets = password.getBytes(StandardCharsets.UTF_8);
    // An octet of zero ends a password in most libraries, and would make others equal to it here.
    return octets.length > 0
        && octets.length <= MOST_OCTETS
        && password.indexOf('\0') < 0
        && BCrypt.verifyer().verify(octets, written.getBytes(StandardCharsets.US_ASCII)).verified;
  }

  @Override
  public String toString() {
    return "BcryptHash[hidden]";
  }
}
