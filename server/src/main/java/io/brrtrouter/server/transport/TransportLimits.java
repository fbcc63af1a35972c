package io.brrtrouter.server.transport;

/**
 * How much a client may send and how many may do so at once. Every bound is inclusive.
 *
 * @param targetOctets octets of a request target; beyond: 414
 * @param headerBytes octets of all header fields of a request with their line ends; beyond: 431
 * @param headerFields header fields of a request; beyond: 431
 * @param trailerBytes octets of all trailer fields of a body; beyond: 400
 * @param chunkExtensionBytes octets of all chunk extensions of a body; beyond: 400
 * @param bufferedBytes bytes of all requests held at once, of heads and bodies, of frames and TLS
 *     records that are not whole and of handshakes; beyond: 503, or closed. Up to 1 KiB of head and
 *     4 KiB of records for each connection do not count. As many more are held of responses that
 *     clients have not read yet, those being cut off for others included; beyond, the slowest
 *     clients are cut off, and where all of them read: 503
 * @param connections open connections; beyond: no more are accepted until one closes
 * @param requestsPerConnection requests answered on one connection; the last answer closes it
 */
public record TransportLimits(
    int targetOctets,
    int headerBytes,
    int headerFields,
    int trailerBytes,
    int chunkExtensionBytes,
    long bufferedBytes,
    int connections,
    int requestsPerConnection) {
  /** Four times the longest URL that browsers and proxies agree on. */
  public static final int TARGET_OCTETS = 8_192;

  /** Room for several large cookies and a token. */
  public static final int HEADER_BYTES = 16 * 1024;

  /** Three times what browsers behind a proxy send. */
  public static final int HEADER_FIELDS = 100;

  /** Trailers carry digests and signatures, nothing else is known in use. */
  public static final int TRAILER_BYTES = 8 * 1024;

  /** No client needs chunk extensions; this tolerates those that sign chunks. */
  public static final int CHUNK_EXTENSION_BYTES = 1024;

  /**
   * The part of the heap that requests may take, and unread responses again: two quarters leave
   * room for what is made of the ones and becomes the others.
   */
  public static final int BUFFERED_HEAP_DIVISOR = 4;

  /** Each takes a few KiB by itself; above the usual limit of file descriptors. */
  public static final int CONNECTIONS = 16_384;

  /** Lets a load balancer move clients to other instances from time to time. */
  public static final int REQUESTS_PER_CONNECTION = 10_000;

  /** Refuses a limit below 1. */
  public TransportLimits {
    requirePositive("targetOctets", targetOctets);
    requirePositive("headerBytes", headerBytes);
    requirePositive("headerFields", headerFields);
    requirePositive("trailerBytes", trailerBytes);
    requirePositive("chunkExtensionBytes", chunkExtensionBytes);
    requirePositive("bufferedBytes", bufferedBytes);
    requirePositive("connections", connections);
    requirePositive("requestsPerConnection", requestsPerConnection);
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is at least 1, not " + value);
    }
  }

  /** {@return the limits of the constants above} */
  public static TransportLimits defaults() {
    return new TransportLimits(
        TARGET_OCTETS,
        HEADER_BYTES,
        HEADER_FIELDS,
        TRAILER_BYTES,
        CHUNK_EXTENSION_BYTES,
        Runtime.getRuntime().maxMemory() / BUFFERED_HEAP_DIVISOR,
        CONNECTIONS,
        REQUESTS_PER_CONNECTION);
  }
}
