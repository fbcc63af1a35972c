package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.Violation;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.Field;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.WrongText;
import io.brrtrouter.schema.stream.Items;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A response that came, to be read as what the document declares.
///
/// @param operation the operation that was asked
/// @param status its status
/// @param headers its header fields
/// @param body what came: all octets, or an [Incoming]
/// @param what what the octets are, for messages
/// @param maxBody the octets an item may have
/// @param limits bounds on JSON
/// @param validates whether to judge what schemas demand
record Reply(
    String operation,
    int status,
    HttpHeaders headers,
    Object body,
    String what,
    int maxBody,
    JsonLimits limits,
    boolean validates) {
  private static final byte[] NONE = {};
  private static final String NOT_VALID = " is not what its schema says";

  /// Characters of a problem that are repeated.
  private static final int TOLD = 500;

  /// Takes what came.
  ///
  /// @param operation the operation that was asked
  /// @param response what came: all octets, or an [Incoming]
  /// @param maxBody the octets an item may have
  /// @param limits bounds on JSON
  /// @param validates whether to judge what schemas demand
  Reply(
      String operation,
      HttpResponse<?> response,
      int maxBody,
      JsonLimits limits,
      boolean validates) {
    this(
        operation,
        response.statusCode(),
        response.headers(),
        response.body(),
        "the body",
        maxBody,
        limits,
        validates);
  }

  /// {@return whether the body is in a media type or range}
  boolean isOf(String mediaType) {
    return MediaTypes.isOf(mediaType(), mediaType);
  }

  /// What has no type is octets, RFC 9110 section 8.3.
  private String mediaType() {
    return mediaType(headers);
  }

  static String mediaType(HttpHeaders headers) {
    return headers.firstValue("Content-Type").orElse("application/octet-stream");
  }

  byte[] octets() {
    return body instanceof byte[] octets ? octets : NONE;
  }

  /// {@return the items of a body that is read while it comes}
  <T> Items<T> items(Content<T> content) {
    if (body instanceof Incoming in) {
      return new IncomingItems<>(in, content, this, maxBody);
    }
    throw new IllegalStateException("the body was collected");
  }

  /// {@return an item as a reply of its own}
  Reply item(byte[] octets, long number) {
    return new Reply(
        operation, status, headers, octets, "item " + number, maxBody, limits, validates);
  }

  <T extends @Nullable Object> T json(Content<T> content) throws UnexpectedResponseException {
    return value(content, octets(), limits, content.fused(), false);
  }

  /// {@return an event: whether its data is what it has to be is not what codecs judge}
  <T extends @Nullable Object> T event(Content<T> content) throws UnexpectedResponseException {
    return value(content, octets(), limits, false, true);
  }

  /// The bound on a whole body is all that a text needs.
  <T extends @Nullable Object> T text(Content<T> content) throws UnexpectedResponseException {
    String text;
    try {
      text =
          MediaTypes.charset(mediaType()).newDecoder().decode(ByteBuffer.wrap(octets())).toString();
    } catch (CharacterCodingException | UnsupportedCharsetException e) {
      throw unexpected(what + " is not text in the charset of " + mediaType());
    }
    byte[] json =
        JsonNodeFactory.instance.stringNode(text).toString().getBytes(StandardCharsets.UTF_8);
    return value(content, json, Values.OWN, false, false);
  }

  private <T extends @Nullable Object> T value(
      Content<T> content, byte[] json, JsonLimits bounds, boolean fused, boolean event)
      throws UnexpectedResponseException {
    boolean isJudgedBefore = validates && !fused;
    if (isJudgedBefore) {
      demand(content.schema(), json, bounds, event);
    }
    Checks checks = validates && fused ? Checks.ALL : Checks.SYNTAX;
    Decoded<T> decoded = Json.decode(content.codec(), json, bounds, checks);
    if (!isJudgedBefore && !(decoded instanceof Decoded.Value<T>)) {
      demand(content.schema(), json, bounds, event);
    }
    if (decoded instanceof Decoded.Unjudged<T>) {
      decoded = Json.decode(content.codec(), json, bounds, Checks.SYNTAX);
    }
    if (decoded instanceof Decoded.Value<T>(T value)) {
      return value;
    }
    if (decoded instanceof Decoded.Unrepresentable<T>(WrongText text) && text != null) {
      throw unexpected("%s: %s %s".formatted(what, text.pointer(), text.message()));
    }
    throw unexpected(
        what
            + (decoded instanceof Decoded.Unrepresentable<T>
                ? " has no value in Java, though it is what its schema says: an integer beyond 64"
                    + " bits, a URI or time that Java cannot read, or alternatives nested in"
                    + " alternatives"
                : " is not what the code was generated for, though it is what its schema says"));
  }

  /// Throws what is wrong with a body, if anything is.
  private void demand(@Nullable Schema schema, byte[] json, JsonLimits bounds, boolean event)
      throws UnexpectedResponseException {
    switch (JsonReader.read(json, bounds)) {
      case ParsedJson.Malformed problem ->
          throw unexpected(
              "%s is not JSON: line %d, column %d: %s"
                  .formatted(what, problem.line(), problem.column(), problem.message()));
      case ParsedJson.Valid(JsonNode tree) -> tell(schema, tree, event);
      case ParsedJson.Invalid(JsonNode tree, _) -> tell(schema, tree, event);
    }
  }

  private void tell(@Nullable Schema schema, JsonNode tree, boolean event)
      throws UnexpectedResponseException {
    tell(violations(schema, tree), what);
    if (schema != null && event) {
      tell(schema.checkData(tree), what);
    }
  }

  private static List<Violation> violations(@Nullable Schema schema, JsonNode tree) {
    return schema == null ? List.of() : schema.check(tree).list();
  }

  private void tell(List<Violation> violations, String part) throws UnexpectedResponseException {
    if (!violations.isEmpty()) {
      throw unexpected(part + NOT_VALID, violations);
    }
  }

  // Header fields.

  /// {@return the value of a field; null when it is absent}
  <T> @Nullable T header(HeaderField<T> field) throws UnexpectedResponseException {
    List<String> lines = headers.allValues(field.name());
    return lines.isEmpty() ? null : value(field, String.join(", ", lines));
  }

  /// {@return the value of a field that has to be there}
  <T> T requiredHeader(HeaderField<T> field) throws UnexpectedResponseException {
    T value = header(field);
    if (value == null) {
      throw unexpected("the header " + field.name() + " is required but was not sent");
    }
    return value;
  }

  /// {@return the value of a field that may be absent}
  <T> Field<T> headerField(HeaderField<T> field) throws UnexpectedResponseException {
    T value = header(field);
    return value == null ? Field.absent() : Field.of(value);
  }

  private <T> T value(HeaderField<T> field, String text) throws UnexpectedResponseException {
    String part = "the header " + field.name();
    JsonNode read = field.shape().read(text);
    List<Violation> violations = read == null ? List.of() : violations(field.schema(), read);
    JsonNode texts = violations.isEmpty() ? null : texts(field, text);
    if (validates && texts == null) {
      tell(violations, part);
    }
    JsonNode tree = texts == null ? read : texts;
    if (tree != null
        && Json.decode(
                field.decoder(),
                tree.toString().getBytes(StandardCharsets.UTF_8),
                limits,
                Checks.SYNTAX)
            instanceof Decoded.Value<T>(T value)) {
      return value;
    }
    throw unexpected(part + NOT_VALID);
  }

  /// What looks like a number is a text where the schema accepts only that; null where it does not.
  private static @Nullable JsonNode texts(HeaderField<?> field, String text) {
    JsonNode texts = field.shape().asTexts().read(text);
    return texts != null && violations(field.schema(), texts).isEmpty() ? texts : null;
  }

  // What the document does not declare.

  UnexpectedResponseException undeclaredStatus() {
    return unexpected("the document declares no such status" + told());
  }

  /// What a problem (RFC 9457) tells people.
  private String told() {
    if (!MediaTypes.bare(mediaType()).equals("application/problem+json")
        || !(JsonReader.read(octets(), limits) instanceof ParsedJson.Valid(JsonNode tree))) {
      return "";
    }
    String text =
        Stream.of("title", "detail")
            .map(tree::path)
            .filter(JsonNode::isString)
            .map(JsonNode::stringValue)
            .collect(Collectors.joining(": "))
            .replaceAll("\\p{Cntrl}", " ");
    return text.isEmpty()
        ? ""
        : "; it says \"" + text.substring(0, Math.min(text.length(), TOLD)) + "\"";
  }

  UnexpectedResponseException undeclaredMediaType(String declared) {
    return unexpected(
        headers.firstValue("Content-Type").isEmpty()
            ? "the body has no Content-Type, and the document declares " + declared
            : "the body is " + mediaType() + ", and the document declares " + declared);
  }

  /// {@return that the octets are not what they should be}
  UnexpectedResponseException malformed(String problem) {
    return unexpected(what + " " + problem);
  }

  private UnexpectedResponseException unexpected(String problem) {
    return unexpected(problem, List.of());
  }

  private UnexpectedResponseException unexpected(String problem, List<Violation> violations) {
    return new UnexpectedResponseException(
        operation, status, headers, octets(), problem, violations);
  }
}
