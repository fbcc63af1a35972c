package io.brrtrouter.schema;

import java.net.URI;

/**
 * Where a compiled schema is written, without the document: what a violation needs to say.
 *
 * @param base the base URI
 * @param basePointer where the schema the base URI identifies starts in the document
 * @param pointer where the schema is in the document
 * @param sources the document's positions
 */
record Origin(URI base, String basePointer, String pointer, SourceMap sources) {

  static Origin of(Location location) {
    Base base = location.document().baseAt(location.pointer());
    return new Origin(
        base.uri, base.pointer, location.pointer(), location.document().resource.sources());
  }

  /** The absolute URI of a place below the schema; the path is empty or starts with a slash. */
  String uri(String path) {
    String relative = pointer.substring(basePointer.length()) + path;
    return base + "#" + Pointers.encodeFragment(relative);
  }

  /** Where the keyword at a path below the schema is written: its name, not its value. */
  SourceLocation source(String path) {
    return sources.locateName(pointer + path);
  }
}
