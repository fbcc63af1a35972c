package io.brrtrouter.schema.codec;

import org.jspecify.annotations.Nullable;

/**
 * What became of a text that was decoded.
 *
 * @param <T> the Java type
 */
public sealed interface Decoded<T extends @Nullable Object> {

  /**
   * The text is a value of the schema.
   *
   * @param <T> the Java type
   * @param value the value; null for the JSON value {@code null}
   */
  record Value<T extends @Nullable Object>(T value) implements Decoded<T> {}

  /**
   * The text is not JSON within the limits, or not a value of the schema. A schema program tells
   * why; if it finds nothing, decoder and schema have drifted apart.
   *
   * @param <T> the Java type
   */
  record Refused<T extends @Nullable Object>() implements Decoded<T> {}

  /**
   * A value in the text may be one of the schema, but the Java type cannot hold it: an integer with
   * an exponent beyond {@link io.brrtrouter.schema.JsonLimits#exponent}, or a URI beyond what
   * {@link java.net.URI} parses; or it has alternatives inside alternatives that would take too
   * long to tell apart, see {@link JsonInput#accepts}; or a string in it should be JSON and is not.
   * If a schema program finds nothing else, that is the client's fault, not drift.
   *
   * @param <T> the Java type
   * @param text the string that should be JSON, null where it is something else
   */
  record Unrepresentable<T extends @Nullable Object>(@Nullable WrongText text)
      implements Decoded<T> {
    /** It is no string that should be JSON. */
    public Unrepresentable() {
      this(null);
    }
  }

  /**
   * The text has a number with an exponent beyond {@link io.brrtrouter.schema.JsonLimits#exponent},
   * so that only a schema program can judge it. If that accepts it, it can be decoded with {@link
   * Checks#SYNTAX}.
   *
   * @param <T> the Java type
   */
  record Unjudged<T extends @Nullable Object>() implements Decoded<T> {}
}
