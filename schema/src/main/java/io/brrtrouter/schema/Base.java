package io.brrtrouter.schema;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * A schema resource in the sense of JSON Schema core section 4.3.5: what one base URI identifies,
 * either a whole document or a subschema with {@code $id}.
 */
final class Base {
  final URI uri;
  final Document document;

  /** Where its root is in the document. */
  final String pointer;

  /** {@code $anchor} and {@code $dynamicAnchor} names, to pointers in the document. */
  final Map<String, String> anchors = new HashMap<>();

  /** {@code $dynamicAnchor} names only. */
  final Map<String, String> dynamicAnchors = new HashMap<>();

  Base(URI uri, Document document, String pointer) {
    this.uri = uri;
    this.document = document;
    this.pointer = pointer;
  }
}
