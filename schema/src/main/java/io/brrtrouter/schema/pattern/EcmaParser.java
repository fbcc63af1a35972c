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

  private static final String SYNTAX_CHARACTERS = "^$\\.*+?()[]{}|/";
  private static final int END = -1;

  static final CodePoints DIGITS = CodePoints.ofRanges('0', '9');
  static final CodePoints WORD = CodePoints.ofRanges('0', '9', 'A', 'Z', '_', '_', 'a', 'z');
  static final CodePoints LINE_TERMINATORS =
      CodePoints.ofRanges('\n', '\n', '\r', '\r', 0x2028, 0x2029);

  /** WhiteSpace and LineTerminator, sections 12.2 and 12.3. */
  static final CodePoints SPACE =
      CodePoints.ofRanges(
          9, 13, ' ', ' ', 0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F,
          0x202F, 0x205F, 0x205F, 0x3000, 0x3000, 0xFEFF, 0xFEFF);

  private final int[] source;
  private final boolean syntaxOnly;
  private int at;
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
    this.source = source.codePoints().toArray();
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
    if (peek() == ')') {
      throw refused("\")\" closes no group");
    }
    if (largestReference > groups) {
      throw new PatternRefused("\\" + largestReference + " refers to a group that does not exist");
    }
    return resolve(node);
  }

  private Node disjunction() throws PatternRefused {
    if (++depth > MAX_DEPTH) {
      throw refused("groups are nested deeper than " + MAX_DEPTH);
    }
    int choice = choices++;
    Branch outer = branch;
    List<Node> options = new ArrayList<>();
    do {
      branch = new Branch(choice, options.size(), depth, outer);
      options.add(alternative());
    } while (take('|'));
    branch = outer;
    depth--;
    return options.size() == 1 ? options.get(0) : new Choice(options);
  }

  private Node alternative() throws PatternRefused {
    List<Node> items = new ArrayList<>();
    while (peek() != END && peek() != '|' && peek() != ')') {
      items.add(term());
    }
    return items.size() == 1 ? items.get(0) : new Sequence(items);
  }

  private Node term() throws PatternRefused {
    int start = at;
    Node assertion = assertion();
    if (assertion != null) {
      if (isQuantifier()) {
        throw refused("nothing to repeat before \"" + Character.toString(peek()) + "\"");
      }
      return assertion;
    }
    at = start;
    return quantified(atom());
  }

  private @Nullable Node assertion() throws PatternRefused {
    if (take('^')) {
      return multiline ? orBeside(new Start(), true) : new Start();
    }
    if (take('$')) {
      return multiline ? orBeside(new End(), false) : new End();
    }
    if (take("\\b")) {
      return new WordBoundary(false);
    }
    if (take("\\B")) {
      return new WordBoundary(true);
    }
    if (take("(?=")) {
      return look(false, false);
    }
    if (take("(?!")) {
      return look(false, true);
    }
    if (take("(?<=")) {
      return look(true, false);
    }
    if (take("(?<!")) {
      return look(true, true);
    }
    return null;
  }

  /** With the modifier {@code m} an end of the text or of a line. */
  private static Node orBeside(Node edge, boolean behind) {
    return new Choice(List.of(edge, new Look(behind, false, new Characters(LINE_TERMINATORS))));
  }

  private Node look(boolean behind, boolean negated) throws PatternRefused {
    return new Look(behind, negated, groupBody());
  }

  private Node groupBody() throws PatternRefused {
    int open = at;
    Node body = disjunction();
    if (!take(')')) {
      at = open;
      throw refused("a group is not closed");
    }
    return body;
  }

  private Node atom() throws PatternRefused {
    int c = next();
    return switch (c) {
      case '.' -> new Characters(dotAll ? CodePoints.ANY : LINE_TERMINATORS.complement());
      case '(' -> group();
      case '[' -> new Characters(characterClass());
      case '\\' -> atomEscape();
      case '*', '+', '?' -> throw refusedBefore("nothing to repeat before \"" + (char) c + "\"");
      case '{' -> {
        if (syntaxOnly || peek() == ',' || peek() >= '0' && peek() <= '9') {
          throw refusedBefore("\"{\" is no quantifier here; write \"\\{\", or {0,n}");
        }
        yield characters(CodePoints.of(c));
      }
      case '}', ']' -> {
        if (syntaxOnly) {
          throw refusedBefore("\"" + (char) c + "\" closes nothing; write \"\\" + (char) c + "\"");
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
    if (take("?:")) {
      return groupBody();
    }
    if (take("?<")) {
      return namedGroup();
    }
    if (peek() == '?') {
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
      throw refused("more than " + MAX_SAME_NAMES + " groups are named \"" + name + "\"");
    }
    for (NamedGroup other : same) {
      if (!areExclusive(other.branch, branch)) {
        throw refused("two groups are named \"" + name + "\"");
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
    while (peek() != '>') {
      int c = next();
      if (c == '\\') {
        c = take('u') ? unicodeEscape() : END;
      }
      boolean allowed =
          c == '$'
              || c == '_'
              || c != END
                  && (name.isEmpty()
                      ? Character.isUnicodeIdentifierStart(c)
                      : Character.isUnicodeIdentifierPart(c));
      if (!allowed) {
        throw refused("a group name is not an identifier followed by \">\"");
      }
      name.appendCodePoint(c);
    }
    next();
    if (name.isEmpty()) {
      throw refused("a group name is empty");
    }
    return name.toString();
  }

  /** {@code (?ims-ims:...)}, section 22.2.1, RegularExpressionModifiers. */
  private Node modifiedGroup() throws PatternRefused {
    int start = at - 1;
    next();
    String on = modifierLetters();
    boolean minus = take('-');
    String off = minus ? modifierLetters() : "";
    boolean rest = peek() == ')' && !on.isEmpty() && !minus;
    if (!take(':') || on.isEmpty() && off.isEmpty() || !areDistinct(on + off)) {
      at = start;
      throw refused(rest ? restHint(on) : groupHint());
    }
    boolean oldIgnoreCase = ignoreCase;
    boolean oldMultiline = multiline;
    boolean oldDotAll = dotAll;
    ignoreCase = on.contains("i") || ignoreCase && !off.contains("i");
    multiline = on.contains("m") || multiline && !off.contains("m");
    dotAll = on.contains("s") || dotAll && !off.contains("s");
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
    if (lookingAt("(?P<")) {
      return "\"(?P<name>\" is not ECMA-262; write \"(?<name>\"";
    }
    return lookingAt("(?>")
        ? "atomic groups are not ECMA-262"
        : "\"(?\" begins no group of ECMA-262";
  }

  private String modifierLetters() {
    StringBuilder letters = new StringBuilder();
    while (peek() == 'i' || peek() == 'm' || peek() == 's') {
      letters.append((char) next());
    }
    return letters.toString();
  }

  private static boolean areDistinct(String letters) {
    return letters.chars().distinct().count() == letters.length();
  }

  private Node quantified(Node atom) throws PatternRefused {
    int min;
    int max;
    if (take('*')) {
      min = 0;
      max = Node.UNBOUNDED;
    } else if (take('+')) {
      min = 1;
      max = Node.UNBOUNDED;
    } else if (take('?')) {
      min = 0;
      max = 1;
    } else if (isBraceQuantifier()) {
      next();
      min = number();
      max = take(',') ? peek() == '}' ? Node.UNBOUNDED : number() : min;
      next();
      if (max < min) {
        throw refused("a quantifier's bounds are out of order");
      }
    } else {
      return atom;
    }
    boolean lazy = take('?');
    if (isQuantifier()) {
      throw refused(
          peek() == '+'
              ? "possessive quantifiers are not ECMA-262"
              : "nothing to repeat before \"" + Character.toString(peek()) + "\"");
    }
    return new Repeat(atom, min, max, lazy);
  }

  private boolean isQuantifier() {
    return peek() == '*' || peek() == '+' || peek() == '?' || isBraceQuantifier();
  }

  /** {@return whether <code>{n}</code>, <code>{n,}</code> or <code>{n,m}</code> comes next} */
  private boolean isBraceQuantifier() {
    if (peek() != '{') {
      return false;
    }
    int i = at + 1;
    int first = i;
    while (isDigit(i)) {
      i++;
    }
    if (i == first) {
      return false;
    }
    if (i < source.length && source[i] == ',') {
      i++;
      while (isDigit(i)) {
        i++;
      }
    }
    return i < source.length && source[i] == '}';
  }

  private boolean isDigit(int index) {
    return index < source.length && source[index] >= '0' && source[index] <= '9';
  }

  /** Reads digits; what no text is long enough for is unbounded. */
  private int number() {
    long value = 0;
    while (isDigit(at)) {
      value = Math.min(value * 10 + next() - '0', Node.UNBOUNDED);
    }
    return (int) value;
  }

  private Node atomEscape() throws PatternRefused {
    int c = peek();
    if (c >= '1' && c <= '9') {
      int group = number();
      largestReference = Math.max(largestReference, group);
      return new BackReference(group);
    }
    if (c == 'k') {
      next();
      if (!take('<')) {
        throw refused("\"\\k\" is not followed by a group's name in \"<\" and \">\"");
      }
      references.add(new NamedReference(groupName(), -references.size() - 1));
      return new BackReference(references.getLast().group);
    }
    CodePoints set = classEscape();
    return set != null ? characters(set) : characters(CodePoints.of(characterEscape(false)));
  }

  /** {@return the set of {@code \d \D \w \W \s \S \p \P}, or null when another escape follows} */
  private @Nullable CodePoints classEscape() throws PatternRefused {
    int start = at;
    switch (next()) {
      case 'd' -> {
        return DIGITS;
      }
      case 'D' -> {
        return DIGITS.complement();
      }
      case 'w' -> {
        return WORD;
      }
      case 'W' -> {
        return WORD.complement();
      }
      case 's' -> {
        return SPACE;
      }
      case 'S' -> {
        return SPACE.complement();
      }
      case 'p' -> {
        return property();
      }
      case 'P' -> {
        return property().complement();
      }
      default -> {
        at = start;
        return null;
      }
    }
  }

  private CodePoints property() throws PatternRefused {
    StringBuilder expression = new StringBuilder();
    if (take('{')) {
      while (peek() != END && peek() != '}') {
        expression.appendCodePoint(next());
      }
    }
    if (expression.isEmpty() || !take('}')) {
      throw refused("\"\\p\" is not followed by a property in braces");
    }
    String name = expression.toString();
    if (!UnicodeProperties.isProperty(name)) {
      throw refused("\\p{" + name + "} is no property of ECMA-262");
    }
    return syntaxOnly ? CodePoints.ANY : UnicodeProperties.members(name);
  }

  /** Reads after a backslash; section 22.2.1, CharacterEscape. */
  private int characterEscape(boolean inClass) throws PatternRefused {
    int c = next();
    return switch (c) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'v' -> 0x0B;
      case 'f' -> '\f';
      case 'r' -> '\r';
      case 'c' -> {
        if (!isAsciiLetter(peek())) {
          throw refused("\"\\c\" is not followed by a letter");
        }
        yield next() % 32;
      }
      case '0' -> {
        if (isDigit(at)) {
          throw refused("octal escapes are not ECMA-262");
        }
        yield 0;
      }
      case 'x' -> hex(2);
      case 'u' -> unicodeEscape();
      case END -> throw refused("\"\\\" ends the expression");
      default -> identityEscape(c, inClass);
    };
  }

  private int identityEscape(int c, boolean inClass) throws PatternRefused {
    if (SYNTAX_CHARACTERS.indexOf(c) >= 0 || inClass && c == '-') {
      return c;
    }
    boolean alphanumeric = isAsciiLetter(c) || c >= '0' && c <= '9';
    if (!syntaxOnly && !alphanumeric) {
      return c;
    }
    String escape = "\"\\" + Character.toString(c) + "\"";
    throw refusedBefore(
        switch (c) {
          case 'A' -> escape + " is not ECMA-262; write \"^\"";
          case 'Z', 'z' -> escape + " is not ECMA-262; write \"$\"";
          case 'h' -> escape + " is not ECMA-262; write \"[\\t\\p{Zs}]\"";
          default -> escape + " is no escape of ECMA-262";
        });
  }

  private static boolean isAsciiLetter(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  /** Reads after {@code \}{@code u}. */
  private int unicodeEscape() throws PatternRefused {
    if (take('{')) {
      int digits = at;
      while (peek() != '}' && peek() != END) {
        next();
      }
      int end = at;
      at = digits;
      int value = end == digits || end - digits > 6 ? END : hex(end - digits);
      if (value < 0 || value > Character.MAX_CODE_POINT || !take('}')) {
        throw refused("\"\\u{\" is not followed by a code point in hexadecimal and \"}\"");
      }
      return value;
    }
    int unit = hex(4);
    int afterUnit = at;
    if (Character.isHighSurrogate((char) unit) && take("\\u") && peek() != '{') {
      int low = hex(4);
      if (Character.isLowSurrogate((char) low)) {
        return Character.toCodePoint((char) unit, (char) low);
      }
    }
    at = afterUnit;
    return unit;
  }

  private int hex(int digits) throws PatternRefused {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int c = next();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw refused("an escape lacks hexadecimal digits");
      }
      value = value * 16 + digit;
    }
    return value;
  }

  /** Reads after an opening bracket; section 22.2.1, CharacterClass. */
  private CodePoints characterClass() throws PatternRefused {
    int open = at - 1;
    boolean negated = take('^');
    List<CodePoints> parts = new ArrayList<>();
    while (!take(']')) {
      if (peek() == END) {
        at = open;
        throw refused("a character class is not closed");
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
    int i = at;
    if (!take("[:")) {
      return;
    }
    while (isAsciiLetter(peek())) {
      next();
    }
    if (take(":]")) {
      at = i;
      throw refused(
          "POSIX classes are not ECMA-262; write a property, \\p{Alphabetic} for example");
    }
    at = i;
  }

  /** {@return one member, or the range it begins} */
  private CodePoints classRange() throws PatternRefused {
    int start = at;
    ClassAtom first = classAtom();
    if (peek() != '-' || at + 1 < source.length && source[at + 1] == ']') {
      return first.set;
    }
    next();
    if (peek() == END) {
      return first.set;
    }
    ClassAtom last = classAtom();
    if (first.point < 0 || last.point < 0) {
      if (syntaxOnly) {
        at = start;
        throw refused("a range of a character class begins or ends with a class");
      }
      return first.set.or(CodePoints.of('-')).or(last.set);
    }
    if (last.point < first.point) {
      at = start;
      throw refused("a range of a character class is out of order");
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
    int c = next();
    if (c != '\\') {
      return ClassAtom.of(c);
    }
    if (take('b')) {
      return ClassAtom.of('\b');
    }
    CodePoints set = peek() == END ? null : classEscape();
    return set != null ? new ClassAtom(set, -1) : ClassAtom.of(characterEscape(true));
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

  private int peek() {
    return at < source.length ? source[at] : END;
  }

  private int next() {
    return at < source.length ? source[at++] : END;
  }

  private boolean take(char c) {
    if (peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean take(String text) {
    if (lookingAt(text)) {
      at += text.length();
      return true;
    }
    return false;
  }

  private boolean lookingAt(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (at + i >= source.length || source[at + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private PatternRefused refused(String reason) {
    return new PatternRefused(reason + " (at character " + (at + 1) + ")");
  }

  private PatternRefused refusedBefore(String reason) {
    return new PatternRefused(reason + " (at character " + at + ")");
  }
}
