package io.brrtrouter.openapi.diff;

/** Rules on who may call, and with what. */
enum SecurityRule implements ChangeRule {
  SECURITY_ADDED(
      Direction.REQUEST,
      Impact.BREAKING,
      "credentials became necessary",
      "Requests without are answered with 401"),
  SECURITY_REMOVED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "credentials are no longer necessary",
      "Requests with some are taken; make sure that it is meant"),
  SECURITY_ALTERNATIVE_REMOVED(
      Direction.REQUEST,
      Impact.BREAKING,
      "an alternative of the security requirements was removed",
      "Clients that use it are answered with 401"),
  SECURITY_ALTERNATIVE_ADDED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "an alternative of the security requirements was added",
      "The others still count"),
  SECURITY_SCHEME_ALSO_REQUIRED(
      Direction.REQUEST,
      Impact.BREAKING,
      "an alternative asks for one more scheme",
      "Requests with the others only are answered with 401"),
  SECURITY_SCHEME_NO_LONGER_REQUIRED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "an alternative asks for fewer schemes",
      "Requests with the others only are taken; make sure that it is meant"),
  SECURITY_SCOPE_ADDED(
      Direction.REQUEST,
      Impact.BREAKING,
      "an alternative asks for one more scope or role",
      "Tokens without it are answered with 403"),
  SECURITY_SCOPE_REMOVED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "an alternative asks for fewer scopes or roles",
      "Tokens that had them are taken"),
  SECURITY_SCHEME_TYPE_CHANGED(
      Direction.REQUEST,
      Impact.BREAKING,
      "the type of a security scheme changed, or the scheme of http",
      "Credentials of the old type are refused"),
  SECURITY_SCHEME_PLACE_CHANGED(
      Direction.REQUEST,
      Impact.BREAKING,
      "an API key moved, or is called otherwise",
      "It is not found where clients send it"),
  SECURITY_SCHEME_RENAMED(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "a security scheme was renamed",
      "Its name is not part of a request; the configuration of the server names it"),
  OAUTH_FLOW_REMOVED(
      Direction.REQUEST,
      Impact.RISKY,
      "a flow of OAuth 2.0 was removed",
      "Clients that use it may get no token any more"),
  OAUTH_FLOW_ADDED(
      Direction.REQUEST, Impact.COMPATIBLE, "a flow of OAuth 2.0 was added", "The others stay"),
  OAUTH_FLOW_CHANGED(
      Direction.REQUEST,
      Impact.RISKY,
      "a URL of a flow, of discovery or of metadata changed",
      "Clients may ask for tokens in vain, or get such as are refused"),
  OAUTH_SCOPE_REMOVED(
      Direction.REQUEST,
      Impact.RISKY,
      "a flow of OAuth 2.0 has a scope less",
      "Clients that ask for it may be refused a token"),
  OAUTH_SCOPE_ADDED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "a flow of OAuth 2.0 has one more scope",
      "Nobody asks for it yet"),
  SECURITY_SCHEME_DOCUMENTATION_CHANGED(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "description, bearerFormat or deprecation of a security scheme changed",
      "Credentials are the same");

  private final Direction direction;
  private final Impact impact;
  private final String title;
  private final String reason;

  SecurityRule(Direction direction, Impact impact, String title, String reason) {
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
