package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Check;
import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Unfusable;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.read.Layer.Group;
import io.brrtrouter.schema.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Gives schemas their Java types. A schema, or a set of schemas that apply to one value, is read
 * once per view; classes are named at once and read later, so that recursion ends.
 */
final class TypeReader {
  final References references;
  final Merge merge;
  final Views views;
  final Remarks remarks;
  final Names.Scope classes;
  final ModelReader.Choices choices;
  private final Set<Site> files = new HashSet<>();

  /** The schemas of the values whose JSON texts the data of events is. */
  private final Map<Group, Site> eventData = new HashMap<>();

  private final String packageName;
  private final Map<Site, String> named;
  private final SharedTypes shared;

  /** Names of components that no class has yet. */
  private final Set<String> free;

  private final Map<Key, Value> values = new HashMap<>();
  private final Set<Key> reading = new HashSet<>();
  private final Map<ClassName, Draft> drafts = new LinkedHashMap<>();
  private final Deque<Runnable> pending = new ArrayDeque<>();

  /** Schemas that apply to one value, on one side. */
  record Key(Group group, View view) {}

  /**
   * Makes a reader.
   *
   * @param named names of schemas that have one
   * @param shared types that are generated elsewhere
   */
  TypeReader(
      References references,
      Remarks remarks,
      Names.Scope classes,
      String packageName,
      ModelReader.Choices choices,
      Map<Site, String> named,
      SharedTypes shared) {
    this.references = references;
    this.merge = new Merge(references);
    this.views = new Views(references);
    this.remarks = remarks;
    this.classes = classes;
    this.packageName = packageName;
    this.choices = choices;
    this.named = named;
    this.shared = shared;
    this.free = new HashSet<>(named.values());
  }

  /** {@return the value a schema describes} */
  Value value(Site site, Hint hint, View view) {
    return value(Group.of(site), hint, view);
  }

  /** {@return the value that all schemas of a group describe together} */
  Value value(Group group, Hint hint, View view) {
    Group normal = merge.normal(group);
    View effective = views.of(normal, view);
    Key key = new Key(normal, effective);
    Value known = values.get(key);
    if (known == null) {
      known = shared.value(normal, effective);
    }
    if (known != null) {
      return known;
    }
    if (!reading.add(key)) {
      return endless(normal.first().origin());
    }
    Value value = read(normal, hint(normal, hint), effective);
    reading.remove(key);
    values.put(key, value);
    return value;
  }

  private Value endless(Origin origin) {
    remarks.warn(
        "type-without-end",
        origin,
        "the schema contains itself without an object in between and becomes JsonNode",
        "give the recursion an object");
    return tree(origin, new Unfusable("$ref", "a type without an end", origin));
  }

  private Hint hint(Group group, Hint otherwise) {
    String name = name(group);
    if (!name.isEmpty()) {
      return Hint.named(name);
    }
    String standing = isWhole(group) ? Names.standing(group.first()) : "";
    return standing.isEmpty() ? otherwise : new Hint("", standing);
  }

  /** {@return the name of a group that is one whole schema with a name; else empty} */
  String name(Group group) {
    if (!isWhole(group)) {
      return "";
    }
    String own = named.get(group.first());
    return own == null ? shared.name(group.first()) : own;
  }

  private static boolean isWhole(Group group) {
    Layer layer = group.layers().getFirst();
    return group.layers().size() == 1 && layer.without().isEmpty() && layer.types() == Kinds.ANY;
  }

  /** {@return a class that is generated here; absent when it is shared} */
  Optional<Draft> draft(ClassName name) {
    return Optional.ofNullable(drafts.get(name));
  }

  /** {@return whether a class is an enum, wherever it is generated} */
  boolean isEnum(ClassName name) {
    return draft(name)
        .map(draft -> draft.kind == Draft.Kind.ENUM)
        .orElseGet(() -> shared.declaration(name).orElseThrow() instanceof Declaration.TextEnum);
  }

  /** Names a class and reads it later. Names of components are taken from the beginning. */
  Draft declare(Group group, Hint hint, View view, Draft.Kind kind, Declaring declaring) {
    if (isWhole(group)) {
      again(group.first(), view);
    }
    boolean own = view != View.REQUEST && hint.own().isEmpty() && free.remove(hint.name());
    String simple =
        own
            ? hint.name()
            : classes.take(Names.shortened(hint.name()) + (view == View.REQUEST ? "Input" : ""));
    Draft draft = new Draft(new ClassName(packageName, simple), kind);
    drafts.put(draft.name, draft);
    pending.add(() -> draft.declaration = declaring.read(draft));
    return draft;
  }

  /** Says that a shared document has no class for one of its schemas. */
  private void again(Site site, View view) {
    shared
        .packageOf(site.resource.uri())
        .ifPresent(name ->
            remarks.warn(
                "shared-schema-missing",
                site.origin(),
                "no class below %s stands for this schema%s, so one is generated here"
                    .formatted(name, side(view)),
                "let its document lead there, or give it a name in components/schemas of a"
                    + " document without operations"));
  }

  private static String side(View view) {
    return switch (view) {
      case PLAIN -> "";
      case REQUEST -> " as it is in requests";
      case RESPONSE -> " as it is in responses";
    };
  }

  /** Reads a class that has a name. */
  interface Declaring {
    Declaration read(Draft draft);
  }

  /** {@return what was read so far} */
  Map<Key, Value> values() {
    return values;
  }

  /** {@return the schemas that have a name} */
  Map<Site, String> named() {
    return named;
  }

  /** {@return every class, after reading those that were only named} */
  List<Draft> finish() {
    settle();
    return List.copyOf(drafts.values());
  }

  /** Reads the classes that were only named. */
  void settle() {
    while (!pending.isEmpty()) {
      pending.remove().run();
    }
  }

  /** {@return whether a schema was read already, on whichever side} */
  boolean isRead(Site site) {
    Group group = merge.normal(Group.of(site));
    for (View view : View.values()) {
      if (values.containsKey(new Key(group, view))) {
        return true;
      }
    }
    return false;
  }

  private Value read(Group group, Hint hint, View view) {
    Facets facets = merge.of(group);
    Origin origin = group.first().origin();
    if (facets.never) {
      remarks.warn(
          "nothing-is-valid",
          origin,
          "no value satisfies the schema, which becomes JsonNode",
          "remove the contradiction");
      return new Value(
          new JavaType.Tree(), false, List.of(new Check.Nothing(origin, false)), List.of(), origin);
    }
    if (files.contains(group.first())) {
      return file(facets, origin);
    }
    if (!facets.unions.isEmpty()) {
      return new UnionReader(this, view).read(group, facets, hint);
    }
    return plain(group, facets, hint, view);
  }

  /** {@return the value of a group whose unions are decided} */
  private Value plain(Group group, Facets facets, Hint hint, View view) {
    Origin origin = group.first().origin();
    int types = facets.types & ~Kinds.NULL;
    boolean nullable = facets.isNullable();
    if (types == Kinds.STRING && facets.allowed != null && EnumReader.isEnum(facets)) {
      if (EnumReader.fits(facets)) {
        return new EnumReader(this).read(group, facets, hint);
      }
      remarks.warn(
          "enum-too-large",
          origin,
          "the values are more or longer than a Java enum can have, so the value is a String",
          "say what they have in common with pattern or maxLength");
    }
    if (types == 0) {
      remarks.warn(
          "only-null",
          origin,
          "the schema allows nothing but null and becomes JsonNode",
          "leave the property out, or say what else it can be");
      return new Value(
          new JavaType.Tree(),
          false,
          List.of(new Check.Nothing(origin, true)),
          facets.unfusable(),
          origin);
    }
    if (types == (Kinds.ANY & ~Kinds.NULL)) {
      return anything(facets, origin);
    }
    if (Kinds.count(types) > 1) {
      return new UnionReader(this, view).byType(group, facets, hint);
    }
    return switch (types) {
      case Kinds.OBJECT -> object(group, facets, hint, view);
      case Kinds.ARRAY -> array(facets, hint, view, origin);
      default -> scalar(facets, nullable, origin);
    };
  }

  /** Makes a schema that of a file in a multipart body, before anything is read. */
  void markFile(Group normal) {
    files.add(normal.first());
  }

  /** Makes the data of an event the JSON text of a value, before anything is read. */
  void markEvent(Group normal, Site value) {
    eventData.put(normal, value);
  }

  /** {@return the value of a property, which is JSON text only as the data of an event} */
  Value property(Group object, String name, Group group, Hint hint, View view) {
    Site text = name.equals(EventReader.DATA) ? eventData.get(object) : null;
    if (text == null) {
      return value(group, hint, view);
    }
    Group normal = merge.normal(group);
    Facets facets = merge.of(normal);
    Value json = present(value(Group.of(text), hint(normal, hint), view));
    return new Value(
        new JavaType.JsonText(json),
        facets.isNullable(),
        List.of(),
        facets.unfusable(),
        normal.first().origin());
  }

  /** {@return a value for which JSON's null is no null of Java} */
  static Value present(Value value) {
    return value.nullable()
        ? new Value(
            new JavaType.Tree(),
            false,
            List.of(),
            List.of(new Unfusable("type", "null beside other values", value.origin())),
            value.origin())
        : value;
  }

  private Value file(Facets facets, Origin origin) {
    boolean text = (facets.types & ~Kinds.NULL) == Kinds.STRING;
    List<Unfusable> unfusable = facets.unfusable();
    if (text) {
      unfusable.addAll(scalar(facets).unfusable());
    }
    return new Value(
        new JavaType.Simple(Scalar.FILE),
        text && facets.isNullable(),
        List.of(),
        unfusable,
        origin);
  }

  private Value anything(Facets facets, Origin origin) {
    List<Unfusable> unfusable = facets.unfusable();
    for (List<Check> checks : List.of(facets.text, facets.number, facets.array, facets.object)) {
      checks.forEach(check ->
          unfusable.add(
              new Unfusable(
                  Constraints.keyword(check), "a demand without a type", check.origin())));
    }
    facets.formats.forEach(format ->
        unfusable.add(new Unfusable("format", "a demand without a type", format.origin())));
    if (facets.allowed != null) {
      unfusable.add(new Unfusable("enum", "values of several types", origin));
    }
    if (!facets.items.isEmpty()) {
      unfusable.add(new Unfusable("items", "a demand without a type", origin));
    }
    if (!facets.properties.isEmpty() || !facets.additional.isEmpty()) {
      unfusable.add(new Unfusable("properties", "a demand without a type", origin));
    }
    return new Value(new JavaType.Tree(), false, List.of(), unfusable, origin);
  }

  private Value scalar(Facets facets, boolean nullable, Origin origin) {
    Scalars.Choice choice = scalar(facets);
    List<Check> checks = new ArrayList<>(choice.checks());
    List<Unfusable> unfusable = facets.unfusable();
    if (facets.allowed != null && facets.allowedOrigin != null) {
      List<JsonNode> allowed = new ArrayList<>();
      facets.allowed.values().forEach(each -> allowed.add(each.value()));
      allowed.removeIf(JsonNode::isNull);
      boolean both = choice.scalar() == Scalar.BOOLEAN && allowed.size() == 2;
      if (allowed.size() > Limits.COMPARED_VALUES) {
        unfusable.add(new Unfusable("enum", "too many values to compare", facets.allowedOrigin));
      } else if (!both) {
        checks.add(new Check.Allowed(facets.allowedOrigin, allowed));
      }
    }
    unfusable.addAll(choice.unfusable());
    return new Value(new JavaType.Simple(choice.scalar()), nullable, checks, unfusable, origin);
  }

  /** {@return the Java type of the one kind of scalar that is left} */
  Scalars.Choice scalar(Facets facets) {
    return Scalars.of(facets, choices.exactIntegers());
  }

  private Value array(Facets facets, Hint hint, View view, Origin origin) {
    PlaceReader places = new PlaceReader(this, view, facets, hint);
    places.readItems();
    Value items =
        facets.items.isEmpty() || facets.byPosition
            ? Value.of(places.everyItem().orElseGet(JavaType.Tree::new), origin)
            : value(Group.of(facets.items), hint.item(), view);
    List<Check> checks = new ArrayList<>(facets.array);
    checks.addAll(places.checks());
    List<Unfusable> unfusable = places.unfusable();
    values(facets, unfusable, origin);
    return new Value(new JavaType.ListOf(items), facets.isNullable(), checks, unfusable, origin);
  }

  private Value object(Group group, Facets facets, Hint hint, View view) {
    Origin origin = group.first().origin();
    PlaceReader places = new PlaceReader(this, view, facets, hint);
    if (facets.properties.isEmpty() && (!facets.isClosed() || places.hasPatterns())) {
      Value members = places.readMembers(origin);
      List<Check> checks = new ArrayList<>(facets.object);
      checks.addAll(places.checks());
      List<Unfusable> unfusable = places.unfusable();
      values(facets, unfusable, origin);
      return new Value(new JavaType.MapOf(members), facets.isNullable(), checks, unfusable, origin);
    }
    if (new RecordReader(this, view).slots(facets) > Limits.SLOTS) {
      remarks.warn(
          "object-too-large",
          origin,
          "the object has "
              + facets.properties.size()
              + " properties, more than a Java record can have, and becomes JsonNode",
          "group them in objects of their own");
      return tree(
          origin, new Unfusable("properties", "more properties than a record can have", origin));
    }
    Draft draft =
        declare(
            group,
            hint,
            view,
            Draft.Kind.RECORD,
            any -> new RecordReader(this, view).read(any, group, facets, hint));
    return new Value(
        new JavaType.Declared(draft.name), facets.isNullable(), List.of(), List.of(), origin);
  }

  /** Adds that a list of values is demanded of something that is no scalar. */
  static void values(Facets facets, List<Unfusable> unfusable, Origin origin) {
    if (facets.allowed != null) {
      unfusable.add(
          new Unfusable(
              "enum",
              "a list of arrays or objects",
              facets.allowedOrigin == null ? origin : facets.allowedOrigin));
    }
  }

  /** {@return what properties without a schema of their own must be, where the document says so} */
  Optional<Value> rest(Facets facets, Hint hint, View view) {
    List<Site> schemas = facets.additional.stream().map(Facets.Additional::schema).toList();
    return schemas.isEmpty()
        ? Optional.empty()
        : Optional.of(value(Group.of(schemas), hint.value(), view));
  }

  /** {@return a value that is left to the schema program} */
  static Value tree(Origin origin, Unfusable cause) {
    return new Value(new JavaType.Tree(), false, List.of(), List.of(cause), origin);
  }
}
