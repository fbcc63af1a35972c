package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.declare;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.space;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Check;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.print.Layout.Piece;
import io.brrtrouter.codegen.print.ValueCodecs.Named;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Prints the tests of checks: one method of the class for each value that has any. */
final class Tests {
  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private final CodecBody body;
  private final JavaFile file;
  private final Map<Named, String> methods = new HashMap<>();

  Tests(CodecBody body) {
    this.body = body;
    this.file = body.file;
  }

  /** {@return a condition that holds for values that pass; none when all do} */
  List<Piece> of(Named named) {
    if (named.value().checks().stream().noneMatch(check -> isTested(named.value(), check))) {
      return List.of();
    }
    String type = body.types.plain(named.value().type());
    return List.of(call(method(named, type, named.local(), List.of()), named.local()));
  }

  /** {@return the same about a number before it is rounded} */
  List<Piece> exact(Named named, Scalar scalar) {
    return List.of(call(exactMethod(named, scalar), "exact"));
  }

  /** {@return the same about a number that was rounded} */
  List<Piece> rounded(Named named, Scalar scalar) {
    if (named.value().checks().isEmpty()) {
      return List.of();
    }
    return List.of(
        call(
            exactMethod(named, scalar),
            List.of(call(body.codec("Constraints") + ".decimal", named.local()))));
  }

  /** {@return the same about the text of a value that is none in Java} */
  List<Piece> text(Named named, String text) {
    if (named.value().checks().stream().noneMatch(check -> isTested(named.value(), check))) {
      return List.of();
    }
    String method = method(named, file.use("java.lang.String"), named.local(), List.of());
    return List.of(call(method, text));
  }

  private String exactMethod(Named named, Scalar scalar) {
    String range = scalar == Scalar.FLOAT ? ".isFloat(" : ".isDouble(";
    String local = named.local();
    return method(
        named,
        file.use("java.math.BigDecimal"),
        local,
        List.of(word(body.codec("Constraints") + range + local + ")")));
  }

  /** {@return the method that tests a value} */
  String method(Named named) {
    return method(named, body.types.plain(named.value().type()), named.local(), List.of());
  }

  private String method(Named named, String type, String local, List<Piece> first) {
    String known = methods.get(named.present());
    if (known != null) {
      return known;
    }
    String method = body.take("is" + named.suffix());
    methods.put(named.present(), method);
    Code code = body.testing();
    CodecBody.open(code, "boolean", method, declare(type, local));
    List<Piece> conditions = new ArrayList<>(first);
    conditions.addAll(conditions(named));
    code.line(
            conditions.size() == 1
                ? group(word("return "), withoutBrackets(conditions.getFirst()))
                : all("return ", conditions),
            word(";"))
        .close();
    return method;
  }

  private static Piece withoutBrackets(Piece condition) {
    return condition instanceof Layout.Group(var pieces, var _, var _)
            && pieces.getFirst().equals(word("("))
        ? pieces.get(1)
        : condition;
  }

  /** {@return conditions that must hold together} */
  static Piece all(String before, List<Piece> conditions) {
    return joined(before, "&& ", conditions);
  }

  static Piece joined(String before, String operator, List<Piece> conditions) {
    List<Piece> pieces = new ArrayList<>();
    boolean isShort = conditions.stream().allMatch(Layout::isShort);
    pieces.add(group(word(before), conditions.getFirst()));
    for (Piece condition : conditions.subList(1, conditions.size())) {
      pieces.add(isShort ? Layout.fill(4) : space(4));
      pieces.add(new Layout.Group(List.of(word(operator), condition), 4));
    }
    return new Layout.Group(pieces, 0);
  }

  private boolean isTested(Value value, Check check) {
    return switch (check) {
      case Check.UniqueItems _ -> !isUniqueAsWritten(value);
      case Check.Untyped _, Check.Obeys _, Check.Judged _ -> false;
      default -> true;
    };
  }

  /** {@return whether items are compared as they are written} */
  boolean isUniqueAsWritten(Value value) {
    return value.type() instanceof JavaType.ListOf(var items)
        && value.checks().stream().anyMatch(Check.UniqueItems.class::isInstance)
        && !isComparable(items);
  }

  private boolean isComparable(Value items) {
    return !items.nullable()
        && (ValueCodecs.isClosedEnum(body.printing, items.type())
            || (items.type() instanceof JavaType.Simple(var scalar)
                && switch (scalar) {
                  case INT, LONG, INTEGER, BIG_INTEGER, BOOLEAN, STRING, DATE, BIG_DECIMAL -> true;
                  case FLOAT,
                      DOUBLE,
                      DECIMAL_TEXT,
                      DATE_TIME,
                      UUID,
                      URI,
                      BASE64,
                      BINARY,
                      FILE,
                      STREAM,
                      EVENT ->
                      false;
                }));
  }

  private List<Piece> conditions(Named named) {
    return conditions(named.value().type(), named.value().checks(), named);
  }

  private List<Piece> conditions(JavaType type, List<Check> checks, Named named) {
    List<Piece> all = new ArrayList<>();
    String x = named.local();
    length(checks, x, all);
    size(checks, x, all);
    for (Check check : checks) {
      switch (check) {
        case Check.MinLength _, Check.MaxLength _ -> {}
        case Check.MinItems _, Check.MaxItems _, Check.MinProperties _, Check.MaxProperties _ -> {}
        case Check.Untyped _, Check.Obeys _, Check.Judged _ -> {}
        case Check.Matches(var _, var regex) -> {
          String pattern = body.codec("JsonPattern");
          all.add(
              call(
                  body.constant(
                          pattern,
                          CodecBody.upper(named.suffix()) + "_PATTERN",
                          call(pattern + ".of", Literals.string(regex)))
                      + ".matches",
                  x));
        }
        case Check.Nothing(var _, var orNull) -> all.add(word(orNull ? x + ".isNull()" : "false"));
        case Check.HasFormat(var _, var name) -> all.add(call(format(named, name) + ".matches", x));
        case Check.Minimum(var _, var bound, var exclusive) ->
            bound(type, named, bound, exclusive, true, all);
        case Check.Maximum(var _, var bound, var exclusive) ->
            bound(type, named, bound, exclusive, false, all);
        case Check.MultipleOf(var _, var divisor) -> all.add(multiple(type, named, divisor));
        case Check.Allowed(var _, var values) -> all.add(allowed(type, named, values));
        case Check.UniqueItems _ -> {
          if (!isUniqueAsWritten(named.value())) {
            all.add(call(body.codec("Constraints") + unique(type), x));
          }
        }
      }
    }
    if (all.isEmpty()) {
      all.add(word("true"));
    }
    return all;
  }

  private static String unique(JavaType type) {
    return type instanceof JavaType.ListOf(var items)
            && items.type().equals(new JavaType.Simple(Scalar.BIG_DECIMAL))
        ? ".areUniqueDecimals"
        : ".areUnique";
  }

  private String format(Named named, String name) {
    return body.constant(
        file.use("io.brrtrouter.schema.Format"),
        CodecBody.upper(named.suffix()) + "_FORMAT",
        word(
            file.use("io.brrtrouter.schema.Formats")
                + ".named("
                + Literals.string(name)
                + ").orElseThrow()"));
  }

  private void length(List<Check> checks, String text, List<Piece> all) {
    int least = 0;
    int most = Integer.MAX_VALUE;
    boolean asked = false;
    for (Check check : checks) {
      if (check instanceof Check.MinLength(var _, var length)) {
        least = Math.max(least, length);
        asked = true;
      } else if (check instanceof Check.MaxLength(var _, var length)) {
        most = Math.min(most, length);
        asked = true;
      }
    }
    if (asked) {
      all.add(
          call(
              body.codec("Constraints") + ".hasLength",
              text,
              Integer.toString(least),
              count(most)));
    }
  }

  private String count(int most) {
    return most == Integer.MAX_VALUE
        ? file.use("java.lang.Integer") + ".MAX_VALUE"
        : Integer.toString(most);
  }

  private static void size(List<Check> checks, String x, List<Piece> all) {
    sizes(checks).forEach(condition -> all.add(word(x + ".size() " + condition)));
  }

  /** {@return comparisons of the number of items or members} */
  static List<String> sizes(List<Check> checks) {
    List<String> sizes = new ArrayList<>();
    for (Check check : checks) {
      switch (check) {
        case Check.MinItems(var _, var count) -> sizes.add(">= " + count);
        case Check.MaxItems(var _, var count) -> sizes.add("<= " + count);
        case Check.MinProperties(var _, var count) -> sizes.add(">= " + count);
        case Check.MaxProperties(var _, var count) -> sizes.add("<= " + count);
        default -> {}
      }
    }
    return sizes;
  }

  // Numbers.

  private static Scalar scalar(JavaType type) {
    return type instanceof JavaType.Simple(var scalar) ? scalar : Scalar.STRING;
  }

  private static boolean isLong(Scalar scalar) {
    return scalar == Scalar.INT || scalar == Scalar.LONG || scalar == Scalar.INTEGER;
  }

  private void bound(
      JavaType type,
      Named named,
      BigDecimal bound,
      boolean exclusive,
      boolean lower,
      List<Piece> all) {
    Scalar scalar = scalar(type);
    String x = named.local();
    if (isLong(scalar)) {
      integerBound(scalar, x, bound, exclusive, lower, all);
      return;
    }
    String word = (exclusive ? "EXCLUSIVE_" : "") + (lower ? "MINIMUM" : "MAXIMUM");
    String operator = (lower ? ">" : "<") + (exclusive ? "" : "=");
    String left = scalar == Scalar.BIG_INTEGER ? decimal(x) : x;
    all.add(word(left + ".compareTo(" + constant(named, word, bound) + ") " + operator + " 0"));
  }

  private String decimal(String integer) {
    return "new " + file.use("java.math.BigDecimal") + "(" + integer + ")";
  }

  private String constant(Named named, String word, BigDecimal value) {
    String type = file.use("java.math.BigDecimal");
    return body.constant(
        type,
        CodecBody.upper(named.suffix()) + "_" + word,
        word("new " + type + "(\"" + value + "\")"));
  }

  /** Between integers a bound that is none is as good as the next integer inside. */
  private static void integerBound(
      Scalar scalar,
      String x,
      BigDecimal bound,
      boolean exclusive,
      boolean lower,
      List<Piece> all) {
    boolean above = bound.compareTo(MAX_LONG) > 0;
    boolean below = bound.compareTo(MIN_LONG) < 0;
    if (above || below) {
      if (lower == above) {
        all.add(word("false"));
      }
      return;
    }
    boolean whole = bound.scale() <= 0 || bound.stripTrailingZeros().scale() <= 0;
    RoundingMode mode = lower ? RoundingMode.CEILING : RoundingMode.FLOOR;
    long limit = bound.setScale(0, mode).longValueExact();
    String operator = (lower ? ">" : "<") + (exclusive && whole ? "" : "=");
    all.add(word(x + " " + operator + " " + integer(scalar, limit)));
  }

  private static String integer(Scalar scalar, long value) {
    boolean isInt = value == (int) value;
    return value + (scalar == Scalar.INT && isInt ? "" : "L");
  }

  private Piece multiple(JavaType type, Named named, BigDecimal divisor) {
    Scalar scalar = scalar(type);
    String x = named.local();
    boolean whole = divisor.scale() <= 0 || divisor.stripTrailingZeros().scale() <= 0;
    if (isLong(scalar) && whole && divisor.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
      return word(x + " % " + integer(scalar, divisor.longValueExact()) + " == 0");
    }
    String type2 = body.codec("Divisor");
    String constant =
        body.constant(
            type2,
            CodecBody.upper(named.suffix()) + "_MULTIPLE_OF",
            call(type2 + ".of", "\"" + divisor + "\""));
    return call(constant + ".divides", exactly(scalar, x));
  }

  private String exactly(Scalar scalar, String x) {
    return switch (scalar) {
      case INT, LONG, INTEGER -> file.use("java.math.BigDecimal") + ".valueOf(" + x + ")";
      case BIG_INTEGER -> decimal(x);
      default -> x;
    };
  }

  // Lists of values.

  private Piece allowed(JavaType type, Named named, List<JsonNode> values) {
    Scalar scalar = scalar(type);
    String x = named.local();
    List<Piece> each = new ArrayList<>();
    for (JsonNode value : values) {
      if (type instanceof JavaType.Declared) {
        body.literals.of(type, value).ifPresent(constant -> each.add(word(x + " == " + constant)));
      } else if (value.isBoolean() && scalar == Scalar.BOOLEAN) {
        each.add(word(value.booleanValue() ? x : "!" + x));
      } else if (value.isString() && scalar == Scalar.STRING) {
        each.add(call(x + ".equals", Literals.string(value.stringValue())));
      } else if (value.isNumber() && scalar.isNumber()) {
        number(scalar, named, value.decimalValue(), each);
      }
    }
    if (each.isEmpty()) {
      return word("false");
    }
    return each.size() == 1
        ? each.getFirst()
        : group(word("("), joined("", "|| ", each), word(")"));
  }

  private void number(Scalar scalar, Named named, BigDecimal value, List<Piece> each) {
    if (!isLong(scalar)) {
      String left = scalar == Scalar.BIG_INTEGER ? decimal(named.local()) : named.local();
      each.add(word(left + ".compareTo(" + constant(named, "VALUE", value) + ") == 0"));
      return;
    }
    boolean isLong =
        value.compareTo(MIN_LONG) >= 0
            && value.compareTo(MAX_LONG) <= 0
            && value.stripTrailingZeros().scale() <= 0;
    if (isLong) {
      each.add(word(named.local() + " == " + integer(scalar, value.longValueExact())));
    }
  }
}
