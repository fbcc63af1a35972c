package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.Violation;
import io.brrtrouter.schema.Violations;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.Field;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.JsonDecoder;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A response that came, to be read as what the document declares.
///
/// @param operation the operation that was asked
/// @param response what came
/// @param limits bounds on JSON
/// @param validates whether to judge what the schema demands
record Reply(
    String operation, HttpResponse<byte[]> response, JsonLimits limits, boolean validates) {
  private static final String NOT_VALID = "the body is not what its schema says";

  int status() {
    return response.statusCode();
  }

  /// {@return whether the body is in a media type or range}
  boolean isOf(String mediaType) {
    return MediaTypes.isOf(mediaType(), mediaType);
  }

  /// What has no type is octets, RFC 9110 section 8.3.
  private String mediaType() {
    return response.headers().firstValue("Content-Type").orElse("application/octet-stream");
  }

  byte[] octets() {
    return response.body();
  }

  <T extends @Nullable Object> T json(Content<T> content) throws UnexpectedResponseException {
    byte[] json = response.body();
    if (!validates || content.fused()) {
      Checks checks = validates ? Checks.ALL : Checks.SYNTAX;
      Decoded<T> decoded = Json.decode(content.codec(), json, limits, checks);
      if (decoded instanceof Decoded.Value<T>(T value)) {
        return value;
      }
      throw explained(content.schema(), json);
    }
    return judged(content, json);
  }

  private <T extends @Nullable Object> T judged(Content<T> content, byte[] json)
      throws UnexpectedResponseException {
    Schema schema = content.schema();
    if (schema != null && !violations(schema, json).isEmpty()) {
      throw explained(schema, json);
    }
    if (Json.decode(content.codec(), json, limits, Checks.SYNTAX)
        instanceof Decoded.Value<T>(T value)) {
      return value;
    }
    throw explained(schema, json);
  }

  <T extends @Nullable Object> T text(Content<T> content) throws UnexpectedResponseException {
    String text;
    try {
      text =
          MediaTypes.charset(mediaType())
              .newDecoder()
              .decode(ByteBuffer.wrap(response.body()))
              .toString();
    } catch (CharacterCodingException | UnsupportedCharsetException e) {
      throw unexpected("the body is not text in the charset of " + mediaType());
    }
    byte[] json =
        JsonNodeFactory.instance.stringNode(text).toString().getBytes(StandardCharsets.UTF_8);
    return validates ? judged(content, json) : json(content, json);
  }

  private <T extends @Nullable Object> T json(Content<T> content, byte[] json)
      throws UnexpectedResponseException {
    if (Json.decode(content.codec(), json, limits, Checks.SYNTAX)
        instanceof Decoded.Value<T>(T value)) {
      return value;
    }
    throw explained(content.schema(), json);
  }

  private UnexpectedResponseException explained(@Nullable Schema schema, byte[] json) {
    if (JsonReader.read(json, limits) instanceof ParsedJson.Malformed problem) {
      return unexpected(
          "the body is not JSON: line %d, column %d: %s"
              .formatted(problem.line(), problem.column(), problem.message()));
    }
    List<Violation> violations = schema == null ? List.of() : violations(schema, json).list();
    return violations.isEmpty()
        ? unexpected("the body has no value in Java")
        : unexpected(NOT_VALID, violations);
  }

  private Violations violations(Schema schema, byte[] json) {
    return JsonReader.read(json, limits) instanceof ParsedJson.Valid(JsonNode tree)
        ? schema.check(tree)
        : Violations.NONE;
  }

  // Header fields.

  /// {@return the value of a field; null when it is absent}
  <T> @Nullable T header(String name, Shape shape, JsonDecoder<T> decoder)
      throws UnexpectedResponseException {
    List<String> lines = response.headers().allValues(name);
    return lines.isEmpty() ? null : value(name, String.join(", ", lines), shape, decoder);
  }

  /// {@return the value of a field that has to be there}
  <T> T requiredHeader(String name, Shape shape, JsonDecoder<T> decoder)
      throws UnexpectedResponseException {
    T value = header(name, shape, decoder);
    if (value == null) {
      throw unexpected("the header " + name + " is required but was not sent");
    }
    return value;
  }

  /// {@return the value of a field that may be absent}
  <T> Field<T> headerField(String name, Shape shape, JsonDecoder<T> decoder)
      throws UnexpectedResponseException {
    T value = header(name, shape, decoder);
    return value == null ? Field.absent() : Field.of(value);
  }

  private <T> T value(String name, String text, Shape shape, JsonDecoder<T> decoder)
      throws UnexpectedResponseException {
    JsonNode tree = shape.read(text);
    if (tree != null
        && Json.decode(
                decoder,
                tree.toString().getBytes(StandardCharsets.UTF_8),
                limits,
                validates ? Checks.ALL : Checks.SYNTAX)
            instanceof Decoded.Value<T>(T value)) {
      return value;
    }
    throw unexpected("the header " + name + " is not what its schema says");
  }

  // What the document does not declare.

  UnexpectedResponseException undeclaredStatus() {
    return unexpected("the document declares no such status");
  }

  UnexpectedResponseException undeclaredMediaType(String declared) {
    return unexpected(
        response.headers().firstValue("Content-Type").isEmpty()
            ? "the body has no Content-Type, and the document declares " + declared
            : "the body is " + mediaType() + ", and the document declares " + declared);
  }

  private UnexpectedResponseException unexpected(String problem) {
    return unexpected(problem, List.of());
  }

  private UnexpectedResponseException unexpected(String problem, List<Violation> violations) {
    return new UnexpectedResponseException(
        operation, status(), response.headers(), response.body(), problem, violations);
  }
}
