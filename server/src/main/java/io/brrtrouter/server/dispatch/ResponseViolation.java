package io.brrtrouter.server.dispatch;

import io.brrtrouter.schema.SourceLocation;

/**
 * One reason why a handler's response does not match the document.
 *
 * @param in {@code status}, {@code header}, {@code content} or {@code body}
 * @param name name of the header, else {@code ""}
 * @param pointer JSON Pointer into the value, {@code ""} for the whole
 * @param message what is wrong and what would be right; never repeats the value
 * @param source where the document says so
 */
record ResponseViolation(
    String in, String name, String pointer, String message, SourceLocation source) {

  /** {@return {@code in name pointer: message (source)}, for the log} */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(in);
    if (!name.isEmpty()) {
      text.append(' ').append(name);
    }
    if (!pointer.isEmpty()) {
      text.append(' ').append(pointer);
    }
    return text.append(": ").append(message).append(" (").append(source).append(')').toString();
  }
}
