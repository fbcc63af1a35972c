package io.brrtrouter.codegen.read;

import io.brrtrouter.schema.codec.JsonPattern;

/** Knows which patterns generated code can match. */
final class Patterns {
  private Patterns() {}

  /** {@return whether a pattern is matched in linear time} */
  static boolean isLinear(String pattern) {
    try {
      JsonPattern.of(pattern);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
