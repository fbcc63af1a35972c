package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.ParameterStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of styles (OpenAPI 3.1.1 section 4.8.12.4, Style Examples) for one value: which decoder
 * reads it. {@link #text} is for places that hold one text, {@link #fields} for places that hold
 * named fields.
 *
 * @param name the parameter's or property's name
 * @param shape what the value can be
 * @param percent how octets are written in the place
 * @param trim whether white space around items is no part of them
 * @param emptyIsUnused {@code allowEmptyValue}
 * @param schemas compiles schemas that choose between readings
 */
record StyleTable(
    String name,
    Shape shape,
    Percent percent,
    boolean trim,
    boolean emptyIsUnused,
    Schemas schemas) {

  /** Nesting of brackets that is read; deeper members have no schema a client could know. */
  private static final int MAX_BRACKETS = 6;

  /** {@return the decoder of a text in a path segment or header field} */
  TextDecoder text(ParameterStyle style, boolean explode) {
    if (!mayBeStructured() && style != ParameterStyle.MATRIX && style != ParameterStyle.LABEL) {
      return scalar();
    }
    Separator own = Separator.matrix(name);
    return switch (style) {
      case MATRIX ->
          explode
              ? choose(
                  named(own, scalar()),
                  named(own, array(own)),
                  after(Separator.SEMICOLON, ";", pairs(Separator.SEMICOLON)),
                  own)
              : choose(
                  named(own, scalar()),
                  named(own, array(Separator.COMMA)),
                  named(own, alternating(Separator.COMMA)),
                  Separator.COMMA);
      case LABEL ->
          explode
              ? choose(
                  after(Separator.DOT, ".", scalar()),
                  after(Separator.DOT, ".", array(Separator.DOT)),
                  after(Separator.DOT, ".", pairs(Separator.DOT)),
                  Separator.DOT)
              : choose(
                  after(Separator.DOT, ".", scalar()),
                  after(Separator.DOT, ".", array(Separator.COMMA)),
                  after(Separator.DOT, ".", alternating(Separator.COMMA)),
                  Separator.COMMA);
      case SIMPLE, FORM, COOKIE, DEEP_OBJECT -> delimited(Separator.COMMA, explode);
      case SPACE_DELIMITED -> delimited(Separator.SPACE, explode);
      case PIPE_DELIMITED -> delimited(Separator.PIPE, explode);
    };
  }

  /** {@return the decoders of fields in a query, a form or a cookie header} */
  List<Placement> fields(ParameterStyle style, boolean explode) {
    return switch (style) {
      case DEEP_OBJECT -> List.of(Placement.brackets(deepObject(shape, MAX_BRACKETS)));
      case MATRIX, LABEL, SIMPLE, FORM, COOKIE, SPACE_DELIMITED, PIPE_DELIMITED ->
          explode
              ? exploded()
              : List.of(Placement.ownName(new OneTextField(text(style, false), emptyIsUnused)));
    };
  }

  private TextDecoder delimited(Separator separator, boolean explode) {
    return choose(
        scalar(), array(separator), explode ? pairs(separator) : alternating(separator), separator);
  }

  private List<Placement> exploded() {
    List<Placement> placements = new ArrayList<>();
    if (shape.isUntyped()
        || !shape.allows(Types.OBJECT)
        || shape.allows(Types.SCALAR | Types.ARRAY)) {
      placements.add(Placement.ownName(member(shape, emptyIsUnused)));
    }
    if (!shape.isUntyped() && shape.allows(Types.OBJECT)) {
      placements.add(Placement.members(spreadObject(), shape));
    }
    return placements;
  }

  /** One field for a scalar, one for each item of an array. */
  private FieldDecoder member(Shape member, boolean unusedWhenEmpty) {
    TextDecoder scalar = ScalarDecoder.of(member, percent, schemas);
    if (member.isUntyped() || !member.allows(Types.ARRAY)) {
      return new OneTextField(scalar, unusedWhenEmpty);
    }
    ArrayDecoder.Items items = ArrayDecoder.Items.of(member, percent, schemas);
    return member.allows(Types.SCALAR)
        ? new ChoiceField(scalar, items, schemas.compile(member.origin()))
        : new RepeatedField(items, unusedWhenEmpty);
  }

  private FieldDecoder spreadObject() {
    Map<String, FieldDecoder> members = new HashMap<>();
    for (String property : shape.propertyNames()) {
      members.put(property, member(shape.property(property), false));
    }
    return new SpreadObjectField(Map.copyOf(members), rest(shape));
  }

  private FieldDecoder deepObject(Shape object, int brackets) {
    Map<String, FieldDecoder> members = new HashMap<>();
    for (String property : object.propertyNames()) {
      Shape member = object.property(property);
      boolean nested = !member.isUntyped() && member.allows(Types.OBJECT) && brackets > 1;
      members.put(property, nested ? deepObject(member, brackets - 1) : member(member, false));
    }
    return new DeepObjectField(Map.copyOf(members), rest(object));
  }

  /** Members without a name in the schema: as it says, else texts as they come. */
  private FieldDecoder rest(Shape object) {
    Shape additional = object.additionalProperty();
    if (!additional.isUntyped()) {
      return member(additional, false);
    }
    TextDecoder text = ScalarDecoder.of(additional, percent, schemas);
    return new ChoiceField(text, new ArrayDecoder.Items(List.of(), text), null);
  }

  private TextDecoder scalar() {
    return ScalarDecoder.of(shape, percent, schemas);
  }

  private TextDecoder array(Separator separator) {
    return new ArrayDecoder(separator, ArrayDecoder.Items.of(shape, percent, schemas), trim);
  }

  private TextDecoder pairs(Separator separator) {
    return new ObjectDecoder(separator, true, Members.of(shape, percent, schemas), percent, trim);
  }

  private TextDecoder alternating(Separator separator) {
    return new ObjectDecoder(separator, false, Members.of(shape, percent, schemas), percent, trim);
  }

  private TextDecoder named(Separator prefix, TextDecoder rest) {
    return new PrefixDecoder(prefix, ";" + name, ";" + name + "=", rest);
  }

  private static TextDecoder after(Separator prefix, String spelling, TextDecoder rest) {
    return new PrefixDecoder(prefix, spelling, spelling, rest);
  }

  private boolean mayBeStructured() {
    return !shape.isUntyped() && shape.allows(Types.ARRAY | Types.OBJECT);
  }

  /** The column of the table: by what the schema allows. */
  private TextDecoder choose(
      TextDecoder scalar, TextDecoder array, TextDecoder object, Separator separator) {
    if (!mayBeStructured()) {
      return scalar;
    }
    List<TextDecoder> structures = new ArrayList<>();
    if (shape.allows(Types.ARRAY)) {
      structures.add(array);
    }
    if (shape.allows(Types.OBJECT)) {
      structures.add(object);
    }
    boolean alsoScalar = shape.allows(Types.SCALAR);
    return structures.size() == 1 && !alsoScalar
        ? structures.getFirst()
        : new ChoiceDecoder(
            alsoScalar ? scalar : null, structures, separator, schemas.compile(shape.origin()));
  }
}
