package io.brrtrouter.codegen;

import java.util.Locale;

/** What becomes of a string that is not among the values of an enum. */
public enum UnknownEnums {
  /** It is refused, as the schema says: the class is a Java enum. */
  REFUSE,
  /** It is kept, for callers of services that grow: the class is a sealed interface. */
  KEEP;

  /**
   * {@return the policy that is meant}
   *
   * @param text the policy as command lines and build files spell it
   * @throws IllegalArgumentException with the sentence to show, when there is none
   */
  public static UnknownEnums parse(String text) {
    return Spelled.constant(text, values());
  }

  /** {@return the policy as command lines and build files spell it} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
