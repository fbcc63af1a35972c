package io.brrtrouter.codegen;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Rest;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.JsonInput;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a JSON value is after it went through its Java type, as documented: defaults filled in,
 * properties of the other side and undeclared ones dropped, numbers and times equal that are one
 * value.
 *
 * @param known the classes
 * @param fits whether a value is one of a class
 * @param filled whether defaults are filled in and properties dropped
 */
record Normal(
    Map<ClassName, Declaration> known, BiPredicate<Value, JsonNode> fits, boolean filled) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  JsonNode of(Value value, JsonNode node) {
    if (node.isNull()) {
      return node;
    }
    return switch (value.type()) {
      case JavaType.Simple(var scalar) -> scalar(scalar, node);
      case JavaType.Declared(var name) -> declared(Objects.requireNonNull(known.get(name)), node);
      case JavaType.ListOf(var items) -> {
        ArrayNode array = NODES.arrayNode();
        node.forEach(item -> array.add(of(items, item)));
        yield array;
      }
      case JavaType.MapOf(var values) -> {
        ObjectNode object = NODES.objectNode();
        node.forEachEntry((name, item) -> object.set(name, of(values, item)));
        yield object;
      }
      case JavaType.JsonText _ -> node;
      case JavaType.ItemsOf _ -> throw new IllegalArgumentException("items are no value");
      case JavaType.Tree() -> tree(node);
    };
  }

  /** Numbers of trees keep their value, not their scale. */
  private static JsonNode tree(JsonNode node) {
    if (node.isNumber()) {
      return number(node.decimalValue());
    }
    if (node.isArray()) {
      ArrayNode array = NODES.arrayNode();
      node.forEach(item -> array.add(tree(item)));
      return array;
    }
    if (node.isObject()) {
      ObjectNode object = NODES.objectNode();
      node.forEachEntry((name, item) -> object.set(name, tree(item)));
      return object;
    }
    return node;
  }

  private static JsonNode number(BigDecimal value) {
    return NODES.numberNode(value.stripTrailingZeros());
  }

  private JsonNode scalar(Scalar scalar, JsonNode node) {
    return switch (scalar) {
      case INT, LONG, INTEGER, BIG_INTEGER, BIG_DECIMAL -> number(node.decimalValue());
      case FLOAT -> number(new BigDecimal(Float.toString(node.decimalValue().floatValue())));
      case DOUBLE -> number(new BigDecimal(Double.toString(node.decimalValue().doubleValue())));
      case DECIMAL_TEXT -> number(new BigDecimal(node.stringValue()));
      case DATE_TIME -> NODES.stringNode(moment(node));
      case UUID -> NODES.stringNode(node.stringValue().toLowerCase(Locale.ROOT));
      case BASE64 ->
          NODES.stringNode(
              Base64.getEncoder().encodeToString(Base64.getDecoder().decode(node.stringValue())));
      case BOOLEAN, STRING, DATE, URI, BINARY, FILE -> node;
      case STREAM, EVENT -> throw new IllegalArgumentException("a stream is no value");
    };
  }

  private static String moment(JsonNode node) {
    byte[] json = node.toString().getBytes(StandardCharsets.UTF_8);
    return Json.decode(JsonInput::readDateTime, json, JsonLimits.DEFAULT, Checks.ALL)
            instanceof Decoded.Value<?>(var moment)
        ? String.valueOf(moment)
        : node.stringValue();
  }

  private JsonNode declared(Declaration declaration, JsonNode node) {
    return switch (declaration) {
      case Declaration.TextEnum _ -> node;
      case Declaration.ObjectRecord record -> record(record, (ObjectNode) node);
      case Declaration.Union union -> {
        int index = index(union, node);
        yield index < 0 ? tree(node) : of(union.alternatives().get(index).value(), node);
      }
    };
  }

  private JsonNode record(Declaration.ObjectRecord record, ObjectNode node) {
    ObjectNode rest = node.deepCopy();
    ObjectNode out = NODES.objectNode();
    for (Component component : record.components()) {
      JsonNode given = rest.remove(component.property());
      if (given == null
          && filled
          && component.presence() instanceof Presence.Defaulted(var fallback)) {
        given = fallback;
      }
      if (given != null) {
        out.set(component.property(), of(component.value(), given));
      }
    }
    record
        .constants()
        .forEach(each -> out.set(each.property(), tree(rest.remove(each.property()))));
    if (filled) {
      record.dropped().forEach(rest::remove);
    }
    if (record.rest() instanceof Rest.Kept(var _, var values)) {
      rest.forEachEntry((name, item) -> out.set(name, of(values, item)));
    } else if (!filled) {
      out.setAll(rest);
    }
    return out;
  }

  private int index(Declaration.Union union, JsonNode node) {
    return switch (union.tag()) {
      case Declaration.Tag.ByProperty(var property, var values, var _) ->
          values.entrySet().stream()
              .filter(entry -> isSame(entry.getKey(), node.get(property)))
              .findFirst()
              .orElseThrow()
              .getValue();
      case Declaration.Tag.ByKind(var kinds) ->
          Objects.requireNonNull(kinds.get(Declaration.Kind.valueOf(node.getNodeType().name())));
      case Declaration.Tag.ByTrial _ -> {
        for (int i = 0; i < union.alternatives().size(); i++) {
          if (fits.test(union.alternatives().get(i).value(), node)) {
            yield i;
          }
        }
        yield -1;
      }
      case Declaration.Tag.ByPresence(var properties, var otherwise) ->
          node.propertyStream()
              .map(Map.Entry::getKey)
              .filter(properties::containsKey)
              .findFirst()
              .map(properties::get)
              .orElseGet(otherwise::orElseThrow);
    };
  }

  private static boolean isSame(JsonNode one, JsonNode other) {
    return one.isNumber() ? tree(one).equals(tree(other)) : one.equals(other);
  }

  static JsonNode parse(byte[] json) {
    if (JsonReader.read(json, JsonLimits.DEFAULT) instanceof ParsedJson.Valid(JsonNode value)) {
      return value;
    }
    throw new IllegalArgumentException(new String(json, StandardCharsets.UTF_8));
  }
}
