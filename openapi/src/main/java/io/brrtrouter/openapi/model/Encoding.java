package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How one property of a form or one part is serialised (section 4.8.15).
 *
 * @param location where the object is written
 * @param contentType media types, separated by commas
 * @param headers headers of the part
 * @param style serialisation when given
 * @param explode whether arrays and objects are spread, when given
 * @param allowReserved whether reserved characters may stand unencoded
 * @param encoding nested encodings by name (3.2)
 * @param prefixEncoding nested encodings by position (3.2)
 * @param itemEncoding nested encoding of the rest (3.2)
 * @param extensions every {@code x-*} field, by its full name
 */
public record Encoding(
    SourceLocation location,
    Optional<String> contentType,
    Map<String, Header> headers,
    Optional<ParameterStyle> style,
    Optional<Boolean> explode,
    boolean allowReserved,
    Map<String, Encoding> encoding,
    List<Encoding> prefixEncoding,
    Optional<Encoding> itemEncoding,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public Encoding {
    headers = Ordered.copyOf(headers);
    encoding = Ordered.copyOf(encoding);
    prefixEncoding = List.copyOf(prefixEncoding);
    extensions = Ordered.copyOf(extensions);
  }
}
