package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Encoding;
import io.brrtrouter.openapi.model.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How parts become a value (OpenAPI 3.2 section 4.14.6): the members of an object by their names,
 * or the items of an array by their positions. Immutable.
 */
sealed interface MultipartPlan permits NamedParts, OrderedParts, PairedParts {

  /**
   * The encodings of a Media Type Object, or of an Encoding Object for a part that is multipart.
   *
   * @param named by property
   * @param prefix of the first items
   * @param item of the other items
   */
  record Encodings(Map<String, Encoding> named, List<Encoding> prefix, Optional<Encoding> item) {
    static Encodings of(MediaType media) {
      return new Encodings(media.encoding(), media.prefixEncoding(), media.itemEncoding());
    }

    static Encodings of(Encoding encoding) {
      return new Encodings(encoding.encoding(), encoding.prefixEncoding(), encoding.itemEncoding());
    }

    boolean isOrdered() {
      return !prefix.isEmpty() || item.isPresent();
    }
  }

  /**
   * {@return the plan of a schema, null if it speaks of neither an object nor an array: then the
   * parts are all there is}
   *
   * @param form whether the media type is {@code multipart/form-data}, whose parts have names
   * @param shape what the value can be
   * @param encodings how parts are encoded
   * @param schemas compiles schemas
   * @param limits bounds on nested parts
   */
  static @Nullable MultipartPlan compile(
      boolean form, Shape shape, Encodings encodings, Schemas schemas, FormLimits limits) {
    boolean object = shape.isUntyped() ? form : shape.allows(Types.OBJECT);
    if (object && !encodings.isOrdered()) {
      return NamedParts.compile(shape, encodings.named(), schemas, limits);
    }
    boolean array = shape.isUntyped() ? encodings.isOrdered() : shape.allows(Types.ARRAY);
    if (!array) {
      return null;
    }
    return form
        ? PairedParts.compile(shape, encodings, schemas, limits)
        : OrderedParts.compile(shape, encodings, schemas, limits);
  }

  /** {@return whether a part is octets that need not be in memory, by its head} */
  default boolean isFile(Part head) {
    return false;
  }

  /** {@return the value of parts} */
  JsonNode decode(List<Part> parts, Flaws flaws);
}
