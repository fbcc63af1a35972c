package io.brrtrouter.openapi.diff;

/** Rules on request bodies, whatever their schemas say. */
enum BodyRule implements ChangeRule {
  REQUEST_BODY_ADDED_REQUIRED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a required body was added",
      "Requests without one are refused"),
  REQUEST_BODY_ADDED_OPTIONAL(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "an optional body was added",
      "Requests need not have one"),
  REQUEST_BODY_REMOVED(
      Direction.REQUEST,
      Impact.RISKY,
      "the body was removed",
      "What clients send in it is no longer read"),
  REQUEST_BODY_BECAME_REQUIRED(
      Direction.REQUEST,
      Impact.BREAKING,
      "an optional body became required",
      "Requests without one are refused"),
  REQUEST_BODY_BECAME_OPTIONAL(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "a required body became optional",
      "Requests that have one are as good as before"),
  REQUEST_MEDIA_TYPE_REMOVED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a media type of the body was removed",
      "Requests with it are answered with 415"),
  REQUEST_MEDIA_TYPE_ADDED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "a media type of the body was added",
      "The others are taken as before"),
  REQUEST_ENCODING_CHANGED(
      Direction.REQUEST,
      Impact.RISKY,
      "the encoding of a part or form field changed",
      "What clients send may be refused, or read as another value"),
  RESPONSE_ENCODING_CHANGED(
      Direction.RESPONSE,
      Impact.RISKY,
      "the encoding of a part or form field changed",
      "Clients may read another value");

  private final Direction direction;
  private final Impact impact;
  private final String title;
  private final String reason;

  BodyRule(Direction direction, Impact impact, String title, String reason) {
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
