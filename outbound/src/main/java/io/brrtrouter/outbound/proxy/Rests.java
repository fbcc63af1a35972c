package io.brrtrouter.outbound.proxy;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.util.Timeout;

/**
 * Which connections rest, and whether they can be used again: what came on one before anything was
 * asked is no response to what is asked next, or everybody would get the response of the client
 * before. Safe for use by many threads.
 */
final class Rests {
  /** For so long a look at what has come is enough; later it is waited for an end too. */
  private static final long SHORT_NANOS = 50_000_000;

  private static final Timeout LOOK = Timeout.ofMilliseconds(1);

  /** When connections began to rest; told apart by identity. */
  private final Map<HttpClientConnection, Long> began =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** The connection rests from now on. */
  void begin(HttpClientConnection connection) {
    began.put(connection, System.nanoTime());
  }

  /**
   * {@return whether nothing has come on a connection that rested, and it has not ended} Of an
   * encrypted one, and of one that rested long, this takes a millisecond: nothing else tells what
   * has come and is not decrypted, or that it has ended.
   *
   * @param connection the connection, of which nothing is being read
   */
  boolean isSilent(HttpClientConnection connection) throws IOException {
    Long since = began.remove(connection);
    if (!(connection instanceof ManagedHttpClientConnection managed)
        || managed.getSocket() == null) {
      return false;
    }
    boolean encrypted = managed.getSSLSession() != null;
    if (!encrypted && managed.getSocket().getInputStream().available() > 0) {
      return false;
    }
    boolean rested = since == null || System.nanoTime() - since >= SHORT_NANOS;
    return !(encrypted || rested) || !(managed.isDataAvailable(LOOK) || managed.isStale());
  }
}
