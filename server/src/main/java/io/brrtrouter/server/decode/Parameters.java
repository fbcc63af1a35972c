package io.brrtrouter.server.decode;

import io.brrtrouter.schema.codec.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The declared parameters of one location of a request: validated, of the type their schema gives
 * them, defaults filled in. An undeclared name is simply absent. Names are case-sensitive except
 * those of header parameters. Immutable as long as nobody changes an array or object it holds.
 */
public final class Parameters {

  /** No parameters. */
  static final Parameters EMPTY =
      new Parameters(new String[0], new JsonNode[0], name -> List.of(), false);

  private final String[] names;
  private final @Nullable JsonNode[] values;

  /** Finds what was sent for a name, when somebody asks. */
  private final Function<String, List<String>> texts;

  private final boolean ignoreCase;

  Parameters(
      String[] names,
      @Nullable JsonNode[] values,
      Function<String, List<String>> texts,
      boolean ignoreCase) {
    this.names = names;
    this.values = values;
    this.texts = texts;
    this.ignoreCase = ignoreCase;
  }

  /** {@return the names that have a value, in document order} */
  public List<String> names() {
    List<String> present = new ArrayList<>(names.length);
    for (int i = 0; i < names.length; i++) {
      if (values[i] != null) {
        present.add(names[i]);
      }
    }
    return present;
  }

  /**
   * {@return whether the parameter was sent or has a default}
   *
   * @param name the parameter's name
   */
  public boolean has(String name) {
    return node(name) != null;
  }

  /**
   * {@return the value, or null when it was neither sent nor has a default}
   *
   * @param name the parameter's name
   */
  public @Nullable JsonNode node(String name) {
    int slot = slot(name);
    return slot < 0 ? null : values[slot];
  }

  /**
   * {@return the value as text: strings as they are, numbers and booleans as JSON writes them}
   *
   * @param name the parameter's name
   * @throws IllegalStateException if the value is an array or an object
   */
  public Optional<String> text(String name) {
    JsonNode node = nonNull(name);
    if (node == null) {
      return Optional.empty();
    }
    if (node.isContainer()) {
      throw wrongType(name, node, "text");
    }
    return Optional.of(node.isString() ? node.stringValue() : node.toString());
  }

  /**
   * {@return the value as a 64-bit integer}
   *
   * @param name the parameter's name
   * @throws IllegalStateException if the value is not an integer or does not fit 64 bits; {@link
   *     #number} has the exact value
   */
  public OptionalLong integer(String name) {
    JsonNode node = nonNull(name);
    if (node == null) {
      return OptionalLong.empty();
    }
    if (!node.isNumber() || !node.canConvertToExactIntegral() || !node.canConvertToLong()) {
      throw wrongType(name, node, "a 64-bit integer");
    }
    return OptionalLong.of(node.longValue());
  }

  /**
   * {@return the value as an exact number}
   *
   * @param name the parameter's name
   * @throws IllegalStateException if the value is not a number
   */
  public Optional<BigDecimal> number(String name) {
    JsonNode node = nonNull(name);
    if (node == null) {
      return Optional.empty();
    }
    if (!node.isNumber()) {
      throw wrongType(name, node, "a number");
    }
    return Optional.of(node.decimalValue());
  }

  /**
   * {@return the value as a boolean}
   *
   * @param name the parameter's name
   * @throws IllegalStateException if the value is not a boolean
   */
  public Optional<Boolean> bool(String name) {
    JsonNode node = nonNull(name);
    if (node == null) {
      return Optional.empty();
    }
    if (!node.isBoolean()) {
      throw wrongType(name, node, "a boolean");
    }
    return Optional.of(node.booleanValue());
  }

  /**
   * {@return the elements of an array; none when it was neither sent nor has a default}
   *
   * @param name the parameter's name
   * @throws IllegalStateException if the value is not an array
   */
  public List<JsonNode> elements(String name) {
    JsonNode node = nonNull(name);
    if (node == null) {
      return List.of();
    }
    if (!node.isArray()) {
      throw wrongType(name, node, "an array");
    }
    return node.valueStream().toList();
  }

  /**
   * {@return the value in a Java type; for generated code}
   *
   * @param <T> the Java type
   * @param name the name of a parameter that is required or has a default
   * @param type what to make of it
   * @throws UnrepresentableException if the type has no value for it
   */
  public <T> T get(String name, ParameterType<T> type) {
    T value = find(name, type);
    if (value == null) {
      throw new IllegalStateException("parameter \"" + name + "\" has no value");
    }
    return value;
  }

  /**
   * {@return the value in a Java type, or null when it is JSON's null or there is none; for
   * generated code}
   *
   * @param <T> the Java type
   * @param name the parameter's name
   * @param type what to make of it
   * @throws UnrepresentableException if the type has no value for it
   */
  public <T> @Nullable T find(String name, ParameterType<T> type) {
    JsonNode node = nonNull(name);
    return node == null ? null : converted(name, node, type);
  }

  /**
   * {@return the value in a Java type, JSON's null or absent; for generated code}
   *
   * @param <T> the Java type
   * @param name the parameter's name
   * @param type what to make of it
   * @throws UnrepresentableException if the type has no value for it
   */
  public <T> Field<T> field(String name, ParameterType<T> type) {
    JsonNode node = node(name);
    if (node == null) {
      return Field.absent();
    }
    return node.isNull() ? Field.ofNull() : Field.of(converted(name, node, type));
  }

  private static <T> T converted(String name, JsonNode node, ParameterType<T> type) {
    T value = type.convert(node);
    if (value == null) {
      throw new UnrepresentableException(name);
    }
    return value;
  }

  /**
   * {@return the texts that were sent for the parameter, in order and still encoded; empty when
   * none was sent, even if there is a default. Of an object whose members are fields of their own,
   * the whole fields: {@code R=100}}
   *
   * @param name the parameter's name
   */
  public List<String> raw(String name) {
    int slot = slot(name);
    return slot < 0 ? List.of() : texts.apply(names[slot]);
  }

  private @Nullable JsonNode nonNull(String name) {
    JsonNode node = node(name);
    return node == null || node.isNull() ? null : node;
  }

  private int slot(String name) {
    for (int i = 0; i < names.length; i++) {
      if (ignoreCase ? names[i].equalsIgnoreCase(name) : names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static IllegalStateException wrongType(String name, JsonNode node, String wanted) {
    String type = node.getNodeType().name().toLowerCase(Locale.ROOT);
    return new IllegalStateException(
        "parameter \""
            + name
            + "\" is not "
            + wanted
            + " but of type "
            + type
            + ": its schema decides the type");
  }
}
