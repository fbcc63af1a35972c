package io.brrtrouter.server.auth;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Claims that nobody can change, down to the innermost list: requests share them. A type of its
 * own, so that what is one already is not copied for every request.
 */
final class Claims extends AbstractMap<String, Object> {
  private final Map<String, Object> members;

  private Claims(Map<String, Object> members) {
    this.members = members;
  }

  /**
   * {@return claims that are equal to others and never change}
   *
   * @throws IllegalArgumentException if one of them is not what {@link Principal} says
   */
  static Claims of(Map<String, ?> claims) {
    return claims instanceof Claims frozen ? frozen : new Claims(members(claims, "claim"));
  }

  private static Map<String, Object> members(Map<?, ?> map, String where) {
    Map<String, Object> members = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      if (!(key instanceof String name)) {
        throw new IllegalArgumentException(where + " has a name that is not a string");
      }
      Object frozen = frozen(value, where + " " + name);
      if (frozen != null) {
        members.put(name, frozen);
      }
    });
    return Collections.unmodifiableMap(members);
  }

  private static List<Object> items(Iterable<?> values, String where) {
    List<Object> items = new ArrayList<>();
    for (Object value : values) {
      Object frozen = frozen(value, where);
      if (frozen != null) {
        items.add(frozen);
      }
    }
    return List.copyOf(items);
  }

  private static @Nullable Object frozen(@Nullable Object value, String where) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean flag -> flag;
      case Long number -> number;
      case Integer number -> number.longValue();
      case Short number -> number.longValue();
      case Byte number -> number.longValue();
      case BigInteger number -> integer(number);
      case BigDecimal number -> number;
      case Double number -> number;
      case Float number -> number.doubleValue();
      case JsonNode node -> json(node, where);
      case Map<?, ?> map -> members(map, where);
      case Collection<?> items -> items(items, where);
      default ->
          throw new IllegalArgumentException(
              where
                  + " is a "
                  + value.getClass().getName()
                  + "; strings, booleans, numbers, and lists and maps of them are allowed");
    };
  }

  private static Object integer(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  private static @Nullable Object json(JsonNode node, String where) {
    if (node.isObject()) {
      Map<String, JsonNode> members = new LinkedHashMap<>();
      node.propertyStream().forEach(each -> members.put(each.getKey(), each.getValue()));
      return members(members, where);
    }
    if (node.isArray()) {
      return items(node, where);
    }
    if (node.isNull() || node.isMissingNode()) {
      return null;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isNumber()) {
      return frozen(node.numberValue(), where);
    }
    return node.asString();
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    return members.get(name);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return members.containsKey(name);
  }

  @Override
  public int size() {
    return members.size();
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return members.entrySet();
  }
}
