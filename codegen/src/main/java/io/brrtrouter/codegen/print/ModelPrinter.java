package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.fill;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.space;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Constant;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.Declaration.Accessor;
import io.brrtrouter.codegen.model.Declaration.Alternative;
import io.brrtrouter.codegen.model.Declaration.EnumEntry;
import io.brrtrouter.codegen.model.Declaration.ObjectRecord;
import io.brrtrouter.codegen.model.Declaration.Tag;
import io.brrtrouter.codegen.model.Declaration.TextEnum;
import io.brrtrouter.codegen.model.Declaration.Union;
import io.brrtrouter.codegen.model.Docs;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Rest;
import io.brrtrouter.schema.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints the classes of schemas. */
final class ModelPrinter {
  private final Printing printing;
  private final Map<ClassName, Declaration> known;
  private final Map<ClassName, List<Accessor>> settable = new HashMap<>();

  ModelPrinter(Printing printing) {
    this.printing = printing;
    this.known = printing.known();
  }

  JavaFile print(Declaration declaration) {
    return switch (declaration) {
      case ObjectRecord record -> record(record);
      case TextEnum text when text.open() -> openEnum(text);
      case TextEnum text -> closedEnum(text);
      case Union union -> union(union);
    };
  }

  private JavaFile record(ObjectRecord record) {
    String name = record.name().simpleName();
    JavaFile file = new JavaFile(printing, record.name(), Set.of("Builder"));
    RecordPrinter printer = new RecordPrinter(printing, file);
    List<Slot> slots = new ArrayList<>();
    record.components().forEach(component -> slots.add(printer.slot(component)));
    if (record.rest() instanceof Rest.Kept(var rest, var values)) {
      slots.add(printer.rest(rest, values));
    }
    Comment comment =
        new Comment()
            .docs(record.docs(), title(record))
            .text(view(record.view()))
            .text(Words.constraints(record.checks()))
            .text(record.rest() instanceof Rest.Refused ? "Other properties are refused." : "");
    slots.forEach(slot -> comment.param(slot.name(), slot.docs()));
    file.docs(comment);
    RecordPrinter.Shape shape =
        new RecordPrinter.Shape(
            "public",
            name,
            name,
            slots,
            record.interfaces().stream().map(each -> file.use(each.qualified())).toList(),
            () -> {},
            false,
            () -> constants(file, record),
            bases(file, record));
    if (record.constants().isEmpty()) {
      printer.printBare(shape);
    } else {
      printer.print(shape);
    }
    return file;
  }

  /** {@return what a record's builder implements: the builders of its sealed types} */
  private RecordPrinter.Bases bases(JavaFile file, ObjectRecord record) {
    List<String> interfaces = new ArrayList<>();
    Set<String> setters = new HashSet<>();
    for (ClassName name : record.interfaces()) {
      if (known.get(name) instanceof Union union) {
        List<Accessor> common = settable(union);
        if (!common.isEmpty()) {
          interfaces.add(file.use(name.qualified()) + ".Builder");
          common.forEach(accessor -> setters.add(accessor.name()));
        }
      }
    }
    return new RecordPrinter.Bases(interfaces, setters);
  }

  /** {@return what the builders of all alternatives set; nothing where one has no builder} */
  private List<Accessor> settable(Union union) {
    List<Accessor> known = settable.get(union.name());
    if (known == null) {
      known = commonSetters(union);
      settable.put(union.name(), known);
    }
    return known;
  }

  private List<Accessor> commonSetters(Union union) {
    List<Accessor> common = new ArrayList<>(union.accessors());
    for (Alternative alternative : union.alternatives()) {
      if (alternative.wrapper().isPresent()
          || !(alternative.value().type() instanceof JavaType.Declared(var name))
          || !(known.get(name) instanceof ObjectRecord record)
          || !isBuilt(record)) {
        return List.of();
      }
      Set<String> own =
          record.components().stream().map(Component::name).collect(Collectors.toSet());
      common.removeIf(accessor -> !own.contains(accessor.name()));
    }
    return common;
  }

  private static boolean isBuilt(ObjectRecord record) {
    return record.rest() instanceof Rest.Kept || !record.components().isEmpty();
  }

  private String title(ObjectRecord record) {
    String owner = printing.model().elsewhere(record.origin()).isEmpty() ? " of the document" : "";
    return "The object at " + place(record.origin()) + owner + ".";
  }

  private String place(Origin origin) {
    String pointer = Markdown.code(origin.pointer().isEmpty() ? "#" : origin.pointer());
    return pointer
        + printing.model().elsewhere(origin).map(file -> " of " + Markdown.code(file)).orElse("");
  }

  private static String view(View view) {
    return switch (view) {
      case PLAIN -> "";
      case REQUEST -> "As it is in requests: without properties that are only read.";
      case RESPONSE -> "As it is in responses: without properties that are only written.";
    };
  }

  private void constants(JavaFile file, ObjectRecord record) {
    Literals literals = new Literals(printing, file);
    for (Constant constant : record.constants()) {
      String value = literals.scalar(constant.scalar(), constant.value()).orElseThrow();
      file.docs(
          new Comment()
              .docs(constant.docs(), "Always " + Markdown.code(constant.value().toString()) + "."));
      if (isInherited(record, constant)) {
        file.line("@" + file.use("java.lang.Override"));
      }
      file.open("public " + file.use(constant.scalar().type()) + " " + constant.name() + "() {");
      file.line("return " + value + ";");
      file.close();
      file.gap();
    }
  }

  private boolean isInherited(ObjectRecord record, Constant constant) {
    return record.interfaces().stream()
        .anyMatch(name ->
            known.get(name) instanceof Union union
                && union.accessors().stream()
                    .anyMatch(accessor -> accessor.name().equals(constant.name())));
  }

  private JavaFile closedEnum(TextEnum text) {
    String name = text.name().simpleName();
    JavaFile file = new JavaFile(printing, text.name(), Set.of());
    file.docs(new Comment().docs(text.docs(), "The values at " + place(text.origin()) + "."));
    file.open("public enum " + name + " {");
    entries(file, text, name, "");
    file.gap();
    String optional = file.use("java.util.Optional");
    String string = file.use("java.lang.String");
    file.docs(new Comment().text("{@return the constant of a value, if there is one}"));
    file.open(
        group(
            Layout.declare("public static " + optional + "<" + name + ">", "of"),
            word("("),
            Layout.list(List.of(word(string + " value"))),
            word(")")),
        word(" {"));
    file.open("return switch (value) {");
    for (EnumEntry entry : text.entries()) {
      file.line(
          group(
              word("case " + Literals.string(entry.value()) + " ->"),
              space(4),
              call(optional + ".of", entry.name()),
              word(";")));
    }
    file.line("default -> " + optional + ".empty();");
    file.close("};");
    file.close();
    file.close();
    return file;
  }

  /** Prints the constants, the field and its accessor. */
  private void entries(JavaFile file, TextEnum text, String type, String override) {
    List<EnumEntry> entries = text.entries();
    for (int i = 0; i < entries.size(); i++) {
      EnumEntry entry = entries.get(i);
      file.docs(new Comment().docs(entry.docs(), ""));
      file.line(
          call(entry.name(), Literals.string(entry.value())),
          word(i + 1 < entries.size() ? "," : ";"));
    }
    file.gap();
    String string = file.use("java.lang.String");
    file.line("private final " + string + " value;");
    file.gap();
    file.open(type + "(" + string + " value) {");
    file.line("this.value = value;");
    file.close();
    file.gap();
    if (override.isEmpty()) {
      file.docs(new Comment().text("{@return the value in JSON}"));
    } else {
      file.line(override);
    }
    file.open("public " + string + " value() {");
    file.line("return value;");
    file.close();
  }

  private JavaFile openEnum(TextEnum text) {
    String name = text.name().simpleName();
    JavaFile file = new JavaFile(printing, text.name(), Set.of("Known", "Other"));
    String string = file.use("java.lang.String");
    file.docs(new Comment().docs(text.docs(), "The values at " + place(text.origin()) + "."));
    file.open(sealed(name, List.of(name + ".Known", name + ".Other")), word(" {"));
    file.docs(new Comment().text("{@return the value in JSON}"));
    file.line(string + " value();");
    file.gap();
    file.docs(new Comment().text("{@return the constant of a value, or the value as it is}"));
    file.open("static " + name + " of(" + string + " value) {");
    file.open("return switch (value) {");
    for (EnumEntry entry : text.entries()) {
      file.line(
          group(
              word("case " + Literals.string(entry.value()) + " ->"),
              space(4),
              word("Known." + entry.name()),
              word(";")));
    }
    file.line("default -> new Other(value);");
    file.close("};");
    file.close();
    file.gap();
    file.docs(new Comment().text("The values of the document."));
    file.open("enum Known implements " + name + " {");
    entries(file, text, "Known", "@" + file.use("java.lang.Override"));
    file.close();
    file.gap();
    file.docs(
        new Comment()
            .text("A value that the document does not have.")
            .param("value", "the value in JSON"));
    file.open("record Other(" + string + " value) implements " + name + " {");
    file.docs(new Comment().text("Refuses null."));
    file.open("public Other {");
    file.line(
        call(
            file.use("java.util.Objects") + ".requireNonNull",
            "value",
            Literals.string(name + ".value must not be null")),
        word(";"));
    file.close();
    file.close();
    file.close();
    return file;
  }

  private static Layout.Piece sealed(String name, List<String> permitted) {
    return group(
        group(word("public sealed"), space(0), word("interface " + name)),
        fill(4),
        RecordPrinter.types("permits", permitted));
  }

  private JavaFile union(Union union) {
    String name = union.name().simpleName();
    Set<String> nested =
        union.alternatives().stream()
            .flatMap(each -> each.wrapper().stream())
            .collect(Collectors.toSet());
    List<Accessor> settable = settable(union);
    JavaFile file =
        new JavaFile(printing, union.name(), settable.isEmpty() ? nested : Set.of("Builder"));
    TypeText types = new TypeText(file);
    List<String> permitted = new ArrayList<>();
    for (Alternative alternative : union.alternatives()) {
      permitted.add(
          alternative
              .wrapper()
              .map(wrapper -> name + "." + wrapper)
              .orElseGet(() -> types.boxed(alternative.value().type())));
    }
    file.docs(
        new Comment()
            .docs(union.docs(), "The alternatives at " + place(union.origin()) + ".")
            .text(tag(union, permitted)));
    boolean empty = union.accessors().isEmpty() && nested.isEmpty();
    if (empty) {
      file.line(sealed(name, permitted), word(" {}"));
      return file;
    }
    file.open(sealed(name, permitted), word(" {"));
    for (Accessor accessor : union.accessors()) {
      accessor(file, types, accessor);
    }
    if (!settable.isEmpty()) {
      builder(file, types, name, permitted, settable);
    }
    for (Alternative alternative : union.alternatives()) {
      alternative.wrapper().ifPresent(wrapper -> wrapper(file, union, alternative, wrapper));
    }
    file.close();
    return file;
  }

  private static void accessor(JavaFile file, TypeText types, Accessor accessor) {
    String text = Markdown.paragraph(accessor.docs().description());
    file.docs(
        new Comment().text(text.isEmpty() ? Markdown.paragraph(accessor.docs().summary()) : text));
    file.line(
        Layout.declare(types.of(accessor.type(), accessor.form()), accessor.name()), word("();"));
    file.gap();
  }

  /** Prints what changes an alternative without telling which it is. */
  private static void builder(
      JavaFile file, TypeText types, String name, List<String> permitted, List<Accessor> settable) {
    file.docs(new Comment().text("{@return a builder with the values of this one}"));
    file.line("Builder toBuilder();");
    file.gap();
    file.docs(
        new Comment().text("Collects the values that every alternative has. Not thread-safe."));
    file.open(
        group(
            word("sealed interface Builder"),
            fill(4),
            RecordPrinter.types(
                "permits", permitted.stream().map(each -> each + ".Builder").toList())),
        word(" {"));
    for (Accessor accessor : settable) {
      file.docs(RecordPrinter.setterDocs(accessor.name()));
      file.line(
          RecordPrinter.setter(types.of(accessor.type(), accessor.form()), accessor.name()),
          word(";"));
      file.gap();
    }
    file.docs(new Comment().text("{@return the alternative}"));
    file.line(name + " build();");
    file.close();
    file.gap();
  }

  private void wrapper(JavaFile file, Union union, Alternative alternative, String wrapper) {
    RecordPrinter printer = new RecordPrinter(printing, file);
    Component component =
        new Component("value", "value", alternative.value(), new Presence.Required(), Docs.NONE);
    Slot slot = printer.slot(component).unnamed();
    String words = Words.constraints(alternative.value());
    file.docs(
        new Comment()
            .text("An alternative that is no record of its own.")
            .param("value", ("the value. " + words).strip()));
    printer.printBare(
        new RecordPrinter.Shape(
            "",
            wrapper,
            union.name().simpleName() + "." + wrapper,
            List.of(slot),
            List.of(union.name().simpleName()),
            () -> {},
            false,
            () -> {}));
    file.gap();
  }

  private static String tag(Union union, List<String> permitted) {
    return switch (union.tag()) {
      case Tag.ByProperty(var property, var values, var _) ->
          "The property "
              + Markdown.code(property)
              + " tells which: "
              + values.entrySet().stream()
                  .map(entry ->
                      Markdown.code(entry.getKey().toString())
                          + " is "
                          + Markdown.code(permitted.get(entry.getValue())))
                  .collect(Collectors.joining(", "))
              + ".";
      case Tag.ByKind(var kinds) ->
          "The kind of JSON value tells which: "
              + kinds.entrySet().stream()
                  .map(entry ->
                      entry.getKey().name().toLowerCase(Locale.ROOT)
                          + " is "
                          + Markdown.code(permitted.get(entry.getValue())))
                  .collect(Collectors.joining(", "))
              + ".";
      case Tag.ByTrial(var exactlyOne, var _) ->
          exactlyOne ? "Exactly one of them fits." : "The first that fits is taken.";
      case Tag.ByPresence(var properties, var otherwise) ->
          "What properties there are tells which: "
              + properties.entrySet().stream()
                  .map(entry ->
                      Markdown.code(entry.getKey())
                          + " is of "
                          + Markdown.code(permitted.get(entry.getValue())))
                  .collect(Collectors.joining(", "))
              + otherwise
                  .map(index -> ", otherwise it is " + Markdown.code(permitted.get(index)))
                  .orElse("")
              + ".";
    };
  }
}
