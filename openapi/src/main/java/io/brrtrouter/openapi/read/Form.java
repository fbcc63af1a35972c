package io.brrtrouter.openapi.read;

import java.util.Map;

/** What the value of a field must look like. */
sealed interface Form {

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
