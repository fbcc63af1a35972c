package io.brrtrouter.schema.pattern;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * An expression that only a backtracking engine can match, the JDK's, which is stopped after a
 * number of steps. A search that is stopped has found nothing.
 *
 * @param pattern its translation
 */
record Backtracking(Pattern pattern) implements Matcher {
  /** Characters looked at; a few tens of milliseconds. */
  static final int MAX_STEPS = 1_000_000;

  /** {@return a matcher, or empty when the JDK has no such expression} */
  static Optional<Backtracking> of(Node node) {
    try {
      return Dialect.JDK.print(node).map(Pattern::compile).map(Backtracking::new);
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean find(CharSequence text) {
    try {
      return pattern.matcher(new Counted(text)).find();
    } catch (GaveUp e) {
      return false;
    } catch (StackOverflowError e) {
      // The JDK's engine recurses for each turn of a loop around a group; it holds nothing that
      // unwinding could leave half done.
      return false;
    }
  }

  /** A text that may be looked at so many times. */
  private static final class Counted implements CharSequence {
    private final CharSequence text;
    private int steps;

    Counted(CharSequence text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++steps > MAX_STEPS) {
        throw new GaveUp();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  /** Without stack trace: it is expected, and nobody reads it. */
  private static final class GaveUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private GaveUp() {
      super(null, null, false, false);
    }
  }
}
