package io.brrtrouter.openapi.read;

import static io.brrtrouter.openapi.read.Keyword.Rule.ANCHOR;
import static io.brrtrouter.openapi.read.Keyword.Rule.ANY;
import static io.brrtrouter.openapi.read.Keyword.Rule.COUNT;
import static io.brrtrouter.openapi.read.Keyword.Rule.DISCRIMINATOR;
import static io.brrtrouter.openapi.read.Keyword.Rule.EXTERNAL_DOCS;
import static io.brrtrouter.openapi.read.Keyword.Rule.FLAG;
import static io.brrtrouter.openapi.read.Keyword.Rule.ID;
import static io.brrtrouter.openapi.read.Keyword.Rule.LIST;
import static io.brrtrouter.openapi.read.Keyword.Rule.NAMES;
import static io.brrtrouter.openapi.read.Keyword.Rule.NAMES_BY_NAME;
import static io.brrtrouter.openapi.read.Keyword.Rule.NUMBER;
import static io.brrtrouter.openapi.read.Keyword.Rule.PATTERN;
import static io.brrtrouter.openapi.read.Keyword.Rule.POSITIVE;
import static io.brrtrouter.openapi.read.Keyword.Rule.REFERENCE;
import static io.brrtrouter.openapi.read.Keyword.Rule.SCHEMA;
import static io.brrtrouter.openapi.read.Keyword.Rule.SCHEMAS;
import static io.brrtrouter.openapi.read.Keyword.Rule.SCHEMAS_BY_NAME;
import static io.brrtrouter.openapi.read.Keyword.Rule.SCHEMAS_BY_PATTERN;
import static io.brrtrouter.openapi.read.Keyword.Rule.TEXT;
import static io.brrtrouter.openapi.read.Keyword.Rule.TYPE;
import static io.brrtrouter.openapi.read.Keyword.Rule.TYPE_NAME;
import static io.brrtrouter.openapi.read.Keyword.Rule.URI;
import static io.brrtrouter.openapi.read.Keyword.Rule.VOCABULARY;
import static io.brrtrouter.openapi.read.Keyword.Rule.XML;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A keyword of Schema Objects: JSON Schema draft 2020-12 with the OpenAPI base vocabulary since
 * 3.1, the Schema Object's own list (OpenAPI 3.0.4 section 4.7.24) in 3.0.
 *
 * @param rule what its value must look like
 * @param feature what becomes of it
 */
record Keyword(Rule rule, Feature feature) {

  /** The rules of the meta-schemas. */
  enum Rule {
    SCHEMA,
    /** A list of at least one schema. */
    SCHEMAS,
    SCHEMAS_BY_NAME,
    SCHEMAS_BY_PATTERN,
    TEXT,
    FLAG,
    NUMBER,
    /** A number greater than 0. */
    POSITIVE,
    /** An integer of at least 0. */
    COUNT,
    /** One type, without {@code null}. */
    TYPE_NAME,
    /** One type or a list of different ones. */
    TYPE,
    /** A list of different texts. */
    NAMES,
    NAMES_BY_NAME,
    LIST,
    ANY,
    PATTERN,
    REFERENCE,
    ANCHOR,
    ID,
    URI,
    VOCABULARY,
    DISCRIMINATOR,
    XML,
    EXTERNAL_DOCS
  }

  private static final Map<String, Keyword> OF_3_0 = new LinkedHashMap<>();
  private static final Map<String, Keyword> OF_3_1 = new LinkedHashMap<>();

  static {
    both(TEXT, Feature.SCHEMA_KEYWORD, "title", "description");
    both(REFERENCE, Feature.SCHEMA_KEYWORD, "$ref");
    both(POSITIVE, Feature.SCHEMA_KEYWORD, "multipleOf");
    both(NUMBER, Feature.SCHEMA_KEYWORD, "maximum", "minimum");
    both(COUNT, Feature.SCHEMA_KEYWORD, "maxLength", "minLength", "maxItems", "minItems");
    both(COUNT, Feature.SCHEMA_KEYWORD, "maxProperties", "minProperties");
    both(PATTERN, Feature.SCHEMA_KEYWORD, "pattern");
    both(FLAG, Feature.SCHEMA_KEYWORD, "uniqueItems", "readOnly", "writeOnly");
    both(FLAG, Feature.SCHEMA_KEYWORD, "deprecated");
    both(NAMES, Feature.SCHEMA_KEYWORD, "required");
    both(LIST, Feature.SCHEMA_KEYWORD, "enum");
    both(SCHEMA, Feature.SCHEMA_KEYWORD, "not", "items", "additionalProperties");
    both(SCHEMAS, Feature.SCHEMA_KEYWORD, "allOf", "anyOf", "oneOf");
    both(SCHEMAS_BY_NAME, Feature.SCHEMA_KEYWORD, "properties");
    both(TEXT, Feature.SCHEMA_KEYWORD, "format");
    both(ANY, Feature.SCHEMA_KEYWORD, "default");
    both(ANY, Feature.SCHEMA_KEYWORD, "example");
    both(DISCRIMINATOR, Feature.SCHEMA_KEYWORD, "discriminator");
    both(XML, Feature.SCHEMA_XML, "xml");
    both(EXTERNAL_DOCS, Feature.SCHEMA_KEYWORD, "externalDocs");
    add(OF_3_0, TYPE_NAME, Feature.SCHEMA_KEYWORD, "type");
    add(OF_3_0, FLAG, Feature.SCHEMA_KEYWORD, "nullable", "exclusiveMaximum", "exclusiveMinimum");
    add(OF_3_1, TYPE, Feature.SCHEMA_KEYWORD, "type");
    add(OF_3_1, NUMBER, Feature.SCHEMA_KEYWORD, "exclusiveMaximum", "exclusiveMinimum");
    add(OF_3_1, ANY, Feature.SCHEMA_KEYWORD, "const");
    add(OF_3_1, SCHEMA, Feature.SCHEMA_KEYWORD, "if", "then", "else", "contains");
    add(OF_3_1, SCHEMA, Feature.SCHEMA_KEYWORD, "propertyNames", "unevaluatedItems");
    add(OF_3_1, SCHEMA, Feature.SCHEMA_KEYWORD, "unevaluatedProperties");
    add(OF_3_1, SCHEMAS, Feature.SCHEMA_KEYWORD, "prefixItems");
    add(OF_3_1, SCHEMAS_BY_NAME, Feature.SCHEMA_KEYWORD, "dependentSchemas", "$defs");
    add(OF_3_1, SCHEMAS_BY_NAME, Feature.SCHEMA_UNKNOWN, "definitions");
    add(OF_3_1, SCHEMAS_BY_PATTERN, Feature.SCHEMA_KEYWORD, "patternProperties");
    add(OF_3_1, NAMES_BY_NAME, Feature.SCHEMA_KEYWORD, "dependentRequired");
    add(OF_3_1, COUNT, Feature.SCHEMA_KEYWORD, "minContains", "maxContains");
    add(OF_3_1, TEXT, Feature.SCHEMA_CONTENT, "contentEncoding", "contentMediaType");
    add(OF_3_1, SCHEMA, Feature.SCHEMA_CONTENT, "contentSchema");
    add(OF_3_1, TEXT, Feature.SCHEMA_KEYWORD, "$comment");
    add(OF_3_1, LIST, Feature.SCHEMA_KEYWORD, "examples");
    add(OF_3_1, ID, Feature.SCHEMA_KEYWORD, "$id");
    add(OF_3_1, URI, Feature.DIALECT, "$schema");
    add(OF_3_1, ANCHOR, Feature.SCHEMA_KEYWORD, "$anchor", "$dynamicAnchor");
    add(OF_3_1, REFERENCE, Feature.SCHEMA_KEYWORD, "$dynamicRef");
    add(OF_3_1, VOCABULARY, Feature.SCHEMA_KEYWORD, "$vocabulary");
  }

  private static void both(Rule rule, Feature feature, String... names) {
    add(OF_3_0, rule, feature, names);
    add(OF_3_1, rule, feature, names);
  }

  private static void add(
      Map<String, Keyword> keywords, Rule rule, Feature feature, String... names) {
    for (String name : names) {
      keywords.put(name, new Keyword(rule, feature));
    }
  }

  /** {@return the schemas directly in a schema, of 3.1 and later} */
  static Stream<JsonNode> subschemas(JsonNode schema) {
    return schema
        .propertyStream()
        .flatMap(member -> {
          Keyword keyword = OF_3_1.get(member.getKey());
          return keyword == null
              ? Stream.empty()
              : switch (keyword.rule()) {
                case SCHEMA -> Stream.of(member.getValue());
                case SCHEMAS, SCHEMAS_BY_NAME, SCHEMAS_BY_PATTERN ->
                    member.getValue().valueStream();
                default -> Stream.empty();
              };
        });
  }

  /** {@return the keywords by name} */
  static Map<String, Keyword> of(Version version) {
    return version == Version.V3_0 ? OF_3_0 : OF_3_1;
  }
}
