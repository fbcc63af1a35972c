package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.RequestBody;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.InstanceGenerator;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaTarget;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.codec.Fingerprint;
import io.brrtrouter.schema.codec.Fingerprints;
import io.brrtrouter.server.decode.BodyBinding;
import io.brrtrouter.server.decode.BodyDecoder;
import io.brrtrouter.server.decode.DecodeLimits;
import io.brrtrouter.server.decode.FormLimits;
import io.brrtrouter.server.decode.ParameterDecoder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The schemas of one document, compiled when somebody needs them. Safe for use by many threads:
 * mocks look for values when they are first asked.
 */
final class SchemaPrograms {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.mock");

  /** Bounds that only keep a runaway handler from exhausting the check. */
  private static final JsonLimits RESPONSE_JSON =
      new JsonLimits(
          512, 64 << 20, 1 << 20, 10_000, 50_000_000, 10_000_000, JsonLimits.MOST_EXPONENT);

  private static final DecodeLimits RESPONSE =
      new DecodeLimits(
          RESPONSE_JSON,
          new FormLimits(1_000_000, 10_000, 1 << 20),
          DecodeLimits.DEFAULT.violations());

  private final SchemaCompiler compiler;
  private final DecodeLimits limits;
  private final boolean strictQuery;

  /** By place of the schema: hundreds of operations share one schema of an error. */
  private final Map<SourceOfSchema, Optional<JsonNode>> examples = new ConcurrentHashMap<>();

  /** Guarded by itself: handlers are replaced while the server runs. */
  private final Fingerprints fingerprints;

  private record SourceOfSchema(URI document, String pointer) {}

  /**
   * Takes what compiling needs.
   *
   * @param compiler compiles, and remembers what it has compiled
   * @param options bounds on requests, and what is refused of them
   */
  SchemaPrograms(SchemaCompiler compiler, DispatchOptions options) {
    this.compiler = compiler;
    this.fingerprints = new Fingerprints(compiler);
    this.limits = options.limits().decode();
    this.strictQuery = options.strictQuery();
  }

  CompiledSchema compile(Schema schema, View view) {
    return compiler.compile(schema.resource(), schema.pointer(), view);
  }

  /** {@return what generated code is compared with} */
  Fingerprint fingerprint(Schema schema, View view) {
    SchemaTarget target = target(schema);
    synchronized (fingerprints) {
      return fingerprints.of(target.resource(), target.pointer(), view);
    }
  }

  /** {@return a value the schema accepts in a response} */
  Optional<JsonNode> example(Schema schema) {
    SchemaTarget target = target(schema);
    SourceOfSchema source = new SourceOfSchema(target.resource().uri(), target.pointer());
    Optional<JsonNode> known = examples.get(source);
    if (known == null) {
      // Nobody waits for a search: two who ask at once find the same.
      known =
          InstanceGenerator.generate(target.resource(), target.pointer(), View.RESPONSE, compiler);
      examples.put(source, known);
    }
    return known;
  }

  /** What a schema that is nothing but a reference leads to, else the schema itself. */
  private SchemaTarget target(Schema schema) {
    JsonNode node = schema.node();
    JsonNode reference = node.path("$ref");
    Optional<SchemaTarget> target =
        node.size() == 1 && reference.isString()
            ? compiler.target(schema.resource(), schema.pointer(), reference.stringValue())
            : Optional.empty();
    return target.orElseGet(() -> new SchemaTarget(schema.resource(), schema.pointer()));
  }

  /** Tells that a mock will answer without regard to a schema. */
  void noExample(Schema schema) {
    LOG.warn(
        "{}: no value was found that satisfies this schema, so mocks answer with one that does not;"
            + " add an example",
        schema.location());
  }

  /** Tells that a mock has nothing to send in a media type. */
  void noContent(String type, SourceLocation location) {
    LOG.warn(
        "{}: mocks cannot make {} from a schema, so they answer with another media type, or with"
            + " 406 where none is acceptable; add an example, as text",
        location,
        type);
  }

  /** Tells that a mock cannot write some content in the charset that its media type says. */
  void notInCharset(String type, SourceLocation location) {
    LOG.warn(
        "{}: mocks cannot write all content of {} in its charset and leave out what they cannot;"
            + " say utf-8, or use characters that the charset has",
        location,
        type);
  }

  ParameterDecoder parameters(List<Parameter> parameters, SourceLocation source) {
    return ParameterDecoder.compile(
        parameters, source, compiler, new ParameterDecoder.Options(strictQuery, limits));
  }

  /** {@return bounds on JSON that clients send} */
  JsonLimits json() {
    return limits.json();
  }

  /** {@return a decoder of messages that clients send} */
  BodyDecoder clientMessages(Map<String, MediaType> content) {
    return BodyDecoder.ofRequest(content, compiler, limits);
  }

  /** {@return a decoder of content that handlers answer with} */
  BodyDecoder content(Map<String, MediaType> content) {
    for (MediaType mediaType : content.values()) {
      // Mocks use schemas that no decoder does, but later, when it is too late to refuse them.
      mediaType.schema().ifPresent(schema -> compile(schema, View.RESPONSE));
      mediaType.itemSchema().ifPresent(item -> compile(item, View.RESPONSE));
    }
    return BodyDecoder.ofResponse(content, compiler, RESPONSE);
  }

  BodyDecoder body(@Nullable RequestBody body, List<BodyBinding<?>> bindings) {
    return BodyDecoder.compile(body, compiler, limits, bindings);
  }
}
