package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.source.Pointers;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.SchemaTarget;
import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A schema where it stands, or what is left of it when some of its keywords are taken out. */
final class Place {
  /** What is taken out: references and {@code allOf}, because what they lead to stands beside. */
  static final int REFERENCES = 1;

  static final int ONE_OF = 2;
  static final int ANY_OF = 4;

  /** How the names of schemas begin that stand in no document. */
  static final String MADE = "urn:brrtrouter:types:";

  private final SchemaResource resource;
  private final String pointer;
  private final JsonNode node;
  private final int without;

  private Place(SchemaResource resource, String pointer, JsonNode node, int without) {
    this.resource = resource;
    this.pointer = pointer;
    this.node = node;
    this.without = without;
  }

  static Place of(Schema schema) {
    return new Place(schema.resource(), schema.pointer(), schema.node(), 0);
  }

  static Place of(SchemaTarget target) {
    JsonNode node = target.resource().find(target.pointer()).orElse(MissingNode.getInstance());
    return new Place(target.resource(), target.pointer(), node, 0);
  }

  SchemaResource resource() {
    return resource;
  }

  String pointer() {
    return pointer;
  }

  JsonNode node() {
    return node;
  }

  /** {@return whether nothing is taken out} */
  boolean isWhole() {
    return without == 0;
  }

  boolean has(int keywords) {
    return (without & keywords) == 0;
  }

  /** {@return whether the same is taken out of another} */
  boolean lacksWhat(Place other) {
    return without == other.without;
  }

  /** {@return the same with nothing taken out} */
  Place whole() {
    return without == 0 ? this : new Place(resource, pointer, node, 0);
  }

  /** {@return the same with more taken out} */
  Place without(int keywords) {
    return new Place(resource, pointer, node, without | keywords);
  }

  /** {@return the value of a keyword; missing when there is none} */
  JsonNode keyword(String name) {
    return node.path(name);
  }

  /** {@return the schema that a keyword has; empty when it has none} */
  Optional<Place> child(String keyword) {
    return child(node.path(keyword), keyword);
  }

  /** {@return the schemas of an array, in order} */
  List<Place> items(String keyword) {
    List<Place> items = new ArrayList<>();
    JsonNode array = node.path(keyword);
    for (int i = 0; array.isArray() && i < array.size(); i++) {
      child(array.get(i), keyword + "/" + i).ifPresent(items::add);
    }
    return items;
  }

  /** {@return the schema that an object of schemas has under a name; empty when there is none} */
  Optional<Place> member(String keyword, String name) {
    return child(node.path(keyword).path(name), keyword + "/" + Pointers.escape(name));
  }

  /** {@return the object or boolean at a path, as a schema; empty when there is none} */
  Optional<Place> below(String path) {
    return path.isEmpty()
        ? Optional.of(this)
        : child(resource.find(pointer + "/" + path).orElse(MissingNode.getInstance()), path);
  }

  private Optional<Place> child(JsonNode schema, String path) {
    return schema.isObject() || schema.isBoolean()
        ? Optional.of(new Place(resource, pointer + "/" + path, schema, 0))
        : Optional.empty();
  }

  /** {@return the first of schemas that stands in a document; null when there is none} */
  static @Nullable Place written(List<Place> places) {
    for (Place place : places) {
      if (place.isWritten()) {
        return place;
      }
    }
    return null;
  }

  /** {@return whether it stands in a document, and was not made to compare with} */
  boolean isWritten() {
    return !resource.uri().toString().startsWith(MADE);
  }

  /** {@return where the schema is written} */
  SourceLocation location() {
    return resource.sources().locate(pointer);
  }

  /** {@return where a keyword is written, or the schema when it has none} */
  SourceLocation location(String keyword) {
    return node.has(keyword)
        ? resource.sources().locateName(pointer + "/" + Pointers.escape(keyword))
        : location();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Place place
        && without == place.without
        && pointer.equals(place.pointer)
        && resource.uri().equals(place.resource.uri());
  }

  @Override
  public int hashCode() {
    return 31 * pointer.hashCode() + without;
  }

  @Override
  public String toString() {
    return resource.uri() + "#" + pointer;
  }
}
