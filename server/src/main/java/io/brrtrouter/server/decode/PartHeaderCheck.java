package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Header;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.Violation;
import io.brrtrouter.server.http.Headers;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a header field of a part must be (OpenAPI 3.1.1 section 4.8.15.1.1, {@code headers}).
 *
 * @param name the field's name
 * @param required whether it must be there
 * @param text decodes its value
 * @param schema what the value must satisfy, null if anything will do
 * @param source where the header is declared
 * @param most how many violations are told
 */
record PartHeaderCheck(
    String name,
    boolean required,
    TextDecoder text,
    @Nullable CompiledSchema schema,
    SourceLocation source,
    int most) {

  static PartHeaderCheck of(String name, Header header, Schemas schemas, FormLimits limits) {
    Optional<Map.Entry<String, MediaType>> content =
        header.content().entrySet().stream().findFirst();
    Optional<Schema> schema =
        header.schema().or(() -> content.flatMap(entry -> entry.getValue().schema()));
    Shape shape = schema.map(schemas::shape).orElseGet(() -> Shape.unknown(header.location()));
    TextDecoder text =
        content.isPresent()
            ? new ContentTable(Percent.NONE, schemas, limits)
                .text(content.get().getKey(), content.get().getValue().encoding(), shape)
            : new StyleTable(name, shape, Percent.NONE, true, false, schemas)
                .text(ParameterStyle.SIMPLE, header.explode());
    return new PartHeaderCheck(
        name,
        header.required(),
        text,
        schema.map(schemas::compile).orElse(null),
        header.location(),
        schemas.violations());
  }

  /** Adds what is wrong with the field to the flaws of the part. */
  void check(Headers headers, Flaws flaws) {
    String octets = headers.combined(name);
    if (octets == null) {
      if (required) {
        add(flaws, "required", "is required but was not sent", null, source);
      }
      return;
    }
    String raw = MultipartParser.utf8(octets);
    Flaws own = new Flaws();
    JsonNode value = text.decode(raw, 0, raw.length(), own);
    if (own.size() > 0) {
      own.drain()
          .forEach(flaw -> add(flaws, flaw.keyword(), flaw.message(), flaw.expected(), source));
    } else if (schema != null && !schema.isValid(value)) {
      for (Violation found : schema.check(value, most).list()) {
        add(flaws, found.keyword(), found.message(), found.expected(), found.source());
      }
    }
  }

  private void add(
      Flaws flaws,
      String keyword,
      String message,
      @Nullable JsonNode expected,
      SourceLocation place) {
    flaws.add(
        new Flaws.Flaw(
            "", keyword, "the header field " + name + " of the part " + message, expected, place));
  }
}
