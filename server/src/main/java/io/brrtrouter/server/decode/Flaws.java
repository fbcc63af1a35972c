package io.brrtrouter.server.decode;

import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is wrong with texts, collected while they are decoded. Decoders of items and members report
 * flaws without a place, and whoever called them adds it: a request without flaws pays nothing.
 * Belongs to one request.
 */
final class Flaws {
  /** Stands for a message that counts; see {@link #drain}. */
  private static final String REPEATED = "repeated";

  /** The keyword of what is no violation: the value stands for something no schema can judge. */
  private static final String OPAQUE = "opaque";

  private @Nullable List<Flaw> flaws;

  /**
   * One flaw.
   *
   * @param pointer JSON Pointer into the decoded value
   * @param keyword as in {@link RequestViolation}
   * @param message as in {@link RequestViolation}
   * @param expected as in {@link RequestViolation}
   * @param source where the document says so, null for the parameter itself
   */
  record Flaw(
      String pointer,
      String keyword,
      String message,
      @Nullable JsonNode expected,
      @Nullable SourceLocation source) {

    /** {@return whether this is no violation, but a place the schema cannot judge} */
    boolean isOpaque() {
      return keyword.equals(OPAQUE);
    }

    /** {@return this flaw, of a member or item of a value} */
    Flaw under(String token) {
      String place = "/" + token.replace("~", "~0").replace("/", "~1") + pointer;
      return new Flaw(place, keyword, message, expected, source);
    }
  }

  /** Adds a flaw of the value being decoded. */
  void add(String keyword, String message) {
    add(new Flaw("", keyword, message, null, null));
  }

  /** Adds that a value which fits one text was sent again. */
  void addRepeated() {
    add("style", REPEATED);
  }

  /** Adds that the text is not JSON. */
  void addMalformedJson(int line, int column, String message) {
    add("content", "must be JSON: line " + line + ", column " + column + ": " + message);
  }

  /** Adds that the value is not what the schema speaks of, and that this is right. */
  void addOpaque() {
    add(OPAQUE, "");
  }

  /** Gives all flaws away, as they are. */
  void moveTo(Flaws others) {
    list().forEach(others::add);
    flaws = null;
  }

  void add(Flaw flaw) {
    if (flaws == null) {
      flaws = new ArrayList<>(2);
    }
    flaws.add(flaw);
  }

  /** Adds that the text of the value does not decode. */
  void addEncoding(Percent percent, String raw, int start, int end) {
    addEncoding("", percent, raw, start, end);
  }

  /** Adds that a text does not decode, with what the text is. */
  void addEncoding(String subject, Percent percent, String raw, int start, int end) {
    add(
        "encoding",
        (subject.isEmpty() ? "" : subject + " ")
            + "must be percent-encoded UTF-8, but character "
            + (percent.flaw(raw, start, end) - start + 1)
            + " is not; write each octet as % and two hexadecimal digits");
  }

  int size() {
    return flaws == null ? 0 : flaws.size();
  }

  /** Puts every flaw from an index on below a member or item of the value. */
  void under(int from, String token) {
    for (int i = from; i < size(); i++) {
      list().set(i, list().get(i).under(token));
    }
  }

  /** Takes all flaws out, repetitions of one value as one flaw. */
  List<Flaw> drain() {
    Map<String, Integer> repeats = new HashMap<>();
    for (Flaw flaw : list()) {
      if (flaw.message.equals(REPEATED)) {
        repeats.merge(flaw.pointer, 1, Integer::sum);
      }
    }
    List<Flaw> all = new ArrayList<>(size());
    for (Flaw flaw : list()) {
      if (!flaw.message.equals(REPEATED)) {
        all.add(flaw);
        continue;
      }
      Integer times = repeats.remove(flaw.pointer);
      if (times != null) {
        String message = "is sent " + (times + 1) + " times; send it once";
        all.add(new Flaw(flaw.pointer, flaw.keyword, message, null, null));
      }
    }
    flaws = null;
    return all;
  }

  private List<Flaw> list() {
    return flaws == null ? List.of() : flaws;
  }
}
