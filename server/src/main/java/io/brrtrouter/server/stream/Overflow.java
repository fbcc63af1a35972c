package io.brrtrouter.server.stream;

/** What becomes of an event for whose client as many wait already as may. */
public enum Overflow {
  /** Whoever sends it waits until the client has read one. */
  BLOCK,
  /** The oldest one that waits is dropped: for events of which only the last counts. */
  DROP_OLDEST,
  /**
   * The response ends, so that the client connects again and says which event it had last: for
   * events none of which may be missed.
   */
  CLOSE
}
