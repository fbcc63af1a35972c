package io.brrtrouter.server.decode;

import java.util.Set;

/**
 * The names under which the fields of one value are sent, and what decodes them.
 *
 * @param decoder takes the fields
 * @param kind how the names are formed
 * @param members the names of members, for {@link Kind#MEMBERS}
 * @param freeForm whether names nobody else claims are members too
 */
record Placement(FieldDecoder decoder, Kind kind, Set<String> members, boolean freeForm) {

  /** Ways to form the names of fields. */
  enum Kind {
    /** Every field has the value's own name. */
    OWN_NAME,
    /** Fields have the names of members. */
    MEMBERS,
    /** Fields have the value's own name followed by a member in brackets. */
    BRACKETS
  }

  static Placement ownName(FieldDecoder decoder) {
    return new Placement(decoder, Kind.OWN_NAME, Set.of(), false);
  }

  static Placement members(FieldDecoder decoder, Shape shape) {
    return new Placement(decoder, Kind.MEMBERS, shape.propertyNames(), shape.isFreeForm());
  }

  static Placement brackets(FieldDecoder decoder) {
    return new Placement(decoder, Kind.BRACKETS, Set.of(), false);
  }
}
