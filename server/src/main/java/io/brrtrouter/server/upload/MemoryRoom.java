package io.brrtrouter.server.upload;

import io.brrtrouter.server.http.TransportFailure;

/** Where what is kept in memory of requests counts. Safe for use by many threads. */
public interface MemoryRoom {
  /** What a client is told whose request has no room. */
  TransportFailure FULL =
      new TransportFailure(
          TransportFailure.Kind.OVERLOADED, "the server holds as much of requests as it can");

  /**
   * {@return whether there is room for more, which it has then}
   *
   * @param bytes how much more
   */
  boolean take(long bytes);

  /**
   * Gives room back.
   *
   * @param bytes how much
   */
  void release(long bytes);
}
