package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Encoding;
import io.brrtrouter.openapi.model.ParameterStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decodes {@code application/x-www-form-urlencoded} into an object (OpenAPI 3.1.1 section 4.8.15,
 * WHATWG URL section 5.1). A property with {@code style}, {@code explode} or {@code allowReserved}
 * in its Encoding Object is read as a query parameter of that style; any other by its {@code
 * contentType}, which by default is text for scalars and JSON for objects, an array being a field
 * for each item. Fields the schema does not name are members too, as texts unless {@code
 * additionalProperties} gives them a type. Immutable.
 */
final class FormFields {
  private final String[] names;

  /** For each name its columns, the first that was sent counting. */
  private final int[][] columns;

  private final int rest;
  private final FieldTable table;
  private final int limit;

  private FormFields(
      List<String> names, List<int[]> columns, int rest, FieldTable table, int limit) {
    this.names = names.toArray(String[]::new);
    this.columns = columns.toArray(int[][]::new);
    this.rest = rest;
    this.table = table;
    this.limit = limit;
  }

  static FormFields compile(
      Shape shape, Map<String, Encoding> encodings, Schemas schemas, FormLimits limits) {
    FieldTable.Builder table = new FieldTable.Builder(Percent.FORM, '&');
    ContentTable contents = new ContentTable(Percent.FORM, schemas, limits);
    List<String> names = new ArrayList<>(shape.propertyNames());
    List<int[]> columns = new ArrayList<>();
    for (String name : names) {
      Encoding encoding = encodings.get(name);
      List<Placement> placements =
          encoding != null && isStyled(encoding)
              ? styled(name, shape.property(name), encoding, Percent.FORM, schemas)
              : List.of(Placement.ownName(byContent(shape.property(name), encoding, contents)));
      columns.add(placements.stream().mapToInt(each -> table.add(name, each)).toArray());
    }
    int rest = table.add("", rest(shape.additionalProperty(), contents));
    return new FormFields(names, columns, rest, table.build(), limits.fields());
  }

  /** {@return whether a property is sent in a style, and not as a media type} */
  static boolean isStyled(Encoding encoding) {
    return encoding.style().isPresent()
        || encoding.explode().isPresent()
        || encoding.allowReserved();
  }

  /** {@return the fields of a property that is sent in a style} */
  static List<Placement> styled(
      String name, Shape shape, Encoding encoding, Percent percent, Schemas schemas) {
    ParameterStyle style = encoding.style().orElse(ParameterStyle.FORM);
    boolean explode = encoding.explode().orElse(style == ParameterStyle.FORM);
    return new StyleTable(name, shape, percent, false, false, schemas).fields(style, explode);
  }

  private static FieldDecoder byContent(
      Shape shape, @Nullable Encoding encoding, ContentTable contents) {
    Optional<String> mediaType =
        encoding == null ? Optional.empty() : encoding.contentType().map(FormFields::firstOf);
    boolean array = !shape.isUntyped() && shape.allows(Types.ARRAY);
    if (!array) {
      return new OneTextField(text(shape, mediaType, contents), false);
    }
    List<TextDecoder> prefix = new ArrayList<>();
    for (int i = 0; i < shape.prefix().size(); i++) {
      prefix.add(text(shape.item(i), mediaType, contents));
    }
    TextDecoder others = text(shape.item(Integer.MAX_VALUE), mediaType, contents);
    ArrayDecoder.Items items = new ArrayDecoder.Items(prefix, others);
    return shape.allows(Types.ANY & ~Types.ARRAY)
        ? new ChoiceField(
            text(shape.without(Types.ARRAY), mediaType, contents),
            items,
            contents.schemas().compile(shape.origin()))
        : new RepeatedField(items, false);
  }

  private static TextDecoder text(Shape shape, Optional<String> mediaType, ContentTable contents) {
    return mediaType
        .map(type -> contents.text(type, Map.of(), shape))
        .orElseGet(() -> contents.byType(shape));
  }

  /** A form field cannot say its media type, so the first that is allowed is meant. */
  private static String firstOf(String contentType) {
    return contentType.split(",", 2)[0].strip();
  }

  private static Placement rest(Shape additional, ContentTable contents) {
    FieldDecoder decoder;
    if (additional.isUntyped()) {
      TextDecoder text = ScalarDecoder.of(additional, Percent.FORM, contents.schemas());
      decoder = new ChoiceField(text, new ArrayDecoder.Items(List.of(), text), null);
    } else {
      decoder = byContent(additional, null, contents);
    }
    return new Placement(
        new SpreadObjectField(Map.of(), decoder), Placement.Kind.MEMBERS, Set.of(), true);
  }

  /** Decodes a form, one character per octet. */
  ObjectNode decode(String form, Flaws flaws) {
    FieldValues values = new FieldValues(table, limit);
    table.read(form, values);
    values.finish();
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    if (values.isOverflowing()) {
      flaws.add("limit", "has more than " + limit + " fields");
      return object;
    }
    values.nameless().forEach(flaws::add);
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      for (int column : columns[i]) {
        JsonNode value = values.value(column);
        if (value != null && !object.has(name)) {
          object.set(name, value);
        }
        values.flaws(column).forEach(flaw -> flaws.add(flaw.under(name)));
      }
    }
    JsonNode others = values.value(rest);
    if (others != null) {
      others.forEachEntry(object::putIfAbsent);
    }
    values.flaws(rest).forEach(flaws::add);
    return object;
  }
}
