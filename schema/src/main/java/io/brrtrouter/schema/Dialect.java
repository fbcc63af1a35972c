package io.brrtrouter.schema;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The vocabularies in force for a schema: what its {@code $schema} comes down to. */
record Dialect(Set<Vocabulary> vocabularies) {

  static final String DRAFT_2020_12_URI = "https://json-schema.org/draft/2020-12/schema";

  static final Dialect DRAFT_2020_12 =
      new Dialect(
          EnumSet.complementOf(EnumSet.of(Vocabulary.FORMAT_ASSERTION, Vocabulary.OAS_BASE)));

  /** The OpenAPI base dialect: draft 2020-12 with the OpenAPI base vocabulary. */
  static final Dialect OPENAPI =
      new Dialect(EnumSet.complementOf(EnumSet.of(Vocabulary.FORMAT_ASSERTION)));

  private static final String OPENAPI_31_PREFIX = "https://spec.openapis.org/oas/3.1/dialect/";
  private static final String OPENAPI_32_PREFIX = "https://spec.openapis.org/oas/3.2/dialect/";

  Dialect {
    EnumSet<Vocabulary> copy = EnumSet.noneOf(Vocabulary.class);
    copy.addAll(vocabularies);
    vocabularies = Collections.unmodifiableSet(copy);
  }

  boolean has(Vocabulary vocabulary) {
    return vocabularies.contains(vocabulary);
  }

  /** A dialect known without reading its meta-schema. */
  static Optional<Dialect> named(String uri) {
    if (uri.equals(DRAFT_2020_12_URI)) {
      return Optional.of(DRAFT_2020_12);
    }
    if (uri.startsWith(OPENAPI_31_PREFIX) || uri.startsWith(OPENAPI_32_PREFIX)) {
      return Optional.of(OPENAPI);
    }
    return Optional.empty();
  }

  /** Whether the URI names another draft, whose keywords mean other things. */
  static boolean isOtherDraft(String uri) {
    return uri.startsWith("http://json-schema.org/")
        || (uri.startsWith("https://json-schema.org/draft/")
            && !uri.startsWith("https://json-schema.org/draft/2020-12/"));
  }
}
