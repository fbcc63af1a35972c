package io.brrtrouter.security.keys;

import io.brrtrouter.security.jose.KeySet;
import org.jspecify.annotations.Nullable;

/**
 * Keys as they were loaded once. As long as the same is loaded again, it stays the same object.
 *
 * @param set the keys
 * @param issuer whose keys they are, as metadata says; null where nothing said
 * @param source the text they were read from, octet by octet
 */
public record Keys(KeySet set, @Nullable String issuer, String source) {
  @Override
  public String toString() {
    return "Keys[" + set.size() + ", " + issuer + "]";
  }
}
