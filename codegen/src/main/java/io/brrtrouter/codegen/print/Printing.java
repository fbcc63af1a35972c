package io.brrtrouter.codegen.print;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What all files are printed from.
 *
 * @param model the model
 * @param known its declarations by name
 */
record Printing(JavaModel model, Map<ClassName, Declaration> known) {
  static Printing of(JavaModel model) {
    return new Printing(model, model.byName());
  }

  /**
   * {@return whether an empty text in a parameter or a form is null where null is allowed, because
   * the type has no value of that text; docs/parameters.md, rule 4}
   */
  boolean isEmptyNull(JavaType type) {
    return switch (type) {
      case JavaType.Simple(Scalar scalar) ->
          switch (scalar) {
            case STRING, BASE64, BINARY, FILE, STREAM, EVENT -> false;
            case INT,
                LONG,
                INTEGER,
                BIG_INTEGER,
                FLOAT,
                DOUBLE,
                BIG_DECIMAL,
                DECIMAL_TEXT,
                BOOLEAN,
                DATE_TIME,
                DATE,
                UUID,
                URI ->
                true;
          };
      case JavaType.Declared(ClassName name) ->
          known.get(name) instanceof Declaration.TextEnum text
              && text.entries().stream().noneMatch(entry -> entry.value().isEmpty());
      case JavaType.ListOf _ -> true;
      case JavaType.MapOf _, JavaType.JsonText _, JavaType.ItemsOf _, JavaType.Tree _ -> false;
    };
  }

  /**
   * {@return the properties of a form whose null is an empty text, in document order} Parts of a
   * list are its items, so an empty one is no null.
   */
  Set<String> emptyNulls(Content content) {
    boolean parts = content.kind() == Content.Kind.MULTIPART;
    return properties(
        content,
        value ->
            value.nullable()
                && isEmptyNull(value.type())
                && !(parts && value.type() instanceof JavaType.ListOf));
  }

  /** {@return the properties of a body whose values are of a kind, in document order} */
  Set<String> properties(Content content, Predicate<Value> kind) {
    return content.value().type() instanceof JavaType.Declared(ClassName name)
            && known.get(name) instanceof Declaration.ObjectRecord object
        ? object.components().stream()
            .filter(component -> kind.test(component.value()))
            .map(Component::property)
            .collect(Collectors.toCollection(LinkedHashSet::new))
        : Set.of();
  }
}
