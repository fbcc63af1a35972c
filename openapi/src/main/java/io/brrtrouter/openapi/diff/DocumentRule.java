package io.brrtrouter.openapi.diff;

/** Rules on what people read. */
enum DocumentRule implements ChangeRule {
  OPENAPI_VERSION_CHANGED(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "the version of OpenAPI changed",
      "Schemas of 3.0 are converted before they are compared"),
  API_VERSION_CHANGED(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "the version of the API changed",
      "It is no part of requests and responses"),
  INFO_CHANGED(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "title, description, contact, licence or terms changed",
      "They are no part of requests and responses"),
  TAGS_CHANGED(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "the tags of an operation, or the declared ones, changed",
      "Generated clients may group operations by them; requests are the same"),
  DOCUMENTATION_CHANGED(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "summary, description, examples or external documentation changed",
      "They are no part of requests and responses"),
  DOCUMENT_EXTENSION_CHANGED(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "an extension of the document, of a path or of a parameter, body or response changed",
      "BRRTRouter gives it no meaning");

  private final Direction direction;
  private final Impact impact;
  private final String title;
  private final String reason;

  DocumentRule(Direction direction, Impact impact, String title, String reason) {
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
