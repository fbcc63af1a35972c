package io.brrtrouter.codegen.model;

import java.util.List;
import java.util.Optional;

/**
 * One media type of a request or response body.
 *
 * @param mediaType the media type or range as the document writes it
 * @param kind how bytes become the value
 * @param value what the body is
 * @param wrapper the nested record that says which media type it is; absent when there is no need
 *     to
 * @param parts encodings of the properties of a form, in document order
 * @param origin the media type object
 * @param schema where its schema is written, when it has one; of items that of one
 * @param binding how a codec reads and writes it; absent for octets and until codecs are named
 */
public record Content(
    String mediaType,
    Kind kind,
    Value value,
    Optional<String> wrapper,
    List<FormPart> parts,
    Origin origin,
    Optional<Origin> schema,
    Optional<Binding> binding) {

  /** How bytes become a value. */
  public enum Kind {
    /** JSON. */
    JSON,
    /** {@code application/x-www-form-urlencoded}. */
    FORM,
    /** {@code multipart/form-data} or another multipart type. */
    MULTIPART,
    /** Text: the value is a string. */
    TEXT,
    /** The octets themselves. */
    BYTES,
    /** The octets themselves, read while they come. */
    STREAM,
    /** Items, one by one: those of a sequential media type. The binding is that of one item. */
    ITEMS
  }

  /**
   * How one property of a form is written.
   *
   * @param property the property
   * @param contentType the media types the document allows; empty for the specification's default
   * @param style the style as the document writes it; empty for the specification's default
   * @param explode whether arrays and objects are spread, when given
   */
  public record FormPart(
      String property, String contentType, String style, Optional<Boolean> explode) {}

  /** Copies the list. */
  public Content {
    wrapper.ifPresent(Demand::identifier);
    parts = List.copyOf(parts);
  }

  /** {@return one item, of what is {@link Kind#ITEMS}; else the whole value} */
  public Value item() {
    return kind != Kind.ITEMS
        ? value
        : switch (value.type()) {
          case JavaType.ItemsOf(Value items) -> items;
          case JavaType.ListOf(Value items) -> items;
          default -> throw new IllegalStateException("no items: " + value);
        };
  }

  /**
   * {@return the same content in a record that says which media type it is}
   *
   * @param record the name of the record
   */
  public Content wrapped(String record) {
    return new Content(mediaType, kind, value, Optional.of(record), parts, origin, schema, binding);
  }

  /**
   * {@return the same content with a codec}
   *
   * @param codec how it is read and written
   */
  public Content bound(Binding codec) {
    return new Content(mediaType, kind, value, wrapper, parts, origin, schema, Optional.of(codec));
  }
}
