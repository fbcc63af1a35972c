package io.brrtrouter.codegen.print;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of code that is broken where it is too long: a group either fits, or all its breaks
 * become new lines. A break to fill becomes one only if what follows does not fit.
 */
final class Layout {
  /** The column limit of google-java-format. */
  static final int COLUMNS = 100;

  /** Arguments that are all shorter share lines. */
  private static final int SHORT = 10;

  private final StringBuilder out = new StringBuilder();
  private int column;
  private boolean listed;

  private Layout(int column) {
    this.column = column;
  }

  /** A piece of a line. */
  sealed interface Piece {}

  /**
   * Text that is never broken.
   *
   * @param text the text
   */
  record Word(String text) implements Piece {}

  /**
   * A place for a new line.
   *
   * @param flat what stands there otherwise
   * @param indent how much deeper than the group the new line begins
   * @param fill whether it is broken alone
   */
  record Break(String flat, int indent, boolean fill) implements Piece {}

  /**
   * Pieces that are broken together.
   *
   * @param pieces the pieces
   * @param indent how much deeper than the outer group its lines begin
   * @param items whether the pieces are items of a list; once those are broken, breaks to fill are
   *     too
   */
  record Group(List<Piece> pieces, int indent, boolean items) implements Piece {
    Group {
      pieces = List.copyOf(pieces);
    }

    Group(List<Piece> pieces, int indent) {
      this(pieces, indent, false);
    }
  }

  static Piece word(String text) {
    return new Word(text);
  }

  static Piece space(int indent) {
    return new Break(" ", indent, false);
  }

  static Piece fill(int indent) {
    return new Break(" ", indent, true);
  }

  static Piece group(Piece... pieces) {
    return new Group(List.of(pieces), 0);
  }

  /**
   * {@return pieces behind an opening bracket: on the same line, or together on the next, or each
   * on a line of its own}
   */
  static Piece list(List<? extends Piece> items) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        pieces.add(word(","));
        pieces.add(space(0));
      }
      pieces.add(items.get(i));
    }
    return new Group(List.of(new Break("", 0, false), new Group(pieces, 0, true)), 4);
  }

  /** {@return a call or declaration: what comes before the bracket, then its arguments} */
  static Piece call(String head, List<? extends Piece> arguments) {
    if (arguments.isEmpty()) {
      return word(head + "()");
    }
    boolean isShort = arguments.stream().allMatch(Layout::isShort);
    return group(word(head + "("), isShort ? filled(arguments) : list(arguments), word(")"));
  }

  /** {@return whether a piece is so short that it shares lines with others of its kind} */
  static boolean isShort(Piece piece) {
    return width(piece) < SHORT;
  }

  /** {@return arguments that share lines where they have to be broken} */
  private static Piece filled(List<? extends Piece> items) {
    List<Piece> pieces = new ArrayList<>(List.of(items.getFirst()));
    for (Piece item : items.subList(1, items.size())) {
      pieces.add(word(","));
      pieces.add(fill(0));
      pieces.add(item);
    }
    return new Group(List.of(new Break("", 0, false), new Group(pieces, 0)), 4);
  }

  static Piece call(String head, String... arguments) {
    return call(head, List.of(arguments).stream().map(Layout::word).toList());
  }

  /** {@return calls one after the other, each on a line of its own if not all fit on one} */
  static Piece chain(Piece head, List<? extends Piece> calls) {
    List<Piece> pieces = new ArrayList<>(List.of(head));
    for (Piece call : calls) {
      pieces.add(new Break("", 4, false));
      pieces.add(call instanceof Group group ? new Group(group.pieces(), 4, group.items()) : call);
    }
    return new Group(pieces, 0);
  }

  /** {@return a declaration: a type and a name, the name on a line of its own if need be} */
  static Piece declare(String type, String name) {
    return group(word(type), space(4), word(name));
  }

  /** {@return {@code target = value}, the value on a line of its own if both do not fit} */
  static Piece assign(Piece target, Piece value) {
    return group(target, word(" ="), fill(4), new Group(List.of(value), 4));
  }

  /**
   * {@return a member with a value, whose name and value go deeper if the name is on a line of its
   * own}
   *
   * @param indent where the line begins
   * @param type modifiers and type
   * @param name its name
   * @param value its value
   */
  static Piece member(int indent, String type, String name, Piece value) {
    return fits(indent, type, name + " =")
        ? assign(declare(type, name), value)
        : group(type(type), space(4), word(name + " ="), fill(8), new Group(List.of(value), 8));
  }

  /** A type that may be broken before its first argument. */
  private static Piece type(String type) {
    int bracket = type.indexOf('<') + 1;
    return bracket == 0
        ? word(type)
        : group(
            word(type.substring(0, bracket)),
            new Break("", 8, false),
            word(type.substring(bracket)));
  }

  /**
   * {@return a method up to the bracket behind its parameters, which go deeper if the name is on a
   * line of its own}
   *
   * @param indent where the line begins
   * @param type modifiers and type
   * @param name its name
   * @param parameters its parameters
   */
  static Piece method(int indent, String type, String name, List<? extends Piece> parameters) {
    Piece all = parameters.isEmpty() ? group() : list(parameters);
    return fits(indent, type, name + "(")
        ? group(declare(type, name), word("("), all, word(")"))
        : group(word(type), space(4), word(name + "("), new Group(List.of(all), 4), word(")"));
  }

  /**
   * {@return a method up to what it throws}
   *
   * @param indent where the line begins
   * @param type modifiers and type
   * @param name its name
   * @param parameters its parameters
   * @param exceptions what it throws
   */
  static Piece method(
      int indent, String type, String name, List<? extends Piece> parameters, String exceptions) {
    return group(
        method(indent, type, name, parameters),
        fill(fits(indent, type, name + "(") ? 4 : 8),
        word("throws " + exceptions));
  }

  private static boolean fits(int indent, String type, String name) {
    return indent + type.length() + 1 + name.length() <= COLUMNS;
  }

  /** {@return the text of a line, indented, without the line feed at its end} */
  static String render(int indent, Piece... pieces) {
    Layout layout = new Layout(indent);
    layout.out.repeat(' ', indent);
    layout.pieces(List.of(pieces), indent, Following.NOTHING);
    return layout.out.toString();
  }

  /**
   * What comes after a piece. It is never copied: lists have thousands of items.
   *
   * @param pieces the pieces of its group
   * @param from the first that comes after
   * @param outer what comes after the group; null at the end of the line
   */
  private record Following(List<Piece> pieces, int from, @Nullable Following outer) {
    static final Following NOTHING = new Following(List.of(), 0, null);
  }

  /** Prints pieces whose breaks are all broken, except those to fill that need not be. */
  private void pieces(List<Piece> pieces, int indent, Following after) {
    for (int i = 0; i < pieces.size(); i++) {
      Following rest = new Following(pieces, i + 1, after);
      switch (pieces.get(i)) {
        case Word(var text) -> flat(text);
        case Break broken -> broken(broken, indent, rest);
        case Group group -> group(group, indent, rest);
      }
    }
  }

  private void group(Group group, int indent, Following after) {
    if (column + width(group) + ahead(after) <= COLUMNS) {
      flatten(group);
    } else {
      listed |= group.items() && group.pieces().size() > 1;
      pieces(group.pieces(), indent + group.indent(), after);
    }
  }

  private void broken(Break broken, int indent, Following following) {
    if (broken.fill() && !listed && column + broken.flat().length() + next(following) <= COLUMNS) {
      flat(broken.flat());
      return;
    }
    out.append('\n').repeat(' ', indent + broken.indent());
    column = indent + broken.indent();
  }

  /** The width of what follows a break, up to the next one beside it. */
  private static int next(Following following) {
    int width = 0;
    List<Piece> pieces = following.pieces();
    for (int i = following.from(); i < pieces.size() && width <= COLUMNS; i++) {
      if (pieces.get(i) instanceof Break) {
        return width;
      }
      width += width(pieces.get(i));
    }
    return following.outer() == null ? width : width + ahead(following.outer());
  }

  /** The width of what follows on the same line in any case. */
  private static int ahead(Following following) {
    int width = 0;
    for (Following each = following; each != null; each = each.outer()) {
      List<Piece> pieces = each.pieces();
      for (int i = each.from(); i < pieces.size(); i++) {
        width += ahead(pieces.get(i));
        if (breaks(pieces.get(i)) || width > COLUMNS) {
          return width;
        }
      }
    }
    return width;
  }

  /** The width of a piece up to its first break. */
  private static int ahead(Piece piece) {
    return switch (piece) {
      case Word(var text) -> text.length();
      case Break _ -> 0;
      case Group(var pieces, var _, var _) -> ahead(new Following(pieces, 0, null));
    };
  }

  private static boolean breaks(Piece piece) {
    return switch (piece) {
      case Word _ -> false;
      case Break _ -> true;
      case Group(var pieces, var _, var _) -> pieces.stream().anyMatch(Layout::breaks);
    };
  }

  /** The width of a piece on one line; of what is wider than a line not all is counted. */
  private static int width(Piece piece) {
    return switch (piece) {
      case Word(var text) -> text.length();
      case Break(var flat, var _, var _) -> flat.length();
      case Group(var pieces, var _, var _) -> {
        int width = 0;
        for (int i = 0; i < pieces.size() && width <= COLUMNS; i++) {
          width += width(pieces.get(i));
        }
        yield width;
      }
    };
  }

  private void flatten(Piece piece) {
    switch (piece) {
      case Word(var text) -> flat(text);
      case Break(var flat, var _, var _) -> flat(flat);
      case Group(var pieces, var _, var _) -> pieces.forEach(this::flatten);
    }
  }

  private void flat(String text) {
    out.append(text);
    column += text.length();
  }
}
