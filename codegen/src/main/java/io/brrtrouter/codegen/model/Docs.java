package io.brrtrouter.codegen.model;

/**
 * What the document says about something, for people.
 *
 * @param summary one line of text; empty when there is none
 * @param description CommonMark text; empty when there is none
 * @param deprecated whether the document advises against its use
 */
public record Docs(String summary, String description, boolean deprecated) {
  /** Nothing is said. */
  public static final Docs NONE = new Docs("", "", false);
}
