package io.brrtrouter.schema;

import tools.jackson.databind.JsonNode;

/** What became of a JSON text: RFC 8259, in UTF-8, duplicate members and excess refused. */
public sealed interface ParsedJson {

  /**
   * The text is JSON and, when a schema read it, valid.
   *
   * @param value the tree, without the properties the schema's {@link View} drops
   */
  record Valid(JsonNode value) implements ParsedJson {}

  /**
   * The text is JSON but the schema refuses it.
   *
   * @param value the whole tree
   * @param violations why
   */
  record Invalid(JsonNode value, Violations violations) implements ParsedJson {}

  /**
   * The text is not JSON, or exceeds a limit.
   *
   * @param line counted from 1
   * @param column in characters, counted from 1
   * @param message one sentence without the place
   */
  record Malformed(int line, int column, String message) implements ParsedJson {}
}
