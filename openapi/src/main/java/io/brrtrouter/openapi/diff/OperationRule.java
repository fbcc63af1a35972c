package io.brrtrouter.openapi.diff;

/** Rules on which operations there are, what they are called and where they are found. */
enum OperationRule implements ChangeRule {
  OPERATION_REMOVED(
      Direction.BOTH,
      Impact.BREAKING,
      "an operation was removed",
      "Requests to it are answered with 404 or 405"),
  OPERATION_REMOVED_BEFORE_SUNSET(
      Direction.BOTH,
      Impact.BREAKING,
      "a deprecated operation was removed before its x-sunset",
      "Clients were promised that it stays until that day"),
  OPERATION_REMOVED_DEPRECATED(
      Direction.BOTH,
      Impact.RISKY,
      "a deprecated operation without x-sunset was removed",
      "Clients were told not to use it, but not until when they could"),
  OPERATION_REMOVED_AFTER_SUNSET(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "a deprecated operation was removed after its x-sunset",
      "Clients were told the day"),
  OPERATION_ADDED(
      Direction.BOTH, Impact.COMPATIBLE, "an operation was added", "Nobody calls it yet"),
  OPERATION_DEPRECATED(
      Direction.BOTH, Impact.COMPATIBLE, "an operation became deprecated", "It still works"),
  OPERATION_NO_LONGER_DEPRECATED(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "an operation is no longer deprecated",
      "It works as before"),
  SUNSET_EARLIER(
      Direction.BOTH,
      Impact.RISKY,
      "the x-sunset of an operation was moved to an earlier day, or changed to what is no day",
      "Clients counted on more time"),
  SUNSET_SET(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "the x-sunset of an operation was set, moved to a later day or taken away",
      "Until then it works as before"),
  OPERATION_ID_CHANGED(
      Direction.BOTH,
      Impact.RISKY,
      "the operationId changed",
      "The requests are the same, but handlers, and methods of generated clients, are named by it"),
  HANDLER_CHANGED(
      Direction.BOTH, Impact.COMPATIBLE, "the x-handler changed", "Only the server knows handlers"),
  PATH_PARAMETER_RENAMED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "a parameter of the path was renamed",
      "Its name is not part of a request; generated code names arguments by it"),
  BASE_PATH_REMOVED(
      Direction.BOTH,
      Impact.BREAKING,
      "the operation left a base path of its servers",
      "Requests below that path are answered with 404"),
  BASE_PATH_ADDED(
      Direction.BOTH, Impact.COMPATIBLE, "the operation has one more base path", "The others stay"),
  SERVER_REMOVED(
      Direction.BOTH,
      Impact.RISKY,
      "a server was removed, or its host or scheme changed, and others have the same base path",
      "Clients that were configured with it may find nobody there"),
  SERVER_ADDED(Direction.BOTH, Impact.COMPATIBLE, "a server was added", "The others stay"),
  SERVICE_CHANGED(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "another service answers, none any more, or one at another path",
      "Clients send and get what they did"),
  EXTENSION_CHANGED(
      Direction.BOTH,
      Impact.COMPATIBLE,
      "an extension changed that BRRTRouter knows nothing about",
      "It is no part of the contract of requests and responses"),
  CORS_NARROWED(
      Direction.REQUEST,
      Impact.BREAKING,
      "x-cors allows pages of other origins less",
      "Browsers refuse what their scripts did before"),
  CORS_CHANGED(
      Direction.REQUEST,
      Impact.RISKY,
      "x-cors is, or was, left to the configuration of the server",
      "What the configuration allows is not in the document"),
  CORS_WIDENED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "x-cors allows pages of other origins more, or says how long to remember it",
      "What scripts did before they still can"),
  RATE_LIMIT_LOWERED(
      Direction.REQUEST,
      Impact.RISKY,
      "x-brrtrouter-rate-limit allows fewer requests",
      "Clients that used what was allowed are answered with 429"),
  RATE_LIMIT_CHANGED(
      Direction.REQUEST,
      Impact.RISKY,
      "x-brrtrouter-rate-limit cannot be compared: its key changed, or a part is, or was, left to the configuration",
      "What clients may do depends on more than the document"),
  RATE_LIMIT_RAISED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "x-brrtrouter-rate-limit allows more requests",
      "What was allowed still is"),
  BODY_LIMIT_LOWERED(
      Direction.REQUEST,
      Impact.RISKY,
      "x-brrtrouter-body-limit was lowered",
      "Larger bodies are answered with 413"),
  BODY_LIMIT_CHANGED(
      Direction.REQUEST,
      Impact.RISKY,
      "x-brrtrouter-body-limit was given or taken away",
      "What was, or now is, the limit stands in the configuration"),
  BODY_COLLECTED(
      Direction.REQUEST,
      Impact.RISKY,
      "x-brrtrouter-stream-body was taken away",
      "Bodies larger than what the server collects are answered with 413"),
  BODY_STREAMED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "x-brrtrouter-stream-body was given",
      "Bodies may be larger than before, unless x-brrtrouter-body-limit bounds them"),
  BODY_LIMIT_RAISED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "x-brrtrouter-body-limit was raised",
      "What was taken still is"),
  DEADLINE_CHANGED(
      Direction.BOTH,
      Impact.RISKY,
      "x-brrtrouter-deadline-ms changed",
      "Requests that take long may end in 504"),
  MAX_IN_FLIGHT_LOWERED(
      Direction.REQUEST,
      Impact.RISKY,
      "x-brrtrouter-max-in-flight was given or lowered",
      "Requests at the same time as many others are answered with 503"),
  MAX_IN_FLIGHT_RAISED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "x-brrtrouter-max-in-flight was raised or taken away",
      "As many requests at once as before are answered"),
  CONCURRENCY_CHANGED(
      Direction.REQUEST,
      Impact.RISKY,
      "x-brrtrouter-concurrency changed",
      "Which requests are answered with 503 while the server is overloaded is another matter"),
  RESPONSE_CHECK_CHANGED(
      Direction.RESPONSE,
      Impact.COMPATIBLE,
      "x-brrtrouter-response-check changed",
      "It is about defects of handlers"),
  STEP_UP_CHANGED(
      Direction.REQUEST,
      Impact.BREAKING,
      "x-brrtrouter-step-up asks for a stronger or for another authentication",
      "Tokens that were enough are refused with 401"),
  STEP_UP_RELAXED(
      Direction.REQUEST,
      Impact.COMPATIBLE,
      "x-brrtrouter-step-up asks for less",
      "Tokens that were enough still are");

  private final Direction direction;
  private final Impact impact;
  private final String title;
  private final String reason;

  OperationRule(Direction direction, Impact impact, String title, String reason) {
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
