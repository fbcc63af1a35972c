package io.brrtrouter.schema.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A compiled {@code pattern} (JSON Schema validation section 6.3.3): an ECMA-262 regular expression
 * with the {@code u} flag, not anchored. Immutable and thread-safe.
 */
public final class EcmaPattern {
  private final String source;
  private final Pattern engine;

  private EcmaPattern(String source, Pattern engine) {
    this.source = source;
    this.engine = engine;
  }

  /**
   * Compiles a pattern.
   *
   * @param source the text of the keyword
   * @param allowBacktracking whether look-around and back-references, which cannot be matched in
   *     linear time, are allowed
   * @return the compiled pattern
   * @throws PatternRefused when the text is not a regular expression or cannot be matched in
   *     linear time
   */
  public static EcmaPattern compile(String source, boolean allowBacktracking)
      throws PatternRefused {
    try {
      return new EcmaPattern(source, Pattern.compile(source));
    } catch (PatternSyntaxException e) {
      throw new PatternRefused(e.getDescription());
    }
  }

  /**
   * Searches a text.
   *
   * @param text the text
   * @return whether the pattern matches somewhere in it
   */
  public boolean find(CharSequence text) {
    return engine.matcher(text).find();
  }

  /** {@return the text the pattern was compiled from} */
  @Override
  public String toString() {
    return source;
  }
}
