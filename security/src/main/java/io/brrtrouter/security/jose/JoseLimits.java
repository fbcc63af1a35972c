package io.brrtrouter.security.jose;

/**
 * Bounds on tokens and on the keys that verify them. What is beyond is an attack or a mistake.
 *
 * @param token characters of a token
 * @param kid octets of the name of a key, in a token and in a set
 * @param set octets of a key set, and of what names it
 * @param keys keys of a set
 */
public record JoseLimits(int token, int kid, int set, int keys) {

  /** The limits unless configured otherwise: half of what the head of a request may have. */
  public static final JoseLimits DEFAULT = new JoseLimits(8 * 1024, 256, 256 * 1024, 100);

  /** The least that any may be set to. */
  public static final JoseLimits LEAST = new JoseLimits(256, 1, 1024, 1);

  /** The most that each may be set to; claims have no longer texts than such a token. */
  public static final JoseLimits MOST =
      new JoseLimits(StrictJson.MAX_STRING, 8 * 1024, 4 << 20, 10_000);

  /**
   * {@return these with another bound on tokens}
   *
   * @param characters within {@link #LEAST} and {@link #MOST}
   */
  public JoseLimits withToken(int characters) {
    inRange("maxTokenBytes", characters, LEAST.token, MOST.token);
    return new JoseLimits(characters, kid, set, keys);
  }

  /**
   * {@return these with another bound on the names of keys}
   *
   * @param octets within {@link #LEAST} and {@link #MOST}
   */
  public JoseLimits withKid(int octets) {
    inRange("maxKidBytes", octets, LEAST.kid, MOST.kid);
    return new JoseLimits(token, octets, set, keys);
  }

  /**
   * {@return these with another bound on the size of key sets}
   *
   * @param octets within {@link #LEAST} and {@link #MOST}
   */
  public JoseLimits withSet(int octets) {
    inRange("maxKeySetBytes", octets, LEAST.set, MOST.set);
    return new JoseLimits(token, kid, octets, keys);
  }

  /**
   * {@return these with another bound on the keys of a set}
   *
   * @param number within {@link #LEAST} and {@link #MOST}
   */
  public JoseLimits withKeys(int number) {
    inRange("maxKeys", number, LEAST.keys, MOST.keys);
    return new JoseLimits(token, kid, set, number);
  }

  private static void inRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": " + value + " is not between " + least + " and " + most);
    }
  }
}
