package io.brrtrouter.openapi.read;

import java.util.List;
import java.util.stream.Collectors;

/** Small change of sentences. */
final class Words {
  private Words() {}

  /** {@return a noun with its indefinite article} */
  static String an(String noun) {
    boolean vowel = "AEIOUaeiou".indexOf(noun.charAt(0)) >= 0 || noun.startsWith("XML");
    return (vowel ? "an " : "a ") + noun;
  }

  /** {@return words to choose from} */
  static String oneOf(List<String> words) {
    return words.stream().collect(Collectors.joining(", ", words.size() == 1 ? "" : "one of ", ""));
  }
}
