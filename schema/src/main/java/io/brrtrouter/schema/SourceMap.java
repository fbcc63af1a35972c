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
   * Locates the name of a member; unless overridden, its value.
   *
   * @param pointer a JSON Pointer of the member's value
   * @return the place of the name; of the value when it is no member; of the nearest ancestor with
   *     a known place when there is no such value
   */
  default SourceLocation locateName(String pointer) {
    return locate(pointer);
  }

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
