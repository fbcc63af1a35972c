package io.brrtrouter.server.transport;

import org.jspecify.annotations.Nullable;

/** Reads the body of one request, of a known length or chunked (RFC 9112 section 6.3). */
final class BodyReader {
  private final BodyCollector collector;
  private final @Nullable ChunkedDecoder chunks;
  private int missing;

  /** Begins a body of at most the limit, if its length is known. */
  BodyReader(RequestHead head, int limit, Shared shared) {
    boolean chunked = head.isChunked();
    int announced = chunked ? -1 : Math.toIntExact(head.contentLength());
    this.collector = new BodyCollector(limit, announced, shared.capacity());
    this.chunks = chunked ? new ChunkedDecoder(shared.limits()) : null;
    this.missing = announced;
  }

  /**
   * {@return the index behind a body whose content is of no interest, or -1 if it does not end well
   * within the octets}
   */
  static int skip(RequestHead head, TransportLimits limits, byte[] octets, int from, int to) {
    if (!head.isChunked()) {
      return head.contentLength() <= to - from ? from + (int) head.contentLength() : -1;
    }
    ChunkedDecoder decoder = new ChunkedDecoder(limits);
    try {
      int at = decoder.read(octets, from, to, null);
      return decoder.isComplete() ? at : -1;
    } catch (FramingException | TooLargeException e) {
      return -1;
    }
  }

  /**
   * Reads octets to the end of the body at most.
   *
   * @return the index of the first octet not read
   * @throws FramingException if the body is not framed as announced or the server holds too much
   * @throws TooLargeException if the body exceeds its limit
   */
  int read(byte[] octets, int from, int to) throws FramingException, TooLargeException {
    if (chunks != null) {
      return chunks.read(octets, from, to, collector);
    }
    int length = Math.min(missing, to - from);
    collector.reserve(length);
    collector.append(octets, from, length);
    missing -= length;
    return from + length;
  }

  boolean isComplete() {
    return chunks != null ? chunks.isComplete() : missing == 0;
  }

  /** {@return what holds the body} */
  BodyCollector collector() {
    return collector;
  }

  int received() {
    return collector.size();
  }

  /** {@return the whole body, in an array of its length} */
  byte[] take() {
    return collector.take();
  }

  /** Says that the body is not used any more. */
  void release() {
    collector.release();
  }
}
