package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.assign;
import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.declare;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.space;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Check;
import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.print.Layout.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How values are read and written in the class of a codec. What takes more than a call becomes a
 * method of the class, named after the value.
 */
final class ValueCodecs {
  private final CodecBody body;
  private final JavaFile file;
  private final Tests tests;
  private final Map<Judging, String> judges = new HashMap<>();
  private final Map<Named, String> readers = new HashMap<>();
  private final Map<Named, String> writers = new HashMap<>();

  ValueCodecs(CodecBody body) {
    this.body = body;
    this.file = body.file;
    this.tests = new Tests(body);
  }

  /**
   * A value in the class.
   *
   * @param value the value
   * @param local what a variable of it is called
   * @param suffix what methods about it are called behind their verb
   */
  record Named(Value value, String local, String suffix) {
    static Named of(Value value, String name) {
      return new Named(value, CodecBody.local(name), CodecBody.capital(name));
    }

    Named item(Value items) {
      return new Named(items, inner(items), suffix + "Item");
    }

    Named text(Value json) {
      return new Named(json, local, suffix + "Json");
    }

    Named entry(Value values) {
      return new Named(values, inner(values), suffix + "Value");
    }

    private static String inner(Value value) {
      return value.type() instanceof JavaType.ListOf || value.type() instanceof JavaType.MapOf
          ? "items"
          : "item";
    }

    /** {@return the same value where it is not null} */
    Named present() {
      return new Named(
          new Value(value.type(), false, value.checks(), value.unfusable(), value.origin()),
          local,
          suffix);
    }
  }

  private record Judging(String suffix, Check.Judged check) {}

  // Reading.

  /** {@return the expression that reads a value} */
  Piece read(Named named) {
    return isDirect(named.value()) ? direct(named.value().type()) : call(readMethod(named), "in");
  }

  /** {@return a decoder of a value, as an expression} */
  Piece decoder(Named named) {
    return isDirect(named.value())
        ? group(word("in -> "), direct(named.value().type()))
        : word(body.simpleName() + "::" + readMethod(named));
  }

  private static boolean isDirect(Value value) {
    boolean method =
        switch (value.type()) {
          case JavaType.ListOf _, JavaType.MapOf _, JavaType.JsonText _, JavaType.ItemsOf _ -> true;
          case JavaType.Simple _, JavaType.Declared _, JavaType.Tree _ -> false;
        };
    return !method && !value.nullable() && value.checks().isEmpty();
  }

  private Piece direct(JavaType type) {
    return switch (type) {
      case JavaType.Simple(var scalar) -> word("in." + reader(scalar) + "()");
      case JavaType.Declared(var name) -> call(codec(name) + ".read", "in");
      case JavaType.Tree() -> call(body.codec("JsonTrees") + ".read", "in");
      case JavaType.ListOf _, JavaType.MapOf _, JavaType.JsonText _, JavaType.ItemsOf _ ->
          throw new IllegalArgumentException("what is no scalar is read by methods");
    };
  }

  /** {@return the codec of a class, as an expression} */
  String codec(ClassName name) {
    return file.use(JavaModel.codec(name).qualified()) + ".INSTANCE";
  }

  private static String reader(Scalar scalar) {
    return switch (scalar) {
      case INT -> "readInt";
      case LONG -> "readLong";
      case INTEGER -> "readUnboundedLong";
      case BIG_INTEGER -> "readInteger";
      case FLOAT -> "readFloat";
      case DOUBLE -> "readDouble";
      case BIG_DECIMAL -> "readDecimal";
      case DECIMAL_TEXT -> "readDecimalText";
      case BOOLEAN -> "readBoolean";
      case STRING -> "readString";
      case DATE_TIME -> "readDateTime";
      case DATE -> "readDate";
      case UUID -> "readUuid";
      case URI -> "readUri";
      case BASE64 -> "readBase64";
      case BINARY -> "readBinary";
      case FILE -> "readFile";
      case STREAM, EVENT -> throw new IllegalArgumentException("a stream is no value");
    };
  }

  private String readMethod(Named named) {
    String known = readers.get(named);
    if (known != null) {
      return known;
    }
    String method = body.take("read" + named.suffix());
    readers.put(named, method);
    Code code = body.reading();
    CodecBody.open(code, type(named.value()), method, body.in());
    readBody(code, named);
    code.close();
    return method;
  }

  /** {@return the type of a variable that holds a value} */
  String type(Value value) {
    return value.nullable() ? body.types.nullable(value.type()) : body.types.plain(value.type());
  }

  /** {@return the type of a value as an argument of another type} */
  String argument(Value value) {
    return value.nullable() ? body.types.nullable(value.type()) : body.types.boxed(value.type());
  }

  /** Prints statements that read a value and return it. */
  void readBody(Code code, Named named) {
    if (named.value().nullable()) {
      code.open("if (in.readNull()) {").line("return null;").close();
    }
    readPresent(code, named, "");
  }

  /** Prints statements that read a value that is not null and return it in a wrapper. */
  void readPresent(Code code, Named named, String before) {
    Value value = named.value();
    untyped(code, value.checks(), value.type() instanceof JavaType.ListOf ? "ARRAY" : "OBJECT");
    judge(code, named);
    switch (value.type()) {
      case JavaType.ListOf(var items) -> readList(code, named, items, before);
      case JavaType.MapOf(var values) -> readMap(code, named, values, before);
      case JavaType.JsonText(var json) ->
          code.line(
              group(
                  word("return " + (before.isEmpty() ? "" : before + "(")),
                  call("in.readJsonText", decoderMethod(named.text(json))),
                  word(before.isEmpty() ? ";" : ");")));
      case JavaType.ItemsOf _ -> throw new IllegalArgumentException("items are no value");
      case JavaType.Simple(var scalar) when isRounded(scalar) && !value.checks().isEmpty() ->
          readRounded(code, named, scalar, before);
      case JavaType.Simple(var scalar) when scalar == Scalar.URI && !value.checks().isEmpty() -> {
        code.line(file.use("java.lang.String") + " text = in.readUriText();");
        refuse(code, tests.text(named, "text"));
        returns(code, before, "in.uri(text)");
      }
      case JavaType.Simple _, JavaType.Declared _, JavaType.Tree _ -> {
        if (value.checks().isEmpty()) {
          code.line(
              before.isEmpty()
                  ? group(word("return "), direct(value.type()))
                  : call("return " + before, List.of(direct(value.type()))),
              word(";"));
        } else {
          code.line(
              assign(declare(body.types.plain(value.type()), named.local()), direct(value.type())),
              word(";"));
          refuse(code, tests.of(named));
          returns(code, before, named.local());
        }
      }
    }
  }

  private static void returns(Code code, String wrapper, String expression) {
    code.line(
        wrapper.isEmpty() ? word("return " + expression) : call("return " + wrapper, expression),
        word(";"));
  }

  static boolean isRounded(Scalar scalar) {
    return scalar == Scalar.FLOAT || scalar == Scalar.DOUBLE;
  }

  /** Bounds are bounds of the number as it is written. */
  private void readRounded(Code code, Named named, Scalar scalar, String before) {
    code.line(file.use("java.math.BigDecimal") + " exact = in.readDecimal();");
    refuse(code, tests.exact(named, scalar));
    String type = scalar == Scalar.FLOAT ? "float" : "double";
    returns(code, before, "exact." + type + "Value()");
  }

  /** Prints that what fails a test is refused. */
  static void refuse(Code code, List<Piece> conditions) {
    if (conditions.isEmpty()) {
      return;
    }
    code.open(condition("in.checking()", conditions), word(" {"))
        .line("throw in.refuse();")
        .close();
  }

  /** {@return that somebody checks and that one of some conditions does not hold} */
  static Piece condition(String checking, List<Piece> conditions) {
    Piece failed =
        conditions.size() == 1
            ? group(word("!"), conditions.getFirst())
            : group(
                word("("),
                Tests.joined(
                    "", "|| ", conditions.stream().map(each -> group(word("!"), each)).toList()),
                word(")"));
    return group(
        word("if (" + checking),
        space(4),
        new Layout.Group(List.of(word("&& "), failed), 4),
        word(")"));
  }

  private void readList(Code code, Named named, Value items, String before) {
    List<Piece> conditions = new ArrayList<>(tests.of(named));
    boolean unique = tests.isUniqueAsWritten(named.value());
    if (unique) {
      code.line("int start = in.position();");
      conditions.add(word(body.codec("JsonTrees") + ".areUnique(in, start)"));
    }
    String type = file.use("java.util.List") + "<" + argument(items) + ">";
    code.line(
        assign(declare(type, named.local()), call("new " + file.use("java.util.ArrayList") + "<>")),
        word(";"));
    code.line("in.beginArray();").open("while (in.nextItem()) {");
    code.line(call(named.local() + ".add", List.of(read(named.item(items)))), word(";")).close();
    refuse(code, conditions);
    String copy =
        items.nullable()
            ? file.use("java.util.Collections") + ".unmodifiableList"
            : file.use("java.util.List") + ".copyOf";
    returns(code, before, copy + "(" + named.local() + ")");
  }

  private void readMap(Code code, Named named, Value values, String before) {
    String type = body.types.boxed(named.value().type());
    code.line(
        assign(
            declare(type, named.local()),
            call("new " + file.use("java.util.LinkedHashMap") + "<>")),
        word(";"));
    code.line("in.beginObject();");
    code.open(
        "while (in.nextField("
            + body.codec("TextTable")
            + ".EMPTY) != "
            + body.codec("JsonInput")
            + ".END) {");
    code.line(
            call(
                named.local() + ".put",
                List.of(word("in.unknownName()"), read(named.entry(values)))),
            word(";"))
        .close();
    refuse(code, tests.of(named));
    String copy = file.use("java.util.Collections") + ".unmodifiableMap";
    returns(code, before, copy + "(" + named.local() + ")");
  }

  // Judging by other decoders.

  private static List<Check.Judged> judged(Value value) {
    return value.checks().stream()
        .filter(Check.Judged.class::isInstance)
        .map(Check.Judged.class::cast)
        .toList();
  }

  private void judge(Code code, Named named) {
    for (Check.Judged check : judged(named.value())) {
      code.open(
              group(
                  word("if (in.checking()"),
                  space(4),
                  word("&& !in.accepts(" + judgeMethod(named, check) + ")) {")))
          .line("throw in.refuse();")
          .close();
    }
  }

  private String judgeMethod(Named named, Check.Judged check) {
    Judging key = new Judging(named.suffix(), check);
    String known = judges.get(key);
    if (known != null) {
      return known;
    }
    String method = body.take("judge" + named.suffix());
    String reference = body.simpleName() + "::" + method;
    judges.put(key, reference);
    Code code = body.testing();
    CodecBody.open(code, "boolean", method, body.in());
    judgeBody(code, named, check);
    code.close();
    return reference;
  }

  private void judgeBody(Code code, Named named, Check.Judged check) {
    switch (check) {
      case Check.Alternatives some -> alternatives(code, named, some);
      case Check.ByPosition(var _, var values, var others) -> {
        code.line("int index = 0;").line("in.beginArray();").open("while (in.nextItem()) {");
        code.open("switch (index++) {");
        for (int i = 0; i < values.size(); i++) {
          Piece item = read(part(named, values.get(i), "Item" + i));
          code.line(group(word("case " + i + " ->"), space(4), item, word(";")));
        }
        Piece other =
            others
                .map(value -> read(part(named, value, "OtherItem")))
                .orElseGet(() -> word("in.skip()"));
        code.line(group(word("default ->"), space(4), other, word(";"))).close().close();
        code.line("return true;");
      }
      case Check.Contains(var _, var value, var least, var most) -> {
        code.line("int count = 0;").line("in.beginArray();").open("while (in.nextItem()) {");
        code.open("if (in.accepts(" + decoderMethod(part(named, value, "ContainedItem")) + ")) {")
            .line("count++;")
            .close();
        code.line("in.skip();").close();
        List<Piece> bounds = new ArrayList<>(List.of(word("count >= " + least)));
        if (most != Integer.MAX_VALUE) {
          bounds.add(word("count <= " + most));
        }
        end(code, bounds);
      }
      case Check.ByName(var _, var regex, var value) -> {
        members(code);
        String pattern = pattern(named, regex);
        code.open("if (" + pattern + ".matches(in.unknownName())) {")
            .line(read(part(named, value, "Match")), word(";"))
            .between(word("} else {"))
            .line("in.skip();")
            .close()
            .close();
        code.line("return true;");
      }
      case Check.Names(var origin, var _, var checks) -> {
        members(code);
        Value text =
            new Value(new JavaType.Simple(Scalar.STRING), false, checks, List.of(), origin);
        String test = tests.method(new Named(text, "text", named.suffix() + "Name"));
        code.open("if (!" + test + "(in.unknownName())) {").line("throw in.refuse();").close();
        code.line("in.skip();").close();
        code.line("return true;");
      }
    }
  }

  private void members(Code code) {
    code.line("in.beginObject();");
    code.open(
        "while (in.nextField("
            + body.codec("TextTable")
            + ".EMPTY) != "
            + body.codec("JsonInput")
            + ".END) {");
  }

  private String pattern(Named named, String regex) {
    String type = body.codec("JsonPattern");
    return body.constant(
        type,
        CodecBody.upper(named.suffix()) + "_NAMES",
        call(type + ".of", Literals.string(regex)));
  }

  private static void end(Code code, List<Piece> conditions) {
    code.open(group(Tests.joined("if (!(", "&& ", conditions), word(")) {")))
        .line("throw in.refuse();")
        .close()
        .line("return true;");
  }

  private static Named part(Named named, Value value, String word) {
    return new Named(value, "part", named.suffix() + word);
  }

  /** {@return the condition that the alternative of an index fits} */
  static Piece accepts(Optional<Sieve> sieve, int index, String decoder) {
    return sieve
        .map(found -> found.accepts(index, decoder))
        .orElseGet(() ->
            group(
                word("if (in.accepts("),
                new Layout.Group(List.of(new Layout.Break("", 4, false), word(decoder)), 0),
                word(")) {")));
  }

  private void alternatives(Code code, Named named, Check.Alternatives some) {
    if (some.orNull()) {
      code.open("if (in.readNull()) {").line("return true;").close();
    }
    code.line("int count = 0;");
    Optional<Sieve> sieve = Sieve.of(body, some.values());
    sieve.ifPresent(found -> found.print(code));
    for (int i = 0; i < some.values().size(); i++) {
      Named part = part(named, some.values().get(i), "Alternative" + (i + 1));
      code.open(accepts(sieve, i, decoderMethod(part))).line("count++;").close();
    }
    end(code, List.of(word(some.exactlyOne() ? "count == 1" : "count > 0")));
  }

  /** {@return a decoder of a value that is a class's codec or a method} */
  String decoderMethod(Named named) {
    return isDirect(named.value()) && named.value().type() instanceof JavaType.Declared(var name)
        ? codec(name)
        : body.simpleName() + "::" + readMethod(named);
  }

  /** Prints that what has been written since {@code start} is a violation unless it is accepted. */
  private void judgeWritten(Code code, Named named) {
    for (Check.Judged check : judged(named.value())) {
      violation(code, List.of(word("out.accepts(start, " + judgeMethod(named, check) + ")")));
    }
  }

  /** What the schema allows without describing it has no Java value. */
  void untyped(Code code, List<Check> checks, String kind) {
    if (checks.stream().anyMatch(Check.Untyped.class::isInstance)) {
      code.open("if (in.peek() != " + body.codec("JsonKind") + "." + kind + ") {")
          .line("throw in.unrepresentable();")
          .close();
    }
  }

  // Writing.

  /** {@return the statement that writes a value} */
  Piece write(Named named, String expression) {
    return group(
        isDirect(named.value())
            ? directWrite(named.value().type(), expression)
            : call(writeMethod(named), expression, "out"),
        word(";"));
  }

  /** {@return an encoder of a value, as an expression} */
  String encoder(Named named) {
    return body.simpleName() + "::" + writeMethod(named);
  }

  private Piece directWrite(JavaType type, String expression) {
    return switch (type) {
      case JavaType.Simple(var scalar) -> call("out." + writer(scalar), expression);
      case JavaType.Declared(var name) -> call(codec(name) + ".write", expression, "out");
      case JavaType.Tree() -> call(body.codec("JsonTrees") + ".write", expression, "out");
      case JavaType.ListOf _, JavaType.MapOf _, JavaType.JsonText _, JavaType.ItemsOf _ ->
          throw new IllegalArgumentException("what is no scalar is written by methods");
    };
  }

  private static String writer(Scalar scalar) {
    return switch (scalar) {
      case INT, LONG, INTEGER -> "writeLong";
      case BIG_INTEGER -> "writeInteger";
      case FLOAT -> "writeFloat";
      case DOUBLE -> "writeDouble";
      case BIG_DECIMAL -> "writeDecimal";
      case DECIMAL_TEXT -> "writeDecimalText";
      case BOOLEAN -> "writeBoolean";
      case STRING -> "writeString";
      case DATE_TIME -> "writeDateTime";
      case DATE -> "writeDate";
      case UUID -> "writeUuid";
      case URI -> "writeUri";
      case BASE64 -> "writeBase64";
      case BINARY -> "writeBinary";
      case FILE -> "writeFile";
      case STREAM, EVENT -> throw new IllegalArgumentException("a stream is no value");
    };
  }

  private String writeMethod(Named named) {
    String known = writers.get(named);
    if (known != null) {
      return known;
    }
    String method = body.take("write" + named.suffix());
    writers.put(named, method);
    Code code = body.writing();
    CodecBody.open(code, "void", method, declare(type(named.value()), named.local()), body.out());
    writeBody(code, named);
    code.close();
    return method;
  }

  /** Prints statements that write a variable. */
  void writeBody(Code code, Named named) {
    Value value = named.value();
    String local = named.local();
    if (value.nullable()) {
      code.open("if (" + local + " == null) {").line("out.writeNull();").line("return;").close();
    }
    Named present = named.present();
    if (!judged(value).isEmpty()) {
      code.line("int start = out.position();");
    }
    switch (value.type()) {
      case JavaType.ListOf(var items) -> writeList(code, present, items);
      case JavaType.MapOf(var values) -> writeMap(code, present, values);
      case JavaType.JsonText(var json) ->
          code.line(
              call("out.writeJsonText", List.of(word(local), word(encoder(named.text(json))))),
              word(";"));
      case JavaType.ItemsOf _ -> throw new IllegalArgumentException("items are no value");
      case JavaType.Simple _, JavaType.Declared _, JavaType.Tree _ -> {
        violation(code, writeConditions(present));
        code.line(directWrite(value.type(), local), word(";"));
      }
    }
    judgeWritten(code, present);
  }

  private List<Piece> writeConditions(Named named) {
    if (!(named.value().type() instanceof JavaType.Simple(var scalar))) {
      return tests.of(named);
    }
    return scalar == Scalar.URI
        ? tests.text(named, named.local() + ".toString()")
        : isRounded(scalar) ? tests.rounded(named, scalar) : tests.of(named);
  }

  /** Prints that what fails a test is a violation. */
  static void violation(Code code, List<Piece> conditions) {
    if (conditions.isEmpty()) {
      return;
    }
    code.open(condition("out.checking()", conditions), word(" {")).line("out.violation();").close();
  }

  private void writeList(Code code, Named named, Value items) {
    List<Piece> conditions = new ArrayList<>(tests.of(named));
    Named item = named.item(items);
    if (tests.isUniqueAsWritten(named.value())) {
      conditions.add(call(body.codec("JsonTrees") + ".areUnique", named.local(), encoder(item)));
    }
    violation(code, conditions);
    code.line("out.beginArray();");
    code.open(
        group(word("for (" + argument(items) + " item :"), space(4), word(named.local() + ") {")));
    code.line("out.item();").line(write(item, "item")).close();
    code.line("out.endArray();");
  }

  private void writeMap(Code code, Named named, Value values) {
    violation(code, tests.of(named));
    code.line("out.beginObject();");
    code.open(
        group(
            word(
                "for ("
                    + file.use("java.util.Map")
                    + ".Entry<"
                    + file.use("java.lang.String")
                    + ", "
                    + argument(values)
                    + "> entry :"),
            space(4),
            word(named.local() + ".entrySet()) {")));
    code.line("out.name(entry.getKey());");
    code.line(write(named.entry(values), "entry.getValue()")).close();
    code.line("out.endObject();");
  }

  Tests tests() {
    return tests;
  }

  /** {@return whether the class of a name is an enum whose values are compared by identity} */
  static boolean isClosedEnum(Printing printing, JavaType type) {
    return type instanceof JavaType.Declared(var name)
        && printing.known().get(name) instanceof Declaration.TextEnum text
        && !text.open();
  }
}
