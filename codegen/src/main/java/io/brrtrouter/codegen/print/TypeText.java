package io.brrtrouter.codegen.print;

import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Value;

/** Types as they are written in a file. */
final class TypeText {
  static final String NULLABLE = "org.jspecify.annotations.Nullable";
  static final String FIELD = "io.brrtrouter.schema.codec.Field";
  private final JavaFile file;

  TypeText(JavaFile file) {
    this.file = file;
  }

  /** {@return a type that holds a value always, primitive where there is a primitive} */
  String plain(JavaType type) {
    return switch (type) {
      case JavaType.Simple(var scalar) -> file.use(scalar.type());
      case JavaType.JsonText(var json) -> plain(json.type());
      default -> boxed(type);
    };
  }

  /** {@return a type that can be an argument of another type} */
  String boxed(JavaType type) {
    return switch (type) {
      case JavaType.Simple(var scalar) -> file.use(scalar.boxed());
      case JavaType.Declared(var name) -> file.use(name.qualified());
      case JavaType.ListOf(var items) -> file.use("java.util.List") + "<" + argument(items) + ">";
      case JavaType.MapOf(var values) ->
          file.use("java.util.Map")
              + "<"
              + file.use("java.lang.String")
              + ", "
              + argument(values)
              + ">";
      case JavaType.JsonText(var json) -> boxed(json.type());
      case JavaType.ItemsOf(var items) ->
          file.use("io.brrtrouter.schema.stream.Items") + "<" + argument(items) + ">";
      case JavaType.Tree() -> file.use("tools.jackson.databind.JsonNode");
    };
  }

  private String argument(Value value) {
    return value.nullable() ? nullable(value.type()) : boxed(value.type());
  }

  /** {@return a type whose null means something; the annotation of an array is at its brackets} */
  String nullable(JavaType type) {
    String annotation = "@" + file.use(NULLABLE);
    String boxed = boxed(type);
    if (boxed.endsWith("[]")) {
      return boxed.substring(0, boxed.length() - 2) + " " + annotation + " []";
    }
    int dot =
        boxed.indexOf('<') < 0
            ? boxed.lastIndexOf('.')
            : boxed.substring(0, boxed.indexOf('<')).lastIndexOf('.');
    return dot < 0
        ? annotation + " " + boxed
        : boxed.substring(0, dot + 1) + annotation + " " + boxed.substring(dot + 1);
  }

  /** {@return the type of a component} */
  String of(JavaType type, Component.Form form) {
    return switch (form) {
      case PLAIN -> plain(type);
      case NULLABLE -> nullable(type);
      case FIELD -> file.use(FIELD) + "<" + boxed(type) + ">";
    };
  }
}
