package io.brrtrouter.schema.codec;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * A string that should be the JSON text of a value and is not, {@code contentMediaType} and {@code
 * contentSchema} of JSON Schema validation section 8. To its schema it is a string all the same.
 * Immutable.
 *
 * @param pointer where the string is, a JSON Pointer (RFC 6901)
 * @param json whether it is JSON, and of another schema
 * @param message what is wrong with it, as a clause; never repeats what is in it
 */
public record WrongText(String pointer, boolean json, String message) {

  /**
   * {@return what is wrong with a string}
   *
   * @param whole the text in which it is, JSON up to there
   * @param at where in there its first quote is
   * @param text what is in the string
   */
  static WrongText of(byte[] whole, int at, byte[] text, JsonLimits limits) {
    return JsonReader.read(text, limits)
            instanceof ParsedJson.Malformed(int line, int column, String message)
        ? new WrongText(
            pointer(whole, at),
            false,
            "is not JSON: line " + line + ", column " + column + ": " + message)
        : new WrongText(pointer(whole, at), true, "is JSON of another schema");
  }

  /** An array or object that begins before the string, and ends behind it or not. */
  private static final class Opened {
    final boolean array;
    String name = "";
    int index;

    Opened(boolean array) {
      this.array = array;
    }

    String token() {
      return array ? Integer.toString(index) : name.replace("~", "~0").replace("/", "~1");
    }
  }

  private static String pointer(byte[] json, int end) {
    Deque<Opened> open = new ArrayDeque<>();
    int at = 0;
    while (at < end) {
      switch (json[at]) {
        case '{', '[' -> open.push(new Opened(json[at] == '['));
        case '}', ']' -> open.pop();
        case ',' -> open.element().index++;
        case '"' -> {
          int start = at + 1;
          at = closingQuote(json, start);
          Opened inner = open.element();
          // A value overwrites the name before it, and no string is looked for behind it.
          inner.name = named(json, start, at);
        }
        default -> {}
      }
      at++;
    }
    StringBuilder pointer = new StringBuilder();
    for (Iterator<Opened> outward = open.descendingIterator(); outward.hasNext(); ) {
      pointer.append('/').append(outward.next().token());
    }
    return pointer.toString();
  }

  private static int closingQuote(byte[] json, int start) {
    int at = start;
    while (json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  private static String named(byte[] json, int start, int end) {
    for (int i = start; i < end; i++) {
      if (json[i] == '\\') {
        return Escapes.decode(json, start, end);
      }
    }
    return new String(json, start, end - start, StandardCharsets.UTF_8);
  }
}
