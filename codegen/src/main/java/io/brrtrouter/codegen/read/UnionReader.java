package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Check;
import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Declaration.Alternative;
import io.brrtrouter.codegen.model.Declaration.Tag;
import io.brrtrouter.codegen.model.Declaration.Union;
import io.brrtrouter.codegen.model.Docs;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Unfusable;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.read.Facets.Choices;
import io.brrtrouter.codegen.read.Layer.Group;
import io.brrtrouter.schema.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code oneOf}, {@code anyOf} and lists of types. */
final class UnionReader {
  private final TypeReader types;
  private final View view;

  UnionReader(TypeReader types, View view) {
    this.types = types;
    this.view = view;
  }

  /**
   * One of the alternatives that are not null.
   *
   * @param site the schema as it stands in the union
   * @param group all that applies to the value when it is chosen
   * @param facets what that says together
   */
  record Branch(Site site, Group group, Facets facets) {}

  /** {@return the value of a group that has unions} */
  Value read(Group group, Facets facets, Hint hint) {
    List<Unfusable> extra = new ArrayList<>();
    List<Choices> unions = facets.unions;
    for (Choices union : unions) {
      List<Branch> branches = branches(group, union);
      if (union.exactlyOne() && hasTwins(group, union)) {
        extra.add(
            new Unfusable(
                union.keyword(), "alternatives that are the same", union.place().origin()));
      }
      if (branches.size() < 2) {
        return with(optional(facets, union, branches, hint), extra);
      }
    }
    if (unions.size() > 1) {
      return with(several(group, unions), extra);
    }
    return with(union(group, facets, unions.getFirst(), hint), extra);
  }

  /** {@return the alternatives that are possible and not null, each once} */
  private List<Branch> branches(Group group, Choices union) {
    Group outer = group.without(union.place());
    Map<Group, Branch> branches = new LinkedHashMap<>();
    for (Site site : union.branches()) {
      Group both = types.merge.normal(outer.and(site));
      Facets facets = types.merge.of(both);
      Facets own = types.merge.of(Group.of(site));
      if (own.types != Kinds.NULL && !facets.never && facets.types != Kinds.NULL) {
        branches.putIfAbsent(both, new Branch(site, both, facets));
      }
    }
    return List.copyOf(branches.values());
  }

  private boolean hasTwins(Group group, Choices union) {
    Group outer = group.without(union.place());
    return union.branches().stream()
            .map(site -> types.merge.normal(outer.and(site)))
            .distinct()
            .count()
        < union.branches().size();
  }

  private boolean allowsNull(Facets facets, Choices union) {
    return facets.isNullable() && allowsNull(union, 0);
  }

  private boolean allowsNull(Choices union, int depth) {
    long branches =
        union.branches().stream()
            .filter(branch -> isNullable(types.merge.of(Group.of(branch)), depth))
            .count();
    return union.exactlyOne() ? branches == 1 : branches > 0;
  }

  /** Whether a schema by itself allows null. */
  private boolean isNullable(Facets facets, int depth) {
    return facets.untyped
        || (facets.isNullable()
            && (depth > 8
                || facets.unions.stream().allMatch(union -> allowsNull(union, depth + 1))));
  }

  /** One alternative, and perhaps null. */
  private Value optional(Facets facets, Choices union, List<Branch> branches, Hint hint) {
    boolean nullable = allowsNull(facets, union);
    if (branches.isEmpty()) {
      Origin origin = union.place().origin();
      types.remarks.warn(
          "nothing-is-valid",
          origin,
          "no alternative can be chosen, so the value becomes JsonNode",
          "remove the contradiction");
      return new Value(
          new JavaType.Tree(),
          false,
          List.of(new Check.Nothing(origin, nullable)),
          facets.unfusable(),
          origin);
    }
    return nullable(types.value(branches.getFirst().group(), hint, view), nullable);
  }

  private static Value nullable(Value value, boolean nullable) {
    return new Value(
        value.type(),
        nullable && !(value.type() instanceof JavaType.Tree),
        value.checks(),
        value.unfusable(),
        value.origin());
  }

  private static Value with(Value value, List<Unfusable> more) {
    List<Unfusable> all = new ArrayList<>(value.unfusable());
    all.addAll(more);
    return new Value(value.type(), value.nullable(), value.checks(), all, value.origin());
  }

  private Value several(Group group, List<Choices> unions) {
    Origin origin = unions.getLast().place().origin();
    types.remarks.warn(
        "union-several",
        origin,
        "several oneOf or anyOf apply to the value, which becomes JsonNode",
        "name the combinations in one oneOf");
    return TypeReader.tree(
        group.first().origin(),
        new Unfusable(unions.getLast().keyword(), "several unions for one value", origin));
  }

  private Value union(Group group, Facets facets, Choices union, Hint hint) {
    List<Branch> branches = branches(group, union);
    boolean nullable = allowsNull(facets, union);
    Origin place = union.place().origin();
    Optional<Value> scalar = scalar(union, branches, nullable, place);
    if (scalar.isPresent()) {
      return scalar.get();
    }
    if (branches.size() > Limits.ALTERNATIVES) {
      types.remarks.warn(
          "union-too-large",
          place,
          "the "
              + branches.size()
              + " alternatives are more than a sealed type can have, so the value becomes JsonNode",
          "group them, or describe what they have in common");
      return TypeReader.tree(
          group.first().origin(),
          new Unfusable(union.keyword(), "more alternatives than a sealed type can have", place));
    }
    Tags tags = new Tags(types, view, union, branches);
    Optional<Tag> tag = tags.find();
    if (tag.isEmpty()) {
      types.remarks.warn(
          "union-ambiguous",
          place,
          "nothing tells the alternatives of "
              + union.keyword()
              + " apart, so the value becomes JsonNode",
          "give each a required property with a const of its own, or add a discriminator");
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < branches.size(); i++) {
        Branch branch = branches.get(i);
        Hint own = hint(hint, branch, new Tag.ByTrial(true, 0), i);
        values.add(nullable(types.value(branch.group(), own, view), false));
      }
      Check check = new Check.Alternatives(place, union.keyword(), values, nullable);
      return new Value(
          new JavaType.Tree(), false, List.of(check), List.of(), group.first().origin());
    }
    return declare(group, facets, branches, tag.get(), tags.flaws(), nullable, hint);
  }

  private Value declare(
      Group group,
      Facets facets,
      List<Branch> branches,
      Tag tag,
      List<Unfusable> flaws,
      boolean nullable,
      Hint hint) {
    Origin origin = group.first().origin();
    Draft draft =
        types.declare(
            group,
            hint,
            view,
            Draft.Kind.UNION,
            any ->
                new Union(
                    any.name,
                    new Docs(facets.title, facets.description, facets.deprecated),
                    origin,
                    alternatives(any.name, branches, tag, hint),
                    tag,
                    List.of(),
                    flaws));
    return new Value(new JavaType.Declared(draft.name), nullable, List.of(), List.of(), origin);
  }

  /** Alternatives of one scalar type have no class: the wider type stands for all of them. */
  private Optional<Value> scalar(
      Choices union, List<Branch> branches, boolean nullable, Origin origin) {
    int together = 0;
    for (Branch branch : branches) {
      if (!branch.facets().unions.isEmpty()) {
        return Optional.empty();
      }
      together |= branch.facets().types & ~Kinds.NULL;
    }
    boolean isScalar = (together & (Kinds.OBJECT | Kinds.ARRAY)) == 0;
    if (!isScalar || Kinds.count(together) != 1) {
      return Optional.empty();
    }
    for (Branch branch : branches) {
      Facets facets = branch.facets();
      if (!union.exactlyOne() && facets.isBare() && (facets.types & ~Kinds.NULL) == together) {
        return Optional.of(nullable(types.value(branch.group(), new Hint("", ""), view), nullable));
      }
    }
    Scalar wide =
        switch (together) {
          case Kinds.STRING -> Scalar.STRING;
          case Kinds.BOOLEAN -> Scalar.BOOLEAN;
          case Kinds.INTEGER -> integer(branches);
          default -> Scalar.BIG_DECIMAL;
        };
    return Optional.of(
        new Value(
            new JavaType.Simple(wide),
            nullable,
            List.of(
                new Check.Alternatives(
                    origin,
                    union.keyword(),
                    branches.stream()
                        .map(branch ->
                            nullable(types.value(branch.group(), new Hint("", ""), view), false))
                        .toList(),
                    false)),
            List.of(),
            union.site().origin()));
  }

  private Scalar integer(List<Branch> branches) {
    Scalar wide = Scalar.INT;
    for (Branch branch : branches) {
      Scalar scalar = types.scalar(branch.facets()).scalar();
      wide = scalar.compareTo(wide) > 0 ? scalar : wide;
    }
    return wide;
  }

  private List<Alternative> alternatives(
      ClassName union, List<Branch> branches, Tag tag, Hint hint) {
    Names.Scope wrappers = Names.Scope.inside(union.simpleName());
    List<Alternative> alternatives = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      Branch branch = branches.get(i);
      Value value = nullable(types.value(branch.group(), hint(hint, branch, tag, i), view), false);
      alternatives.add(alternative(union, value, wrappers));
    }
    return alternatives;
  }

  private Alternative alternative(ClassName union, Value value, Names.Scope wrappers) {
    Optional<Draft> record =
        value.type() instanceof JavaType.Declared(var name) && value.unfusable().isEmpty()
            ? types.draft(name).filter(draft -> draft.kind == Draft.Kind.RECORD)
            : Optional.empty();
    if (record.isPresent()) {
      record.get().interfaces.add(union);
      return new Alternative(value, Optional.empty());
    }
    return new Alternative(value, Optional.of(wrappers.take(wrapper(value.type()))));
  }

  private static String wrapper(JavaType type) {
    return switch (type) {
      case JavaType.Simple(var scalar) -> {
        String name = scalar.boxed();
        yield scalar == Scalar.BASE64 || scalar == Scalar.BINARY
            ? "BytesValue"
            : name.substring(name.lastIndexOf('.') + 1) + "Value";
      }
      case JavaType.Declared(var name) -> name.simpleName() + "Value";
      case JavaType.ListOf _ -> "ListValue";
      case JavaType.MapOf _ -> "MapValue";
      case JavaType.JsonText _, JavaType.ItemsOf _ ->
          throw new IllegalArgumentException("items are no value");
      case JavaType.Tree _ -> "TreeValue";
    };
  }

  /** An alternative without a name is called after its title, its tag or its number. */
  private static Hint hint(Hint hint, Branch branch, Tag tag, int index) {
    String title = branch.site().text("title");
    if (!title.isEmpty()) {
      return hint.child(title);
    }
    if (tag instanceof Tag.ByProperty(var _, var values, var _)) {
      for (var entry : values.entrySet()) {
        if (entry.getValue() == index && entry.getKey().isString()) {
          return hint.child(entry.getKey().stringValue());
        }
      }
    }
    return hint.child("Alternative" + (index + 1));
  }

  /** {@return the value of a group whose {@code type} lists several} */
  Value byType(Group group, Facets facets, Hint hint) {
    List<Branch> branches = new ArrayList<>();
    Site first = group.first();
    for (int kind :
        new int[] {Kinds.STRING, Kinds.NUMBER, Kinds.BOOLEAN, Kinds.ARRAY, Kinds.OBJECT}) {
      if ((facets.types & kind) != 0) {
        Group some = group.only(facets.types & kind);
        branches.add(new Branch(first, some, types.merge.of(some)));
      }
    }
    Tag tag = Tags.byKind(types, branches).orElseThrow();
    return declare(group, facets, branches, tag, List.of(), facets.isNullable(), hint);
  }
}
