package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.Violation;
import io.brrtrouter.schema.Violations;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.MediaRange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * One media type of a declared response.
 *
 * @param name as declared
 * @param range the same, parsed
 * @param json whether bytes of it are JSON
 * @param schema checks JSON and text; null when the document says nothing about the content
 * @param source where the media type is written
 */
record CheckedContent(
    String name,
    MediaRange range,
    boolean json,
    @Nullable CompiledSchema schema,
    SourceLocation source) {

  /** Bounds that only keep a runaway handler from exhausting the check. */
  private static final JsonLimits LIMITS =
      new JsonLimits(512, 64 << 20, 1 << 20, 10_000, 50_000_000, 10_000_000);

  /** The most violations worth a log line. */
  private static final int REPORTED = 10;

  static Optional<CheckedContent> compile(
      String name, MediaType mediaType, SchemaPrograms schemas) {
    CompiledSchema schema =
        mediaType.schema().map(s -> schemas.compile(s, View.RESPONSE)).orElse(null);
    return MediaRange.parse(name)
        .map(range ->
            new CheckedContent(
                name,
                range,
                ContentType.parse(name).filter(ContentType::isJson).isPresent(),
                schema,
                mediaType.location()));
  }

  /**
   * {@return the declared media type a content type falls under, the most specific one; or null}
   */
  static @Nullable CheckedContent find(List<CheckedContent> declared, String contentType) {
    for (CheckedContent content : declared) {
      if (content.name.equals(contentType)) {
        return content;
      }
    }
    ContentType sent = ContentType.parse(contentType).orElse(null);
    CheckedContent best = null;
    for (CheckedContent content : declared) {
      boolean fits = sent != null && content.range.contains(sent);
      if (fits && (best == null || content.range.specificity() > best.range.specificity())) {
        best = content;
      }
    }
    return best;
  }

  void check(Body body, List<ResponseViolation> violations) {
    CompiledSchema program = schema;
    if (program == null) {
      return;
    }
    switch (body) {
      case Body.Empty _ -> {}
      case Body.Json(JsonNode value) -> check(program, value, violations);
      case Body.Bytes(byte[] bytes) -> check(program, bytes, violations);
    }
  }

  private static void check(
      CompiledSchema program, JsonNode value, List<ResponseViolation> violations) {
    if (!program.isValid(value)) {
      add(program.check(value, REPORTED), violations);
    }
  }

  private void check(CompiledSchema program, byte[] bytes, List<ResponseViolation> violations) {
    if (json) {
      switch (program.parse(bytes, LIMITS)) {
        case ParsedJson.Valid _ -> {}
        case ParsedJson.Invalid(JsonNode _, Violations wrong) -> add(wrong, violations);
        case ParsedJson.Malformed(int line, int column, String message) ->
            violations.add(
                new ResponseViolation(
                    "body",
                    "",
                    "",
                    "is not JSON: line " + line + ", column " + column + ": " + message,
                    source));
      }
    } else if (range.type().equals("text")) {
      check(program, StringNode.valueOf(new String(bytes, StandardCharsets.UTF_8)), violations);
    }
  }

  private static void add(Violations wrong, List<ResponseViolation> violations) {
    for (Violation violation : wrong.list()) {
      violations.add(
          new ResponseViolation(
              "body", "", violation.instanceLocation(), violation.message(), violation.source()));
    }
  }
}
