package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Check;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Unfusable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Chooses the Java type of a JSON scalar, and the checks that are left. */
final class Scalars {
  private static final Map<String, Scalar> BY_FORMAT =
      Map.of(
          "date-time", Scalar.DATE_TIME,
          "date", Scalar.DATE,
          "uuid", Scalar.UUID,
          "uri", Scalar.URI,
          "byte", Scalar.BASE64,
          "binary", Scalar.BINARY,
          "decimal", Scalar.DECIMAL_TEXT);

  /** Formats of strings that exclude none. */
  private static final Set<String> VACUOUS = Set.of("password", "commonmark", "html");

  private static final Set<String> NUMERIC = Set.of("int32", "int64", "float", "double");

  private static final BigDecimal MIN_INT = BigDecimal.valueOf(Integer.MIN_VALUE);
  private static final BigDecimal MAX_INT = BigDecimal.valueOf(Integer.MAX_VALUE);
  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private Scalars() {}

  /**
   * A type with what it does not say itself.
   *
   * @param scalar the type
   * @param checks the checks
   * @param unfusable demands on a text that the type does not keep
   */
  record Choice(Scalar scalar, List<Check> checks, List<Unfusable> unfusable) {}

  /** {@return the type of the one kind of scalar that is left} */
  static Choice of(Facets facets, boolean exact) {
    int types = facets.types & ~Kinds.NULL;
    if (types == Kinds.BOOLEAN) {
      return new Choice(Scalar.BOOLEAN, List.of(), List.of());
    }
    return types == Kinds.STRING ? text(facets) : number(facets, types, exact);
  }

  private static Choice text(Facets facets) {
    Scalar scalar = Scalar.STRING;
    List<Check> checks = new ArrayList<>(facets.text);
    for (Facets.Format format : facets.formats) {
      Scalar typed = BY_FORMAT.get(format.name());
      if (typed != null && scalar == Scalar.STRING && facets.allowed == null) {
        scalar = typed;
      } else if (!isVacuous(format.name()) && typed != scalar) {
        checks.add(new Check.HasFormat(format.origin(), format.name()));
      }
    }
    List<Unfusable> unfusable = new ArrayList<>();
    if (scalar != Scalar.STRING && scalar != Scalar.URI) {
      for (Check check : checks) {
        unfusable.add(
            new Unfusable(
                Constraints.keyword(check),
                "a demand on the text of a value that is no text in Java",
                check.origin()));
      }
      checks.clear();
    }
    return new Choice(scalar, checks, unfusable);
  }

  private static boolean isVacuous(String format) {
    return VACUOUS.contains(format) || NUMERIC.contains(format) || format.equals("binary");
  }

  private static Choice number(Facets facets, int types, boolean exact) {
    List<String> formats = facets.formats.stream().map(Facets.Format::name).toList();
    List<Check> checks = new ArrayList<>(facets.number);
    if (types == Kinds.INTEGER || formats.contains("int32") || formats.contains("int64")) {
      Scalar scalar = integer(facets, formats, exact);
      return new Choice(scalar, checks, scalar == Scalar.BIG_INTEGER ? ranges(facets) : List.of());
    }
    if (formats.contains("float") || formats.contains("double")) {
      return new Choice(
          formats.contains("float") ? Scalar.FLOAT : Scalar.DOUBLE, checks, List.of());
    }
    return new Choice(Scalar.BIG_DECIMAL, checks, List.of());
  }

  /** Formats that leave out the greatest integers. */
  private static List<Unfusable> ranges(Facets facets) {
    return facets.formats.stream()
        .filter(format -> NUMERIC.contains(format.name()))
        .map(format -> new Unfusable("format", "a range of integers", format.origin()))
        .toList();
  }

  private static Scalar integer(Facets facets, List<String> formats, boolean exact) {
    BigDecimal least = null;
    BigDecimal greatest = null;
    for (Check check : facets.number) {
      switch (check) {
        case Check.Minimum(var _, var bound, var exclusive) -> {
          BigDecimal first = exclusive ? floor(bound).add(BigDecimal.ONE) : ceiling(bound);
          least = least == null ? first : least.max(first);
        }
        case Check.Maximum(var _, var bound, var exclusive) -> {
          BigDecimal last = exclusive ? ceiling(bound).subtract(BigDecimal.ONE) : floor(bound);
          greatest = greatest == null ? last : greatest.min(last);
        }
        default -> {}
      }
    }
    if (facets.allowed != null) {
      for (Facets.Choice choice : facets.allowed.values()) {
        if (choice.value().isNumber()) {
          BigDecimal value = choice.value().decimalValue();
          least = least == null ? value : least.min(value);
          greatest = greatest == null ? value : greatest.max(value);
        }
      }
    }
    if (formats.contains("int32") || within(least, greatest, MIN_INT, MAX_INT)) {
      return Scalar.INT;
    }
    if (formats.contains("int64") || within(least, greatest, MIN_LONG, MAX_LONG)) {
      return Scalar.LONG;
    }
    JsonNode fallback = facets.defaultValue;
    boolean fits =
        isLong(least)
            && isLong(greatest)
            && (fallback == null || !fallback.isNumber() || isLong(fallback.decimalValue()))
            && !exact;
    return fits ? Scalar.INTEGER : Scalar.BIG_INTEGER;
  }

  private static boolean isLong(@Nullable BigDecimal bound) {
    return bound == null || (bound.compareTo(MIN_LONG) >= 0 && bound.compareTo(MAX_LONG) <= 0);
  }

  /** Bounds are never rounded from far away: an exponent may be huge. */
  private static BigDecimal floor(BigDecimal bound) {
    return bound.scale() <= 0 ? bound : bound.setScale(0, RoundingMode.FLOOR);
  }

  private static BigDecimal ceiling(BigDecimal bound) {
    return bound.scale() <= 0 ? bound : bound.setScale(0, RoundingMode.CEILING);
  }

  private static boolean within(
      @Nullable BigDecimal least, @Nullable BigDecimal greatest, BigDecimal from, BigDecimal to) {
    return least != null
        && greatest != null
        && least.compareTo(from) >= 0
        && greatest.compareTo(to) <= 0;
  }
}
