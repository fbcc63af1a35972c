package io.brrtrouter.codegen;

/** What an integer becomes that has neither a format nor bounds. */
public enum Integers {
  /** A {@code long}; a request with a greater one is refused as one that cannot be represented. */
  LONG,
  /** A {@code BigInteger}: every integer has a value. */
  EXACT
}
