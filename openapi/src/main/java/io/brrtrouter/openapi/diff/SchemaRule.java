package io.brrtrouter.openapi.diff;

/**
 * Rules on schemas, in each direction: what requests may hold must not shrink, what responses may
 * hold must not grow.
 */
enum SchemaRule implements ChangeRule {
  REQUEST_TYPE_NARROWED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a type is no longer taken",
      "Requests with a value of it are refused"),
  REQUEST_TYPE_WIDENED(
      Direction.REQUEST, Impact.COMPATIBLE, "one more type is taken", "The others still are"),
  RESPONSE_TYPE_WIDENED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "one more type may be sent",
      "Clients cannot read a value of it"),
  RESPONSE_TYPE_NARROWED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "a type is no longer sent",
      "Clients can read the others"),
  REQUEST_NULL_NO_LONGER_ALLOWED(
      Direction.REQUEST,
      Impact.BREAKING,
      "null is no longer taken",
      "Requests with it are refused"),
  REQUEST_NULL_ALLOWED(
      Direction.REQUEST, Impact.COMPATIBLE, "null is taken", "Other values still are"),
  RESPONSE_NULL_ADDED(
      Direction.RESPONSE, Impact.BREAKING, "null may be sent", "Clients expect a value"),
  RESPONSE_NULL_REMOVED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "null is no longer sent",
      "Clients can read the other values"),
  REQUEST_ENUM_VALUE_REMOVED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a value of an enum is no longer taken",
      "Requests with it are refused"),
  REQUEST_ENUM_VALUE_ADDED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "one more value of an enum is taken",
      "The others still are"),
  RESPONSE_ENUM_VALUE_ADDED(
      Direction.RESPONSE,
      Impact.RISKY,
      "one more value of an enum may be sent",
      "Clients that know the others only may refuse it"),
  RESPONSE_ENUM_VALUE_REMOVED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "a value of an enum is no longer sent",
      "Clients know the others"),
  REQUEST_ENUM_ADDED(
      Direction.REQUEST,
      Impact.BREAKING,
      "only certain values are taken, any of the type were before",
      "Requests with others are refused"),
  REQUEST_ENUM_REMOVED(
      Direction.REQUEST, Impact.COMPATIBLE, "an enum was lifted", "Its values still are taken"),
  RESPONSE_ENUM_REMOVED(
      Direction.RESPONSE,
      Impact.RISKY,
      "an enum was lifted",
      "Clients that know its values only may refuse others"),
  RESPONSE_ENUM_ADDED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "only certain values are sent, any of the type could be before",
      "Clients can read all"),
  REQUEST_CONST_CHANGED(
      Direction.REQUEST,
      Impact.BREAKING,
      "the only value that is taken changed",
      "Requests with the old one are refused"),
  RESPONSE_CONST_CHANGED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "the only value that is sent changed",
      "Clients know the old one only"),
  REQUEST_FORMAT_NARROWED(
      Direction.REQUEST,
      Impact.BREAKING,
      "strings or numbers must have a format, or one with fewer values",
      "Requests with others are refused"),
  REQUEST_FORMAT_WIDENED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "a format was lifted, or has more values",
      "The values of before still are taken"),
  RESPONSE_FORMAT_WIDENED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "a format was lifted, or has more values",
      "Clients that read values by their format cannot read all"),
  RESPONSE_FORMAT_NARROWED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "values have a format, or one with fewer values",
      "Clients can read them as before"),
  REQUEST_FORMAT_CHANGED(
      Direction.REQUEST,
      Impact.RISKY,
      "the format changed to one that cannot be compared",
      "Values of the old one may be refused"),
  RESPONSE_FORMAT_CHANGED(
      Direction.RESPONSE,
      Impact.RISKY,
      "the format changed to one that cannot be compared",
      "Clients may not be able to read the new one"),
  REQUEST_PATTERN_ADDED(
      Direction.REQUEST,
      Impact.BREAKING,
      "strings must match a pattern",
      "Requests with others are refused"),
  REQUEST_PATTERN_REMOVED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "a pattern was lifted",
      "Strings that matched are still taken"),
  RESPONSE_PATTERN_REMOVED(
      Direction.RESPONSE,
      Impact.RISKY,
      "a pattern was lifted",
      "Clients that count on it may meet other strings"),
  RESPONSE_PATTERN_ADDED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "strings match a pattern",
      "They are such as could be sent before"),
  REQUEST_PATTERN_CHANGED(
      Direction.REQUEST,
      Impact.RISKY,
      "a pattern changed",
      "Whether all strings that matched still do cannot be decided"),
  RESPONSE_PATTERN_CHANGED(
      Direction.RESPONSE,
      Impact.RISKY,
      "a pattern changed",
      "Whether only strings that matched before do cannot be decided"),
  REQUEST_VALUES_UNDECIDED(
      Direction.REQUEST,
      Impact.RISKY,
      "a bound, pattern or format became stricter, but no value was found that only it refuses",
      "Other keywords may exclude such values already, or none was found"),
  REQUEST_UNIQUE_ITEMS_ADDED(
      Direction.REQUEST,
      Impact.BREAKING,
      "items must differ",
      "Arrays that repeat an item are refused"),
  REQUEST_UNIQUE_ITEMS_REMOVED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "items may repeat",
      "Arrays without repetition are still taken"),
  RESPONSE_UNIQUE_ITEMS_REMOVED(
      Direction.RESPONSE,
      Impact.RISKY,
      "items may repeat",
      "Clients that make a set of them lose some"),
  RESPONSE_UNIQUE_ITEMS_ADDED(
      Direction.RESPONSE, Impact.COMPATIBLE, "items differ", "Clients can read such arrays"),
  REQUEST_MULTIPLE_OF_NARROWED(
      Direction.REQUEST,
      Impact.BREAKING,
      "numbers must be multiples of another number",
      "Requests with others are refused"),
  REQUEST_MULTIPLE_OF_WIDENED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "more numbers are multiples",
      "The others still are taken"),
  RESPONSE_MULTIPLE_OF_WIDENED(
      Direction.RESPONSE,
      Impact.RISKY,
      "more numbers are multiples",
      "Clients that count on the step may meet others"),
  RESPONSE_MULTIPLE_OF_NARROWED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "fewer numbers are multiples",
      "Clients can read them"),
  REQUEST_REQUIRED_PROPERTY_ADDED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a required property was added",
      "Requests without it are refused"),
  REQUEST_PROPERTY_ADDED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "an optional property was added",
      "Requests need not have it"),
  REQUEST_PROPERTY_BECAME_REQUIRED(
      Direction.REQUEST,
      Impact.BREAKING,
      "an optional property became required",
      "Requests without it are refused"),
  REQUEST_PROPERTY_BECAME_OPTIONAL(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "a required property became optional",
      "Requests that have it are as good as before"),
  REQUEST_PROPERTY_REMOVED(
      Direction.REQUEST,
      Impact.RISKY,
      "a property was removed",
      "It is still taken, but it means nothing any more"),
  REQUEST_PROPERTY_NO_LONGER_ALLOWED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a property was removed from an object that takes no others",
      "Requests with it are refused"),
  REQUEST_PROPERTY_BECAME_READ_ONLY(
      Direction.REQUEST,
      Impact.RISKY,
      "a property became readOnly",
      "What clients send in it is dropped"),
  REQUEST_PROPERTY_NO_LONGER_READ_ONLY(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "a property is no longer readOnly",
      "Requests may have it"),
  RESPONSE_REQUIRED_PROPERTY_REMOVED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "a required property was removed",
      "Clients count on it"),
  RESPONSE_PROPERTY_REMOVED(
      Direction.RESPONSE,
      Impact.RISKY,
      "an optional property was removed",
      "Clients may use it when it is there"),
  RESPONSE_PROPERTY_BECAME_OPTIONAL(
      Direction.RESPONSE,
      Impact.BREAKING,
      "a required property became optional",
      "Clients count on it"),
  RESPONSE_PROPERTY_BECAME_REQUIRED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "an optional property became required",
      "Clients find more than they need"),
  RESPONSE_PROPERTY_ADDED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "a property was added",
      "Clients ignore properties that they do not know"),
  RESPONSE_PROPERTY_ADDED_TO_CLOSED(
      Direction.RESPONSE,
      Impact.RISKY,
      "a property was added to an object that had no others",
      "Clients that check it refuse what they do not know"),
  RESPONSE_PROPERTY_BECAME_WRITE_ONLY(
      Direction.RESPONSE,
      Impact.RISKY,
      "an optional property became writeOnly",
      "It is no longer sent"),
  RESPONSE_PROPERTY_NO_LONGER_WRITE_ONLY(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "a property is no longer writeOnly",
      "Clients ignore properties that they do not know"),
  REQUEST_ADDITIONAL_PROPERTIES_CLOSED(
      Direction.REQUEST,
      Impact.BREAKING,
      "other properties are no longer taken",
      "Requests with some are refused"),
  REQUEST_ADDITIONAL_PROPERTIES_OPENED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "other properties are taken",
      "Objects without some still are"),
  RESPONSE_ADDITIONAL_PROPERTIES_OPENED(
      Direction.RESPONSE,
      Impact.RISKY,
      "other properties may be sent",
      "Clients that check it refuse what they do not know"),
  RESPONSE_ADDITIONAL_PROPERTIES_CLOSED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "other properties are no longer sent",
      "Clients can do without"),
  REQUEST_ALTERNATIVE_REMOVED(
      Direction.REQUEST,
      Impact.BREAKING,
      "an alternative of a oneOf or anyOf is no longer taken, and no other covers it",
      "Requests that use it are refused"),
  REQUEST_ALTERNATIVE_ADDED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "one more alternative of a oneOf or anyOf is taken",
      "The others still are"),
  REQUEST_ALTERNATIVE_OVERLAPS(
      Direction.REQUEST,
      Impact.RISKY,
      "a oneOf changed so that a value may fit several of its alternatives",
      "A value that fits two of them is refused"),
  REQUEST_ALTERNATIVE_COVERED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "an alternative of a oneOf or anyOf was removed or changed, and another one covers it",
      "Requests that use it are still taken"),
  RESPONSE_ALTERNATIVE_COVERED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "an alternative of a oneOf or anyOf was added or changed, and an old one covers it",
      "Clients know such values"),
  RESPONSE_ALTERNATIVE_ADDED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "one more alternative of a oneOf or anyOf may be sent, and no old one covers it",
      "Clients do not know it"),
  RESPONSE_ALTERNATIVE_REMOVED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "an alternative of a oneOf or anyOf is no longer sent",
      "Clients know the others"),
  REQUEST_ALTERNATIVES_EXCLUSIVE(
      Direction.REQUEST,
      Impact.RISKY,
      "an anyOf became a oneOf",
      "A value that fits several alternatives is refused"),
  RESPONSE_ALTERNATIVES_NOT_EXCLUSIVE(
      Direction.RESPONSE,
      Impact.RISKY,
      "a oneOf became an anyOf",
      "A value may fit several alternatives"),
  REQUEST_ALTERNATIVES_NOT_EXCLUSIVE(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "a oneOf became an anyOf",
      "Values that fit one alternative are still taken"),
  RESPONSE_ALTERNATIVES_EXCLUSIVE(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "an anyOf became a oneOf",
      "Clients know the alternatives"),
  ALTERNATIVES_EXCLUDE_ANYWAY(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "oneOf became anyOf, or the reverse, where no value fits two alternatives",
      "The same values are valid"),
  REQUEST_ALTERNATIVES_UNDECIDED(
      Direction.REQUEST,
      Impact.RISKY,
      "a oneOf or anyOf came, went, or cannot be compared",
      "Whether all values of before are still taken cannot be decided"),
  RESPONSE_ALTERNATIVES_UNDECIDED(
      Direction.RESPONSE,
      Impact.RISKY,
      "a oneOf or anyOf came, went, or cannot be compared",
      "Whether only values of before are sent cannot be decided"),
  REQUEST_CONDITION_ADDED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a condition was added: not, if, contains, dependentRequired, dependentSchemas or propertyNames",
      "Values that do not meet it are refused"),
  REQUEST_CONDITION_REMOVED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "such a condition was lifted",
      "Values that met it are still taken"),
  REQUEST_CONDITION_CHANGED(
      Direction.REQUEST,
      Impact.RISKY,
      "such a condition, or patternProperties, changed",
      "Whether all values of before are still taken cannot be decided"),
  RESPONSE_CONDITION_REMOVED(
      Direction.RESPONSE,
      Impact.RISKY,
      "such a condition was lifted",
      "Clients that count on it may meet other values"),
  RESPONSE_CONDITION_ADDED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "such a condition was added",
      "The values are such as could be sent before"),
  RESPONSE_CONDITION_CHANGED(
      Direction.RESPONSE,
      Impact.RISKY,
      "such a condition, or patternProperties, changed",
      "Whether only values of before are sent cannot be decided"),
  REQUEST_DISCRIMINATOR_PROPERTY_CHANGED(
      Direction.REQUEST,
      Impact.BREAKING,
      "another property tells the alternatives apart",
      "Clients name the alternative in the old one"),
  RESPONSE_DISCRIMINATOR_PROPERTY_CHANGED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "another property tells the alternatives apart",
      "Clients look for it in the old one"),
  REQUEST_DISCRIMINATOR_VALUE_REMOVED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a name of an alternative is no longer known",
      "Clients that use it name nothing"),
  REQUEST_DISCRIMINATOR_VALUE_ADDED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "an alternative has one more name",
      "The others still are known"),
  RESPONSE_DISCRIMINATOR_VALUE_ADDED(
      Direction.RESPONSE,
      Impact.RISKY,
      "an alternative has one more name",
      "Clients that know the others only may refuse it"),
  RESPONSE_DISCRIMINATOR_VALUE_REMOVED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "a name of an alternative is no longer used",
      "Clients know the others"),
  DISCRIMINATOR_ADDED(
      Direction.BOTH, Impact.COMPATIBLE, "a discriminator was added", "It names what there was"),
  DISCRIMINATOR_REMOVED(
      Direction.BOTH,
      Impact.RISKY,
      "a discriminator was removed",
      "Clients may need the names to choose an alternative"),
  REQUEST_DEFAULT_CHANGED(
      Direction.REQUEST,
      Impact.RISKY,
      "the default changed",
      "A request without the value means another thing"),
  RESPONSE_DEFAULT_CHANGED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "the default changed",
      "What is sent does not depend on it"),
  REQUEST_CONTENT_ENCODING_CHANGED(
      Direction.REQUEST,
      Impact.RISKY,
      "contentEncoding or contentMediaType changed, or contentSchema was added or removed",
      "Strings are still taken, but read as something else"),
  RESPONSE_CONTENT_ENCODING_CHANGED(
      Direction.RESPONSE,
      Impact.RISKY,
      "contentEncoding or contentMediaType changed, or contentSchema was added or removed",
      "Clients may read something else"),
  SCHEMA_DEPRECATED(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "a schema became deprecated, or is no longer",
      "Values are as before"),
  SCHEMA_DOCUMENTATION_CHANGED(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "title, description, examples or externalDocs of a schema changed",
      "Values are as before"),
  XML_CHANGED(
      Direction.BOTH,
      Impact.RISKY,
      "the xml of a schema changed",
      "Elements or attributes may have other names"),
  SCHEMAS_NOT_COMPARED(
      Direction.BOTH,
      Impact.RISKY,
      "the documents have more pairs of schemas than are compared",
      "There may be changes that are not listed");

  private final Direction direction;
  private final Impact impact;
  private final String title;
  private final String reason;

  SchemaRule(Direction direction, Impact impact, String title, String reason) {
    this.direction = direction;
    this.impact = impact;
    this.title = title;
    this.reason = reason;
  }

  @Override
  public Direction direction() {
    return direction;
  }

  @Override
  public Impact impact() {
    return impact;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String reason() {
    return reason;
  }
}
