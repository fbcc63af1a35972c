package io.brrtrouter.openapi.diff;

/**
 * Rules on webhooks and callbacks: the server asks, and who receives it answers, so that what goes
 * out must not grow.
 */
enum CallRule implements ChangeRule {
  WEBHOOK_REMOVED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "a webhook, or a method of it, was removed",
      "Receivers wait for calls that never come"),
  WEBHOOK_ADDED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "a webhook, or a method of it, was added",
      "Nobody has asked for it yet"),
  CALLBACK_REMOVED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "a callback, or a method of it, was removed",
      "Receivers wait for calls that never come"),
  CALLBACK_ADDED(
      Direction.RESPONSE,
      Impact.RISKY,
      "a callback, or a method of it, was added",
      "Clients that give the address may not know the call"),
  OUTGOING_PARAMETER_REMOVED(
      Direction.RESPONSE,
      Impact.RISKY,
      "an optional parameter of a call was removed",
      "Receivers may use it when it is there"),
  OUTGOING_REQUIRED_PARAMETER_REMOVED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "a required parameter of a call was removed",
      "Receivers count on it"),
  OUTGOING_PARAMETER_ADDED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "a parameter of a call was added",
      "Receivers ignore parameters that they do not know"),
  OUTGOING_PARAMETER_BECAME_OPTIONAL(
      Direction.RESPONSE,
      Impact.BREAKING,
      "a required parameter of a call became optional",
      "Receivers count on it"),
  OUTGOING_PARAMETER_BECAME_REQUIRED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "an optional parameter of a call became required",
      "Receivers find more than they need"),
  OUTGOING_PARAMETER_SERIALIZATION_CHANGED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "style, explode or content of a parameter of a call changed",
      "Receivers read another value"),
  OUTGOING_BODY_REMOVED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "the body of a call was removed",
      "Receivers count on it"),
  OUTGOING_BODY_ADDED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "a body of a call was added",
      "Receivers that expect none ignore it"),
  OUTGOING_BODY_BECAME_OPTIONAL(
      Direction.RESPONSE,
      Impact.BREAKING,
      "the required body of a call became optional",
      "Receivers count on it"),
  OUTGOING_BODY_BECAME_REQUIRED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "the optional body of a call became required",
      "Receivers find more than they need"),
  OUTGOING_MEDIA_TYPE_REMOVED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "a media type of the body of a call was removed",
      "Receivers that read nothing else get what they cannot read"),
  OUTGOING_MEDIA_TYPE_ADDED(
      Direction.RESPONSE,
      Impact.RISKY,
      "a media type of the body of a call was added",
      "Receivers are not asked which one they read"),
  INCOMING_STATUS_REMOVED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a status that receivers may answer with was removed",
      "Their answer counts as a failure"),
  INCOMING_STATUS_ADDED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "receivers may answer with one more status",
      "The others still count"),
  INCOMING_MEDIA_TYPE_REMOVED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a media type that receivers may answer with was removed",
      "Their answer is not read"),
  INCOMING_MEDIA_TYPE_ADDED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "receivers may answer with one more media type",
      "The others are still read"),
  INCOMING_HEADER_REQUIRED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a header that receivers answer with became required",
      "Answers without it are refused"),
  INCOMING_HEADER_CHANGED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "a header that receivers may answer with was added, removed or became optional",
      "Answers of before are still taken"),
  INCOMING_HEADER_SERIALIZATION_CHANGED(
      Direction.REQUEST,
      Impact.BREAKING,
      "explode or the content of a header that receivers answer with changed",
      "It is read as another value");

  private final Direction direction;
  private final Impact impact;
  private final String title;
  private final String reason;

  CallRule(Direction direction, Impact impact, String title, String reason) {
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
