package io.brrtrouter.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Octets of a client, read while they come, with plain blocking calls. Little of them waits in
 * memory: a client that sends faster than they are read has to wait.
 *
 * <p>To be read by one thread at a time.
 */
public abstract class ContentSource extends InputStream {
  /** For whoever has octets. */
  protected ContentSource() {}

  /**
   * {@return what has come already}
   *
   * @param octets all of it; not copied
   */
  public static ContentSource of(byte[] octets) {
    return new CollectedSource(octets);
  }

  /**
   * Reads what has come, and waits for the first octet if nothing has.
   *
   * @param octets takes the octets
   * @param from the index of the first one
   * @param length how many it takes at most, 1 or more
   * @param patience how long nothing is waited for at most
   * @return how many octets were read; 0 if none came in time, -1 if the client sends no more
   * @throws ClientGoneException if the connection is gone
   * @throws ContentTooLargeException if it is the content of a request, and larger than it may be
   * @throws UnreadableContentException if it is the content of a request, and does not come to its
   *     end
   * @throws java.io.InterruptedIOException if the thread is interrupted while it waits
   * @throws IndexOutOfBoundsException if the array has no such place
   */
  public abstract int read(byte[] octets, int from, int length, Duration patience)
      throws IOException;

  /**
   * Reads what has come, and waits for the first octet if nothing has, for any time.
   *
   * @throws ClientGoneException if the connection is gone
   * @throws ContentTooLargeException if it is the content of a request, and larger than it may be
   * @throws UnreadableContentException if it is the content of a request, and does not come to its
   *     end
   * @throws java.io.InterruptedIOException if the thread is interrupted while it waits
   */
  @Override
  public abstract int read(byte[] octets, int from, int length) throws IOException;

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }
}
