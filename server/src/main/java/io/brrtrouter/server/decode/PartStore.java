package io.brrtrouter.server.decode;

import io.brrtrouter.schema.codec.StoredOctets;
import java.io.IOException;

/** Where the parts of a multipart body go while it comes. */
public interface PartStore {
  /**
   * Holds more of the body in memory, until the request is answered.
   *
   * @param octets how many more
   * @throws IOException if the server holds as much as it can
   */
  void hold(int octets) throws IOException;

  /**
   * Holds what the value takes that the parts in memory are decoded into, until the request is
   * answered.
   *
   * @param bytes how much, about
   * @throws IOException if the server holds as much as it can
   */
  void holdValue(long bytes) throws IOException;

  /**
   * Holds less of what {@link #hold} and {@link #holdValue} hold: it is of no use any more.
   *
   * @param bytes how much less
   */
  void release(long bytes);

  /**
   * {@return where one file goes}
   *
   * @throws IOException if there is no place
   */
  File begin() throws IOException;

  /** A file that is being stored. Used by one thread until all of it is. */
  interface File extends StoredOctets {
    /**
     * Stores more octets.
     *
     * @param octets has them
     * @param from the index of the first one
     * @param length how many there are
     * @throws IOException if they cannot be stored
     */
    void write(byte[] octets, int from, int length) throws IOException;
  }
}
