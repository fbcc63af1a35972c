package io.brrtrouter.conformance;

/** A suite whose result {@code docs/conformance.md} reports, in the order of the page. */
public enum Suite {
  /** The tests every implementation must pass. */
  SCHEMA_REQUIRED("JSON Schema draft 2020-12, required", "json-schema-test-suite"),
  /** {@code optional/}, but for the two below. */
  SCHEMA_OPTIONAL("JSON Schema draft 2020-12, `optional`", "json-schema-test-suite"),
  /** {@code optional/format/} with formats asserted. */
  SCHEMA_FORMAT("JSON Schema draft 2020-12, `optional/format`", "json-schema-test-suite"),
  /** {@code ecmascript-regex} of {@code optional/}. */
  SCHEMA_PATTERN("JSON Schema draft 2020-12, `ecmascript-regex`", "json-schema-test-suite"),
  /** JSON texts read by the one-pass parser. */
  JSON_PARSING("JSON texts, parsed", "json-test-suite"),
  /** The same texts posted to a server. */
  JSON_BODIES("JSON texts, posted as bodies", "json-test-suite"),
  /** Documents of the specification's own tests. */
  OPENAPI_31("OpenAPI 3.1 documents, accepted or refused", "oai-schema-tests/v3.1"),
  /** Documents of the specification's own tests. */
  OPENAPI_32("OpenAPI 3.2 documents, accepted or refused", "oai-schema-tests/v3.2"),
  /** The specification's examples. */
  OPENAPI_EXAMPLES("Example documents, read without an error", "oai-examples"),
  /** Large public documents. */
  OPENAPI_REAL("Large public documents, read without an error", "real"),
  /** Generated values of the schemas in those documents. */
  GENERATED_INSTANCES("Schemas a valid value is generated for", "oai-examples, real");

  private final String title;
  private final String data;

  Suite(String title, String data) {
    this.title = title;
    this.data = data;
  }

  String title() {
    return title;
  }

  String data() {
    return data;
  }
}
