package io.brrtrouter.openapi.source;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers as nodes, without losing a digit. */
final class Numbers {
  /** Longest number text accepted; longer ones only serve to keep a machine busy. */
  static final int MAX_LENGTH = 1_000;

  /** Largest decimal exponent accepted: nothing that computes with the number may explode. */
  private static final int MAX_EXPONENT = 100_000;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Numbers() {}

  /** {@return the smallest integer node that holds the digits} */
  static JsonNode integer(String digits, int radix) {
    if (digits.length() <= 9) {
      return NODES.numberNode(Integer.parseInt(digits, radix));
    }
    BigInteger value = new BigInteger(digits, radix);
    if (value.bitLength() < 32) {
      return NODES.numberNode(value.intValue());
    }
    return value.bitLength() < 64 ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
  }

  /** {@return the exact decimal, or null when its exponent is absurd} */
  static @Nullable JsonNode decimal(String text) {
    try {
      BigDecimal value = new BigDecimal(text);
      return Math.abs((long) value.scale()) > MAX_EXPONENT ? null : NODES.numberNode(value);
    } catch (NumberFormatException exponentOutOfRange) {
      return null;
    }
  }
}
