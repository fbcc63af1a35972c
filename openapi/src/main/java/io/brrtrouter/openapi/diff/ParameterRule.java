package io.brrtrouter.openapi.diff;

/** Rules on parameters, whatever their schemas say. */
enum ParameterRule implements ChangeRule {
  PARAMETER_ADDED_REQUIRED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a required parameter was added",
      "Requests without it are refused"),
  PARAMETER_ADDED_OPTIONAL(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "an optional parameter was added",
      "Requests need not have it"),
  PARAMETER_REMOVED(
      Direction.REQUEST,
      Impact.RISKY,
      "a parameter was removed",
      "It is ignored, or refused where requests.strict_query is on"),
  PARAMETER_BECAME_REQUIRED(
      Direction.REQUEST,
      Impact.BREAKING,
      "an optional parameter became required",
      "Requests without it are refused"),
  PARAMETER_BECAME_OPTIONAL(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "a required parameter became optional",
      "Requests that have it are as good as before"),
  PARAMETER_LOCATION_CHANGED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a parameter moved, from query to header for example",
      "It is not found where clients send it"),
  PARAMETER_SERIALIZATION_CHANGED(
      Direction.REQUEST,
      Impact.BREAKING,
      "style or explode of a parameter changed",
      "What clients send is read as another value"),
  PARAMETER_SERIALIZATION_WITHOUT_EFFECT(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "style or explode changed where the value is no array and no object",
      "Such values look the same either way"),
  PARAMETER_CONTENT_CHANGED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a parameter got, lost or changed the media type of its content",
      "What clients send is read in another way"),
  PARAMETER_RESERVED_NO_LONGER_ALLOWED(
      Direction.REQUEST,
      Impact.RISKY,
      "allowReserved was taken away",
      "Clients may send reserved characters without encoding them"),
  PARAMETER_RESERVED_ALLOWED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "allowReserved was given",
      "Encoded characters are read as before"),
  PARAMETER_EMPTY_NO_LONGER_ALLOWED(
      Direction.REQUEST,
      Impact.BREAKING,
      "allowEmptyValue was taken away",
      "Requests with the bare name are checked against the schema"),
  PARAMETER_EMPTY_ALLOWED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "allowEmptyValue was given",
      "Requests with a value are read as before"),
  PARAMETER_DEPRECATED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "a parameter became deprecated, or is no longer",
      "It is read as before");

  private final Direction direction;
  private final Impact impact;
  private final String title;
  private final String reason;

  ParameterRule(Direction direction, Impact impact, String title, String reason) {
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
