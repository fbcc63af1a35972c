package io.brrtrouter.codegen.print;

import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Docs;
import io.brrtrouter.codegen.model.JavaType;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A component of a record to print.
 *
 * @param name its name
 * @param type its type
 * @param field the type of the builder's field: one that can be null where the component is plain
 * @param form how it tells absent, null and value apart
 * @param primitive whether the type is primitive
 * @param copy what to copy
 * @param initial the expression a builder begins with
 * @param optional whether a caller may leave it out
 * @param named whether the document names it: then whoever gives a value names it too
 * @param docs its description in Markdown
 */
record Slot(
    String name,
    String type,
    Supplier<String> field,
    Component.Form form,
    boolean primitive,
    Copy copy,
    Optional<String> initial,
    boolean optional,
    boolean named,
    String docs) {

  /** {@return the same slot under a name that is not the document's} */
  Slot unnamed() {
    return new Slot(name, type, field, form, primitive, copy, initial, optional, false, docs);
  }

  /** {@return the same slot, told what it is where the document does not describe it} */
  Slot described(Docs documented, String otherwise) {
    boolean silent = documented.description().isEmpty() && documented.summary().isEmpty();
    String property = "the property ";
    String text = docs.startsWith(property) ? "the " + otherwise : "the " + otherwise + ". " + docs;
    return silent
        ? new Slot(name, type, field, form, primitive, copy, initial, optional, named, text)
        : this;
  }

  /** How a collection is copied. */
  enum Copy {
    /** It is no collection. */
    NONE,
    /** A list without nulls. */
    LIST,
    /** A list with nulls. */
    NULLABLE_LIST,
    /** A map, whose order counts. */
    MAP;

    static Copy of(JavaType type) {
      return switch (type) {
        case JavaType.ListOf(var items) -> items.nullable() ? NULLABLE_LIST : LIST;
        case JavaType.MapOf _ -> MAP;
        case JavaType.JsonText(var json) -> of(json.type());
        case JavaType.Simple _, JavaType.Declared _, JavaType.ItemsOf _, JavaType.Tree _ -> NONE;
      };
    }
  }
}
