package io.brrtrouter.server.dispatch;

/** What answers an operation without a handler. */
public enum Fallback {
  /** Nothing: the server refuses to start. */
  NONE,
  /** Examples of the document, else values generated from its schemas. */
  MOCK,
  /** What was received, as JSON. */
  ECHO
}
