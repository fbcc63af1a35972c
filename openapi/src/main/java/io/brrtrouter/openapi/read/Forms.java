package io.brrtrouter.openapi.read;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The forms {@link Grammar} is written with. */
final class Forms {
  /** Any text. */
  static final Form TEXT = new Form.Text(Form.TextRule.ANY);

  /** A URI reference (RFC 3986 section 4.1). */
  static final Form URI = new Form.Text(Form.TextRule.URI_REFERENCE);

  /** A URI with a scheme. */
  static final Form ABSOLUTE_URI = new Form.Text(Form.TextRule.ABSOLUTE_URI);

  /** {@code true} or {@code false}. */
  static final Form FLAG = new Form.Flag();

  /** Any value. */
  static final Form ANY = new Form.Any();

  private Forms() {}

  static Form object(Kind kind) {
    return new Form.Obj(kind);
  }

  static Form list(Kind kind) {
    return new Form.ListOf(new Form.Obj(kind));
  }

  static Form map(Kind kind) {
    return new Form.MapOf(new Form.Obj(kind), Form.NameRule.ANY);
  }

  static Form map(Kind kind, Form.NameRule names) {
    return new Form.MapOf(new Form.Obj(kind), names);
  }

  /** Words all versions know; {@code word@3.1} is known since that version. */
  static Form words(String what, String... words) {
    Map<String, Version> since = new LinkedHashMap<>();
    Arrays.stream(words)
        .map(word -> word.split("@", 2))
        .forEach(pair ->
            since.put(
                pair[0],
                pair.length == 1 ? Version.V3_0 : Version.named(pair[1] + ".0").orElseThrow()));
    return new Form.Word(what, since);
  }
}
