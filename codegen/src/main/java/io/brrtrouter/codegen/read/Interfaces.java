package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.Declaration.Accessor;
import io.brrtrouter.codegen.model.Declaration.Alternative;
import io.brrtrouter.codegen.model.Declaration.ObjectRecord;
import io.brrtrouter.codegen.model.Declaration.Union;
import io.brrtrouter.codegen.model.JavaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Completes classes once all are read: records learn their interfaces, and those their methods. */
final class Interfaces {
  private Interfaces() {}

  static List<Declaration> complete(List<Draft> drafts) {
    Map<ClassName, Declaration> known = new HashMap<>();
    drafts.forEach(draft -> known.put(draft.name, read(draft)));
    List<Declaration> complete = new ArrayList<>();
    for (Draft draft : drafts) {
      complete.add(
          switch (read(draft)) {
            case ObjectRecord record -> implementing(record, draft);
            case Union union -> with(union, accessors(union, known));
            case Declaration.TextEnum text -> text;
          });
    }
    return complete;
  }

  private static Declaration read(Draft draft) {
    return Objects.requireNonNull(draft.declaration, draft.name::toString);
  }

  private static ObjectRecord implementing(ObjectRecord record, Draft draft) {
    return new ObjectRecord(
        record.name(),
        record.docs(),
        record.origin(),
        record.view(),
        record.components(),
        record.constants(),
        record.rest(),
        record.dropped(),
        record.forbidden(),
        record.checks(),
        record.unfusable(),
        List.copyOf(draft.interfaces));
  }

  private static Union with(Union union, List<Accessor> accessors) {
    return new Union(
        union.name(),
        union.docs(),
        union.origin(),
        union.alternatives(),
        union.tag(),
        accessors,
        union.unfusable());
  }

  /** What every alternative answers, when all are records without a wrapper. */
  private static List<Accessor> accessors(Union union, Map<ClassName, Declaration> known) {
    List<Accessor> common = new ArrayList<>();
    boolean first = true;
    for (Alternative alternative : union.alternatives()) {
      boolean plain =
          alternative.wrapper().isEmpty()
              && alternative.value().type() instanceof JavaType.Declared(var name)
              && known.get(name) instanceof ObjectRecord;
      if (!plain || !(alternative.value().type() instanceof JavaType.Declared(var name))) {
        return List.of();
      }
      List<Accessor> own = own((ObjectRecord) Objects.requireNonNull(known.get(name)));
      if (first) {
        common.addAll(own);
      } else {
        common.removeIf(each -> own.stream().noneMatch(other -> isSame(each, other)));
      }
      first = false;
    }
    return common;
  }

  private static List<Accessor> own(ObjectRecord record) {
    List<Accessor> own = new ArrayList<>();
    record
        .constants()
        .forEach(constant ->
            own.add(
                new Accessor(
                    constant.name(),
                    new JavaType.Simple(constant.scalar()),
                    Component.Form.PLAIN,
                    constant.docs())));
    record
        .components()
        .forEach(component ->
            own.add(
                new Accessor(
                    component.name(),
                    component.value().type(),
                    component.form(),
                    component.docs())));
    return own;
  }

  private static boolean isSame(Accessor one, Accessor other) {
    return one.name().equals(other.name())
        && one.form() == other.form()
        && isSame(one.type(), other.type());
  }

  /** Whether two types are written alike in Java. */
  private static boolean isSame(JavaType one, JavaType other) {
    return switch (one) {
      case JavaType.Simple(var scalar) ->
          other instanceof JavaType.Simple(var second) && scalar.type().equals(second.type());
      case JavaType.Declared(var name) ->
          other instanceof JavaType.Declared(var second) && name.equals(second);
      case JavaType.ListOf(var items) ->
          other instanceof JavaType.ListOf(var second)
              && items.nullable() == second.nullable()
              && isSame(items.type(), second.type());
      case JavaType.MapOf(var values) ->
          other instanceof JavaType.MapOf(var second)
              && values.nullable() == second.nullable()
              && isSame(values.type(), second.type());
      case JavaType.JsonText(var json) ->
          other instanceof JavaType.JsonText(var second)
              && json.nullable() == second.nullable()
              && isSame(json.type(), second.type());
      case JavaType.ItemsOf _ -> throw new IllegalArgumentException("items are no value");
      case JavaType.Tree() -> other instanceof JavaType.Tree;
    };
  }
}
