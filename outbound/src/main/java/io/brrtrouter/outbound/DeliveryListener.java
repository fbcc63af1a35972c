package io.brrtrouter.outbound;

/**
 * Is told what becomes of deliveries, once it is written down, by the instance that sent them: for
 * metrics, alarms, and to end subscriptions. Called on many threads, each of which waits for it;
 * what it throws is logged. A process that dies between writing and telling does not tell.
 */
public interface DeliveryListener {

  /**
   * It arrived.
   *
   * @param delivery the delivery
   * @param attempt the attempt that succeeded
   */
  default void delivered(Delivery delivery, Attempt attempt) {}

  /**
   * An attempt failed, and there will be another one.
   *
   * @param delivery the delivery; {@link Delivery#due} says when
   * @param attempt the attempt
   */
  default void failed(Delivery delivery, Attempt attempt) {}

  /**
   * An attempt failed, and there will be no other one.
   *
   * @param delivery the delivery
   * @param attempt the last attempt
   */
  default void dead(Delivery delivery, Attempt attempt) {}

  /**
   * The receiver answered 410: it wants nothing any more, and its subscription should end. Told
   * after {@link #dead}.
   *
   * @param delivery the delivery
   * @param attempt the attempt
   */
  default void gone(Delivery delivery, Attempt attempt) {}
}
