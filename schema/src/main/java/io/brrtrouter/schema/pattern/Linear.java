package io.brrtrouter.schema.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * An expression whose deterministic automaton would be too large, matched by RE2/J: time linear in
 * the text with a factor that grows with the expression.
 *
 * @param pattern its translation
 */
record Linear(Pattern pattern) implements Matcher {
  /** Instructions, all of which may be at work on each character. */
  private static final int MAX_INSTRUCTIONS = 4_000;

  /** {@return a matcher, or empty when RE2 has no such expression or none so large} */
  static Optional<Linear> of(Node node) {
    if (Nfa.of(node).filter(nfa -> nfa.program().size() <= MAX_INSTRUCTIONS).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Dialect.RE2.print(node).map(Pattern::compile).map(Linear::new);
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean find(CharSequence text) {
    return pattern.matcher(text).find();
  }
}
