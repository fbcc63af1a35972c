package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.server.http.ContentType;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decoders of one Media Type Object, which may be declared for a range: the media type a client
 * sends decides how octets are read. Immutable.
 */
final class MediaTable {
  private final JsonBody json;
  private final FormBody form;
  private final @Nullable TextDecoder text;
  private final BodyCheck check;
  private final RawBody raw;
  private final FormLimits limits;

  private MediaTable(
      JsonBody json,
      FormBody form,
      @Nullable TextDecoder text,
      BodyCheck check,
      RawBody raw,
      FormLimits limits) {
    this.json = json;
    this.form = form;
    this.text = text;
    this.check = check;
    this.raw = raw;
    this.limits = limits;
  }

  static MediaTable compile(MediaType media, Schemas schemas, FormLimits limits) {
    Optional<Schema> schema = media.schema();
    CompiledSchema compiled = schema.map(schemas::compile).orElse(null);
    BodyCheck check =
        new BodyCheck(compiled, schema.map(Schema::location).orElse(media.location()));
    Shape shape = schema.map(schemas::shape).orElseGet(() -> Shape.unknown(media.location()));
    boolean textual = shape.allows(Types.SCALAR);
    boolean octets = !shape.isUntyped() && shape.allows(Types.STRING);
    return new MediaTable(
        new JsonBody(compiled, schemas.json()),
        new FormBody(FormFields.compile(shape, media.encoding(), schemas, limits), check),
        textual ? ScalarDecoder.of(shape, Percent.NONE, schemas) : null,
        check,
        octets ? new RawBody(check) : RawBody.ANY,
        limits);
  }

  /** {@return the decoder of a media type, empty if its charset is not supported} */
  Optional<MediaDecoder> decoder(ContentType type) {
    if (type.isJson()) {
      return unlessCharset(type, json);
    }
    if (type.essence().equals("application/x-www-form-urlencoded")) {
      return unlessCharset(type, form);
    }
    if (type.type().equals("multipart")) {
      boolean named = type.subtype().equals("form-data");
      return Optional.of(new MultipartBody(type.parameter("boundary").orElse(""), named, limits));
    }
    if (type.type().equals("text") && text != null) {
      TextDecoder decoder = text;
      return charset(type).map(charset -> new TextBody(charset, decoder, check));
    }
    return Optional.of(raw);
  }

  /** JSON and forms are UTF-8, of which ASCII is a part. */
  private static Optional<MediaDecoder> unlessCharset(ContentType type, MediaDecoder decoder) {
    return charset(type)
        .filter(charset ->
            charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII))
        .map(charset -> decoder);
  }

  private static Optional<Charset> charset(ContentType type) {
    String name = type.parameter("charset").orElse("utf-8");
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }
}
