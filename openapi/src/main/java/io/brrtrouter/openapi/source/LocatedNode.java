package io.brrtrouter.openapi.source;

import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A value of a document together with where it is written. A step down costs one object; pointers
 * and locations are made when asked for. Immutable.
 */
public final class LocatedNode {
  private final LocatedDocument document;
  private final @Nullable LocatedNode parent;
  private final String key;
  private final JsonNode node;
  private final Place place;

  LocatedNode(
      LocatedDocument document,
      @Nullable LocatedNode parent,
      String key,
      JsonNode node,
      Place place) {
    this.document = document;
    this.parent = parent;
    this.key = key;
    this.node = node;
    this.place = place;
  }

  /** {@return the document the value stands in} */
  public LocatedDocument document() {
    return document;
  }

  /** {@return the value} */
  public JsonNode node() {
    return node;
  }

  /** {@return the member name or array index the value has in its parent; empty for the root} */
  public String key() {
    return key;
  }

  /** {@return the value this one is in, or null for the root} */
  public @Nullable LocatedNode parent() {
    return parent;
  }

  /** {@return where the value is written} */
  public SourceLocation location() {
    return new SourceLocation(document.name(), place.line, place.column);
  }

  /** {@return where the member's name is written; the value's place when it is no member} */
  public SourceLocation nameLocation() {
    return place.nameLine == 0
        ? location()
        : new SourceLocation(document.name(), place.nameLine, place.nameColumn);
  }

  /** {@return the JSON Pointer from the document's root} */
  public String pointer() {
    StringBuilder pointer = new StringBuilder();
    append(pointer);
    return pointer.toString();
  }

  private void append(StringBuilder pointer) {
    if (parent != null) {
      parent.append(pointer);
      pointer.append('/').append(Pointers.escape(key));
    }
  }

  /**
   * {@return the value of a member, or null when this is no object or has no such member}
   *
   * @param name the member's name
   */
  public @Nullable LocatedNode member(String name) {
    JsonNode value = node.isObject() ? node.get(name) : null;
    if (value == null) {
      return null;
    }
    Place at = place.member(name);
    return new LocatedNode(document, this, name, value, at == null ? place : at);
  }

  /**
   * {@return an item, or null when this is no array or is shorter}
   *
   * @param index counted from 0
   */
  public @Nullable LocatedNode item(int index) {
    JsonNode value = node.isArray() ? node.get(index) : null;
    if (value == null) {
      return null;
    }
    Place at = place.item(index);
    return new LocatedNode(document, this, Integer.toString(index), value, at == null ? place : at);
  }

  /**
   * {@return the member or item a reference token of a JSON Pointer names, or null}
   *
   * @param token an unescaped reference token
   */
  public @Nullable LocatedNode child(String token) {
    if (!node.isArray()) {
      return member(token);
    }
    boolean index = token.equals("0") || token.matches("[1-9][0-9]{0,8}");
    return index ? item(Integer.parseInt(token)) : null;
  }

  /** {@return the members in document order; none when this is no object} */
  public List<LocatedNode> members() {
    List<LocatedNode> members = new ArrayList<>(node.size());
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        Place at = place.member(entry.getKey());
        members.add(
            new LocatedNode(
                document, this, entry.getKey(), entry.getValue(), at == null ? place : at));
      }
    }
    return members;
  }

  /** {@return the items in order; none when this is no array} */
  public List<LocatedNode> items() {
    List<LocatedNode> items = new ArrayList<>(node.size());
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      LocatedNode item = item(i);
      if (item != null) {
        items.add(item);
      }
    }
    return items;
  }

  @Override
  public String toString() {
    return document.name() + "#" + pointer();
  }
}
