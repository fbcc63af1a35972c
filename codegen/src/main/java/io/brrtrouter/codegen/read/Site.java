package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.source.Pointers;
import io.brrtrouter.schema.SchemaResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A schema where it stands, with its node so that nobody looks it up again. */
final class Site {
  final SchemaResource resource;
  final String pointer;
  final JsonNode node;

  Site(SchemaResource resource, String pointer, JsonNode node) {
    this.resource = resource;
    this.pointer = pointer;
    this.node = node;
  }

  static Site of(Schema schema) {
    return new Site(schema.resource(), schema.pointer(), schema.node());
  }

  Origin origin() {
    return new Origin(resource.uri(), pointer, resource.sources().locate(pointer));
  }

  /** {@return the origin of a keyword of this schema} */
  Origin origin(String keyword) {
    return node.has(keyword) ? child(keyword).origin() : origin();
  }

  Site child(String token) {
    JsonNode child = node.get(token);
    return new Site(
        resource,
        pointer + "/" + Pointers.escape(token),
        child == null ? MissingNode.getInstance() : child);
  }

  /** {@return the schemas of a keyword that holds a list of them} */
  List<Site> list(String keyword) {
    JsonNode array = node.path(keyword);
    List<Site> children = new ArrayList<>(array.size());
    for (int i = 0; array.isArray() && i < array.size(); i++) {
      children.add(new Site(resource, pointer + "/" + keyword + "/" + i, array.get(i)));
    }
    return children;
  }

  /** {@return the schemas of a keyword that holds them by name} */
  Map<String, Site> map(String keyword) {
    Map<String, Site> children = new LinkedHashMap<>();
    Site parent = child(keyword);
    for (String name : parent.node.propertyNames()) {
      children.put(name, parent.child(name));
    }
    return children;
  }

  boolean flag(String keyword) {
    JsonNode value = node.path(keyword);
    return value.isBoolean() && value.booleanValue();
  }

  String text(String keyword) {
    JsonNode value = node.path(keyword);
    return value.isString() ? value.stringValue() : "";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Site site
        && site.pointer.equals(pointer)
        && site.resource.uri().equals(resource.uri());
  }

  @Override
  public int hashCode() {
    return pointer.hashCode();
  }

  @Override
  public String toString() {
    return resource.uri() + "#" + pointer;
  }
}
