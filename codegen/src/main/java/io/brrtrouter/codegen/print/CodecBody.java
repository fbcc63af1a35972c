package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.declare;
import static io.brrtrouter.codegen.print.Layout.fill;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.list;
import static io.brrtrouter.codegen.print.Layout.space;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.print.Layout.Piece;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The class of a codec while it is put together: what reads, what writes and what tests stand
 * apart, whatever order they were asked for.
 */
final class CodecBody {
  /** What methods call their own variables. */
  private static final Set<String> LOCALS =
      Set.of(
          "in", "out", "value", "field", "size", "item", "items", "entry", "exact", "start",
          "index", "text", "others");

  private static final int INDENT = 2;

  private static final String CODEC = "io.brrtrouter.schema.codec.";

  final Printing printing;
  final JavaFile file;
  final TypeText types;
  final Literals literals;
  final Code fieldConstants = new Code();
  final Code read = new Code();
  final Code write = new Code();
  private final ClassName name;
  private final Set<String> members = new HashSet<>(Set.of("INSTANCE", "read", "write"));
  private final Code constants = new Code();
  private final Code defaults = new Code();
  private final List<Code> reading = new ArrayList<>();
  private final List<Code> writing = new ArrayList<>();
  private final List<Code> testing = new ArrayList<>();

  CodecBody(Printing printing, ClassName name) {
    this.printing = printing;
    this.name = name;
    this.file = new JavaFile(printing, name, Set.of());
    this.types = new TypeText(file);
    this.literals = new Literals(printing, file);
  }

  /** {@return the name of the class} */
  String simpleName() {
    return name.simpleName();
  }

  /** {@return the name of a class of the schema module's package of codecs} */
  String codec(String simple) {
    return file.use(CODEC + simple);
  }

  /** {@return a name no other member has} */
  String take(String wanted) {
    String free = wanted;
    for (int i = 2; !members.add(free); i++) {
      free = wanted + (wanted.equals(wanted.toUpperCase(Locale.ROOT)) ? "_" : "") + i;
    }
    return free;
  }

  /** {@return a name for a variable that no method uses for itself} */
  static String local(String wanted) {
    return LOCALS.contains(wanted) || wanted.startsWith("seen") ? wanted + "Value" : wanted;
  }

  /** {@return the words of a name as a constant is written} */
  static String upper(String escaped) {
    String name = bare(escaped);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean starts =
          i > 0
              && Character.isUpperCase(c)
              && !Character.isUpperCase(name.charAt(i - 1))
              && name.charAt(i - 1) != '_';
      out.append(starts ? "_" : "").append(c);
    }
    return out.toString().toUpperCase(Locale.ROOT);
  }

  /** Names that Java reserves have an underscore at the end, which others need not have. */
  private static String bare(String name) {
    return name.length() > 1 && name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
  }

  static String capital(String escaped) {
    String name = bare(escaped);
    int first = name.codePointAt(0);
    return Character.toString(Character.toUpperCase(first))
        + name.substring(Character.charCount(first));
  }

  /** Adds a constant that a test needs; answers its name. */
  String constant(String type, String wanted, Piece value) {
    String constant = take(wanted);
    constant(constants, type, constant, value);
    return constant;
  }

  /** Adds a constant that needs all the others; answers its name. */
  String fallback(String type, String wanted, Piece value) {
    String constant = take(wanted);
    constant(defaults, type, constant, value);
    return constant;
  }

  /** Adds a constant to some lines. */
  void constant(Code code, String type, String constant, Piece value) {
    code.line(Layout.member(INDENT, "private static final " + type, constant, value), word(";"));
  }

  Code reading() {
    return added(reading);
  }

  Code writing() {
    return added(writing);
  }

  Code testing() {
    return added(testing);
  }

  private static Code added(List<Code> codes) {
    Code code = new Code();
    codes.add(code);
    return code.gap();
  }

  /** Opens a method. */
  static void open(Code code, String type, String method, Piece... parameters) {
    code.open(
        Layout.method(INDENT, "private static " + type, method, List.of(parameters)), word(" {"));
  }

  Piece in() {
    return word(codec("JsonInput") + " in");
  }

  Piece out() {
    return word(codec("JsonOutput") + " out");
  }

  /**
   * {@return the class}
   *
   * @param type what it reads and writes
   * @param docs what it is
   * @param unset whether reading holds nulls for a moment where a value is required
   */
  JavaFile print(String type, String docs, boolean unset) {
    String simple = simpleName();
    file.docs(new Comment().text(docs));
    file.open(
        group(
            group(word("public final"), space(0), word("class " + simple)),
            fill(4),
            word("implements " + codec("JsonCodec") + "<" + type + ">"),
            word(" {")));
    file.gap();
    file.docs(new Comment().text("The codec; it has no state."));
    file.line(
        Layout.assign(declare("public static final " + simple, "INSTANCE"), call("new " + simple)),
        word(";"));
    for (Code code : List.of(fieldConstants, constants, defaults)) {
      file.gap();
      code.print(file);
    }
    file.gap();
    file.line("private " + simple + "() {}");
    file.gap();
    file.line("@" + file.use("java.lang.Override"));
    if (unset) {
      file.line("@" + file.use("java.lang.SuppressWarnings") + "(\"NullAway\") // see REQUIRED");
    }
    file.open(
        group(declare("public " + type, "read"), word("("), list(List.of(in())), word(")")),
        word(" {"));
    read.print(file);
    file.close();
    reading.forEach(code -> code.print(file));
    file.gap();
    file.line("@" + file.use("java.lang.Override"));
    file.open(call("public void write", List.of(declare(type, "value"), out())), word(" {"));
    write.print(file);
    file.close();
    writing.forEach(code -> code.print(file));
    testing.forEach(code -> code.print(file));
    file.close();
    return file;
  }
}
