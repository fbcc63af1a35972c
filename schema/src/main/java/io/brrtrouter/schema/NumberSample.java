package io.brrtrouter.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Candidates for numbers, by bounds and {@code multipleOf}. */
final class NumberSample {
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /** Large enough where something excludes small ones. */
  private static final BigDecimal LARGE = BigDecimal.valueOf(1000);

  private NumberSample() {}

  static Stream<JsonNode> of(Demands demands, int variant, boolean integer) {
    List<BigDecimal> dividers = new ArrayList<>(demands.numbers("multipleOf").toList());
    if (integer) {
      dividers.add(BigDecimal.ONE);
    }
    Optional<BigDecimal> least = bound(demands, "minimum", "exclusiveMinimum", 1);
    Optional<BigDecimal> most = bound(demands, "maximum", "exclusiveMaximum", -1);
    boolean tractable =
        Stream.of(dividers.stream(), least.stream(), most.stream())
            .flatMap(numbers -> numbers)
            .allMatch(number -> Numbers.isTractable(number));
    if (!tractable || dividers.stream().anyMatch(divider -> divider.signum() <= 0)) {
      return Stream.of();
    }
    List<BigDecimal> candidates =
        dividers.isEmpty()
            ? between(least, most, BigDecimal.valueOf(variant))
            : multiples(
                dividers.stream().reduce(NumberSample::commonMultiple).orElseThrow(),
                least,
                most,
                BigDecimal.valueOf(variant));
    return candidates.stream().map(NumberSample::node);
  }

  /** The tightest bound; whether it is excluded is left to the test of the candidates. */
  private static Optional<BigDecimal> bound(
      Demands demands, String included, String excluded, int sign) {
    Comparator<BigDecimal> tighter =
        sign > 0 ? Comparator.naturalOrder() : Comparator.reverseOrder();
    return Stream.concat(demands.numbers(included), demands.numbers(excluded)).max(tighter);
  }

  private static List<BigDecimal> between(
      Optional<BigDecimal> least, Optional<BigDecimal> most, BigDecimal variant) {
    BigDecimal next = variant.add(BigDecimal.ONE);
    List<BigDecimal> candidates = new ArrayList<>(List.of(next));
    least.ifPresent(low -> candidates.addAll(List.of(low.add(variant), low.add(next))));
    most.ifPresent(high -> candidates.addAll(List.of(high.subtract(variant), high.subtract(next))));
    if (least.isPresent() && most.isPresent()) {
      // Between the bounds; each variant halves what is left.
      BigDecimal width = most.get().subtract(least.get());
      BigDecimal part = TWO.pow(Math.min(variant.intValue(), 60) + 1);
      candidates.add(least.get().add(width.divide(part)));
    }
    candidates.addAll(List.of(BigDecimal.ZERO, next.negate(), next.multiply(LARGE)));
    return candidates;
  }

  private static List<BigDecimal> multiples(
      BigDecimal step, Optional<BigDecimal> least, Optional<BigDecimal> most, BigDecimal variant) {
    BigDecimal next = variant.add(BigDecimal.ONE);
    List<BigDecimal> factors = new ArrayList<>(List.of(next));
    least.ifPresent(low -> {
      BigDecimal first = low.divide(step, 0, RoundingMode.CEILING);
      factors.addAll(List.of(first.add(variant), first.add(next)));
    });
    most.ifPresent(high -> {
      BigDecimal last = high.divide(step, 0, RoundingMode.FLOOR);
      factors.addAll(List.of(last.subtract(variant), last.subtract(next)));
    });
    factors.addAll(List.of(BigDecimal.ZERO, next.negate(), next.multiply(LARGE)));
    return factors.stream().map(step::multiply).toList();
  }

  private static BigDecimal commonMultiple(BigDecimal a, BigDecimal b) {
    int scale = Math.max(Math.max(a.scale(), b.scale()), 0);
    BigInteger x = a.setScale(scale).unscaledValue();
    BigInteger y = b.setScale(scale).unscaledValue();
    return new BigDecimal(x.multiply(y).divide(x.gcd(y)), scale);
  }

  private static JsonNode node(BigDecimal value) {
    if (!Numbers.isInteger(value)) {
      return JsonNodeFactory.instance.numberNode(value.stripTrailingZeros());
    }
    BigInteger integer = value.toBigInteger();
    if (integer.bitLength() < Integer.SIZE) {
      return JsonNodeFactory.instance.numberNode(integer.intValue());
    }
    return integer.bitLength() < Long.SIZE
        ? JsonNodeFactory.instance.numberNode(integer.longValue())
        : JsonNodeFactory.instance.numberNode(integer);
  }
}
