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
}
