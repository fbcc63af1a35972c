package io.brrtrouter.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A place in a document; where a schema stands unless said otherwise. Knows the value there, so
 * that a step down costs one look-up and not a walk from the root. Immutable.
 */
final class Location {
  private final Document document;
  private final String pointer;
  private final @Nullable JsonNode value;

  Location(Document document, String pointer) {
    this(document, pointer, Pointers.find(document.resource.root(), pointer));
  }

  private Location(Document document, String pointer, @Nullable JsonNode value) {
    this.document = document;
    this.pointer = pointer;
    this.value = value;
  }

  Document document() {
    return document;
  }

  String pointer() {
    return pointer;
  }

  /** {@return the value at the place; null when there is none} */
  @Nullable JsonNode value() {
    return value;
  }

  Location child(String token) {
    JsonNode child = value == null ? null : Pointers.step(value, token);
    return new Location(document, Pointers.child(pointer, token), child);
  }

  Location child(int index) {
    JsonNode child = value != null && value.isArray() ? value.get(index) : null;
    return new Location(document, Pointers.child(pointer, index), child);
  }

  SourceLocation source() {
    return document.resource.sources().locate(pointer);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Location that
        && document.equals(that.document)
        && pointer.equals(that.pointer);
  }

  @Override
  public int hashCode() {
    return pointer.hashCode();
  }

  @Override
  public String toString() {
    return document.resource.uri() + "#" + pointer;
  }
}
