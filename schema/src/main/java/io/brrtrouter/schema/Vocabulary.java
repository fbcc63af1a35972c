package io.brrtrouter.schema;

import java.util.Optional;

/** The vocabularies the compiler knows (JSON Schema core section 8.1.2, OpenAPI 3.1.1 4.8.24). */
enum Vocabulary {
  CORE("https://json-schema.org/draft/2020-12/vocab/core"),
  APPLICATOR("https://json-schema.org/draft/2020-12/vocab/applicator"),
  UNEVALUATED("https://json-schema.org/draft/2020-12/vocab/unevaluated"),
  VALIDATION("https://json-schema.org/draft/2020-12/vocab/validation"),
  META_DATA("https://json-schema.org/draft/2020-12/vocab/meta-data"),
  FORMAT_ANNOTATION("https://json-schema.org/draft/2020-12/vocab/format-annotation"),
  FORMAT_ASSERTION("https://json-schema.org/draft/2020-12/vocab/format-assertion"),
  CONTENT("https://json-schema.org/draft/2020-12/vocab/content"),
  OAS_BASE("https://spec.openapis.org/oas/3.1/vocab/base");

  private static final String OAS_32_BASE = "https://spec.openapis.org/oas/3.2/vocab/base";

  private final String uri;

  Vocabulary(String uri) {
    this.uri = uri;
  }

  static Optional<Vocabulary> named(String uri) {
    if (uri.equals(OAS_32_BASE)) {
      return Optional.of(OAS_BASE);
    }
    for (Vocabulary vocabulary : values()) {
      if (vocabulary.uri.equals(uri)) {
        return Optional.of(vocabulary);
      }
    }
    return Optional.empty();
  }
}
