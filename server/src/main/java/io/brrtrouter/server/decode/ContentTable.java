package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Encoding;
import io.brrtrouter.server.http.ContentType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decoders of texts that are serialised as a media type: the {@code content} of a parameter and the
 * fields of a form (OpenAPI 3.1.1 sections 4.8.12.2.3 and 4.8.15).
 *
 * @param percent how octets are written around the media type
 * @param schemas compiles schemas
 * @param limits bounds on forms inside of texts
 */
record ContentTable(Percent percent, Schemas schemas, FormLimits limits) {

  /** {@return the decoder of a text of a media type} */
  TextDecoder text(String mediaType, Map<String, Encoding> encodings, Shape shape) {
    Optional<ContentType> type = ContentType.parse(mediaType);
    if (type.isPresent() && type.get().isJson()) {
      return new JsonTextDecoder(percent, schemas.json());
    }
    if (isForm(mediaType)) {
      return new FormTextDecoder(percent, FormFields.compile(shape, encodings, schemas, limits));
    }
    return ScalarDecoder.of(shape, percent, schemas);
  }

  /** {@return whether a media type is that of URL-encoded forms} */
  static boolean isForm(String mediaType) {
    return ContentType.parse(mediaType)
        .filter(type -> type.essence().equals("application/x-www-form-urlencoded"))
        .isPresent();
  }

  /** {@return the decoder of a form field that has no media type of its own, by its schema} */
  TextDecoder byType(Shape shape) {
    boolean structured = !shape.isUntyped() && shape.allows(Types.ARRAY | Types.OBJECT);
    if (!structured) {
      return ScalarDecoder.of(shape, percent, schemas);
    }
    TextDecoder json = new JsonTextDecoder(percent, schemas.json());
    return shape.allows(Types.SCALAR)
        ? new ChoiceDecoder(
            ScalarDecoder.of(shape, percent, schemas),
            List.of(json),
            null,
            schemas.compile(shape.origin()))
        : json;
  }
}
