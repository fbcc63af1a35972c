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
   * Jackson's {@code JsonNode}: anything, or what has no better type. JSON {@code null} is a {@code
   * NullNode}, never Java's null.
   */
  record Tree() implements JavaType {}
}
