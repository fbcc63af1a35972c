package io.brrtrouter.server.decode;

import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.JsonDecoder;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.codec.JsonTrees;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How generated code takes a parameter that has passed validation: {@link Parameters#get}.
 * Immutable.
 *
 * @param <T> the Java type
 */
public final class ParameterType<T extends @Nullable Object> {
  /** An integer of 32 bits. */
  public static final ParameterType<Integer> INT =
      new ParameterType<>(node ->
          node.canConvertToExactIntegral() && node.canConvertToInt() ? node.intValue() : null);

  /** An integer of 64 bits. */
  public static final ParameterType<Long> LONG =
      new ParameterType<>(node ->
          node.canConvertToExactIntegral() && node.canConvertToLong() ? node.longValue() : null);

  /** An integer without bounds. */
  public static final ParameterType<BigInteger> INTEGER = of(JsonInput::readInteger);

  /** A 32-bit float. */
  public static final ParameterType<Float> FLOAT =
      new ParameterType<>(node -> node.decimalValue().floatValue());

  /** A 64-bit float. */
  public static final ParameterType<Double> DOUBLE =
      new ParameterType<>(node -> node.decimalValue().doubleValue());

  /** An exact number. */
  public static final ParameterType<BigDecimal> DECIMAL =
      new ParameterType<>(JsonNode::decimalValue);

  /** A string of the format {@code decimal}. */
  public static final ParameterType<BigDecimal> DECIMAL_TEXT =
      new ParameterType<>(node -> new BigDecimal(node.stringValue()));

  /** A boolean. */
  public static final ParameterType<Boolean> BOOLEAN = new ParameterType<>(JsonNode::booleanValue);

  /** A string. */
  public static final ParameterType<String> STRING = new ParameterType<>(JsonNode::stringValue);

  /** A string of the format {@code date-time}. */
  public static final ParameterType<OffsetDateTime> DATE_TIME = of(JsonInput::readDateTime);

  /** A string of the format {@code date}. */
  public static final ParameterType<LocalDate> DATE = of(JsonInput::readDate);

  /** A string of the format {@code uuid}. */
  public static final ParameterType<UUID> UUID = of(JsonInput::readUuid);

  /** A string of the format {@code uri}. */
  public static final ParameterType<URI> URI = of(JsonInput::readUri);

  /** Any value. */
  public static final ParameterType<JsonNode> TREE = new ParameterType<>(node -> node);

  private final Function<JsonNode, @Nullable T> conversion;

  private ParameterType(Function<JsonNode, @Nullable T> conversion) {
    this.conversion = conversion;
  }

  /**
   * {@return the type that a decoder makes}
   *
   * @param <T> the Java type
   * @param decoder reads a value
   */
  public static <T> ParameterType<T> of(JsonDecoder<T> decoder) {
    return new ParameterType<>(node ->
        JsonTrees.decode(decoder, node) instanceof Decoded.Value<T>(T value) ? value : null);
  }

  /** {@return the value, or null where the type has none for it} */
  @Nullable T convert(JsonNode node) {
    return conversion.apply(node);
  }
}
