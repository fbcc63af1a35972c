package io.brrtrouter.schema.pattern;

import io.brrtrouter.schema.pattern.Node.Choice;
import io.brrtrouter.schema.pattern.Node.Group;
import io.brrtrouter.schema.pattern.Node.Look;
import io.brrtrouter.schema.pattern.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A compiled {@code pattern} (JSON Schema validation section 6.3.3): an ECMA-262 regular expression
 * with the {@code u} flag, not anchored. Immutable and thread-safe.
 *
 * <p>Fixed texts and runs of characters are compared directly, most other expressions become a
 * deterministic automaton, and those whose automaton would be too large go to RE2/J. All three take
 * time linear in the text. Look-around is matched in linear time where it looks at one character,
 * right after {@code ^} or right before {@code $}.
 */
public final class EcmaPattern {
  private final String source;
  private final Node node;
  private final Matcher matcher;

  private EcmaPattern(String source, Node node, Matcher matcher) {
    this.source = source;
    this.node = node;
    this.matcher = matcher;
  }

  /**
   * Compiles a pattern.
   *
   * @param source the text of the keyword
   * @param allowBacktracking whether what cannot be matched in linear time, back-references and
   *     most look-around, is allowed; the search is then stopped after some time as if nothing had
   *     been found
   * @return the compiled pattern
   * @throws PatternRefused when the text is not a regular expression, is too large, or cannot be
   *     matched in linear time
   */
  public static EcmaPattern compile(String source, boolean allowBacktracking)
      throws PatternRefused {
    Node node = EcmaParser.parse(source);
    Optional<Matcher> linear = linear(node);
    Matcher matcher = linear.isPresent() ? linear.get() : backtracking(node, allowBacktracking);
    return new EcmaPattern(source, node, matcher);
  }

  /**
   * Tests the {@code regex} format: ECMA-262 section 22.2.1 as it stands, whether or not {@link
   * #compile} supports it.
   *
   * @param text the text
   * @return whether it is a regular expression
   */
  public static boolean isRegularExpression(String text) {
    try {
      EcmaParser.checkSyntax(text);
      return true;
    } catch (PatternRefused e) {
      return false;
    }
  }

  /**
   * Searches a text.
   *
   * @param text the text
   * @return whether the pattern matches somewhere in it
   */
  public boolean find(CharSequence text) {
    return matcher.find(text);
  }

  /** {@return the text the pattern was compiled from} */
  @Override
  public String toString() {
    return source;
  }

  Node node() {
    return node;
  }

  Matcher matcher() {
    return matcher;
  }

  private static Optional<Matcher> linear(Node node) {
    return Literal.of(node)
        .<Matcher>map(m -> m)
        .or(() -> Run.of(node))
        .or(() -> Automaton.of(node))
        .or(() -> Linear.of(node))
        .or(() -> aroundWhole(node));
  }

  /**
   * Look-around right after {@code ^} and right before {@code $} is a second condition on the whole
   * text: <code>^(?!no)[a-z]+$</code> is {@code ^[a-z]+$} and not {@code ^no}.
   */
  private static Optional<Matcher> aroundWhole(Node node) {
    if (References.any(node)) {
      return Optional.empty();
    }
    return switch (node) {
      case Group group -> linear(group.body());
      case Choice choice -> all(choice.options()).map(Matcher.Any::new);
      case Sequence sequence -> aroundWhole(sequence.items());
      default -> Optional.empty();
    };
  }

  private static Optional<Matcher> aroundWhole(List<Node> items) {
    int first = 1;
    while (first < items.size() && isLook(items.get(first), false)) {
      first++;
    }
    int last = items.size() - 1;
    while (last > first && isLook(items.get(last - 1), true)) {
      last--;
    }
    boolean after = items.getFirst() instanceof Node.Start && first > 1;
    boolean before = items.getLast() instanceof Node.End && last < items.size() - 1;
    if (!after && !before) {
      return Optional.empty();
    }
    List<Node> conditions = new ArrayList<>();
    List<Node> rest = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Node item = items.get(i);
      boolean leading = after && i > 0 && i < first;
      boolean trailing = before && i >= last && i < items.size() - 1;
      if (leading || trailing) {
        conditions.add(item);
      } else {
        rest.add(item);
      }
    }
    return linear(new Sequence(rest)).flatMap(main -> conditions(main, conditions));
  }

  private static boolean isLook(Node node, boolean behind) {
    return node instanceof Look look && look.behind() == behind;
  }

  private static Optional<Matcher> conditions(Matcher main, List<Node> looks) {
    List<Matcher> matchers = new ArrayList<>(List.of(main));
    for (Node node : looks) {
      Look look = (Look) node;
      List<Node> anchored = new ArrayList<>();
      if (!look.behind()) {
        anchored.add(new Node.Start());
      }
      anchored.addAll(
          look.body() instanceof Sequence(List<Node> items) ? items : List.of(look.body()));
      if (look.behind()) {
        anchored.add(new Node.End());
      }
      Optional<Matcher> condition = linear(new Sequence(anchored));
      if (condition.isEmpty()) {
        return Optional.empty();
      }
      matchers.add(look.negated() ? new Matcher.Not(condition.get()) : condition.get());
    }
    return Optional.of(new Matcher.All(List.copyOf(matchers)));
  }

  private static Optional<List<Matcher>> all(List<Node> nodes) {
    List<Matcher> matchers = new ArrayList<>();
    for (Node node : nodes) {
      Optional<Matcher> matcher = linear(node);
      if (matcher.isEmpty()) {
        return Optional.empty();
      }
      matchers.add(matcher.get());
    }
    return Optional.of(matchers);
  }

  private static Matcher backtracking(Node node, boolean allowed) throws PatternRefused {
    boolean references = References.any(node);
    if (!references && !hasLook(node)) {
      throw new PatternRefused(
          "it is too large; lower the numbers of its quantifiers, or use maxLength");
    }
    if (!allowed) {
      throw new PatternRefused(
          (references ? "back-references" : "this look-around")
              + " cannot be matched in linear time; rewrite it, or allow backtracking patterns");
    }
    if (!References.areCertain(node)) {
      throw new PatternRefused("it refers to a group that may not have taken part");
    }
    return Backtracking.of(node)
        .orElseThrow(
            () -> new PatternRefused("its look-behind has no maximum length, or it is too large"));
  }

  private static boolean hasLook(Node node) {
    return node instanceof Look || node.children().stream().anyMatch(EcmaPattern::hasLook);
  }
}
