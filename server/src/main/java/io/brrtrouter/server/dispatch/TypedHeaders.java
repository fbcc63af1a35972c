package io.brrtrouter.server.dispatch;

import io.brrtrouter.schema.codec.JsonEncoder;
import io.brrtrouter.schema.codec.JsonOutput;
import io.brrtrouter.server.http.Headers;
import java.math.BigDecimal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Header fields of a typed response, written in simple style (OpenAPI 3.1.1 section 4.8.21). A
 * value that is null is left out. Not safe for use by several threads.
 */
public final class TypedHeaders {
  private final Headers.Builder headers = Headers.builder();

  /** Starts without fields. */
  public TypedHeaders() {}

  /**
   * Adds a field.
   *
   * @param name the name
   * @param value the text; null leaves the field out
   * @return this
   * @throws IllegalArgumentException if no field can have the value, one with a line break for
   *     example
   */
  public TypedHeaders set(String name, @Nullable String value) {
    return value == null ? this : add(name, () -> value);
  }

  private TypedHeaders add(String name, Supplier<String> text) {
    try {
      headers.set(name, text.get());
    } catch (IllegalArgumentException cannot) {
      throw UnwritableException.ofHeader(name, String.valueOf(cannot.getMessage()));
    }
    return this;
  }

  /**
   * Adds a field.
   *
   * @param name the name
   * @param value the number; null leaves the field out
   * @return this
   */
  public TypedHeaders set(String name, @Nullable Number value) {
    return set(
        name,
        value == null
            ? null
            : value instanceof BigDecimal decimal ? SimpleStyle.plain(decimal) : value.toString());
  }

  /**
   * Adds a field.
   *
   * @param name the name
   * @param value true or false; null leaves the field out
   * @return this
   */
  public TypedHeaders set(String name, @Nullable Boolean value) {
    return set(name, value == null ? null : value.toString());
  }

  /**
   * Adds a field.
   *
   * @param <T> the Java type
   * @param name the name
   * @param explode whether members of an object are written {@code name=value}
   * @param encoder writes the value as JSON
   * @param value the value; null leaves the field out
   * @return this
   * @throws IllegalArgumentException if no field can have the value, a list with a comma in an item
   *     for example
   */
  public <T> TypedHeaders set(
      String name, boolean explode, JsonEncoder<T> encoder, @Nullable T value) {
    return value == null ? this : add(name, () -> SimpleStyle.text(encoder, value, explode));
  }

  /**
   * Adds a field that is written as JSON, in ASCII.
   *
   * @param <T> the Java type
   * @param name the name
   * @param encoder writes the value
   * @param value the value; null leaves the field out
   * @return this
   * @throws IllegalArgumentException if no field can have the value
   */
  public <T> TypedHeaders setJson(String name, JsonEncoder<T> encoder, @Nullable T value) {
    return value == null ? this : add(name, () -> SimpleStyle.json(encoder, value));
  }

  /**
   * Adds a field that is written as a JSON string.
   *
   * @param name the name
   * @param value the text; null leaves the field out
   * @return this
   */
  public TypedHeaders setJsonString(String name, @Nullable String value) {
    return setJson(name, TypedHeaders::writeString, value);
  }

  /**
   * Adds a field that is written as a JSON string of a number.
   *
   * @param name the name
   * @param value the number; null leaves the field out
   * @return this
   */
  public TypedHeaders setJsonString(String name, @Nullable BigDecimal value) {
    return setJsonString(name, value == null ? null : SimpleStyle.plain(value));
  }

  private static void writeString(String text, JsonOutput out) {
    out.writeString(text);
  }

  /** {@return the fields} */
  public Headers build() {
    return headers.build();
  }
}
