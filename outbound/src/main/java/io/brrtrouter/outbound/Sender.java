package io.brrtrouter.outbound;

import java.sql.Connection;
import java.util.UUID;

/**
 * Takes requests of webhooks and callbacks to be sent. A request that was taken is sent until it
 * has arrived or has failed for good, whatever becomes of this process. It may arrive more than
 * once, with the same {@code Idempotency-Key}. Safe for use by many threads.
 */
public interface Sender {

  /**
   * Takes a request. Returns when it is written down, before it is sent.
   *
   * @param receiver who is to get it
   * @param message what to send
   * @return what it is known by, and the value of its {@code Idempotency-Key}
   * @throws RefusedReceiverException if nothing may be sent to the receiver's address
   * @throws SenderException if it cannot be written down
   */
  UUID send(Receiver receiver, OutgoingMessage message);

  /**
   * Takes a request as part of a transaction: it is sent if that is committed, and not otherwise.
   *
   * @param transaction a connection to the database that has the log of deliveries, with a
   *     transaction begun; neither committed nor closed here
   * @param receiver who is to get it
   * @param message what to send
   * @return as for {@link #send(Receiver, OutgoingMessage)}
   * @throws RefusedReceiverException if nothing may be sent to the receiver's address
   * @throws SenderException if it cannot be written down
   */
  UUID send(Connection transaction, Receiver receiver, OutgoingMessage message);
}
