package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.assign;
import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.declare;
import static io.brrtrouter.codegen.print.Layout.fill;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.list;
import static io.brrtrouter.codegen.print.Layout.space;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.print.Layout.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Prints records: the compact constructor refuses null and copies collections, the builder lets
 * whoever makes a record name what is set. Lines of the document that change places then change no
 * values, and a property of another name is a compile error.
 */
final class RecordPrinter {
  private final JavaFile file;
  private final TypeText types;
  private final Literals literals;

  RecordPrinter(Printing printing, JavaFile file) {
    this.file = file;
    this.types = new TypeText(file);
    this.literals = new Literals(printing, file);
  }

  /**
   * A record.
   *
   * @param modifiers what comes before {@code record}; empty when nothing does
   * @param name its name
   * @param title what messages call it
   * @param slots its components
   * @param interfaces what it implements
   * @param checks statements that come first in the constructor
   * @param members further members
   * @param bases what its builder implements
   */
  record Shape(
      String modifiers,
      String name,
      String title,
      List<Slot> slots,
      List<String> interfaces,
      Runnable checks,
      boolean hasChecks,
      Runnable members,
      Bases bases) {

    Shape(
        String modifiers,
        String name,
        String title,
        List<Slot> slots,
        List<String> interfaces,
        Runnable checks,
        boolean hasChecks,
        Runnable members) {
      this(modifiers, name, title, slots, interfaces, checks, hasChecks, members, Bases.NONE);
    }
  }

  /**
   * What the builder of a record implements.
   *
   * @param interfaces the builders of the sealed types the record belongs to
   * @param setters the setters they have
   */
  record Bases(List<String> interfaces, Set<String> setters) {
    static final Bases NONE = new Bases(List.of(), Set.of());
  }

  /** {@return whether a record has a builder: all but those of one value that has no name} */
  static boolean hasBuilder(List<Slot> slots) {
    return slots.size() > 1 || slots.stream().anyMatch(slot -> slot.optional() || slot.named());
  }

  /** {@return the slot of a component} */
  Slot slot(Component component) {
    Value value = component.value();
    Component.Form form = component.form();
    boolean optional = !(component.presence() instanceof Presence.Required);
    return new Slot(
        component.name(),
        types.of(value.type(), form),
        () -> types.nullable(value.type()),
        form,
        value.type() instanceof JavaType.Simple(var scalar) && scalar.isPrimitive(),
        Slot.Copy.of(value.type()),
        initial(component),
        optional || form != Component.Form.PLAIN,
        true,
        docs(component));
  }

  private Optional<String> initial(Component component) {
    if (component.presence() instanceof Presence.Defaulted(var value) && !value.isNull()) {
      return literals.of(component.value().type(), value);
    }
    return component.form() == Component.Form.FIELD
        ? Optional.of(file.use(TypeText.FIELD) + ".absent()")
        : Optional.empty();
  }

  private static String docs(Component component) {
    String text = Markdown.paragraph(component.docs().description());
    if (text.isEmpty()) {
      text = Markdown.paragraph(component.docs().summary());
    }
    String words = Words.constraints(component);
    if (text.isEmpty() && words.isEmpty()) {
      text = "the property " + Markdown.code(component.property());
    }
    String end = text.isEmpty() || text.endsWith(".") || words.isEmpty() ? "" : ".";
    String deprecated = component.docs().deprecated() ? " Deprecated." : "";
    String full = (text + end + " " + words).strip();
    return full + (deprecated.isEmpty() || full.endsWith(".") ? "" : ".") + deprecated;
  }

  /** {@return the slot of the map of other properties} */
  Slot rest(String name, Value values) {
    JavaType type = new JavaType.MapOf(values);
    return new Slot(
        name,
        types.boxed(type),
        () -> types.boxed(type),
        Component.Form.PLAIN,
        false,
        Slot.Copy.MAP,
        Optional.of(file.use("java.util.Map") + ".of()"),
        true,
        true,
        ("every other property. " + Words.constraints(values)).strip());
  }

  void print(Shape shape) {
    file.open(header(shape));
    constructor(shape);
    shape.members().run();
    if (hasBuilder(shape.slots())) {
      builder(shape);
    }
    file.close();
  }

  /** {@return whether nothing stands between the braces} */
  private static boolean isEmpty(Shape shape) {
    return shape.slots().stream().noneMatch(RecordPrinter::isChecked)
        && !hasBuilder(shape.slots())
        && !shape.hasChecks();
  }

  /** Prints a record without further members, on one line where that is all. */
  void printBare(Shape shape) {
    if (isEmpty(shape)) {
      file.line(header(shape, " {}"));
    } else {
      print(shape);
    }
  }

  private Piece header(Shape shape) {
    return header(shape, " {");
  }

  private static Piece header(Shape shape, String end) {
    List<Piece> pieces = new ArrayList<>();
    List<Piece> components =
        shape.slots().stream().map(slot -> declare(slot.type(), slot.name())).toList();
    String name = "record " + shape.name() + "(";
    pieces.add(
        shape.modifiers().isEmpty()
            ? word(name)
            : group(word(shape.modifiers()), space(0), word(name)));
    if (!components.isEmpty()) {
      pieces.add(list(components));
    }
    pieces.add(word(")"));
    if (!shape.interfaces().isEmpty()) {
      pieces.add(fill(4));
      pieces.add(types("implements", shape.interfaces()));
    }
    pieces.add(word(end));
    return new Layout.Group(pieces, 0);
  }

  /** {@return a word with a list of types, each on a line of its own if they do not fit} */
  static Piece types(String keyword, List<String> names) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(word(keyword + " " + names.getFirst()));
    for (String name : names.subList(1, names.size())) {
      pieces.add(word(","));
      pieces.add(space(4));
      pieces.add(word(name));
    }
    return new Layout.Group(pieces, 4);
  }

  private static boolean isChecked(Slot slot) {
    boolean isReference =
        slot.form() != Component.Form.NULLABLE
            && !(slot.primitive() && slot.form() == Component.Form.PLAIN);
    return isReference || slot.copy() != Slot.Copy.NONE;
  }

  private void constructor(Shape shape) {
    if (!shape.hasChecks() && shape.slots().stream().noneMatch(RecordPrinter::isChecked)) {
      return;
    }
    file.docs(new Comment().text(constructorDocs(shape)));
    file.open("public " + shape.name() + " {");
    shape.checks().run();
    for (Slot slot : shape.slots()) {
      if (slot.form() == Component.Form.FIELD
          || (slot.form() == Component.Form.PLAIN && !slot.primitive())) {
        file.line(
            call(
                file.use("java.util.Objects") + ".requireNonNull",
                slot.name(),
                message(shape, slot)),
            word(";"));
      }
    }
    for (Slot slot : shape.slots()) {
      if (slot.copy() != Slot.Copy.NONE) {
        file.line(assign(word(slot.name()), copied(slot, free(shape))), word(";"));
      }
    }
    file.close();
    file.gap();
  }

  private static String constructorDocs(Shape shape) {
    boolean copies = shape.slots().stream().anyMatch(slot -> slot.copy() != Slot.Copy.NONE);
    boolean refuses =
        shape.slots().stream()
            .anyMatch(slot -> slot.form() != Component.Form.NULLABLE && !slot.primitive());
    String refused = shape.hasChecks() ? "other statuses" : "";
    if (refuses) {
      refused += (refused.isEmpty() ? "" : " and ") + "null where a value is required";
    }
    if (refused.isEmpty()) {
      return "Copies the collections.";
    }
    return "Refuses " + refused + (copies ? "; copies the collections." : ".");
  }

  private static String message(Shape shape, Slot slot) {
    String hint = slot.form() == Component.Form.FIELD ? "; use Field.absent()" : "";
    return Literals.string(shape.title() + "." + slot.name() + " must not be null" + hint);
  }

  /** {@return a name for a local variable that no component has} */
  private static String free(Shape shape) {
    String name = "value";
    while (true) {
      String candidate = name;
      if (shape.slots().stream().noneMatch(slot -> slot.name().equals(candidate))) {
        return name;
      }
      name = "some" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
  }

  private Piece copied(Slot slot, String inner) {
    String name = slot.name();
    return switch (slot.form()) {
      case PLAIN -> copy(slot.copy(), name);
      case NULLABLE -> choice(word(name + " == null"), word("null"), copy(slot.copy(), name));
      case FIELD -> {
        String field = file.use(TypeText.FIELD);
        yield choice(
            word(name + " instanceof " + field + ".Value(var " + inner + ")"),
            call(field + ".of", List.of(copy(slot.copy(), inner))),
            word(name));
      }
    };
  }

  private static Piece choice(Piece condition, Piece yes, Piece no) {
    return group(condition, space(4), group(word("? "), yes), space(4), group(word(": "), no));
  }

  private Piece copy(Slot.Copy copy, String name) {
    return switch (copy) {
      case NONE -> word(name);
      case LIST -> call(file.use("java.util.List") + ".copyOf", name);
      case NULLABLE_LIST ->
          call(
              file.use("java.util.Collections") + ".unmodifiableList",
              List.of(call("new " + file.use("java.util.ArrayList") + "<>", name)));
      case MAP ->
          call(
              file.use("java.util.Collections") + ".unmodifiableMap",
              List.of(call("new " + file.use("java.util.LinkedHashMap") + "<>", name)));
    };
  }

  private void builder(Shape shape) {
    file.docs(new Comment().text("{@return a builder without any values but defaults}"));
    file.open("public static Builder builder() {");
    file.line("return new Builder();");
    file.close();
    file.gap();
    boolean overrides = !shape.bases().interfaces().isEmpty();
    file.docs(new Comment().text("{@return a builder with the values of this record}"));
    override(overrides);
    file.open("public Builder toBuilder() {");
    file.line("Builder builder = new Builder();");
    for (Slot slot : shape.slots()) {
      String owner = slot.name().equals("builder") ? "this." : "";
      file.line(assign(word("builder." + slot.name()), word(owner + slot.name())), word(";"));
    }
    file.line("return builder;");
    file.close();
    file.gap();
    file.docs(new Comment().text("Collects the values of a record. Not thread-safe."));
    if (overrides) {
      file.open(
          group(
              word("public static final class Builder"),
              fill(4),
              types("implements", shape.bases().interfaces())),
          word(" {"));
    } else {
      file.open("public static final class Builder {");
    }
    for (Slot slot : shape.slots()) {
      field(slot);
    }
    file.gap();
    file.line("private Builder() {}");
    for (Slot slot : shape.slots()) {
      setter(slot, shape.bases().setters().contains(slot.name()));
    }
    file.gap();
    build(shape, overrides);
    file.close();
  }

  private void override(boolean overrides) {
    if (overrides) {
      file.line("@" + file.use("java.lang.Override"));
    }
  }

  private void field(Slot slot) {
    Piece target =
        declare(
            "private " + (slot.initial().isPresent() ? slot.type() : slot.field().get()),
            slot.name());
    if (slot.initial().isPresent()) {
      file.line(assign(target, word(slot.initial().get())), word(";"));
    } else {
      file.line(target, word(";"));
    }
  }

  private void setter(Slot slot, boolean overrides) {
    file.gap();
    file.docs(setterDocs(slot.name()));
    override(overrides);
    file.open(word("public "), setter(slot.type(), slot.name()), word(" {"));
    file.line(assign(word("this." + slot.name()), word(slot.name())), word(";"));
    file.line("return this;");
    file.close();
  }

  /** {@return the signature of a setter, without modifiers} */
  static Piece setter(String type, String name) {
    return call("Builder " + name, List.of(declare(type, name)));
  }

  static Comment setterDocs(String name) {
    return new Comment().text("Sets " + Markdown.code(name) + ".");
  }

  private void build(Shape shape, boolean overrides) {
    file.docs(new Comment().text("{@return the record}"));
    override(overrides);
    file.open(declare("public " + shape.name(), "build"), word("() {"));
    List<Piece> arguments = new ArrayList<>();
    for (Slot slot : shape.slots()) {
      boolean isRequired = slot.form() == Component.Form.PLAIN && slot.initial().isEmpty();
      arguments.add(
          isRequired
              ? call(
                  file.use("java.util.Objects") + ".requireNonNull",
                  slot.name(),
                  message(shape, slot))
              : word(slot.name()));
    }
    file.line(call("return new " + shape.name(), arguments), word(";"));
    file.close();
  }
}
