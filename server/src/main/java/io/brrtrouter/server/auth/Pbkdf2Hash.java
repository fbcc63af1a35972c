package io.brrtrouter.server.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What stands for a password: PBKDF2 (RFC 8018 section 5.2) with HMAC-SHA256, written {@code
 * $pbkdf2-sha256$i=600000$<salt>$<hash>} with salt and hash in base64 without padding. Immutable;
 * its text form shows nothing.
 */
public final class Pbkdf2Hash {
  /** How it begins. */
  public static final String PREFIX = "$pbkdf2-sha256$";

  /** What OWASP's Password Storage Cheat Sheet asks for: a few tenths of a second. */
  private static final int ITERATIONS = 600_000;

  private static final int FEWEST_ITERATIONS = 100_000;

  /** Beyond, a request costs seconds. */
  private static final int MOST_ITERATIONS = 10_000_000;

  /** NIST SP 800-132 section 5.1 asks for 128 bits. */
  private static final int LEAST_SALT = 16;

  private static final int LEAST_HASH = 32;
  private static final int MOST_OCTETS = 64;

  private static final Pattern FORM =
      Pattern.compile(
          "\\$pbkdf2-sha256\\$i=([1-9][0-9]{0,8})(?:,l=([1-9][0-9]{0,2}))?"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private Pbkdf2Hash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /**
   * {@return what stands for a password, with a new salt} Takes a few tenths of a second.
   *
   * @param password the password, not empty
   */
  public static Pbkdf2Hash of(String password) {
    byte[] salt = new byte[LEAST_SALT];
    new SecureRandom().nextBytes(salt);
    return new Pbkdf2Hash(ITERATIONS, salt, derive(password, salt, ITERATIONS, LEAST_HASH));
  }

  /**
   * Reads what {@link #written} writes.
   *
   * @param text the text; {@code ,l=} with the length may follow the iterations
   * @return the hash
   * @throws UnusableSecretException if it has another form or is too weak: a sentence about "it"
   */
  public static Pbkdf2Hash parse(String text) throws UnusableSecretException {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new UnusableSecretException(
          "it is not of the form " + PREFIX + "i=" + ITERATIONS + "$salt$hash in base64");
    }
    int iterations = Integer.parseInt(parts.group(1));
    byte[] salt = decoded("salt", parts.group(3), LEAST_SALT);
    byte[] hash = decoded("hash", parts.group(4), LEAST_HASH);
    if (iterations < FEWEST_ITERATIONS || iterations > MOST_ITERATIONS) {
      throw new UnusableSecretException(
          "it has %d iterations, and %d to %d are needed"
              .formatted(iterations, FEWEST_ITERATIONS, MOST_ITERATIONS));
    }
    if (parts.group(2) != null && Integer.parseInt(parts.group(2)) != hash.length) {
      throw new UnusableSecretException("its hash has another length than it says");
    }
    return new Pbkdf2Hash(iterations, salt, hash);
  }

  private static byte[] decoded(String what, String text, int least)
      throws UnusableSecretException {
    byte[] octets;
    try {
      octets = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException invalid) {
      throw new UnusableSecretException("its " + what + " is not base64");
    }
    if (octets.length < least || octets.length > MOST_OCTETS) {
      throw new UnusableSecretException(
          "its %s has %s, and %d to %d are needed"
              .formatted(
                  what,
                  octets.length == 1 ? "1 octet" : octets.length + " octets",
                  least,
                  MOST_OCTETS));
    }
    return octets;
  }

  /**
   * {@return whether it stands for a password} Takes a few tenths of a second; how long tells
   * nothing about where they differ.
   *
   * @param password the password; an empty one never is, and none with an octet of zero
   */
  public boolean matches(String password) {
    // HMAC fills up a short key with octets of zero, and cannot tell those of a password from them.
    return !password.isEmpty()
        && password.indexOf('\0') < 0
        && MessageDigest.isEqual(hash, derive(password, salt, iterations, hash.length));
  }

  private static byte[] derive(String password, byte[] salt, int iterations, int octets) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, octets * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has PBKDF2", impossible);
    } finally {
      spec.clearPassword();
    }
  }

  /** {@return how it is written in a configuration} */
  public String written() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "%si=%d$%s$%s"
        .formatted(PREFIX, iterations, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Pbkdf2Hash that
        && iterations == that.iterations
        && MessageDigest.isEqual(salt, that.salt)
        && MessageDigest.isEqual(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(salt);
  }

  @Override
  public String toString() {
    return "Pbkdf2Hash[hidden]";
  }
}
