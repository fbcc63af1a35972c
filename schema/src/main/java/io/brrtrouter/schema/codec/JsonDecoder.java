package io.brrtrouter.schema.codec;

import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON values of one schema into a Java type. Implementations are stateless and
 * thread-safe; most are generated.
 *
 * @param <T> the Java type; nullable when the schema allows {@code null}
 */
@FunctionalInterface
public interface JsonDecoder<T extends @Nullable Object> {

  /**
   * Reads the value at the cursor and leaves the cursor behind it. Judges what the schema demands
   * only if the input is {@linkplain JsonInput#checking() checking}; what the Java type cannot do
   * without is judged always.
   *
   * @param in the input; a value that is not one of the schema's is answered with {@link
   *     JsonInput#refuse()}
   * @return the value
   */
  T read(JsonInput in);
}
