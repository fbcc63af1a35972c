package io.brrtrouter.codegen.model;

import tools.jackson.databind.JsonNode;

/** Whether a property, parameter or header has to be there. */
public sealed interface Presence {

  /** It has to. */
  record Required() implements Presence {}

  /** It may be missing, and then is missing in Java too. */
  record Optional() implements Presence {}

  /**
   * It may be missing, and then has a value all the same.
   *
   * @param value what a decoder fills in; fits the type
   */
  record Defaulted(JsonNode value) implements Presence {}
}
