package io.brrtrouter.security;

import io.brrtrouter.security.jose.InvalidKeySetException;
import io.brrtrouter.security.jose.KeySet;
import io.brrtrouter.security.keys.Keys;
import io.brrtrouter.server.auth.Guessable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A secret that is shared with who issues tokens, as it stands in a file: in base64url. */
final class SharedSecret {
  /** One for HS256: fewer octets can be guessed (RFC 7518 section 3.2). */
  static final int LEAST_OCTETS = 32;

  /** Of 32 random hexadecimal digits, the least random that anybody sets, nearly all have more. */
  private static final int LEAST_VALUES = 8;

  private SharedSecret() {}

  /**
   * {@return what a file has, the previous keys where it has the same}
   *
   * @param octets of the file: base64url, with white space around it or not
   * @param previous what it had before, null at first
   * @throws InvalidKeySetException if it is not base64url, or can be guessed
   */
  static Keys keys(byte[] octets, @Nullable Keys previous) throws InvalidKeySetException {
    byte[] secret = decode(new String(octets, StandardCharsets.ISO_8859_1).strip());
    String weakness = weakness(secret);
    if (weakness != null) {
      throw new InvalidKeySetException("it " + weakness);
    }
    Keys now = of(secret);
    return previous != null && previous.source().equals(now.source()) ? previous : now;
  }

  /**
   * {@return why a secret can be guessed, null if it looks random} Of those that are long enough
   * and random next to none has so few octets that differ; all else is as with a {@link Guessable
   * key}.
   *
   * @param secret the secret
   */
  static @Nullable String weakness(byte[] secret) {
    if (secret.length < LEAST_OCTETS) {
      return "has %s, and fewer than %d can be guessed"
          .formatted(secret.length == 1 ? "1 octet" : secret.length + " octets", LEAST_OCTETS);
    }
    BitSet values = new BitSet();
    for (byte octet : secret) {
      values.set(octet & 0xFF);
    }
    return values.cardinality() < LEAST_VALUES
        ? "repeats a few characters, which can be guessed"
        : Guessable.why(new String(secret, StandardCharsets.ISO_8859_1));
  }

  /**
   * {@return the octets that a text stands for}
   *
   * @param text base64url with or without padding (RFC 4648 section 5)
   * @throws InvalidKeySetException if it is none
   */
  static byte[] decode(String text) throws InvalidKeySetException {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      throw new InvalidKeySetException("it is not base64url");
    }
  }

  /**
   * {@return a secret as keys}
   *
   * @param secret at least {@link #LEAST_OCTETS}
   */
  static Keys of(byte[] secret) {
    try {
      // Enough to see that it is another one, and not the secret itself.
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret);
      return new Keys(KeySet.ofSecret(secret), null, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
