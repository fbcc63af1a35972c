package io.brrtrouter.openapi.diff;

/** Rules on WebSockets and on streams of events, whatever the schemas of their messages say. */
enum StreamRule implements ChangeRule {
  WEBSOCKET_REMOVED(
      Direction.BOTH,
      Impact.BREAKING,
      "x-websocket was removed",
      "Nothing answers the handshake, and no WebSocket begins"),
  WEBSOCKET_ADDED(
      Direction.BOTH,
      Impact.BREAKING,
      "x-websocket was added to an operation that was there",
      "Requests that begin no WebSocket are no longer answered as before"),
  SUBPROTOCOL_REMOVED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a subprotocol of a WebSocket was removed",
      "Clients that offer no other have none in common with the server"),
  SUBPROTOCOL_ADDED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "a subprotocol of a WebSocket was added",
      "Clients get it only when they offer it"),
  SUBPROTOCOLS_REORDERED(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "the server prefers other subprotocols of a WebSocket",
      "Clients get one that they offer"),
  CLIENT_MESSAGES_DECLARED(
      Direction.REQUEST,
      Impact.BREAKING,
      "fromClient of a WebSocket was given",
      "Clients could send anything before"),
  CLIENT_MESSAGES_OPENED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "fromClient of a WebSocket was removed",
      "Clients can send anything"),
  CLIENT_MESSAGE_TYPE_REMOVED(
      Direction.REQUEST,
      Impact.BREAKING,
      "a media type that clients may send over a WebSocket was removed",
      "Such messages are refused"),
  CLIENT_MESSAGE_TYPE_ADDED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "a media type that clients may send over a WebSocket was added",
      "The others are taken as before"),
  SERVER_MESSAGES_DECLARED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "fromServer of a WebSocket was given",
      "Clients had to expect anything before"),
  SERVER_MESSAGES_OPENED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "fromServer of a WebSocket was removed",
      "Clients must expect anything"),
  SERVER_MESSAGE_TYPE_REMOVED(
      Direction.RESPONSE,
      Impact.RISKY,
      "a media type that the server may send over a WebSocket was removed",
      "Clients may wait for messages that never come"),
  SERVER_MESSAGE_TYPE_ADDED(
      Direction.RESPONSE,
      Impact.RISKY,
      "a media type that the server may send over a WebSocket was added",
      "Clients are not asked which one they read"),
  EVENT_STREAM_BEGUN(
      Direction.RESPONSE,
      Impact.BREAKING,
      "x-sse makes a stream of events of a response that was none",
      "Clients read it as something else, or wait for its end"),
  EVENT_STREAM_ENDED(
      Direction.RESPONSE,
      Impact.BREAKING,
      "x-sse is gone, and the response is a stream of events no more",
      "Clients wait for events that never come"),
  EVENT_STREAM_MARK_CHANGED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "x-sse changed, and the response is, or is not, a stream of events as before",
      "The media types of the response say the same");

  private final Direction direction;
  private final Impact impact;
  private final String title;
  private final String reason;

  StreamRule(Direction direction, Impact impact, String title, String reason) {
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
