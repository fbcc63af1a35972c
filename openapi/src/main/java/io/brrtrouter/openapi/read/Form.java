package io.brrtrouter.openapi.read;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the value of a field must look like. */
sealed interface Form {

  /** Any text. */
  Form TEXT = new Text(TextRule.ANY);

  /** A URI reference (RFC 3986 section 4.1). */
  Form URI = new Text(TextRule.URI_REFERENCE);

  /** {@code true} or {@code false}. */
  Form FLAG = new Flag();

  /** Any value. */
  Form ANY = new Any();

  /** Rules on texts. */
  enum TextRule {
    ANY,
    URI_REFERENCE,
    ABSOLUTE_URI,
    EMAIL
  }

  /** Rules on the names of a map. */
  enum NameRule {
    ANY,
    COMPONENT,
    HEADER,
    MEDIA_TYPE,
    METHOD
  }

  record Text(TextRule rule) implements Form {}

  record Flag() implements Form {}

  record Any() implements Form {}

  /** One of some words, each known since a version. */
  record Word(String what, Map<String, Version> words) implements Form {}

  record Obj(Kind kind) implements Form {}

  record ListOf(Form item) implements Form {}

  record MapOf(Form value, NameRule names) implements Form {}

  static Form object(Kind kind) {
    return new Obj(kind);
  }

  static Form list(Kind kind) {
    return new ListOf(new Obj(kind));
  }

  static Form map(Kind kind) {
    return new MapOf(new Obj(kind), NameRule.ANY);
  }

  static Form map(Kind kind, NameRule names) {
    return new MapOf(new Obj(kind), names);
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
    return new Word(what, since);
  }

  /** {@return what a value of this form is called in a sentence} */
  default String noun() {
    return switch (this) {
      case Text text -> "text";
      case Word word -> "text";
      case Flag flag -> "true or false";
      case Any any -> "anything";
      case Obj object -> "an object";
      case ListOf list -> "a list";
      case MapOf map -> "an object";
    };
  }
}
