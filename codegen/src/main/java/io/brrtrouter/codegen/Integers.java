package io.brrtrouter.codegen;

import java.util.Locale;

/** What an integer becomes that has neither a format nor bounds. */
public enum Integers {
  /** A {@code long}; a request with a greater one is refused as one that cannot be represented. */
  LONG,
  /** A {@code BigInteger}: every integer has a value. */
  EXACT;

  /**
   * {@return the policy that is meant}
   *
   * @param text the policy as command lines and build files spell it
   * @throws IllegalArgumentException with the sentence to show, when there is none
   */
  public static Integers parse(String text) {
    return Spelled.constant(text, values());
  }

  /** {@return the policy as command lines and build files spell it} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
