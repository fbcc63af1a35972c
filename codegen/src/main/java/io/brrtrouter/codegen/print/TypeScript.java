package io.brrtrouter.codegen.print;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Rest;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The lines of a TypeScript file, and types as they are written there. */
final class TypeScript {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
  private static final int COLUMNS = 100;

  /** What every object has without being given it. */
  private static final Set<String> INHERITED =
      Set.of(
          "constructor",
          "hasOwnProperty",
          "isPrototypeOf",
          "propertyIsEnumerable",
          "toLocaleString",
          "toString",
          "valueOf");

  private final StringBuilder text = new StringBuilder();
  private final String prefix;
  private final Map<ClassName, String> names;
  private int indent;

  /**
   * Begins a file.
   *
   * @param firstLine its first line
   * @param prefix what stands before the names of models
   * @param names the names of models
   */
  TypeScript(String firstLine, String prefix, Map<ClassName, String> names) {
    this.prefix = prefix;
    this.names = names;
    text.append(firstLine).append('\n');
  }

  TypeScript line(String line) {
    text.append("  ".repeat(line.isEmpty() ? 0 : indent)).append(line).append('\n');
    return this;
  }

  TypeScript open(String line) {
    line(line);
    indent++;
    return this;
  }

  TypeScript close(String line) {
    indent--;
    return line(line);
  }

  /** Ends a block and begins another on the same line. */
  TypeScript between(String line) {
    indent--;
    return open(line);
  }

  /** Ends what has no line at its end. */
  TypeScript close() {
    indent--;
    return this;
  }

  /** Writes a documentation comment, if there is something to say. */
  TypeScript docs(Comment comment) {
    List<String> lines =
        comment.lines(COLUMNS - 2 * indent - 3).stream()
            .map(line -> line.replace("*/", "*\\/"))
            .toList();
    if (lines.size() == 1 && lines.getFirst().length() + 2 * indent + 7 <= COLUMNS) {
      return line("/** " + lines.getFirst() + " */");
    }
    if (!lines.isEmpty()) {
      line("/**");
      lines.forEach(line -> line(line.isEmpty() ? " *" : " * " + line));
      line(" */");
    }
    return this;
  }

  String text() {
    return text.toString();
  }

  // Types.

  /** {@return the name of a property, quoted where it has to be} */
  static String property(String name) {
    return NAME.matcher(name).matches() ? name : string(name);
  }

  /**
   * {@return the name of a property of an object literal} A name that objects inherit is any string
   * to the compiler, which would else expect what is inherited; and {@code __proto__} would be no
   * property.
   */
  static String key(String name) {
    return name.equals("__proto__") || INHERITED.contains(name)
        ? "[" + string(name) + " as string]"
        : property(name);
  }

  /**
   * {@return a name for what may be left out of an object: none that the object would inherit then,
   * with a function as its value}
   */
  static String own(String name) {
    return INHERITED.contains(name) ? name + "_" : name;
  }

  /** {@return a string literal} */
  static String string(String value) {
    return literal(JsonNodeFactory.instance.stringNode(value));
  }

  /** {@return a JSON value as an expression or a type} */
  static String literal(JsonNode value) {
    return value.toString().replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  /** {@return the type of a value} */
  String type(Value value) {
    return type(value.type()) + (value.nullable() ? " | null" : "");
  }

  private String type(JavaType type) {
    return switch (type) {
      case JavaType.Simple(Scalar scalar) -> scalar(scalar);
      case JavaType.Declared(ClassName name) -> prefix + name(name);
      case JavaType.ListOf(Value items) -> {
        String item = type(items);
        yield items.nullable() || item.contains(" ") ? "(" + item + ")[]" : item + "[]";
      }
      case JavaType.MapOf(Value values) -> "{ [name: string]: " + type(values) + " }";
      case JavaType.JsonText _ -> "string";
      case JavaType.ItemsOf _ -> throw new IllegalArgumentException("items are no value");
      case JavaType.Tree() -> "unknown";
    };
  }

  private String name(ClassName model) {
    return names.getOrDefault(model, model.simpleName());
  }

  private static String scalar(Scalar scalar) {
    if (scalar == Scalar.BINARY || scalar == Scalar.FILE) {
      return "http.Binary";
    }
    if (scalar == Scalar.EVENT) {
      return "http.RawEvent";
    }
    return scalar == Scalar.BOOLEAN
        ? "boolean"
        : scalar == Scalar.DECIMAL_TEXT || scalar.isText() ? "string" : "number";
  }

  /** Writes a member of an interface. */
  void member(String name, Component component, String otherwise) {
    docs(
        new Comment().docs(component.docs(), otherwise).text(Words.constraints(component.value())));
    boolean required = component.presence() instanceof Presence.Required;
    String type = type(component.value());
    line(
        property(name) + (required ? ": " + type : "?: " + leftOut(name, type).orElse(type)) + ";");
  }

  /**
   * {@return what a property can be that may be left out, if that is more than its type: objects
   * inherit something of its name}
   */
  private static Optional<String> leftOut(String name, String type) {
    if (name.equals("__proto__")) {
      return Optional.of(type + " | object");
    }
    return INHERITED.contains(name)
        ? Optional.of(type + " | http.Inherited<" + string(name) + ">")
        : Optional.empty();
  }

  // Declarations.

  /** Writes the type of a schema. */
  void declaration(Declaration declaration, Printing printing) {
    line("");
    docs(new Comment().docs(declaration.docs(), ""));
    String name = name(declaration.name());
    switch (declaration) {
      case Declaration.ObjectRecord object -> object(name, object);
      case Declaration.TextEnum text -> {
        List<String> values = new ArrayList<>();
        text.entries().forEach(entry -> values.add(string(entry.value())));
        if (text.open()) {
          values.add("(string & {})");
        }
        union(name, values);
      }
      case Declaration.Union union -> union(name, alternatives(union, printing));
    }
  }

  private void object(String name, Declaration.ObjectRecord object) {
    open("export interface " + name + " {");
    for (var constant : object.constants()) {
      docs(new Comment().docs(constant.docs(), ""));
      line(property(constant.property()) + ": " + literal(constant.value()) + ";");
    }
    object.components().forEach(each -> member(each.property(), each, ""));
    object
        .forbidden()
        .forEach(
            each -> line(property(each) + "?: " + leftOut(each, "never").orElse("never") + ";"));
    if (object.rest() instanceof Rest.Kept(var _, Value values)) {
      boolean alone = object.components().isEmpty() && object.constants().isEmpty();
      line("[name: string]: " + (alone ? type(values) : "unknown") + ";");
    }
    close("}");
  }

  private void union(String name, List<String> types) {
    String flat = "export type " + name + " = " + String.join(" | ", types) + ";";
    if (flat.length() <= COLUMNS) {
      line(flat);
      return;
    }
    open("export type " + name + " =");
    for (int i = 0; i < types.size(); i++) {
      line("| " + types.get(i) + (i == types.size() - 1 ? ";" : ""));
    }
    close();
  }

  private List<String> alternatives(Declaration.Union union, Printing printing) {
    List<String> types = new ArrayList<>();
    for (int i = 0; i < union.alternatives().size(); i++) {
      Value value = union.alternatives().get(i).value();
      String type = type(value);
      String tag =
          union.tag() instanceof Declaration.Tag.ByProperty tagged
              ? tag(tagged, i, value, printing)
              : "";
      types.add(tag.isEmpty() ? type : "(" + type + " & " + tag + ")");
    }
    return types;
  }

  /** What tells an alternative apart, where its own type does not say it. */
  private static String tag(
      Declaration.Tag.ByProperty tag, int index, Value value, Printing printing) {
    boolean says =
        value.type() instanceof JavaType.Declared(ClassName name)
            && printing.known().get(name) instanceof Declaration.ObjectRecord object
            && object.constants().stream().anyMatch(each -> each.property().equals(tag.property()));
    List<String> values =
        tag.values().entrySet().stream()
            .filter(entry -> entry.getValue() == index)
            .map(entry -> literal(entry.getKey()))
            .toList();
    return says || values.isEmpty()
        ? ""
        : "{ " + property(tag.property()) + ": " + String.join(" | ", values) + " }";
  }
}
