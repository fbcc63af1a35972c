package io.brrtrouter.openapi.diff;

/** Rules on responses, whatever their schemas say. */
enum ResponseRule implements ChangeRule {
  RESPONSE_SUCCESS_STATUS_REMOVED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "a status of success was removed",
      "Clients wait for an answer that never comes"),
  RESPONSE_SUCCESS_STATUS_ADDED(
      Direction.RESPONSE,
      Impact.RISKY,
      "a status of success was added",
      "Clients may know the others only"),
  RESPONSE_STATUS_REMOVED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "another status was removed",
      "Clients no longer meet it"),
  RESPONSE_STATUS_ADDED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "another status was added",
      "Clients treat an unknown status as the x00 of its class (RFC 9110 section 15)"),
  RESPONSE_STATUS_RANGE_CHANGED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "a range or default became single statuses, or the reverse",
      "Which of them come was open before, or is open now, and each is compared with what it replaces"),
  RESPONSE_MEDIA_TYPE_REMOVED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "a media type of a response was removed",
      "Clients that accept nothing else get 406, or what they cannot read"),
  RESPONSE_MEDIA_TYPE_ADDED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "a media type of a response was added",
      "Who asks for another one gets that"),
  RESPONSE_BODY_ADDED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "a response got a body",
      "Clients that expect none ignore it"),
  RESPONSE_HEADER_REMOVED(
      Direction.RESPONSE,
      Impact.RISKY,
      "an optional header was removed",
      "Clients may use it when it is there"),
  RESPONSE_REQUIRED_HEADER_REMOVED(
      Direction.RESPONSE, Impact.BREAKING, "a required header was removed", "Clients count on it"),
  RESPONSE_HEADER_ADDED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "a header was added",
      "Clients ignore headers that they do not know"),
  RESPONSE_HEADER_BECAME_OPTIONAL(
      Direction.RESPONSE,
      Impact.BREAKING,
      "a required header became optional",
      "Clients count on it"),
  RESPONSE_HEADER_BECAME_REQUIRED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "an optional header became required",
      "Clients find more than they need"),
  RESPONSE_HEADER_SERIALIZATION_CHANGED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "explode or the content of a header changed",
      "Clients read another value"),
  RESPONSE_HEADER_DEPRECATED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "a header became deprecated, or is no longer",
      "It is sent as before"),
  LINK_REMOVED(
      Direction.RESPONSE,
      Impact.RISKY,
      "a link was removed",
      "Clients that follow it find nothing"),
  LINK_CHANGED(
      Direction.RESPONSE,
      Impact.RISKY,
      "a link leads elsewhere, or with other values",
      "Clients that follow it make another request"),
  LINK_ADDED(Direction.RESPONSE, Impact.COMPATIBLE, "a link was added", "Nobody follows it yet");

  private final Direction direction;
  private final Impact impact;
  private final String title;
  private final String reason;

  ResponseRule(Direction direction, Impact impact, String title, String reason) {
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
