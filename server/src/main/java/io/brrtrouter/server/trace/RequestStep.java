package io.brrtrouter.server.trace;

/** What is done about a request, each at most once: parts of it that have spans of their own. */
public enum RequestStep {
  /** Whether it may: credentials, and who verifies them. */
  SECURITY("security"),

  /** Parameters and body: from what was sent to values that the document allows. */
  DECODE("decode"),

  /** The application's handler. Filters are around the steps from {@link #DECODE} on. */
  HANDLER("handler"),

  /** Whether the response is what the document says. */
  RESPONSE_CHECK("response check");

  private final String description;

  RequestStep(String description) {
    this.description = description;
  }

  /** {@return its name, for people} */
  public String description() {
    return description;
  }
}
