package io.brrtrouter.codegen;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants as command lines and build files spell them. */
final class Spelled {
  private Spelled() {}

  /**
   * {@return the constant that is meant, in letters of any size}
   *
   * @param text what is written
   * @param constants those there are
   * @throws IllegalArgumentException with the sentence to show, when it is none of them
   */
  static <E extends Enum<E>> E constant(String text, E[] constants) {
    for (E each : constants) {
      if (each.name().equals(text.strip().toUpperCase(Locale.ROOT))) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "\"%s\" is none of %s"
            .formatted(
                text,
                Arrays.stream(constants).map(Enum::toString).collect(Collectors.joining(", "))));
  }
}
