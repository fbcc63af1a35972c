package io.brrtrouter.codegen.print;

import java.util.List;

/**
 * A part of a source file.
 *
 * @param text whole lines
 * @param imports the names it needs imported, sorted
 */
public record Snippet(String text, List<String> imports) {

  /** Copies the list. */
  public Snippet {
    imports = List.copyOf(imports);
  }
}
