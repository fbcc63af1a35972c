package io.brrtrouter.schema;

/**
 * A place in a text file: the answer to "where is that written?".
 *
 * @param file the file's name as a reader would type it, relative to the working directory or the
 *     document's directory
 * @param line the line, counted from 1; 0 when unknown
 * @param column the column in characters, counted from 1; 0 when unknown
 */
public record SourceLocation(String file, int line, int column) {

  /** {@return {@code file:line:column}, the form editors and compilers make clickable} */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
