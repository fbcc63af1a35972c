package io.brrtrouter.schema.pattern;

import java.util.List;

/** What an expression is compiled to. Immutable and thread-safe. */
sealed interface Matcher
    permits Automaton, Literal, Run, Linear, Backtracking, Matcher.All, Matcher.Any, Matcher.Not {

  /** {@return whether the expression matches somewhere in the text} */
  boolean find(CharSequence text);

  /**
   * Several expressions that must all match.
   *
   * @param matchers them
   */
  record All(List<Matcher> matchers) implements Matcher {
    @Override
    public boolean find(CharSequence text) {
      for (Matcher matcher : matchers) {
        if (!matcher.find(text)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Several expressions of which one must match.
   *
   * @param matchers them
   */
  record Any(List<Matcher> matchers) implements Matcher {
    @Override
    public boolean find(CharSequence text) {
      for (Matcher matcher : matchers) {
        if (matcher.find(text)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * An expression that must not match.
   *
   * @param matcher it
   */
  record Not(Matcher matcher) implements Matcher {
    @Override
    public boolean find(CharSequence text) {
      return !matcher.find(text);
    }
  }
}
