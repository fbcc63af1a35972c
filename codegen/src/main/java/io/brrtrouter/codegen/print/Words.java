package io.brrtrouter.codegen.print;

import io.brrtrouter.codegen.model.Check;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Constraints as people read them. */
final class Words {
  private Words() {}

  /** {@return what is demanded of a component, as sentences; empty when nothing is} */
  static String constraints(Component component) {
    List<String> parts = new ArrayList<>(parts(component.value()));
    switch (component.form()) {
      case PLAIN -> {}
      case NULLABLE ->
          parts.add(
              component.value().nullable()
                  ? "null when the JSON value is null"
                  : "null when absent");
      case FIELD -> parts.add("absent, null or a value");
    }
    if (component.presence() instanceof Presence.Defaulted(var value)) {
      parts.add("default " + Markdown.code(value.toString()));
    }
    return sentence(parts);
  }

  /** {@return what is demanded of a value} */
  static String constraints(Value value) {
    return sentence(parts(value));
  }

  /** {@return what is demanded by checks} */
  static String constraints(List<Check> checks) {
    return sentence(parts(checks));
  }

  private static String sentence(List<String> parts) {
    if (parts.isEmpty()) {
      return "";
    }
    String text = String.join(", ", parts);
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }

  private static List<String> parts(Value value) {
    List<String> parts = new ArrayList<>();
    if (value.type() instanceof JavaType.Simple(var scalar)) {
      if (scalar == Scalar.BASE64) {
        parts.add("base64 in JSON");
      } else if (scalar == Scalar.INTEGER) {
        parts.add("within 64 bits");
      } else if (scalar == Scalar.DECIMAL_TEXT) {
        parts.add("a string in JSON");
      } else if (scalar == Scalar.STREAM) {
        parts.add("read once, while it comes");
      }
    }
    parts.addAll(parts(value.checks()));
    if (value.type() instanceof JavaType.ListOf(var items)) {
      List<String> inner = parts(items);
      if (!inner.isEmpty()) {
        parts.add("each " + String.join(", ", inner));
      }
    }
    if (value.type() instanceof JavaType.JsonText(var json)) {
      parts.addAll(parts(json));
    }
    if (value.type() instanceof JavaType.ItemsOf(var items)) {
      parts.add("one by one");
      List<String> inner = parts(items);
      if (!inner.isEmpty()) {
        parts.add("each " + String.join(", ", inner));
      }
    }
    if (value.type() instanceof JavaType.MapOf(var values)) {
      List<String> inner = parts(values);
      if (!inner.isEmpty()) {
        parts.add("each value " + String.join(", ", inner));
      }
    }
    return parts;
  }

  private static List<String> parts(List<Check> checks) {
    List<String> parts = new ArrayList<>();
    Integer minLength = null;
    Integer maxLength = null;
    Integer minItems = null;
    Integer maxItems = null;
    Integer minProperties = null;
    Integer maxProperties = null;
    List<String> others = new ArrayList<>();
    for (Check check : checks) {
      switch (check) {
        case Check.MinLength(var _, var length) -> minLength = length;
        case Check.MaxLength(var _, var length) -> maxLength = length;
        case Check.MinItems(var _, var count) -> minItems = count;
        case Check.MaxItems(var _, var count) -> maxItems = count;
        case Check.MinProperties(var _, var count) -> minProperties = count;
        case Check.MaxProperties(var _, var count) -> maxProperties = count;
        case Check.Matches(var _, var regex) -> others.add("matches " + Markdown.code(regex));
        case Check.HasFormat(var _, var name) -> others.add("format " + Markdown.code(name));
        case Check.Minimum(var _, var bound, var exclusive) ->
            others.add((exclusive ? "greater than " : "at least ") + number(bound));
        case Check.Maximum(var _, var bound, var exclusive) ->
            others.add((exclusive ? "less than " : "at most ") + number(bound));
        case Check.MultipleOf(var _, var divisor) -> others.add("a multiple of " + number(divisor));
        case Check.Allowed(var _, var values) -> others.add(values(values));
        case Check.Untyped _ -> {}
        case Check.Alternatives some ->
            others.add(some.exactlyOne() ? "exactly one alternative fits" : "an alternative fits");
        case Check.Nothing(var _, var orNull) ->
            others.add(orNull ? "null and nothing else" : "no value is valid");
        case Check.ByPosition _ -> others.add("items by position");
        case Check.Contains(var _, var _, var least, var most) ->
            others.add(
                "contains "
                    + (most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most)
                    + " of some kind");
        case Check.ByName(var _, var pattern, var _) ->
            others.add("members by names that match " + Markdown.code(pattern));
        case Check.Names(var _, var _, var names) ->
            others.add("each name " + String.join(", ", parts(names)));
        case Check.Obeys(var _, var keyword, var _) ->
            others.add("properties depend on each other as " + Markdown.code(keyword) + " says");
        case Check.UniqueItems _ -> others.add("no item twice");
      }
    }
    size(minLength, maxLength, "character", "characters", parts);
    size(minItems, maxItems, "item", "items", parts);
    size(minProperties, maxProperties, "property", "properties", parts);
    parts.addAll(others);
    return parts;
  }

  private static void size(
      @Nullable Integer min, @Nullable Integer max, String one, String many, List<String> parts) {
    if (min != null && max != null) {
      parts.add(
          min.equals(max)
              ? min + " " + (min == 1 ? one : many)
              : "between " + min + " and " + max + " " + many);
    } else if (min != null && min > 0) {
      parts.add("at least " + min + " " + (min == 1 ? one : many));
    } else if (max != null) {
      parts.add("at most " + max + " " + (max == 1 ? one : many));
    }
  }

  private static String values(List<JsonNode> values) {
    return (values.size() == 1 ? "only " : "one of ")
        + values.stream()
            .map(value -> Markdown.code(value.toString()))
            .collect(Collectors.joining(", "));
  }

  private static String number(BigDecimal bound) {
    boolean plain = Math.abs((long) bound.precision() - bound.scale()) < 30 && bound.scale() < 30;
    return plain ? bound.stripTrailingZeros().toPlainString() : bound.toString();
  }
}
