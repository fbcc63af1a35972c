package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.assign;
import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.space;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.Declaration.EnumEntry;
import io.brrtrouter.codegen.model.Declaration.ObjectRecord;
import io.brrtrouter.codegen.model.Declaration.TextEnum;
import io.brrtrouter.codegen.model.Declaration.Union;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.ValueCodec;
import io.brrtrouter.codegen.print.ValueCodecs.Named;
import java.util.List;

/** Prints codecs. */
final class CodecPrinter {
  /** Up to here a switch is shorter to read than an array. */
  private static final int SWITCH = 64;

  private final Printing printing;

  CodecPrinter(Printing printing) {
    this.printing = printing;
  }

  JavaFile print(Declaration declaration) {
    CodecBody body = new CodecBody(printing, JavaModel.codec(declaration.name()));
    String type = body.file.use(declaration.name().qualified());
    boolean unset = false;
    switch (declaration) {
      case ObjectRecord record -> unset = new RecordCodecPrinter(body, record).print();
      case TextEnum text when text.open() -> openEnum(body, type);
      case TextEnum text -> closedEnum(body, text, type);
      case Union union -> new UnionCodecPrinter(body, union).print();
    }
    return body.print(type, "Reads and writes [" + type + "].", unset);
  }

  JavaFile print(ValueCodec codec) {
    CodecBody body = new CodecBody(printing, codec.name());
    ValueCodecs values = new ValueCodecs(body);
    Named named = new Named(codec.value(), "value", "Value");
    values.readBody(body.read, named);
    values.writeBody(body.write, named);
    String type = values.argument(codec.value());
    return body.print(type, "Reads and writes `" + type + "`.", false);
  }

  // Enums.

  private void closedEnum(CodecBody body, TextEnum text, String type) {
    List<String> constants = text.entries().stream().map(EnumEntry::name).toList();
    values(body, text);
    if (constants.size() > SWITCH) {
      manyConstants(body, type);
      return;
    }
    body.read.open("return switch (in.readEnum(VALUES)) {");
    for (int i = 0; i < constants.size(); i++) {
      body.read.line(
          group(
              word("case " + i + " ->"),
              space(4),
              new Layout.Group(
                  List.of(
                      word(type),
                      new Layout.Break("", 4, false),
                      word("." + constants.get(i) + ";")),
                  4)));
    }
    body.read.line("default -> throw in.refuse();").close("};");
    body.write.open("switch (value) {");
    for (EnumEntry entry : text.entries()) {
      String fragment = fragment(body, entry);
      body.write.line(
          group(
              word("case " + entry.name() + " ->"),
              space(4),
              word("out.write(" + fragment + ");")));
    }
    body.write.close();
  }

  private static void values(CodecBody body, TextEnum text) {
    String table = body.codec("TextTable");
    List<String> values =
        text.entries().stream().map(entry -> Literals.string(entry.value())).toList();
    body.take("VALUES");
    body.constant(
        body.fieldConstants, table, "VALUES", call(table + ".of", values.toArray(String[]::new)));
  }

  private static String fragment(CodecBody body, EnumEntry entry) {
    String type = body.codec("JsonFragment");
    return body.constant(type, entry.name(), call(type + ".value", Literals.string(entry.value())));
  }

  /** Large enums would make methods that are never compiled. */
  private static void manyConstants(CodecBody body, String type) {
    body.constant(
        body.fieldConstants, type + "[]", body.take("CONSTANTS"), word(type + ".values()"));
    body.read
        .line("int index = in.readEnum(VALUES);")
        .open("if (index == " + body.codec("JsonInput") + ".UNKNOWN) {")
        .line("throw in.refuse();")
        .close()
        .line("return CONSTANTS[index];");
    body.write.line("out.writeString(value.value());");
  }

  private static void openEnum(CodecBody body, String type) {
    body.read.line(
        assign(Layout.declare(type, "value"), call(type + ".of", "in.readString()")), word(";"));
    body.read
        .open("if (in.checking() && value instanceof " + type + ".Other) {")
        .line("throw in.refuse();")
        .close()
        .line("return value;");
    body.write
        .open("if (out.checking() && value instanceof " + type + ".Other) {")
        .line("out.violation();")
        .close()
        .line("out.writeString(value.value());");
  }
}
