package io.brrtrouter.schema;

import io.brrtrouter.schema.pattern.EcmaPattern;
import io.brrtrouter.schema.pattern.PatternRefused;
import io.brrtrouter.schema.pattern.PatternSample;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** Candidates for strings, by format, pattern and length. */
final class StringSample {
  private static final String WORD = "string";

  /** Long enough where something excludes short ones. */
  private static final int LONG = 64;

  private StringSample() {}

  static Stream<StringNode> of(Demands demands, int variant) {
    int min = demands.atLeast("minLength");
    int max = demands.atMost("maxLength");
    if (min > max || min > InstanceSearch.MAX_CHARACTERS) {
      return Stream.of();
    }
    Set<String> texts = new LinkedHashSet<>();
    demands.texts("format").forEach(format -> addFormatted(format, min, variant, texts));
    List<EcmaPattern> patterns = demands.texts("pattern").flatMap(StringSample::pattern).toList();
    if (!patterns.isEmpty()) {
      PatternSample.of(patterns, min, max, variant).ifPresent(texts::add);
    }
    String word = variant == 0 ? WORD : WORD + variant;
    texts.add(fit(word, min, max));
    texts.add(fit(variant + word, min, max));
    texts.add(fit("", min, max));
    texts.add(fit(word, Math.min(Math.max(min, LONG), max), max));
    return texts.stream().map(JsonNodeFactory.instance::stringNode);
  }

  private static Stream<EcmaPattern> pattern(String source) {
    try {
      return Stream.of(EcmaPattern.compile(source, true));
    } catch (PatternRefused e) {
      // Compiling the schema says so.
      return Stream.of();
    }
  }

  private static void addFormatted(String format, int min, int variant, Set<String> texts) {
    String example = FormatExample.text(format);
    Optional<Format> test = Formats.named(format);
    if (example == null || test.isEmpty()) {
      return;
    }
    String text = variant == 0 ? example : variation(example, test.get(), variant);
    String padding = "a".repeat(Math.max(min - text.length(), 0));
    for (String candidate : List.of(text, text + padding, padding + text)) {
      if (test.get().matches(candidate)) {
        texts.add(candidate);
      }
    }
  }

  /**
   * Another text of the format: the first of its letters and digits that can change, from behind.
   */
  private static String variation(String example, Format format, int variant) {
    List<String> others = new ArrayList<>();
    for (int i = example.length() - 1; i >= 0 && others.size() < variant; i--) {
      char c = example.charAt(i);
      int first = c >= 'a' && c <= 'z' ? 'a' : c >= '0' && c <= '9' ? '0' : 0;
      int size = first == 'a' ? 26 : 10;
      for (int step = 1; first != 0 && step < size && others.size() < variant; step++) {
        char other = (char) (first + (c - first + step) % size);
        String text = example.substring(0, i) + other + example.substring(i + 1);
        if (format.matches(text)) {
          others.add(text);
        }
      }
    }
    return others.isEmpty() ? example : others.getLast();
  }

  private static String fit(String word, int min, int max) {
    // Of a word with a number the end, which tells variants apart.
    int start = word.equals(WORD) ? 0 : Math.max(word.length() - max, 0);
    String text = word.substring(start, Math.min(word.length() - start, max) + start);
    return text.length() < min
        ? text + WORD.repeat(min / WORD.length() + 1).substring(0, min - text.length())
        : text;
  }
}
