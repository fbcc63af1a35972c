package io.brrtrouter.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A place in a document; where a schema stands unless said otherwise. */
record Location(Document document, String pointer) {

  @Nullable JsonNode value() {
    return Pointers.find(document.resource.root(), pointer);
  }

  Location child(String token) {
    return new Location(document, Pointers.child(pointer, token));
  }

  Location child(int index) {
    return new Location(document, Pointers.child(pointer, index));
  }

  SourceLocation source() {
    return document.resource.sources().locate(pointer);
  }

  /** The absolute URI of this place below the nearest base URI, with a JSON Pointer fragment. */
  String uri() {
    Base base = document.baseAt(pointer);
    String relative = pointer.substring(base.pointer.length());
    return base.uri + "#" + Pointers.encodeFragment(relative);
  }
}
