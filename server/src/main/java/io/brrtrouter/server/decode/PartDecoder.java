package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Encoding;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.MediaRange;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/**
 * Decodes one part of a multipart body into the value its property or item has (OpenAPI 3.1.1
 * section 4.8.15.1). The {@code contentType} of the Encoding Object is enforced. Without one the
 * type of the schema decides: JSON for objects and arrays, text for scalars, octets for {@code
 * format: binary}, {@code contentEncoding} and schemas without type; then a part may be sent as
 * another media type that can be read. A part without {@code Content-Type} is of the expected one.
 * Octets are a string with a character for each. Immutable.
 *
 * @param ranges what the Encoding Object asks for; empty if it leaves that to the schema
 * @param asked where the Encoding Object is that asks, null for the schema itself
 * @param expected the media type of a part that does not say
 * @param kind what the schema makes of a part
 * @param scalar decodes the text of a scalar
 * @param headers what header fields the part must have
 * @param nested takes a part that is multipart apart, null where none is expected
 * @param schemas bounds on JSON
 * @param limits bounds on nested parts
 */
record PartDecoder(
    List<MediaRange> ranges,
    @Nullable SourceLocation asked,
    ContentType expected,
    Kind kind,
    TextDecoder scalar,
    List<PartHeaderCheck> headers,
    @Nullable MultipartPlan nested,
    Schemas schemas,
    FormLimits limits) {

  /** What a part is that does not say (RFC 2046 section 5.1). */
  static final ContentType TEXT = new ContentType("text", "plain", List.of());

  private static final ContentType OCTETS =
      new ContentType("application", "octet-stream", List.of());

  /** What a schema makes of a part. */
  enum Kind {
    /** An object or array. */
    STRUCTURE,
    /** A string, number, boolean. */
    SCALAR,
    /** Octets. */
    BINARY,
    /** Whatever is sent. */
    OPEN
  }

  static PartDecoder compile(
      Shape shape, @Nullable Encoding encoding, Schemas schemas, FormLimits limits) {
    Kind kind = kind(shape);
    List<MediaRange> ranges = new ArrayList<>();
    List<PartHeaderCheck> headers = new ArrayList<>();
    MultipartPlan nested = null;
    if (encoding != null) {
      for (String range : encoding.contentType().orElse("").split(",", -1)) {
        MediaRange.parse(range).ifPresent(ranges::add);
      }
      encoding.headers().entrySet().stream()
          .filter(header -> !header.getKey().equalsIgnoreCase("Content-Type"))
          .map(header -> PartHeaderCheck.of(header.getKey(), header.getValue(), schemas, limits))
          .forEach(headers::add);
      if (ranges.stream().anyMatch(range -> range.type().equals("multipart"))) {
        nested =
            MultipartPlan.compile(
                isForm(ranges), shape, MultipartPlan.Encodings.of(encoding), schemas, limits);
      }
    }
    return new PartDecoder(
        List.copyOf(ranges),
        encoding == null ? null : encoding.location(),
        expected(ranges, kind),
        kind,
        ScalarDecoder.of(shape, Percent.NONE, schemas),
        List.copyOf(headers),
        nested,
        schemas,
        limits);
  }

  private static boolean isForm(List<MediaRange> ranges) {
    return ranges.stream().anyMatch(range -> range.subtype().equals("form-data"));
  }

  private static Kind kind(Shape shape) {
    if (shape.isUntyped()) {
      return Kind.OPEN;
    }
    if (!shape.allows(Types.SCALAR & ~Types.NULL)) {
      return Kind.STRUCTURE;
    }
    return shape.binary() && shape.allows(Types.STRING) ? Kind.BINARY : Kind.SCALAR;
  }

  /** The only media type that is allowed, else the default of the specification's table. */
  private static ContentType expected(List<MediaRange> ranges, Kind kind) {
    if (ranges.size() == 1 && !ranges.getFirst().subtype().equals("*")) {
      MediaRange only = ranges.getFirst();
      return new ContentType(only.type(), only.subtype(), only.parameters());
    }
    return switch (kind) {
      case STRUCTURE -> ContentType.JSON;
      case BINARY -> OCTETS;
      case SCALAR, OPEN -> TEXT; // what RFC 7578 section 4.4 makes of a part that does not say
    };
  }

  /** {@return whether a part is octets, by its head} */
  boolean isFile(Part head) {
    if (kind == Kind.BINARY) {
      return true;
    }
    String field = head.headers().get("Content-Type");
    Optional<ContentType> sent = field == null ? Optional.of(expected) : ContentType.parse(field);
    return kind == Kind.OPEN
        && head.fileName().isPresent()
        && sent.filter(type -> isOctets(head, type)).isPresent();
  }

  /** What is sent where the schema says nothing. */
  private static boolean isOctets(Part part, ContentType type) {
    boolean file = !part.headers().contains("Content-Type") && part.fileName().isPresent();
    return !type.isJson() && (file || !type.type().equals("text"));
  }

  /** {@return the value of a part} */
  JsonNode decode(Part part, Flaws flaws) {
    headers.forEach(header -> header.check(part.headers(), flaws));
    String field = part.headers().get("Content-Type");
    Optional<ContentType> sent = field == null ? Optional.of(expected) : ContentType.parse(field);
    if (sent.isEmpty()) {
      addNoMediaType(flaws);
      return octets(part);
    }
    ContentType type = sent.get();
    if (!ranges.isEmpty() && ranges.stream().noneMatch(range -> range.contains(type))) {
      flaws.add(new Flaws.Flaw("", "contentType", "must be " + wanted(), wantedTypes(), asked));
      return octets(part);
    }
    if (part.stored() != null) {
      flaws.addOpaque(); // Nobody reads all of it to judge it.
      return octets(part);
    }
    if (nested != null && type.type().equals("multipart")) {
      return nested(nested, part, type, flaws);
    }
    return value(part, type, flaws);
  }

  private JsonNode nested(MultipartPlan plan, Part part, ContentType type, Flaws flaws) {
    String boundary = type.parameter("boundary").orElse("");
    boolean form = type.subtype().equals("form-data");
    return switch (MultipartParser.parse(part.content(), boundary, limits, form)) {
      case MultipartParser.Parsed(List<Part> parts) -> plan.decode(parts, flaws);
      case MultipartParser.Stopped(List<Part> parts) -> plan.decode(parts, flaws);
      case MultipartParser.Malformed(String message) -> {
        flaws.add("content", "must be multipart: " + message);
        yield octets(part);
      }
      case MultipartParser.TooMany(int limit) -> {
        flaws.add("limit", "has more than " + limit + " parts");
        yield octets(part);
      }
    };
  }

  private JsonNode value(Part part, ContentType type, Flaws flaws) {
    return switch (kind) {
      case BINARY -> octets(part);
      case SCALAR -> type.isJson() ? json(part, type, flaws) : scalar(part, type, flaws);
      case STRUCTURE -> structure(part, type, flaws);
      case OPEN -> {
        if (type.isJson()) {
          yield json(part, type, flaws);
        }
        yield isOctets(part, type) ? octets(part) : scalar(part, type, flaws);
      }
    };
  }

  private JsonNode structure(Part part, ContentType type, Flaws flaws) {
    if (type.isJson() || (ranges.isEmpty() && type.essence().equals("text/plain"))) {
      return json(part, type, flaws);
    }
    if (ranges.isEmpty()) {
      flaws.add(
          new Flaws.Flaw(
              "",
              "contentType",
              "must be application/json",
              StringNode.valueOf("application/json"),
              null));
    } else {
      // XML for example: the document asks for it, and its schema is not for JSON Schema to judge.
      flaws.addOpaque();
    }
    return octets(part);
  }

  private JsonNode json(Part part, ContentType type, Flaws flaws) {
    if (!MediaTable.isUtf8(type)) {
      flaws.add("encoding", "must be JSON in UTF-8: say charset=utf-8 or leave it out");
      return StringNode.valueOf("");
    }
    return switch (JsonReader.read(part.content(), schemas.json())) {
      case ParsedJson.Valid(JsonNode value) -> value;
      case ParsedJson.Invalid(JsonNode value, var _) -> value;
      case ParsedJson.Malformed(int line, int column, String message) -> {
        flaws.addMalformedJson(line, column, message);
        yield StringNode.valueOf("");
      }
    };
  }

  private JsonNode scalar(Part part, ContentType type, Flaws flaws) {
    if (!type.type().equals("text")) {
      String octets = octets(part).stringValue();
      return scalar.decode(octets, 0, octets.length(), flaws);
    }
    String text = text(part, type, flaws);
    return text == null ? StringNode.valueOf("") : scalar.decode(text, 0, text.length(), flaws);
  }

  /** Adds that the part has a Content-Type that is none. */
  static void addNoMediaType(Flaws flaws) {
    flaws.add("contentType", "must have a Content-Type that is a media type");
  }

  /** {@return the text of a part in its charset, or null and why it has none} */
  static @Nullable String text(Part part, ContentType type, Flaws flaws) {
    Optional<Charset> charset = MediaTable.charset(type);
    String text = charset.map(each -> TextBody.decode(part.content(), each)).orElse(null);
    if (text == null) {
      flaws.add(
          "encoding",
          charset
              .map(each -> "must be text in the charset " + each.name())
              .orElse("must be text in a charset that the server knows; utf-8 is one"));
    }
    return text;
  }

  private static StringNode octets(Part part) {
    return part.stored() == null
        ? StringNode.valueOf(new String(part.content(), StandardCharsets.ISO_8859_1))
        : StringNode.valueOf("");
  }

  private String wanted() {
    List<String> names = ranges.stream().map(MediaRange::toString).toList();
    return String.join(" or ", names) + " by its Content-Type";
  }

  private ArrayNode wantedTypes() {
    ArrayNode types = JsonNodeFactory.instance.arrayNode();
    ranges.forEach(range -> types.add(range.toString()));
    return types;
  }
}
