package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;
import io.brrtrouter.schema.SchemaCompiler;
import java.net.URI;
import java.util.Optional;

/**
 * What {@code jsonSchemaDialect} and {@code $schema} name (OpenAPI 3.1.1 section 4.8.24.5). A
 * dialect decides what keywords mean, so schemas of one that nobody here knows are refused, which
 * JSON Schema core section 8.1.1 leaves to implementations.
 */
final class Dialects {
  private final Findings findings;
  private final Report report;

  Dialects(Findings findings, Report report) {
    this.findings = findings;
    this.report = report;
  }

  /** {@return the dialect of schemas without {@code $schema} in a document, if it names one} */
  static Optional<String> of(Documents.Source source) {
    return source.version().atLeast(Version.V3_1)
        ? Nodes.optional(source.located().located(), "jsonSchemaDialect")
            .filter(Dialects::isAbsolute)
        : Optional.empty();
  }

  private static boolean isAbsolute(String dialect) {
    URI uri = Uris.parse(dialect);
    return uri != null && uri.isAbsolute();
  }

  /** Judges a dialect where it is named. */
  void use(LocatedNode value) {
    if (!value.node().isString()) {
      Types.wrong(value, "text", findings);
      return;
    }
    String name = value.node().stringValue();
    boolean known = SchemaCompiler.knowsDialect(name);
    report.add(known ? Feature.DIALECT : Feature.DIALECT_UNKNOWN, name, value.location());
    if (!known) {
      findings.error(
          "dialect-unsupported",
          value.location(),
          "the schema dialect \"" + name + "\" is not supported",
          "write https://json-schema.org/draft/2020-12/schema, or leave it out for the dialect of"
              + " OpenAPI");
    }
  }
}
