package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.chain;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Declaration.Alternative;
import io.brrtrouter.codegen.model.Declaration.Kind;
import io.brrtrouter.codegen.model.Declaration.ObjectRecord;
import io.brrtrouter.codegen.model.Declaration.Tag;
import io.brrtrouter.codegen.model.Declaration.TextEnum;
import io.brrtrouter.codegen.model.Declaration.Union;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Operation.Outcome;
import io.brrtrouter.codegen.model.Operation.Status;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Rest;
import io.brrtrouter.codegen.model.Sample;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.print.Layout.Piece;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON values as the Java that makes them: constructors and builders of the generated types. What
 * cannot be written so, or would fill pages, is read from its JSON text.
 */
final class Expressions {
  /** A string of octets has a character for each. */
  private static final int LAST_OCTET = 0xFF;

  /** Longer JSON is easier to read than the Java for it. */
  private static final int LONGEST_JSON = 3_000;

  /** Constants in class files have at most 65,535 bytes. */
  private static final int LONGEST_TEXT = 60_000;

  private static final int ENTRIES_OF_MAP = 10;

  private static final String EVENT_DATA = "data";

  private final Printing printing;
  private final JavaFile file;
  private final Literals literals;

  /** Java has no expression for a value. */
  private static class Unwritable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unwritable() {
      super(null, null, false, false);
    }
  }

  /** A text is not the JSON that it must be, so that a codec would refuse it too. */
  private static final class NotJson extends Unwritable {
    private static final long serialVersionUID = 1L;
  }

  Expressions(Printing printing, JavaFile file) {
    this.printing = printing;
    this.file = file;
    this.literals = new Literals(printing, file);
  }

  /** {@return the expression that makes an answer, if there is one} */
  Optional<Piece> answer(Operation operation, Sample.Answer answer) {
    String type = file.use(operation.response().name().qualified()) + "." + answer.outcome().name();
    if (answer.outcome().conversation().isPresent()) {
      Piece refusal = ConversationPrinter.unwritten(operation.handlerName());
      return writable(() -> outcome(type, answer, List.of(plain("body", refusal))));
    }
    if (answer.outcome().content().isEmpty()) {
      return writable(() -> outcome(type, answer, List.of()));
    }
    Content content = answer.outcome().content().get();
    for (JsonNode body : answer.bodies()) {
      Optional<Piece> found =
          writable(() -> outcome(type, answer, List.of(argument("body", content, body))));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** {@return whether an answer of items has any: else none is known that can be written} */
  boolean hasItems(Operation operation, Sample.Answer answer) {
    List<JsonNode> some = answer.bodies().stream().filter(body -> !body.isEmpty()).toList();
    Sample.Answer full =
        new Sample.Answer(answer.outcome(), answer.status(), some, answer.headers());
    return !some.isEmpty() && answer(operation, full).isPresent();
  }

  private static Optional<Piece> writable(Supplier<Piece> expression) {
    try {
      return Optional.of(expression.get());
    } catch (Unwritable none) {
      return Optional.empty();
    }
  }

  /** What a constructor or builder is given for a component; null where it may be left out. */
  private record Argument(String name, @Nullable Piece value, boolean named) {}

  private Piece outcome(String type, Sample.Answer answer, List<Argument> body) {
    List<Argument> arguments = new ArrayList<>();
    Outcome outcome = answer.outcome();
    if (!(outcome.status() instanceof Status.Exactly)) {
      arguments.add(plain("status", word(String.valueOf(answer.status()))));
    }
    arguments.addAll(body);
    for (int i = 0; i < outcome.headers().size(); i++) {
      Component component = outcome.headers().get(i).component();
      arguments.add(argument(component, answer.headers().get(i).orElse(null)));
    }
    return construct(type, arguments);
  }

  private Argument argument(String name, Content content, JsonNode body) {
    Value value = content.value();
    if (content.kind() == Content.Kind.ITEMS) {
      return plain(name, items(content, body));
    }
    if (content.kind() == Content.Kind.JSON && body.toString().length() > LONGEST_JSON) {
      return plain(name, parsed(content, body));
    }
    try {
      return plain(name, value(value, body));
    } catch (Unwritable none) {
      return plain(name, parsed(content, body));
    }
  }

  private static Argument plain(String name, Piece value) {
    return new Argument(name, value, false);
  }

  private Piece items(Content content, JsonNode body) {
    List<Piece> items = new ArrayList<>();
    for (JsonNode item : body) {
      items.add(item(content, item));
    }
    return call(
        file.use("io.brrtrouter.schema.stream.Items") + ".of",
        List.of(call(file.use("java.util.List") + ".of", items)));
  }

  private Piece item(Content content, JsonNode item) {
    if (item.toString().length() > LONGEST_JSON) {
      return parsed(content, item);
    }
    try {
      return value(content.item(), item);
    } catch (NotJson refused) {
      throw refused;
    } catch (Unwritable none) {
      return parsed(content, item);
    }
  }

  /** A value, or one item, read from its JSON text. */
  private Piece parsed(Content content, JsonNode body) {
    String json = body.toString();
    boolean coded = content.kind() == Content.Kind.JSON || content.kind() == Content.Kind.ITEMS;
    if (!coded || json.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT) {
      throw new Unwritable();
    }
    String codec = content.binding().orElseThrow(Unwritable::new).codec().qualified();
    return call(
        file.use("io.brrtrouter.schema.codec.Json") + ".constant",
        file.use(codec) + ".INSTANCE",
        Literals.string(json));
  }

  private Piece construct(String type, List<Argument> arguments) {
    if (arguments.size() < 2 && arguments.stream().noneMatch(Argument::named)) {
      return call("new " + type, arguments.stream().flatMap(Expressions::given).toList());
    }
    List<Piece> calls = new ArrayList<>();
    for (Argument argument : arguments) {
      if (argument.value() != null) {
        calls.add(call("." + argument.name(), List.of(argument.value())));
      }
    }
    calls.add(word(".build()"));
    return chain(word(type + ".builder()"), calls);
  }

  private static Stream<Piece> given(Argument argument) {
    return Stream.ofNullable(argument.value());
  }

  private Argument argument(Component component, @Nullable JsonNode json) {
    Value value = component.value();
    JsonNode given = json;
    if (given == null && component.presence() instanceof Presence.Defaulted(JsonNode otherwise)) {
      boolean known =
          otherwise.isNull() || literals.of(component.value().type(), otherwise).isPresent();
      given = known ? null : otherwise;
    }
    Piece piece =
        switch (component.form()) {
          case PLAIN -> given == null ? null : of(value.type(), given);
          case NULLABLE -> given == null || isNull(value, given) ? null : of(value.type(), given);
          case FIELD -> {
            String field = file.use(TypeText.FIELD);
            yield given == null
                ? null
                : isNull(value, given)
                    ? word(field + ".ofNull()")
                    : call(field + ".of", List.of(of(value.type(), given)));
          }
        };
    boolean isNeeded = component.presence() instanceof Presence.Required;
    if (piece == null && isNeeded && component.form() == Component.Form.PLAIN) {
      throw new Unwritable();
    }
    return new Argument(component.name(), piece, true);
  }

  private static boolean isNull(Value value, JsonNode json) {
    return value.nullable() && json.isNull();
  }

  private Piece value(Value value, JsonNode json) {
    return isNull(value, json) ? word("null") : of(value.type(), json);
  }

  private Piece of(JavaType type, JsonNode json) {
    return switch (type) {
      case JavaType.Simple(Scalar scalar) -> scalar(scalar, json);
      case JavaType.Declared(var name) ->
          switch (printing.known().get(name)) {
            case TextEnum text -> constant(text, json);
            case ObjectRecord record -> record(record, json);
            case Union union -> union(union, json);
            case null -> throw new Unwritable();
          };
      case JavaType.ListOf(Value items) -> list(items, json);
      case JavaType.MapOf(Value values) -> map(values, json, any -> true);
      case JavaType.JsonText(Value value) -> value(value, parsed(json));
      case JavaType.ItemsOf(Value items) ->
          throw new IllegalStateException("items within a value: " + items);
      case JavaType.Tree() ->
          chain(
              word(file.use("tools.jackson.databind.json.JsonMapper") + ".shared()"),
              List.of(call(".readTree", text(json.toString()))));
    };
  }

  /** {@return the JSON value that a text has} */
  private static JsonNode parsed(JsonNode text) {
    demand(text.isString());
    try {
      return JsonMapper.shared().readTree(text.stringValue());
    } catch (JacksonException none) {
      throw new NotJson();
    }
  }

  private static String text(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT) {
      throw new Unwritable();
    }
    return Literals.string(text);
  }

  private Piece constant(TextEnum text, JsonNode json) {
    demand(json.isString());
    Optional<String> known = literals.of(new JavaType.Declared(text.name()), json);
    if (known.isPresent()) {
      int dot = known.get().lastIndexOf('.');
      return chain(word(known.get().substring(0, dot)), List.of(word(known.get().substring(dot))));
    }
    demand(text.open());
    return call("new " + file.use(text.name().qualified()) + ".Other", text(json.stringValue()));
  }

  private static void demand(boolean holds) {
    if (!holds) {
      throw new Unwritable();
    }
  }

  private Piece record(ObjectRecord record, JsonNode json) {
    demand(json.isObject());
    List<Argument> arguments = new ArrayList<>();
    for (Component component : record.components()) {
      arguments.add(argument(component, json.get(component.property())));
    }
    if (record.rest() instanceof Rest.Kept(String name, Value values)) {
      Set<String> own =
          Stream.of(
                  record.components().stream().map(Component::property),
                  record.constants().stream().map(each -> each.property()),
                  record.dropped().stream())
              .flatMap(each -> each)
              .collect(Collectors.toSet());
      boolean any = json.propertyStream().anyMatch(each -> !own.contains(each.getKey()));
      Piece rest = any ? map(values, json, each -> !own.contains(each)) : null;
      arguments.add(new Argument(name, rest, true));
    }
    return construct(file.use(record.name().qualified()), arguments);
  }

  private Piece union(Union union, JsonNode json) {
    Alternative alternative = union.alternatives().get(index(union.tag(), json));
    Value value = alternative.value();
    return alternative
        .wrapper()
        .map(wrapper ->
            call(
                "new " + file.use(union.name().qualified()) + "." + wrapper,
                List.of(value(value, json))))
        .orElseGet(() -> of(value.type(), json));
  }

  private static int index(Tag tag, JsonNode json) {
    Integer index =
        switch (tag) {
          case Tag.ByProperty(String property, Map<JsonNode, Integer> values, var _) ->
              json.get(property) == null ? null : values.get(json.get(property));
          case Tag.ByKind(Map<Kind, Integer> kinds) -> kinds.get(kind(json));
          // Only a decoder can try.
          case Tag.ByTrial _ -> null;
          case Tag.ByPresence(Map<String, Integer> properties, Optional<Integer> otherwise) ->
              properties.entrySet().stream()
                  .filter(each -> json.has(each.getKey()))
                  .map(Map.Entry::getValue)
                  .findFirst()
                  .or(() -> otherwise)
                  .orElse(null);
        };
    if (index == null) {
      throw new Unwritable();
    }
    return index;
  }

  private static Kind kind(JsonNode json) {
    return switch (json.getNodeType()) {
      case OBJECT -> Kind.OBJECT;
      case ARRAY -> Kind.ARRAY;
      case STRING -> Kind.STRING;
      case NUMBER -> Kind.NUMBER;
      case BOOLEAN -> Kind.BOOLEAN;
      default -> throw new Unwritable();
    };
  }

  private Piece list(Value items, JsonNode json) {
    demand(json.isArray());
    List<Piece> elements = new ArrayList<>();
    boolean nulls = false;
    for (JsonNode item : json) {
      nulls |= isNull(items, item);
      elements.add(value(items, item));
    }
    if (!nulls) {
      return call(file.use("java.util.List") + ".of", elements);
    }
    // One null alone would be taken for the array of all elements.
    demand(elements.size() > 1);
    return call(file.use("java.util.Arrays") + ".asList", elements);
  }

  private Piece map(Value values, JsonNode json, Predicate<String> wanted) {
    demand(json.isObject());
    String map = file.use("java.util.Map");
    List<List<Piece>> entries = new ArrayList<>();
    json.forEachEntry((name, value) -> {
      if (wanted.test(name)) {
        demand(!isNull(values, value));
        entries.add(List.of(word(text(name)), of(values.type(), value)));
      }
    });
    return entries.size() > ENTRIES_OF_MAP
        ? call(
            map + ".ofEntries", entries.stream().map(each -> call(map + ".entry", each)).toList())
        : call(map + ".of", entries.stream().flatMap(List::stream).toList());
  }

  private Piece scalar(Scalar scalar, JsonNode json) {
    boolean fits =
        switch (scalar) {
          case BOOLEAN -> json.isBoolean();
          case EVENT -> json.path(EVENT_DATA).isString() && json.size() == 1;
          default -> scalar.isNumber() ? json.isNumber() : json.isString();
        };
    demand(fits);
    return switch (scalar) {
      case INT -> word(String.valueOf(integer(json, 31)));
      case LONG, INTEGER -> word(integer(json, 63) + "L");
      case BIG_INTEGER -> call("new " + file.use(scalar.type()), "\"" + integer(json, 2000) + "\"");
      case FLOAT -> word(finite(json.decimalValue().floatValue()) + "f");
      case DOUBLE -> word(String.valueOf(finite(json.decimalValue().doubleValue())));
      case BIG_DECIMAL -> call("new " + file.use(scalar.type()), "\"" + json.decimalValue() + "\"");
      case BOOLEAN -> word(String.valueOf(json.booleanValue()));
      case STRING -> word(text(json.stringValue()));
      case DECIMAL_TEXT -> call("new " + file.use(scalar.type()), text(json.stringValue()));
      case DATE_TIME -> parsed(scalar, "parse", OffsetDateTime::parse, json);
      case DATE -> parsed(scalar, "parse", LocalDate::parse, json);
      case UUID -> parsed(scalar, "fromString", UUID::fromString, json);
      case URI -> parsed(scalar, "create", Expressions::uri, json);
      case BASE64 -> {
        demand(isBase64(json.stringValue()));
        yield chain(
            word(file.use("java.util.Base64") + ".getDecoder()"),
            List.of(call(".decode", text(json.stringValue()))));
      }
      // Answers have no parts, and are not streamed.
      case FILE, STREAM -> throw new Unwritable();
      case EVENT -> call(file.use(scalar.type()) + ".of", text(json.get(EVENT_DATA).stringValue()));
      case BINARY -> {
        demand(json.stringValue().chars().allMatch(each -> each <= LAST_OCTET));
        yield chain(
            word(text(json.stringValue())),
            List.of(
                call(".getBytes", file.use("java.nio.charset.StandardCharsets") + ".ISO_8859_1")));
      }
    };
  }

  private static BigInteger integer(JsonNode json, int bits) {
    try {
      demand(Math.abs((long) json.decimalValue().scale()) < 1_000);
      BigInteger integer = json.decimalValue().toBigIntegerExact();
      demand(integer.bitLength() <= bits);
      return integer;
    } catch (ArithmeticException fraction) {
      throw new Unwritable();
    }
  }

  private static float finite(float number) {
    demand(Float.isFinite(number));
    return number;
  }

  private static double finite(double number) {
    demand(Double.isFinite(number));
    return number;
  }

  /** A call that the value was tried with. */
  private Piece parsed(Scalar scalar, String method, Function<String, ?> parser, JsonNode json) {
    try {
      Object _ = parser.apply(json.stringValue());
    } catch (DateTimeException | IllegalArgumentException refused) {
      throw new Unwritable();
    }
    return call(file.use(scalar.type()) + "." + method, text(json.stringValue()));
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException invalid) {
      throw new IllegalArgumentException(invalid);
    }
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException invalid) {
      return false;
    }
  }
}
