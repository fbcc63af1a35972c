package io.brrtrouter.outbound;

/** What became of a delivery so far. */
public enum DeliveryState {
  /** It waits for its next attempt, or that is under way. */
  PENDING,

  /** The receiver has said that it arrived: it answered with a status of 200 to 299. */
  DELIVERED,

  /** Nobody tries any more, until {@link Deliveries#replay(java.util.UUID)} is called. */
  DEAD
}
