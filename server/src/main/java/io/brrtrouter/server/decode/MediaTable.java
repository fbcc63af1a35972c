package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.MediaRange;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decoders of one Media Type Object, which may be declared for a range: the media type a client
 * sends decides how octets are read. What has no value in JSON Schema's terms, such as an image or
 * XML, is octets. Immutable.
 *
 * @param json for JSON
 * @param form for URL-encoded forms, null where the range has none
 * @param formData makes a value of named parts, null where the range or schema has none
 * @param mixed makes a value of other parts, likewise
 * @param text decodes text, null where the schema speaks of something else
 * @param items decodes the items of sequential media types, null where the document has none
 * @param check what a value must be
 * @param raw for octets
 * @param limits bounds on fields and parts
 */
record MediaTable(
    JsonBody json,
    @Nullable FormBody form,
    @Nullable MultipartPlan formData,
    @Nullable MultipartPlan mixed,
    @Nullable TextDecoder text,
    @Nullable ItemDecoder items,
    BodyCheck check,
    RawBody raw,
    FormLimits limits) {

  static MediaTable compile(MediaRange range, MediaType media, Schemas schemas, FormLimits limits) {
    Optional<Schema> schema = media.schema();
    CompiledSchema compiled = schema.map(schemas::compile).orElse(null);
    BodyCheck check =
        new BodyCheck(
            compiled, schema.map(Schema::location).orElse(media.location()), schemas.violations());
    // JSON needs no shape, and is what most bodies are.
    boolean json = ContentType.parse(range.toString()).filter(ContentType::isJson).isPresent();
    Shape shape =
        schema
            .filter(any -> !json)
            .map(schemas::shape)
            .orElseGet(() -> Shape.unknown(media.location()));
    boolean octets = !shape.isUntyped() && shape.allows(Types.STRING);
    boolean parts = schema.isPresent() && mayBe(range, "multipart", range.subtype());
    MultipartPlan.Encodings encodings = MultipartPlan.Encodings.of(media);
    return new MediaTable(
        new JsonBody(compiled, schemas.json(), schemas.violations()),
        mayBe(range, "application", "x-www-form-urlencoded")
            ? new FormBody(FormFields.compile(shape, media.encoding(), schemas, limits), check)
            : null,
        parts ? MultipartPlan.compile(true, shape, encodings, schemas, limits) : null,
        parts ? MultipartPlan.compile(false, shape, encodings, schemas, limits) : null,
        shape.allows(Types.SCALAR) && media.itemSchema().isEmpty()
            ? ScalarDecoder.of(shape, Percent.NONE, schemas)
            : null,
        media
            .itemSchema()
            .map(item -> ItemDecoder.compile(media, item, schemas, limits))
            .orElse(null),
        check,
        octets ? new RawBody(check) : RawBody.ANY,
        limits);
  }

  private static boolean mayBe(MediaRange range, String type, String subtype) {
    return (range.type().equals("*") || range.type().equals(type))
        && (range.subtype().equals("*") || range.subtype().equals(subtype));
  }

  /** {@return the decoder of a media type, empty if its charset or boundary is not supported} */
  Optional<MediaDecoder> decoder(ContentType type) {
    if (type.isJson()) {
      return unlessCharset(type, json);
    }
    if (form != null && isForm(type)) {
      return unlessCharset(type, form);
    }
    Optional<SequentialMediaType> sequence =
        items == null ? Optional.empty() : SequentialMediaType.of(type.essence());
    if (items != null && sequence.isPresent() && sequence.get() != SequentialMediaType.EVENTS) {
      return sequence(type, sequence.get(), items);
    }
    if (type.type().equals("multipart")) {
      boolean named = type.subtype().equals("form-data");
      MultipartPlan plan = named ? formData : mixed;
      String boundary = type.parameter("boundary").orElse("");
      return MultipartParser.isBoundary(boundary)
          ? Optional.of(new MultipartBody(boundary, named, plan, check, limits))
          : Optional.empty();
    }
    if (text != null && type.type().equals("text")) {
      TextDecoder decoder = text;
      return charset(type).map(charset -> new TextBody(charset, decoder, check));
    }
    return Optional.of(raw);
  }

  private Optional<MediaDecoder> sequence(
      ContentType type, SequentialMediaType kind, ItemDecoder decoder) {
    String boundary = type.parameter("boundary").orElse("");
    boolean fits =
        kind == SequentialMediaType.PARTS ? MultipartParser.isBoundary(boundary) : isUtf8(type);
    return fits
        ? Optional.of(new SequenceBody(kind, boundary, decoder, check, limits))
        : Optional.empty();
  }

  private static boolean isForm(ContentType type) {
    return type.essence().equals("application/x-www-form-urlencoded");
  }

  /** {@return what is wrong with a media type that has no {@linkplain #decoder decoder} here} */
  static String complaint(ContentType type) {
    if (type.type().equals("multipart")) {
      return "The Content-Type of a multipart body has a boundary parameter of 1 to 70 characters"
          + " that RFC 2046 allows.";
    }
    return type.isJson() || isForm(type) || SequentialMediaType.of(type.essence()).isPresent()
        ? "The charset of JSON and forms is UTF-8: say charset=utf-8 or leave it out."
        : "The charset of the body is none that the server knows; utf-8 is.";
  }

  /** JSON and forms are UTF-8, of which ASCII is a part. */
  private static Optional<MediaDecoder> unlessCharset(ContentType type, MediaDecoder decoder) {
    return isUtf8(type) ? Optional.of(decoder) : Optional.empty();
  }

  /** {@return whether the charset is UTF-8, or a part of it, or not given} */
  static boolean isUtf8(ContentType type) {
    return charset(type)
        .filter(charset ->
            charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII))
        .isPresent();
  }

  /** {@return the charset of text, UTF-8 unless given; empty if it is not supported} */
  static Optional<Charset> charset(ContentType type) {
    return Charsets.named(type.parameter("charset").orElse("utf-8"));
  }
}
