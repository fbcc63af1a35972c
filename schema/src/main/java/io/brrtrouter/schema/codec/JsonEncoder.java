package io.brrtrouter.schema.codec;

import org.jspecify.annotations.Nullable;

/**
 * Writes values of a Java type as JSON of one schema. Implementations are stateless and
 * thread-safe; most are generated.
 *
 * @param <T> the Java type; nullable when the schema allows {@code null}
 */
@FunctionalInterface
public interface JsonEncoder<T extends @Nullable Object> {

  /**
   * Writes one value. If the output is {@linkplain JsonOutput#checking() checking}, reports what
   * the schema refuses by {@link JsonOutput#violation()} and writes it all the same.
   *
   * @param value the value
   * @param out where to
   */
  void write(T value, JsonOutput out);
}
