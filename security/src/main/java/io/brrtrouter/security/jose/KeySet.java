package io.brrtrouter.security.jose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The keys of one issuer (RFC 7517 section 5). Immutable. */
public final class KeySet {
  /** No keys. */
  public static final KeySet NONE = new KeySet(List.of(), List.of(), true);

  private final List<VerificationKey> keys;
  private final Map<String, List<VerificationKey>> byKid;
  private final Set<VerificationKey> held;
  private final List<String> skipped;

  /** A secret of the configuration has no name: it is the key of every token. */
  private final boolean named;

  private KeySet(List<VerificationKey> keys, List<String> skipped, boolean named) {
    this.keys = List.copyOf(keys);
    this.held = Set.copyOf(keys);
    this.skipped = List.copyOf(skipped);
    this.named = named;
    this.byKid = new HashMap<>();
    for (VerificationKey key : keys) {
      String kid = key.kid();
      if (kid != null) {
        byKid.computeIfAbsent(kid, each -> new ArrayList<>()).add(key);
      }
    }
  }

  /** Which key of a set is that of a token. */
  public sealed interface Selection {
    /** The set has no key of this name: a newer one may. */
    Selection UNKNOWN = new Unknown();

    /**
     * This one.
     *
     * @param key the key
     */
    record Selected(VerificationKey key) implements Selection {}

    /** None that the set has. */
    record Unknown() implements Selection {}

    /**
     * None: those that could be it do not fit, or more than one does. Of a newer set, one may.
     *
     * @param reason why, for the client
     */
    record Unfit(String reason) implements Selection {}
  }

  /** As {@link #parse(byte[], KeyUse, JoseLimits)} within the usual limits. */
  static KeySet parse(byte[] octets, KeyUse use) throws InvalidKeySetException {
    return parse(octets, use, JoseLimits.DEFAULT);
  }

  /**
   * Reads a key set. Keys that cannot be used are left out, see {@link #skipped()}.
   *
   * @param octets the text
   * @param use what keys are for
   * @param limits bounds on the set
   * @return the set; it may have no keys
   * @throws InvalidKeySetException if it is none
   */
  public static KeySet parse(byte[] octets, KeyUse use, JoseLimits limits)
      throws InvalidKeySetException {
    if (octets.length > limits.set()) {
      throw new InvalidKeySetException("it is longer than " + limits.set() + " octets");
    }
    ObjectNode object = StrictJson.object(octets);
    if (object == null) {
      throw new InvalidKeySetException("it is not a JSON object with unique names");
    }
    JsonNode array = object.get("keys");
    if (array == null || !array.isArray()) {
      throw new InvalidKeySetException("it has no array \"keys\"");
    }
    if (array.size() > limits.keys()) {
      throw new InvalidKeySetException("it has more than " + limits.keys() + " keys");
    }
    List<VerificationKey> keys = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      if (use.isForeign(array.get(i))) {
        continue;
      }
      try {
        keys.add(JwkReader.read(array.get(i), use, limits));
      } catch (UnusableKeyException unusable) {
        skipped.add("key " + (i + 1) + ": " + unusable.getMessage());
      }
    }
    return new KeySet(keys, skipped, true);
  }

  /**
   * {@return the set of one secret, which verifies HS256, HS384 and HS512}
   *
   * @param secret at least 32 octets
   */
  public static KeySet ofSecret(byte[] secret) {
    return new KeySet(List.of(VerificationKey.ofSecret(secret)), List.of(), false);
  }

  /** {@return why keys were left out, one sentence each without its full stop; no key is shown} */
  public List<String> skipped() {
    return skipped;
  }

  /** {@return how many keys can be used} */
  public int size() {
    return keys.size();
  }

  /**
   * {@return whether a key is one of the set}
   *
   * @param key the key
   */
  public boolean contains(VerificationKey key) {
    return held.contains(key);
  }

  /**
   * {@return whether a token is taken at its word about which key is its own}
   *
   * @param jws the token
   */
  public boolean isNamedBy(CompactJws jws) {
    return named && jws.kid() != null;
  }

  /**
   * Selects the key of a token: by its name, and where it has none, the only key that fits. There
   * is no trying of keys.
   *
   * @param jws the token
   * @return the key, or why there is none
   */
  public Selection select(CompactJws jws) {
    String kid = isNamedBy(jws) ? jws.kid() : null;
    List<VerificationKey> candidates = kid == null ? keys : byKid.get(kid);
    if (candidates == null) {
      return Selection.UNKNOWN;
    }
    @Nullable VerificationKey fitting = null;
    for (VerificationKey each : candidates) {
      if (each.fits(jws.algorithm())) {
        if (fitting != null) {
          return new Selection.Unfit("the token does not say which key it is signed with");
        }
        fitting = each;
      }
    }
    return fitting == null
        ? new Selection.Unfit("no key is for the algorithm of the token")
        : new Selection.Selected(fitting);
  }
}
