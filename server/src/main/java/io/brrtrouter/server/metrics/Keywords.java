package io.brrtrouter.server.metrics;

import java.util.Set;

/** Why requests do not match a document, as a label: a document may name a keyword as it likes. */
final class Keywords {
  /** Stands for all that are not known. */
  static final String OTHER = "other";

  /** Those of JSON Schema that refuse, and those of parameters and bodies. */
  private static final Set<String> KNOWN =
      Set.of(
          "additionalProperties",
          "allOf",
          "anyOf",
          "const",
          "contains",
          "content",
          "contentEncoding",
          "contentMediaType",
          "dependencies",
          "dependentRequired",
          "dependentSchemas",
          "discriminator",
          "enum",
          "exclusiveMaximum",
          "exclusiveMinimum",
          "false",
          "format",
          "if",
          "items",
          "maxContains",
          "maxItems",
          "maxLength",
          "maxProperties",
          "maximum",
          "minContains",
          "minItems",
          "minLength",
          "minProperties",
          "minimum",
          "multipleOf",
          "not",
          "oneOf",
          "pattern",
          "patternProperties",
          "prefixItems",
          "properties",
          "propertyNames",
          "required",
          "style",
          "type",
          "unevaluatedItems",
          "unevaluatedProperties",
          "uniqueItems");

  private Keywords() {}

  /** {@return the label of a keyword} */
  static String label(String keyword) {
    return KNOWN.contains(keyword) ? keyword : OTHER;
  }
}
