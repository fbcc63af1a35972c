package io.brrtrouter.server.service;

import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.measure.Measured;

/**
 * Another service that answers operations, with the connections to it. Serves all generations of a
 * server that are configured alike. Safe for use by many threads.
 */
public interface Service extends Measured, AutoCloseable {

  /** {@return whether it is asked at its addresses; asked often, and waits for nothing} */
  ServiceHealth health();

  /**
   * {@return who answers an operation}
   *
   * @param operation the operation
   */
  Handler handler(ServiceOperation operation);

  /** Closes the connections: nobody asks any more. */
  @Override
  void close();
}
