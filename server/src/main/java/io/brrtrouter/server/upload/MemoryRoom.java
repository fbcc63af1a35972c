package io.brrtrouter.server.upload;

/** Where what is kept in memory of requests counts. Safe for use by many threads. */
public interface MemoryRoom {
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
