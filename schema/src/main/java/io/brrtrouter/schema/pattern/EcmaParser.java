package io.brrtrouter.schema.pattern;

import io.brrtrouter.schema.pattern.Node.BackReference;
import io.brrtrouter.schema.pattern.Node.Characters;
import io.brrtrouter.schema.pattern.Node.Choice;
import io.brrtrouter.schema.pattern.Node.End;
import io.brrtrouter.schema.pattern.Node.Group;
import io.brrtrouter.schema.pattern.Node.Look;
import io.brrtrouter.schema.pattern.Node.Repeat;
import io.brrtrouter.schema.pattern.Node.Sequence;
import io.brrtrouter.schema.pattern.Node.Start;
import io.brrtrouter.schema.pattern.Node.WordBoundary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a regular expression: ECMA-262 section 22.2.1 with the {@code u} flag, modifiers and
 * duplicate group names (2025) included.
 *
 * <p>An expression to match with may also have what many documents contain and what can mean only
 * one thing (ECMA-262 appendix B.1.2): a backslash before any character that is no ASCII letter or
 * digit, a brace or bracket that closes nothing, a brace that is no quantifier, and a hyphen beside
 * a class escape in a class.
 */
final class EcmaParser {
  /** Groups in groups; the parser and all that walks its result recurse this deep. */
  private static final int MAX_DEPTH = 200;

  /** Groups with one name in different alternatives; each is compared with the others. */
  private static final int MAX_SAME_NAMES = 100;

  private static final int END = Cursor.END;

  private final Cursor cursor;
  private final EscapeReader escapes;
  private final boolean syntaxOnly;
  private int depth;
  private int groups;
  private int choices;
  private boolean ignoreCase;
  private boolean multiline;
  private boolean dotAll;

  /** The alternative the reader is in. */
  private @Nullable Branch branch;

  private final Map<String, List<NamedGroup>> names = new HashMap<>();
  private final List<NamedReference> references = new ArrayList<>();
  private int largestReference;

  /**
   * An alternative.
   *
   * @param choice the number of the disjunction
   * @param option the number of the alternative in it
   * @param depth how many are around it
   * @param outer the one directly around it
   */
  private record Branch(int choice, int option, int depth, @Nullable Branch outer) {}

  private record NamedGroup(int index, @Nullable Branch branch) {}

  private record NamedReference(String name, int group) {}

  private EcmaParser(String source, boolean syntaxOnly) {
    this.cursor = new Cursor(source);
    this.escapes = new EscapeReader(cursor, syntaxOnly);
    this.syntaxOnly = syntaxOnly;
  }

  /**
   * Parses.
   *
   * @param source the expression
   * @return its meaning
   * @throws PatternRefused when it is none
   */
  static Node parse(String source) throws PatternRefused {
    return new EcmaParser(source, false).pattern();
  }

  /**
   * Checks an expression against ECMA-262 alone. Takes time linear in its length: no set of code
   * points is looked up.
   *
   * @param source the expression
   * @throws PatternRefused when it is none
   */
  static void checkSyntax(String source) throws PatternRefused {
    new EcmaParser(source, true).pattern();
  }

  private Node pattern() throws PatternRefused {
    Node node = disjunction();
    if (cursor.peek() == ')') {
      throw cursor.refused("\")\" closes no group");
    }
    if (largestReference > groups) {
      throw new PatternRefused("\\" + largestReference + " refers to a group that does not exist");
    }
    return resolve(node);
  }

  private Node disjunction() throws PatternRefused {
    if (++depth > MAX_DEPTH) {
      throw cursor.refused("groups are nested deeper than " + MAX_DEPTH);
    }
    int choice = choices++;
    Branch outer = branch;
    List<Node> options = new ArrayList<>();
    do {
      branch = new Branch(choice, options.size(), depth, outer);
      options.add(alternative());
    } while (cursor.take('|'));
    branch = outer;
    depth--;
    return options.size() == 1 ? options.get(0) : new Choice(options);
  }

  private Node alternative() throws PatternRefused {
    List<Node> items = new ArrayList<>();
    while (cursor.peek() != END && cursor.peek() != '|' && cursor.peek() != ')') {
      items.add(term());
    }
    return items.size() == 1 ? items.get(0) : new Sequence(items);
  }

  private Node term() throws PatternRefused {
    int start = cursor.at;
    Node assertion = assertion();
    if (assertion != null) {
      if (isQuantifier()) {
        throw cursor.refused(
            "nothing to repeat before \"" + Character.toString(cursor.peek()) + "\"");
      }
      return assertion;
    }
    cursor.at = start;
    return quantified(atom());
  }

  private @Nullable Node assertion() throws PatternRefused {
    if (cursor.take('^')) {
      return multiline ? orBeside(new Start(), true) : new Start();
    }
    if (cursor.take('$')) {
      return multiline ? orBeside(new End(), false) : new End();
    }
    if (cursor.take("\\b")) {
      return new WordBoundary(false);
    }
    if (cursor.take("\\B")) {
      return new WordBoundary(true);
    }
    if (cursor.take("(?=")) {
      return look(false, false);
    }
    if (cursor.take("(?!")) {
      return look(false, true);
    }
    if (cursor.take("(?<=")) {
      return look(true, false);
    }
    if (cursor.take("(?<!")) {
      return look(true, true);
    }
    return null;
  }

  /** With the modifier {@code m} an end of the text or of a line. */
  private static Node orBeside(Node edge, boolean behind) {
    return new Choice(
        List.of(edge, new Look(behind, false, new Characters(CodePoints.LINE_TERMINATORS))));
  }

  private Node look(boolean behind, boolean negated) throws PatternRefused {
    return new Look(behind, negated, groupBody());
  }

  private Node groupBody() throws PatternRefused {
    int open = cursor.at;
    Node body = disjunction();
    if (!cursor.take(')')) {
      cursor.at = open;
      throw cursor.refused("a group is not closed");
    }
    return body;
  }

  private Node atom() throws PatternRefused {
    int c = cursor.next();
    return switch (c) {
      case '.' ->
          new Characters(dotAll ? CodePoints.ANY : CodePoints.LINE_TERMINATORS.complement());
      case '(' -> group();
      case '[' -> new Characters(characterClass());
      case '\\' -> atomEscape();
      case '*', '+', '?' ->
          throw cursor.refusedBefore("nothing to repeat before \"" + (char) c + "\"");
      case '{' -> {
        if (syntaxOnly || cursor.peek() == ',' || (cursor.peek() >= '0' && cursor.peek() <= '9')) {
          throw cursor.refusedBefore("\"{\" is no quantifier here; write \"\\{\", or {0,n}");
        }
        yield characters(CodePoints.of(c));
      }
      case '}', ']' -> {
        if (syntaxOnly) {
          throw cursor.refusedBefore(
              "\"" + (char) c + "\" closes nothing; write \"\\" + (char) c + "\"");
        }
        yield characters(CodePoints.of(c));
      }
      default -> characters(CodePoints.of(c));
    };
  }

  private Characters characters(CodePoints set) {
    return new Characters(cased(set));
  }

  /** Reads after an opening parenthesis that begins no look-around. */
  private Node group() throws PatternRefused {
    if (cursor.take("?:")) {
      return groupBody();
    }
    if (cursor.take("?<")) {
      return namedGroup();
    }
    if (cursor.peek() == '?') {
      return modifiedGroup();
    }
    int index = ++groups;
    return new Group(index, groupBody());
  }

  private Node namedGroup() throws PatternRefused {
    String name = groupName();
    int index = ++groups;
    List<NamedGroup> same = names.computeIfAbsent(name, _ -> new ArrayList<>());
    if (same.size() == MAX_SAME_NAMES) {
      throw cursor.refused("more than " + MAX_SAME_NAMES + " groups are named \"" + name + "\"");
    }
    for (NamedGroup other : same) {
      if (!areExclusive(other.branch, branch)) {
        throw cursor.refused("two groups are named \"" + name + "\"");
      }
    }
    same.add(new NamedGroup(index, branch));
    return new Group(index, groupBody());
  }

  /** {@return whether two places are in different alternatives of one disjunction} */
  private static boolean areExclusive(@Nullable Branch one, @Nullable Branch other) {
    Branch a = one;
    Branch b = other;
    while (a != null && b != null && a.choice != b.choice) {
      if (a.depth > b.depth) {
        a = a.outer;
      } else if (a.depth < b.depth) {
        b = b.outer;
      } else {
        a = a.outer;
        b = b.outer;
      }
    }
    return a != null && b != null && a.option != b.option;
  }

  private String groupName() throws PatternRefused {
    StringBuilder name = new StringBuilder();
    while (cursor.peek() != '>') {
      int c = cursor.next();
      if (c == '\\') {
        c = cursor.take('u') ? escapes.unicodeEscape() : END;
      }
      boolean allowed =
          c == '$'
              || c == '_'
              || (c != END
                  && (name.isEmpty()
                      ? Character.isUnicodeIdentifierStart(c)
                      : Character.isUnicodeIdentifierPart(c)));
      if (!allowed) {
        throw cursor.refused("a group name is not an identifier followed by \">\"");
      }
      name.appendCodePoint(c);
    }
    cursor.next();
    if (name.isEmpty()) {
      throw cursor.refused("a group name is empty");
    }
    return name.toString();
  }

  /** {@code (?ims-ims:...)}, section 22.2.1, RegularExpressionModifiers. */
  private Node modifiedGroup() throws PatternRefused {
    int start = cursor.at - 1;
    cursor.next();
    String on = modifierLetters();
    boolean minus = cursor.take('-');
    String off = minus ? modifierLetters() : "";
    boolean rest = cursor.peek() == ')' && !on.isEmpty() && !minus;
    if (!cursor.take(':') || (on.isEmpty() && off.isEmpty()) || !areDistinct(on + off)) {
      cursor.at = start;
      throw cursor.refused(rest ? restHint(on) : groupHint());
    }
    boolean oldIgnoreCase = ignoreCase;
    boolean oldMultiline = multiline;
    boolean oldDotAll = dotAll;
    ignoreCase = on.contains("i") || (ignoreCase && !off.contains("i"));
    multiline = on.contains("m") || (multiline && !off.contains("m"));
    dotAll = on.contains("s") || (dotAll && !off.contains("s"));
    Node body = groupBody();
    ignoreCase = oldIgnoreCase;
    multiline = oldMultiline;
    dotAll = oldDotAll;
    return body;
  }

  private static String restHint(String flags) {
    return "flags for the rest of the expression are not ECMA-262; write \"(?"
        + flags
        + ":\" and \")\" around it";
  }

  private String groupHint() {
    if (cursor.lookingAt("(?P<")) {
      return "\"(?P<name>\" is not ECMA-262; write \"(?<name>\"";
    }
    return cursor.lookingAt("(?>")
        ? "atomic groups are not ECMA-262"
        : "\"(?\" begins no group of ECMA-262";
  }

  private String modifierLetters() {
    StringBuilder letters = new StringBuilder();
    while (cursor.peek() == 'i' || cursor.peek() == 'm' || cursor.peek() == 's') {
      letters.append((char) cursor.next());
    }
    return letters.toString();
  }

  private static boolean areDistinct(String letters) {
    return letters.chars().distinct().count() == letters.length();
  }

  private Node quantified(Node atom) throws PatternRefused {
    int min;
    int max;
    if (cursor.take('*')) {
      min = 0;
      max = Node.UNBOUNDED;
    } else if (cursor.take('+')) {
      min = 1;
      max = Node.UNBOUNDED;
    } else if (cursor.take('?')) {
      min = 0;
      max = 1;
    } else if (isBraceQuantifier()) {
      cursor.next();
      min = cursor.number();
      max = cursor.take(',') ? cursor.peek() == '}' ? Node.UNBOUNDED : cursor.number() : min;
      cursor.next();
      if (max < min) {
        throw cursor.refused("a quantifier's bounds are out of order");
      }
    } else {
      return atom;
    }
    boolean lazy = cursor.take('?');
    if (isQuantifier()) {
      throw cursor.refused(
          cursor.peek() == '+'
              ? "possessive quantifiers are not ECMA-262"
              : "nothing to repeat before \"" + Character.toString(cursor.peek()) + "\"");
    }
    return new Repeat(atom, min, max, lazy);
  }

  private boolean isQuantifier() {
    return cursor.peek() == '*'
        || cursor.peek() == '+'
        || cursor.peek() == '?'
        || isBraceQuantifier();
  }

  /** {@return whether <code>{n}</code>, <code>{n,}</code> or <code>{n,m}</code> comes next} */
  private boolean isBraceQuantifier() {
    if (cursor.peek() != '{') {
      return false;
    }
    int ahead = afterDigits(1);
    if (ahead == 1) {
      return false;
    }
    if (cursor.peek(ahead) == ',') {
      ahead = afterDigits(ahead + 1);
    }
    return cursor.peek(ahead) == '}';
  }

  private int afterDigits(int ahead) {
    int after = ahead;
    while (cursor.peek(after) >= '0' && cursor.peek(after) <= '9') {
      after++;
    }
    return after;
  }

  private Node atomEscape() throws PatternRefused {
    int c = cursor.peek();
    if (c >= '1' && c <= '9') {
      int group = cursor.number();
      largestReference = Math.max(largestReference, group);
      return new BackReference(group);
    }
    if (c == 'k') {
      cursor.next();
      if (!cursor.take('<')) {
        throw cursor.refused("\"\\k\" is not followed by a group's name in \"<\" and \">\"");
      }
      references.add(new NamedReference(groupName(), -references.size() - 1));
      return new BackReference(references.getLast().group);
    }
    CodePoints set = escapes.classEscape();
    return set != null
        ? characters(set)
        : characters(CodePoints.of(escapes.characterEscape(false)));
  }

  /** Reads after an opening bracket; section 22.2.1, CharacterClass. */
  private CodePoints characterClass() throws PatternRefused {
    int open = cursor.at - 1;
    boolean negated = cursor.take('^');
    List<CodePoints> parts = new ArrayList<>();
    while (!cursor.take(']')) {
      if (cursor.peek() == END) {
        cursor.at = open;
        throw cursor.refused("a character class is not closed");
      }
      refusePosixClass();
      parts.add(classRange());
    }
    // Folded before it is inverted: the complement matches what no member's case matches.
    CodePoints folded = cased(CodePoints.union(parts));
    return negated ? folded.complement() : folded;
  }

  private CodePoints cased(CodePoints set) {
    return ignoreCase && !syntaxOnly ? set.ignoringCase() : set;
  }

  private void refusePosixClass() throws PatternRefused {
    int i = cursor.at;
    if (!cursor.take("[:")) {
      return;
    }
    while (EscapeReader.isAsciiLetter(cursor.peek())) {
      cursor.next();
    }
    if (cursor.take(":]")) {
      cursor.at = i;
      throw cursor.refused(
          "POSIX classes are not ECMA-262; write a property, \\p{Alphabetic} for example");
    }
    cursor.at = i;
  }

  /** {@return one member, or the range it begins} */
  private CodePoints classRange() throws PatternRefused {
    int start = cursor.at;
    ClassAtom first = classAtom();
    if (cursor.peek() != '-' || cursor.peek(1) == ']') {
      return first.set;
    }
    cursor.next();
    if (cursor.peek() == END) {
      return first.set;
    }
    ClassAtom last = classAtom();
    if (first.point < 0 || last.point < 0) {
      if (syntaxOnly) {
        cursor.at = start;
        throw cursor.refused("a range of a character class begins or ends with a class");
      }
      return first.set.or(CodePoints.of('-')).or(last.set);
    }
    if (last.point < first.point) {
      cursor.at = start;
      throw cursor.refused("a range of a character class is out of order");
    }
    return CodePoints.ofRanges(first.point, last.point);
  }

  /**
   * A part of a class.
   *
   * @param set what it contains
   * @param point the only member if it is written as a single character, else -1
   */
  private record ClassAtom(CodePoints set, int point) {
    static ClassAtom of(int point) {
      return new ClassAtom(CodePoints.of(point), point);
    }
  }

  private ClassAtom classAtom() throws PatternRefused {
    int c = cursor.next();
    if (c != '\\') {
      return ClassAtom.of(c);
    }
    if (cursor.take('b')) {
      return ClassAtom.of('\b');
    }
    CodePoints set = cursor.peek() == END ? null : escapes.classEscape();
    return set != null ? new ClassAtom(set, -1) : ClassAtom.of(escapes.characterEscape(true));
  }

  /** Gives named references, negative until now, the index of their group. */
  private Node resolve(Node node) throws PatternRefused {
    if (references.isEmpty()) {
      return node;
    }
    return switch (node) {
      case Sequence sequence -> new Sequence(resolveAll(sequence.items()));
      case Choice choice -> new Choice(resolveAll(choice.options()));
      case Repeat repeat ->
          new Repeat(resolve(repeat.body()), repeat.min(), repeat.max(), repeat.lazy());
      case Group group -> new Group(group.index(), resolve(group.body()));
      case Look look -> new Look(look.behind(), look.negated(), resolve(look.body()));
      case BackReference reference ->
          reference.group() > 0 ? reference : resolve(references.get(-reference.group() - 1).name);
      case Node.Characters _, Node.Start _, Node.End _, Node.WordBoundary _ -> node;
    };
  }

  private List<Node> resolveAll(List<Node> nodes) throws PatternRefused {
    List<Node> resolved = new ArrayList<>();
    for (Node node : nodes) {
      resolved.add(resolve(node));
    }
    return resolved;
  }

  /** Of groups with one name at most one took part; the others refer to nothing, the empty text. */
  private Node resolve(String name) throws PatternRefused {
    List<NamedGroup> named = names.get(name);
    if (named == null) {
      throw new PatternRefused("\\k<" + name + "> refers to a group that does not exist");
    }
    List<Node> items = new ArrayList<>();
    for (NamedGroup group : named) {
      items.add(new BackReference(group.index));
    }
    return items.size() == 1 ? items.get(0) : new Sequence(items);
  }
}
