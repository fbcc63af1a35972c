package io.brrtrouter.server.runtime;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Writes a JSON value as YAML 1.2: mappings and sequences as blocks, a scalar plain where every
 * reader takes it for the same value, else as JSON writes it, which YAML understands.
 */
final class YamlText {
  private static final String INDENT = "  ";

  /** Beside letters; neither {@code :} nor {@code #}, which mean something next to a space. */
  private static final String PLAIN = "0123456789 _-./()+;$";

  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder text = new StringBuilder();

  private YamlText() {}

  /**
   * {@return the value as YAML}
   *
   * @param value the value
   */
  static String of(JsonNode value) {
    YamlText yaml = new YamlText();
    if (isBlock(value)) {
      yaml.block(value, 0);
    } else {
      yaml.text.append(scalar(value)).append('\n');
    }
    return yaml.text.toString();
  }

  /** Empty collections have no block form. */
  private static boolean isBlock(JsonNode value) {
    return value.isContainer() && !value.isEmpty();
  }

  private void block(JsonNode value, int depth) {
    if (value.isArray()) {
      value.forEach(element -> element(element, depth));
    } else {
      value.forEachEntry((name, member) -> member(name, member, depth));
    }
  }

  private void element(JsonNode element, int depth) {
    if (isBlock(element)) {
      int start = text.length();
      block(element, depth + 1);
      // The dash stands in the indentation of the element's first line.
      text.setCharAt(start + depth * INDENT.length(), '-');
    } else {
      text.repeat(INDENT, depth).append("- ").append(scalar(element)).append('\n');
    }
  }

  private void member(String name, JsonNode member, int depth) {
    text.repeat(INDENT, depth).append(string(name)).append(':');
    if (isBlock(member)) {
      text.append('\n');
      block(member, depth + 1);
    } else if (member.isString() && isPassage(member.stringValue())) {
      passage(member.stringValue(), depth + 1);
    } else {
      text.append(' ').append(scalar(member)).append('\n');
    }
  }

  private static String scalar(JsonNode value) {
    return value.isString() ? string(value.stringValue()) : value.toString();
  }

  /** Several lines that a literal block keeps as they are. */
  private static boolean isPassage(String string) {
    return string.indexOf('\n') > 0
        && string.charAt(0) != ' '
        && string.endsWith("\n")
        && !string.endsWith("\n\n")
        && string.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 127));
  }

  private void passage(String string, int depth) {
    text.append(" |\n");
    string
        .lines()
        .forEach(line -> text.repeat(INDENT, line.isEmpty() ? 0 : depth).append(line).append('\n'));
  }

  private static String string(String string) {
    return isPlain(string) ? string : JsonNodeFactory.instance.stringNode(string).toString();
  }

  /**
   * Letters and what cannot be taken for syntax. What begins with a letter is no number, and the
   * few words that mean something else are excluded, those of YAML 1.1 included.
   */
  private static boolean isPlain(String string) {
    if (string.isEmpty()
        || !isLetter(string.charAt(0))
        || string.endsWith(" ")
        || WORDS.contains(string.toLowerCase(Locale.ROOT))) {
      return false;
    }
    return string.chars().allMatch(c -> isLetter((char) c) || PLAIN.indexOf(c) >= 0);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
