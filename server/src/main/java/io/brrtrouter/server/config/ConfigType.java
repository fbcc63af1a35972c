package io.brrtrouter.server.config;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What values a setting takes: how they are written in a file and in a variable, and what they are
 * in Java.
 *
 * @param <T> the Java type
 */
public final class ConfigType<T> {
  /** What stands for "none" where a setting is optional; YAML 1.2 reads it as a text. */
  public static final String OFF = "off";

  private static final List<Unit> SIZES =
      List.of(new Unit("GiB", 1 << 30), new Unit("MiB", 1 << 20), new Unit("KiB", 1 << 10));
  private static final List<Unit> TIMES =
      List.of(
          new Unit("h", 3_600_000),
          new Unit("min", 60_000),
          new Unit("s", 1_000),
          new Unit("ms", 1));

  /** More than any setting needs, and few enough to keep the arithmetic cheap. */
  private static final int MAX_DIGITS = 18;

  private record Unit(String word, long factor) {}

  private enum Written {
    BOOLEAN,
    NUMBER,
    NUMBER_OR_TEXT,
    SCALAR,
    TEXT,
    LIST
  }

  private final String description;
  private final Written written;
  private final List<Unit> units;
  private final Function<String, @Nullable T> parser;

  /** Reads a sequence, where one is a value. */
  private final Function<JsonNode, @Nullable T> sequence;

  private final Function<T, String> renderer;

  /** The type of each, in a list. */
  private final @Nullable ConfigType<?> element;

  private ConfigType(
      String description,
      Written written,
      Function<String, @Nullable T> parser,
      Function<T, String> renderer) {
    this(description, written, List.of(), parser, _ -> null, renderer, null);
  }

  private ConfigType(
      String description,
      List<Unit> units,
      Function<String, @Nullable T> parser,
      Function<T, String> renderer) {
    this(description, Written.NUMBER_OR_TEXT, units, parser, _ -> null, renderer, null);
  }

  private ConfigType(
      String description,
      Written written,
      List<Unit> units,
      Function<String, @Nullable T> parser,
      Function<JsonNode, @Nullable T> sequence,
      Function<T, String> renderer,
      @Nullable ConfigType<?> element) {
    this.description = description;
    this.written = written;
    this.units = units;
    this.parser = parser;
    this.sequence = sequence;
    this.renderer = renderer;
    this.element = element;
  }

  /** {@return true or false} */
  public static ConfigType<Boolean> bool() {
    return new ConfigType<>(
        "`true` or `false`",
        Written.BOOLEAN,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> null;
            },
        String::valueOf);
  }

  /**
   * {@return an integer within bounds}
   *
   * @param least the smallest
   * @param most the largest
   */
  public static ConfigType<Integer> integer(int least, int most) {
    return new ConfigType<>(
        "integer " + range(least, most, String::valueOf),
        Written.NUMBER,
        text -> {
          Long value = whole(text, 1);
          return value == null || value < least || value > most ? null : value.intValue();
        },
        String::valueOf);
  }

  /**
   * {@return a number of bytes: a bare number, or one with a unit}
   *
   * @param least the fewest bytes
   * @param most the most bytes
   */
  public static ConfigType<Integer> size(int least, int most) {
    return new ConfigType<>(
        "size " + range(least, most, ConfigType::renderSize),
        SIZES,
        text -> {
          Long value = scaled(text, SIZES, 1);
          return value == null || value < least || value > most ? null : value.intValue();
        },
        size -> renderSize(size));
  }

  /**
   * {@return a duration: a number with a unit, or a bare number of seconds}
   *
   * @param least the shortest
   * @param most the longest
   */
  public static ConfigType<Duration> seconds(Duration least, Duration most) {
    return duration(1_000, least, most);
  }

  /**
   * {@return a duration: a number with a unit, or a bare number of milliseconds}
   *
   * @param least the shortest
   * @param most the longest
   */
  public static ConfigType<Duration> millis(Duration least, Duration most) {
    return duration(1, least, most);
  }

  private static ConfigType<Duration> duration(long bare, Duration least, Duration most) {
    return new ConfigType<>(
        "duration " + range(least, most, ConfigType::renderDuration),
        TIMES,
        text -> {
          Long millis = scaled(text, TIMES, bare);
          return millis == null || millis < least.toMillis() || millis > most.toMillis()
              ? null
              : Duration.ofMillis(millis);
        },
        ConfigType::renderDuration);
  }

  /**
   * {@return a value whose own type knows how it is written}
   *
   * @param description how it is written
   * @param parser reads it
   * @param <T> its type; {@code toString} writes it
   */
  public static <T> ConfigType<T> parsed(String description, Function<String, Optional<T>> parser) {
    return new ConfigType<>(
        description, Written.TEXT, text -> parser.apply(text).orElse(null), String::valueOf);
  }

  /**
   * {@return a text}
   *
   * @param description what it must be
   * @param rule tells whether a text is one
   */
  public static ConfigType<String> text(String description, Function<String, Boolean> rule) {
    return new ConfigType<>(
        description, Written.TEXT, text -> rule.apply(text) ? text : null, text -> text);
  }

  /**
   * {@return a text that a file may write without quotes whatever it looks like}
   *
   * @param description what it must be
   * @param rule tells whether a text is one
   */
  public static ConfigType<String> scalar(String description, Function<String, Boolean> rule) {
    return new ConfigType<>(
        description, Written.SCALAR, text -> rule.apply(text) ? text : null, text -> text);
  }

  /**
   * {@return values of another type: a sequence in a file, separated by commas in a variable or a
   * flag}
   *
   * @param element the type of each
   * @param <T> their Java type
   */
  public static <T> ConfigType<List<T>> list(ConfigType<T> element) {
    return new ConfigType<>(
        "list of " + element.description + ", in variables separated by commas",
        Written.LIST,
        List.of(),
        text -> text.isEmpty() ? List.of() : all(separated(text), element::parse),
        node -> all(node.valueStream().toList(), element::read),
        values -> values.stream().map(element::render).collect(Collectors.joining(", ")),
        element);
  }

  private static List<String> separated(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).toList();
  }

  /** {@return what each becomes, null if one becomes nothing} */
  private static <F, T> @Nullable List<T> all(List<F> from, Function<F, @Nullable T> read) {
    List<T> values = new ArrayList<>();
    for (F each : from) {
      T value = each.equals("") ? null : read.apply(each);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return List.copyOf(values);
  }

  /** {@return an absolute URL} */
  public static ConfigType<URI> url() {
    return parsed(
        "URL",
        text -> {
          try {
            URI url = new URI(text);
            return url.isAbsolute() ? Optional.of(url) : Optional.empty();
          } catch (URISyntaxException invalid) {
            return Optional.empty();
          }
        });
  }

  /**
   * {@return a value of another type, or none where nothing is given}
   *
   * @param given the type of what is given
   * @param <T> its Java type
   */
  public static <T> ConfigType<Optional<T>> optional(ConfigType<T> given) {
    return new ConfigType<>(
        given.description,
        given.written,
        given.units,
        text -> {
          if (text.isEmpty()) {
            return Optional.empty();
          }
          T value = given.parser.apply(text);
          return value == null ? null : Optional.of(value);
        },
        _ -> null,
        value -> value.map(given::render).orElse(""),
        null);
  }

  /**
   * {@return these values, written in a way of their own}
   *
   * @param otherRenderer writes one
   */
  public ConfigType<T> renderedBy(Function<T, String> otherRenderer) {
    return new ConfigType<>(description, written, units, parser, sequence, otherRenderer, element);
  }

  /** {@return the path of a file, relative to the working directory, or none} */
  public static ConfigType<Optional<Path>> file() {
    return new ConfigType<>(
        "path of a file, or nothing",
        Written.TEXT,
        text -> {
          try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
          } catch (InvalidPathException e) {
            return null;
          }
        },
        path -> path.map(Path::toString).orElse(""));
  }

  /** {@return the path of an endpoint, or none} */
  public static ConfigType<Optional<String>> endpoint() {
    return new ConfigType<>(
        "path starting with `/`, or `" + OFF + "`",
        Written.TEXT,
        text -> {
          if (text.equals(OFF)) {
            return Optional.empty();
          }
          return isPath(text) ? Optional.of(text) : null;
        },
        path -> path.orElse(OFF));
  }

  /**
   * Unreserved characters of RFC 3986 only, so that the raw path of a request compares as it is.
   */
  private static boolean isPath(String text) {
    boolean sound = text.length() > 1 && text.charAt(0) == '/' && !text.endsWith("/");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      sound &=
          c == '/'
              || c == '-'
              || c == '.'
              || c == '_'
              || c == '~'
              || (c < 128 && Character.isLetterOrDigit(c));
    }
    return sound && Arrays.stream(text.substring(1).split("/", -1)).noneMatch(ConfigType::isDots);
  }

  private static boolean isDots(String segment) {
    return segment.isEmpty() || segment.equals(".") || segment.equals("..");
  }

  /** {@return what values there are, for the reference, which explains units once for all} */
  public String description() {
    return description;
  }

  /** {@return what values there are, units included, for messages} */
  public String explanation() {
    return units.isEmpty()
        ? description
        : description + ", a bare number or one with " + words(units);
  }

  /**
   * {@return the value, or null if the text is none}
   *
   * @param text as in a variable or a flag
   */
  public @Nullable T parse(String text) {
    return parser.apply(text.strip());
  }

  /**
   * {@return the value, or null if the node is none}
   *
   * @param node as in a file
   */
  public @Nullable T read(JsonNode node) {
    if (written == Written.LIST && node.isArray()) {
      return sequence.apply(node);
    }
    boolean fits =
        switch (written) {
          case BOOLEAN -> node.isBoolean();
          case NUMBER -> node.isIntegralNumber();
          case NUMBER_OR_TEXT -> node.isNumber() || node.isString();
          case SCALAR -> node.isNumber() || node.isBoolean() || node.isString();
          case TEXT, LIST -> node.isString();
        };
    return fits ? parse(node.asString()) : null;
  }

  /** {@return the type of each value of a list, null for anything else} */
  @Nullable ConfigType<?> element() {
    return element;
  }

  /** {@return which texts of a list, in a variable or a flag, are no values} */
  List<String> misfits(String text) {
    ConfigType<?> each = element;
    return each == null
        ? List.of()
        : separated(text.strip()).stream()
            .filter(one -> one.isEmpty() || each.parse(one) == null)
            .toList();
  }

  /** {@return at which positions of a sequence in a file there are no values of a list} */
  List<Integer> misfits(JsonNode node) {
    ConfigType<?> each = element;
    if (each == null || !node.isArray()) {
      return List.of();
    }
    return IntStream.range(0, node.size())
        .filter(i -> each.read(node.get(i)) == null)
        .boxed()
        .toList();
  }

  /**
   * {@return the value as one would write it}
   *
   * @param value a value of this type
   */
  public String render(T value) {
    return renderer.apply(value);
  }

  private static <V> String range(V least, V most, Function<V, String> render) {
    return "from " + render.apply(least) + " to " + render.apply(most);
  }

  /** A number with one of the units, or a bare one times {@code bare}. */
  private static @Nullable Long scaled(String text, List<Unit> units, long bare) {
    int end = 0;
    while (end < text.length() && isNumeric(text.charAt(end))) {
      end++;
    }
    String word = text.substring(end).strip();
    String digits = text.substring(0, end);
    if (word.isEmpty()) {
      return whole(digits, bare);
    }
    for (Unit unit : units) {
      if (unit.word.equals(word)) {
        return whole(digits, unit.factor);
      }
    }
    return null;
  }

  private static boolean isNumeric(char c) {
    return (c >= '0' && c <= '9') || c == '.';
  }

  /** Decimal digits with an optional fraction, times a factor, when that is a whole number. */
  private static @Nullable Long whole(String digits, long factor) {
    if (digits.length() > MAX_DIGITS || !digits.chars().allMatch(c -> isNumeric((char) c))) {
      return null;
    }
    try {
      return new BigDecimal(digits).multiply(BigDecimal.valueOf(factor)).longValueExact();
    } catch (ArithmeticException | NumberFormatException notWhole) {
      return null;
    }
  }

  private static String words(List<Unit> units) {
    List<String> words = units.reversed().stream().map(unit -> '`' + unit.word + '`').toList();
    return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
  }

  private static String renderSize(int bytes) {
    return render(bytes, SIZES);
  }

  private static String renderDuration(Duration duration) {
    return render(duration.toMillis(), TIMES);
  }

  /** In the largest unit that needs no fraction. */
  private static String render(long amount, List<Unit> units) {
    for (Unit unit : units) {
      if (amount != 0 && amount % unit.factor == 0) {
        return amount / unit.factor + " " + unit.word;
      }
    }
    return String.valueOf(amount);
  }
}
