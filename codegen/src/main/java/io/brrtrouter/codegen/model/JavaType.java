package io.brrtrouter.codegen.model;

/** The Java type of a value. */
public sealed interface JavaType {

  /**
   * A type of the JDK for one JSON scalar.
   *
   * @param scalar which
   */
  record Simple(Scalar scalar) implements JavaType {}

  /**
   * A record, enum or sealed interface: of {@link JavaModel#declarations()}, or shared.
   *
   * @param name its name
   */
  record Declared(ClassName name) implements JavaType {}

  /**
   * A {@code List}.
   *
   * @param items each of its elements
   */
  record ListOf(Value items) implements JavaType {}

  /**
   * A {@code Map} from {@code String}, in the order of the JSON object.
   *
   * @param values each of its values
   */
  record MapOf(Value values) implements JavaType {}

  /**
   * A value whose JSON text is a string: the data of an event.
   *
   * @param json the value
   */
  record JsonText(Value json) implements JavaType {}

  /**
   * Items that come or go one by one: the whole body of a sequential media type.
   *
   * @param items each of them
   */
  record ItemsOf(Value items) implements JavaType {}

  /**
   * Jackson's {@code JsonNode}: anything, or what has no better type. JSON {@code null} is a {@code
   * NullNode}, never Java's null.
   */
  record Tree() implements JavaType {}
}
