package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Check;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Constant;
import io.brrtrouter.codegen.model.Declaration.ObjectRecord;
import io.brrtrouter.codegen.model.Docs;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Rest;
import io.brrtrouter.codegen.model.Rule;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Unfusable;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.read.Facets.Additional;
import io.brrtrouter.codegen.read.Facets.Dependency;
import io.brrtrouter.codegen.read.Layer.Group;
import io.brrtrouter.schema.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads objects with known properties as records. */
final class RecordReader {
  private final TypeReader types;
  private final View view;
  private final Names.Scope members = Names.Scope.ofMembers();
  private final List<Component> components = new ArrayList<>();
  private final List<Constant> constants = new ArrayList<>();
  private final List<String> dropped = new ArrayList<>();
  private final List<String> forbidden = new ArrayList<>();
  private final List<Unfusable> unfusable = new ArrayList<>();

  RecordReader(TypeReader types, View view) {
    this.types = types;
    this.view = view;
  }

  /** {@return the slots that the arguments of the record's constructor take, or more} */
  int slots(Facets facets) {
    int rest = 1;
    if (rest + 2 * facets.properties.size() <= Limits.SLOTS) {
      return 0;
    }
    int slots = facets.additional.isEmpty() || facets.isClosed() ? 0 : rest;
    for (Map.Entry<String, List<Site>> property : facets.properties.entrySet()) {
      slots += slots(property.getValue(), facets.required.containsKey(property.getKey()));
    }
    return slots;
  }

  private int slots(List<Site> schemas, boolean required) {
    if (schemas.isEmpty()) {
      return 1;
    }
    Facets facets = types.merge.of(Group.of(schemas));
    if (isDropped(facets) || facets.never || (required && isConstant(facets))) {
      return 0;
    }
    boolean plain = (required || facets.defaultValue != null) && !facets.isNullable();
    if (!plain) {
      return 1;
    }
    if (!facets.unions.isEmpty()) {
      return 2;
    }
    boolean number = facets.types != 0 && (facets.types & ~Kinds.NUMBER) == 0;
    return number ? Limits.slots(scalar(facets)) : 1;
  }

  private boolean isDropped(Facets facets) {
    return (view == View.REQUEST && facets.readOnly) || (view == View.RESPONSE && facets.writeOnly);
  }

  ObjectRecord read(Draft draft, Group group, Facets facets, Hint hint) {
    Origin origin = group.first().origin();
    unfusable.addAll(facets.unfusable);
    facets.places.forEach(each -> unfusable.add(each.unfusable()));
    TypeReader.values(facets, unfusable, origin);
    facets.properties.forEach(
        (name, schemas) -> property(name, schemas, facets.required.get(name), hint, group));
    Rest rest = rest(facets, hint);
    List<Check> checks = new ArrayList<>(facets.object);
    rules(facets, rest, checks);
    return new ObjectRecord(
        draft.name,
        new Docs(facets.title, facets.description, facets.deprecated),
        origin,
        view,
        components,
        constants,
        rest,
        dropped,
        forbidden,
        checks,
        unfusable,
        List.of());
  }

  private void rules(Facets facets, Rest rest, List<Check> checks) {
    RuleReader reader =
        new RuleReader(
            types,
            components.stream().collect(Collectors.toMap(Component::property, each -> each)),
            constants.stream().collect(Collectors.toMap(Constant::property, each -> each)),
            rest instanceof Rest.Refused && dropped.isEmpty());
    boolean small =
        components.size() + constants.size() + dropped.size() + forbidden.size() <= Long.SIZE;
    for (Dependency each : facets.rules) {
      Optional<Rule> rule = small ? reader.keyword(each.site(), each.keyword()) : Optional.empty();
      if (rule.isEmpty()) {
        unfusable.add(each.unfusable());
      } else if (!rule.get().equals(new Rule.Always(true))) {
        checks.add(new Check.Obeys(each.site().origin(each.keyword()), each.keyword(), rule.get()));
      }
    }
  }

  private void property(
      String name, List<Site> schemas, @Nullable Origin required, Hint hint, Group owner) {
    if (schemas.isEmpty()) {
      Value anything = Value.of(new JavaType.Tree(), owner.first().origin());
      add(name, anything, new Presence.Required(), Docs.NONE);
      return;
    }
    Group group = Group.of(schemas);
    Facets facets = types.merge.of(group);
    if (isDropped(facets)) {
      dropped.add(name);
    } else if (facets.never) {
      never(name, group, required);
    } else if (required != null && isConstant(facets)) {
      constant(name, group, facets);
    } else {
      Value value = types.property(owner, name, group, hint.child(name), view);
      Presence presence =
          required != null
              ? new Presence.Required()
              : Defaults.presence(types, value, group, facets);
      add(name, value, presence, Uses.docs(types, group, facets));
    }
  }

  private void add(String name, Value value, Presence presence, Docs docs) {
    components.add(new Component(members.take(Names.member(name)), name, value, presence, docs));
  }

  private void never(String name, Group group, @Nullable Origin required) {
    Origin origin = group.first().origin();
    types.remarks.warn(
        "property-never-valid",
        origin,
        "no value of the property \""
            + name
            + "\" satisfies all schemas that apply to it, so the record leaves it out",
        required == null ? "remove it" : "no object is valid, because it is required");
    forbidden.add(name);
    if (required != null) {
      unfusable.add(
          new Unfusable("required", "a property that must and must not be there", origin));
    }
  }

  private boolean isConstant(Facets facets) {
    if (facets.allowed == null || facets.allowed.size() != 1 || facets.isNullable()) {
      return false;
    }
    return facets.unions.isEmpty()
        && facets.unfusable().isEmpty()
        && switch (facets.types) {
          case Kinds.STRING, Kinds.BOOLEAN -> true;
          case Kinds.INTEGER -> scalar(facets) == Scalar.INT || scalar(facets) == Scalar.LONG;
          default -> false;
        };
  }

  private Scalar scalar(Facets facets) {
    return facets.types == Kinds.STRING ? Scalar.STRING : types.scalar(facets).scalar();
  }

  private void constant(String name, Group group, Facets facets) {
    JsonNode value = Objects.requireNonNull(facets.allowed).values().iterator().next().value();
    constants.add(
        new Constant(
            members.take(Names.member(name)),
            name,
            scalar(facets),
            value,
            Uses.docs(types, group, facets),
            group.first().origin()));
  }

  private Rest rest(Facets facets, Hint hint) {
    Optional<Additional> closing =
        facets.additional.stream().filter(Additional::closes).findFirst();
    if (closing.isPresent()) {
      return new Rest.Refused(closing.get().schema().origin());
    }
    return types
        .rest(facets, hint, view)
        .<Rest>map(values -> new Rest.Kept(members.take("additionalProperties"), values))
        .orElseGet(Rest.Dropped::new);
  }
}
