package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a media type carries (section 4.8.14; {@code itemSchema}, {@code prefixEncoding}, {@code
 * itemEncoding} since 3.2).
 *
 * @param location where the object is written
 * @param description CommonMark text (3.2)
 * @param schema the schema of the whole
 * @param itemSchema the schema of each item of a {@linkplain SequentialMediaType sequential media
 *     type}; before 3.2 that of {@value SequentialMediaType#FIELD}
 * @param example an example
 * @param examples named examples
 * @param encoding encodings of form fields and parts by property name
 * @param prefixEncoding encodings of the first parts by position
 * @param itemEncoding encoding of the remaining parts
 * @param extensions every {@code x-*} field, by its full name
 */
public record MediaType(
    SourceLocation location,
    Optional<String> description,
    Optional<Schema> schema,
    Optional<Schema> itemSchema,
    Optional<JsonNode> example,
    Map<String, Example> examples,
    Map<String, Encoding> encoding,
    List<Encoding> prefixEncoding,
    Optional<Encoding> itemEncoding,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public MediaType {
    examples = Ordered.copyOf(examples);
    encoding = Ordered.copyOf(encoding);
    prefixEncoding = List.copyOf(prefixEncoding);
    extensions = Ordered.copyOf(extensions);
  }
}
