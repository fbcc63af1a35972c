package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.SourceLocation;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/**
 * What a schema says about how text becomes a value: types, members, items, a default. Everything
 * else a schema says is for its {@code CompiledSchema}. Members are found when asked for, so a
 * recursive schema is no problem. Lives only while an operation is compiled.
 *
 * @param origin where the schema is written
 * @param types the {@link Types} a value can have
 * @param typeOrigin where the types are written
 * @param properties shapes of named properties
 * @param additional the shape of other properties; null when the schema says nothing or forbids
 *     them
 * @param prefix shapes of the first items
 * @param items the shape of the other items; null when the schema says nothing
 * @param defaultValue the nearest {@code default}, null without one
 * @param binary whether a string is octets: {@code format: binary}, a {@code contentEncoding} or a
 *     {@code contentMediaType} that is no text
 */
record Shape(
    Schema origin,
    int types,
    Schema typeOrigin,
    Map<String, Supplier<Shape>> properties,
    @Nullable Supplier<Shape> additional,
    List<Supplier<Shape>> prefix,
    @Nullable Supplier<Shape> items,
    @Nullable JsonNode defaultValue,
    boolean binary) {

  private static final URI ANYTHING = URI.create("urn:brrtrouter:anything");

  /** {@return the shape of a schema that says no more than its types} */
  static Shape of(Schema origin, int types) {
    return new Shape(origin, types, origin, Map.of(), null, List.of(), null, null, false);
  }

  /**
   * {@return the shape of a value without a schema}
   *
   * @param source where a schema could be
   */
  static Shape unknown(SourceLocation source) {
    SchemaResource nothing =
        new SchemaResource(ANYTHING, BooleanNode.TRUE, List.of(""), pointer -> source);
    return of(new Schema(nothing, ""), Types.ANY);
  }

  /** {@return where the types are written: the keyword, or a schema that implies them} */
  SourceLocation typeSource() {
    JsonNode written = typeOrigin.node();
    return written.isString() || written.isArray()
        ? typeOrigin.resource().sources().locateName(typeOrigin.pointer())
        : typeOrigin.location();
  }

  /** {@return whether a value can have a type of the set} */
  boolean allows(int set) {
    return (types & set) != 0;
  }

  /** {@return whether the schema leaves the type open} */
  boolean isUntyped() {
    return types == Types.ANY;
  }

  /** {@return this shape for values of other types} */
  Shape without(int set) {
    return new Shape(
        origin,
        types & ~set,
        typeOrigin,
        properties,
        additional,
        prefix,
        items,
        defaultValue,
        binary);
  }

  /** {@return the names of the properties the schema knows, in document order} */
  Set<String> propertyNames() {
    return properties.keySet();
  }

  /** {@return the shape of a property, of an open one if the schema does not know it} */
  Shape property(String name) {
    Supplier<Shape> named = properties.get(name);
    return named == null ? additionalProperty() : named.get();
  }

  /** {@return the shape of properties without a name in the schema} */
  Shape additionalProperty() {
    return additional == null ? of(origin, Types.ANY) : additional.get();
  }

  /** {@return the shape of an item} */
  Shape item(int index) {
    if (index < prefix.size()) {
      return prefix.get(index).get();
    }
    return items == null ? of(origin, Types.ANY) : items.get();
  }

  /**
   * {@return whether properties the schema does not name belong to the value: it says so, or names
   * none}
   */
  boolean isFreeForm() {
    return additional != null || properties.isEmpty();
  }

  /** {@return the shape of a value that has both shapes, as under {@code allOf}} */
  Shape and(Shape other) {
    int both = types & other.types;
    // An unsatisfiable schema refuses every value anyway.
    return merge(other, both == 0 ? types : both, other.defaultValue, Shape::and);
  }

  /** {@return the shape of a value that has either shape, as under {@code anyOf}} */
  Shape or(Shape other) {
    return merge(other, types | other.types, null, Shape::or);
  }

  private Shape merge(
      Shape other, int merged, @Nullable JsonNode otherDefault, BinaryOperator<Shape> both) {
    Map<String, Supplier<Shape>> members = new LinkedHashMap<>(properties);
    other.properties.forEach(
        (name, shape) -> members.merge(name, shape, (a, b) -> either(a, b, both)));
    return new Shape(
        origin,
        merged,
        isUntyped() ? other.typeOrigin : typeOrigin,
        members,
        nullableEither(additional, other.additional, both),
        prefix.isEmpty() ? other.prefix : prefix,
        nullableEither(items, other.items, both),
        defaultValue == null ? otherDefault : defaultValue,
        binary || other.binary);
  }

  private static @Nullable Supplier<Shape> nullableEither(
      @Nullable Supplier<Shape> one, @Nullable Supplier<Shape> other, BinaryOperator<Shape> both) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return either(one, other, both);
  }

  private static Supplier<Shape> either(
      Supplier<Shape> one, Supplier<Shape> other, BinaryOperator<Shape> both) {
    return () -> both.apply(one.get(), other.get());
  }
}
