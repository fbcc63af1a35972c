package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.model.OperationExtension;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Guesses which extension of operations is meant by a name that others may use for what is theirs:
 * only where the name is very near and the value is one that the extension can have.
 */
final class MisspeltExtension {
  private static final String PREFIX = "x-";
  private static final String OWN_PREFIX = "x-brrtrouter-";

  /** Up to that length most words differ from others in one letter. */
  private static final int SHORT = 4;

  private static final int LETTERS_FOR_ONE = 6;

  private MisspeltExtension() {}

  /**
   * {@return the extension that is meant, if that is likely}
   *
   * @param name the name of an extension, which is none that is known
   * @param operation the operation that has it
   */
  static Optional<String> meant(String name, JsonNode operation) {
    if (!name.startsWith(PREFIX) || name.startsWith(OperationExtension.HANDLER_PREFIX)) {
      return Optional.empty();
    }
    String word = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
    JsonNode value = operation.path(name);
    for (OperationExtension each : OperationExtension.values()) {
      if (each.allows(value) && !operation.has(each.field()) && isMeant(word, each.field())) {
        return Optional.of(each.field());
      }
    }
    String handler = OperationExtension.HANDLER_PREFIX;
    return OperationExtension.namesHandler(value)
            && OperationExtension.handler(operation).isEmpty()
            && isNear(word, handler.substring(PREFIX.length()))
        ? Optional.of(handler)
        : Optional.empty();
  }

  /** Without its prefix an extension of ours has a name that others use too: it is that or none. */
  private static boolean isMeant(String word, String field) {
    return field.startsWith(OWN_PREFIX)
        ? word.equals(field.substring(OWN_PREFIX.length()))
        : isNear(word, field.substring(PREFIX.length()));
  }

  private static boolean isNear(String given, String word) {
    boolean otherLetters = given.length() == word.length() && !letters(given).equals(letters(word));
    return !(word.length() <= SHORT && otherLetters)
        && Spelling.isNear(given, word, Math.max(1, word.length() / LETTERS_FOR_ONE));
  }

  private static String letters(String text) {
    return text.chars()
        .sorted()
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
