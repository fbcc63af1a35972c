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
 * @param concurrentStreams requests of one HTTP/2 connection that are answered at the same time
 *     (RFC 9113 section 5.1.2), at most {@link #MOST_CONCURRENT_STREAMS}; beyond: refused
 * @param resetStreams streams of one HTTP/2 connection that a client, or what it sends, may have
 *     reset within {@link #RESET_SECONDS} (RFC 9113 section 10.5), at most {@link
 *     #MOST_RESET_STREAMS}; beyond: {@code ENHANCE_YOUR_CALM}, and closed
 */
public record TransportLimits(
    int targetOctets,
    int headerBytes,
    int headerFields,
    int trailerBytes,
    int chunkExtensionBytes,
    long bufferedBytes,
    int connections,
    int requestsPerConnection,
    int concurrentStreams,
    int resetStreams) {
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

  /** Twice what a browser resets that leaves a page while all its streams are open. */
  public static final int RESET_STREAMS = 200;

  /** The time in which {@link #resetStreams} count. */
  public static final int RESET_SECONDS = 30;

  /**
   * A connection remembers the numbers of twice as many, in 16 KB, and may look through them all.
   */
  public static final int MOST_RESET_STREAMS = 2_000;

  /** What RFC 9113 section 6.5.2 recommends at least, and enough for a browser or a proxy. */
  public static final int CONCURRENT_STREAMS = 100;

  /** The window of a connection has room for those of so many streams, in 31 bits. */
  public static final int MOST_CONCURRENT_STREAMS = 10_000;

  /** Refuses a limit below 1, and more streams than there may be at most. */
  public TransportLimits {
    requirePositive("targetOctets", targetOctets);
    requirePositive("headerBytes", headerBytes);
    requirePositive("headerFields", headerFields);
    requirePositive("trailerBytes", trailerBytes);
    requirePositive("chunkExtensionBytes", chunkExtensionBytes);
    requirePositive("bufferedBytes", bufferedBytes);
    requirePositive("connections", connections);
    requirePositive("requestsPerConnection", requestsPerConnection);
    requirePositive("concurrentStreams", concurrentStreams);
    requirePositive("resetStreams", resetStreams);
    requireAtMost(MOST_CONCURRENT_STREAMS, "concurrentStreams", concurrentStreams);
    requireAtMost(MOST_RESET_STREAMS, "resetStreams", resetStreams);
  }

  private static void requireAtMost(int most, String name, int value) {
    if (value > most) {
      throw new IllegalArgumentException(name + " is at most " + most + ", not " + value);
    }
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
        REQUESTS_PER_CONNECTION,
        CONCURRENT_STREAMS,
        RESET_STREAMS);
  }
}
