package io.brrtrouter.schema.codec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A property that may be absent and may be {@code null}, which are not the same: in a merge patch
 * (RFC 7396) the first keeps a value and the second removes it.
 *
 * <pre>{@code
 * switch (patch.nickname()) {
 *   case Field.Absent<String> _ -> {}
 *   case Field.Null<String> _ -> pet.removeNickname();
 *   case Field.Value(String nickname) -> pet.rename(nickname);
 * }
 * }</pre>
 *
 * @param <T> the Java type of the value
 */
public sealed interface Field<T> {

  /**
   * The object has no such property.
   *
   * @param <T> the Java type of the value
   */
  record Absent<T>() implements Field<T> {
    private static final Absent<?> INSTANCE = new Absent<>();
  }

  /**
   * The property is {@code null}.
   *
   * @param <T> the Java type of the value
   */
  record Null<T>() implements Field<T> {
    private static final Null<?> INSTANCE = new Null<>();
  }

  /**
   * The property has a value.
   *
   * @param <T> the Java type of the value
   * @param value the value
   */
  record Value<T>(T value) implements Field<T> {

    /** Refuses null, which {@link Null} stands for. */
    public Value {
      Objects.requireNonNull(value);
    }
  }

  /**
   * {@return a property the object does not have}
   *
   * @param <T> the Java type of the value
   */
  @SuppressWarnings("unchecked") // holds no value
  static <T> Field<T> absent() {
    return (Field<T>) Absent.INSTANCE;
  }

  /**
   * {@return a property that is {@code null}}
   *
   * @param <T> the Java type of the value
   */
  @SuppressWarnings("unchecked") // holds no value
  static <T> Field<T> ofNull() {
    return (Field<T>) Null.INSTANCE;
  }

  /**
   * {@return a property with a value}
   *
   * @param <T> the Java type of the value
   * @param value the value
   */
  static <T> Field<T> of(T value) {
    return new Value<>(value);
  }

  /**
   * {@return a property with a value, absent when there is none}
   *
   * @param <T> the Java type of the value
   * @param value the value, or null
   */
  static <T> Field<T> ofNullable(@Nullable T value) {
    return value == null ? absent() : of(value);
  }

  /** {@return the value; null when the property is absent or {@code null}} */
  default @Nullable T orNull() {
    return this instanceof Value<T>(T value) ? value : null;
  }
}
