package io.brrtrouter.schema;

/** Finds the place of a value of a JSON document. Implementations are immutable. */
@FunctionalInterface
public interface SourceMap {

  /**
   * Locates a value.
   *
   * @param pointer a JSON Pointer (RFC 6901) from the document's root, {@code ""} for the root
   * @return the place of the value, or of its nearest ancestor with a known place
   */
  SourceLocation locate(String pointer);

  /**
   * {@return a map for documents without text: every value is at {@code name}}
   *
   * @param name what to call the document
   */
  static SourceMap unknown(String name) {
    SourceLocation nowhere = new SourceLocation(name, 0, 0);
    return pointer -> nowhere;
  }
}
