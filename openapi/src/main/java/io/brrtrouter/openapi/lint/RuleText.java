package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.Severity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a rule is about, in the words of {@code docs/lint.md}: resource {@code rules.tsv} has the
 * id, the usual severity, the reason and the advice of every rule that {@code brrt lint} reports,
 * those of reading a document and of compiling it too.
 *
 * @param id the id as findings carry it
 * @param severity that of most findings of the rule
 * @param reason why there is the rule, in Markdown
 * @param advice what would be right, in Markdown
 */
record RuleText(String id, Severity severity, String reason, String advice) {

  /** {@return the texts of all rules by id} */
  static Map<String, RuleText> all() {
    Map<String, RuleText> texts = new TreeMap<>();
    try (InputStream resource =
            Objects.requireNonNull(RuleText.class.getResourceAsStream("rules.tsv"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        RuleText text = of(line);
        texts.put(text.id(), text);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return texts;
  }

  private static RuleText of(String line) {
    String[] columns = line.split("\t", -1);
    Severity severity = columns[1].equals("error") ? Severity.ERROR : Severity.WARNING;
    return new RuleText(columns[0], severity, columns[2], columns[3]);
  }

  /** {@return the first sentence of the reason} */
  String summary() {
    int end = reason.indexOf(". ");
    return end < 0 ? reason : reason.substring(0, end + 1);
  }

  /** {@return Markdown as plain text, a sentence} */
  static String plain(String markdown) {
    String text = markdown.replace("`", "");
    String sentence = text.endsWith(".") ? text : text + ".";
    // A name in code is spelt as it is.
    return markdown.startsWith("`")
        ? sentence
        : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
