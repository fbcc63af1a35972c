package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Encoding;
import io.brrtrouter.server.http.ContentType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parts as the members of an object, by their names (OpenAPI 3.1.1 section 4.8.14.4). An array
 * takes a part for each item; anything else takes one part. A property with {@code style}, {@code
 * explode} or {@code allowReserved} in its Encoding Object is text in that style, not
 * percent-encoded. Parts the schema does not name are members too. Immutable.
 */
final class NamedParts implements MultipartPlan {

  /** How many parts a member may have. */
  private enum Arity {
    /** One. */
    ONE,
    /** One for each item of an array. */
    EACH,
    /** One for a single value, more for an array. */
    EITHER
  }

  /** How the parts of a name become a value. */
  private record Member(Arity arity, PartItems items) {}

  private final Map<String, Member> members;
  private final Member rest;

  /** The properties that are text in a style, by column; one may have several. */
  private final List<String> styled;

  private final FieldTable table;

  private NamedParts(
      Map<String, Member> members, Member rest, List<String> styled, FieldTable table) {
    this.members = members;
    this.rest = rest;
    this.styled = List.copyOf(styled);
    this.table = table;
  }

  static NamedParts compile(
      Shape shape, Map<String, Encoding> encodings, Schemas schemas, FormLimits limits) {
    Map<String, Member> members = new HashMap<>();
    List<String> styled = new ArrayList<>();
    FieldTable.Builder table = new FieldTable.Builder(Percent.NONE, '&');
    for (String name : shape.propertyNames()) {
      Shape property = shape.property(name);
      Encoding encoding = encodings.get(name);
      if (encoding != null && FormFields.isStyled(encoding)) {
        for (Placement placement :
            FormFields.styled(name, property, encoding, Percent.NONE, schemas)) {
          table.add(name, placement);
          styled.add(name);
        }
      } else {
        members.put(name, member(property, encoding, schemas, limits));
      }
    }
    Member rest = member(shape.additionalProperty(), null, schemas, limits);
    return new NamedParts(members, rest, styled, table.build());
  }

  private static Member member(
      Shape shape, @Nullable Encoding encoding, Schemas schemas, FormLimits limits) {
    boolean array = !shape.isUntyped() && shape.allows(Types.ARRAY);
    boolean single = shape.allows(Types.ANY & ~(Types.ARRAY | Types.NULL));
    if (array && !single) {
      return new Member(Arity.EACH, PartItems.compile(shape, 0, i -> encoding, schemas, limits));
    }
    Shape one = array ? shape.without(Types.ARRAY) : shape;
    PartDecoder decoder = PartDecoder.compile(one, encoding, schemas, limits);
    Arity arity = array || shape.isUntyped() ? Arity.EITHER : Arity.ONE;
    return new Member(arity, new PartItems(List.of(), decoder));
  }

  @Override
  public boolean isFile(Part head) {
    return !head.isNoFile()
        && (members.containsKey(head.name()) || table.columnOf(head.name()) < 0)
        && members.getOrDefault(head.name(), rest).items.rest().isFile(head);
  }

  @Override
  public ObjectNode decode(List<Part> parts, Flaws flaws) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    Map<String, Integer> counts = new HashMap<>();
    FieldValues values = new FieldValues(table, parts.size());
    for (Part part : parts) {
      if (!part.isNoFile()) {
        // By the name alone: the text of a part that has no style may be a large file.
        int column = members.containsKey(part.name()) ? -1 : table.columnOf(part.name());
        if (column >= 0) {
          takeStyled(object, part, styled.get(column), values, flaws);
        } else {
          int before = flaws.size();
          take(object, part, counts.merge(part.name(), 1, Integer::sum), flaws);
          flaws.under(before, part.name());
        }
      }
    }
    addStyled(object, values, flaws);
    return object;
  }

  private void take(ObjectNode object, Part part, int count, Flaws flaws) {
    Member member = members.getOrDefault(part.name(), rest);
    if (count > 1 && member.arity == Arity.ONE) {
      flaws.addRepeated();
    } else if (count == 1 && member.arity != Arity.EACH) {
      object.set(part.name(), member.items.rest().decode(part, flaws));
    } else {
      JsonNode present = object.get(part.name());
      boolean begins = count == (member.arity == Arity.EACH ? 1 : 2);
      ArrayNode array =
          begins
              ? JsonNodeFactory.instance.arrayNode()
              : (ArrayNode) Objects.requireNonNull(present);
      if (begins && present != null) {
        array.add(present); // the only value so far turns out to be the first item
      }
      object.set(part.name(), array);
      member.items.append(array, part, flaws);
    }
  }

  private void takeStyled(
      ObjectNode object, Part part, String property, FieldValues values, Flaws flaws) {
    int before = flaws.size();
    String text = text(part, flaws);
    if (text == null) {
      flaws.under(before, property);
      object.put(property, ""); // it was sent, so it is not missing
    } else {
      table.offer(part.name(), text, values);
    }
  }

  /** The style says how it is read (OpenAPI 3.1.1 section 4.8.15.1), the part in which charset. */
  private static @Nullable String text(Part part, Flaws flaws) {
    String field = part.headers().get("Content-Type");
    Optional<ContentType> type =
        field == null ? Optional.of(PartDecoder.TEXT) : ContentType.parse(field);
    if (type.isEmpty()) {
      PartDecoder.addNoMediaType(flaws);
      return null;
    }
    return PartDecoder.text(part, type.get(), flaws);
  }

  private void addStyled(ObjectNode object, FieldValues values, Flaws flaws) {
    values.finish();
    for (int column = 0; column < styled.size(); column++) {
      String name = styled.get(column);
      JsonNode value = values.value(column);
      if (value != null && !object.has(name)) {
        object.set(name, value);
      }
      values.flaws(column).forEach(flaw -> flaws.add(flaw.under(name)));
    }
  }
}
