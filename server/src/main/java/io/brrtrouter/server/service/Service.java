package io.brrtrouter.server.service;

import io.brrtrouter.server.dispatch.Handler;

/**
 * Another service that answers operations, with the connections to it. Serves all generations of a
 * server that are configured alike. Safe for use by many threads.
 */
public interface Service extends AutoCloseable {

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
