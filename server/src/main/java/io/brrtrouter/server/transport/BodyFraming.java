package io.brrtrouter.server.transport;

import org.jspecify.annotations.Nullable;

/** Where the body of one request ends: after a known length, or chunked (RFC 9112 section 6.3). */
final class BodyFraming {
  private final @Nullable ChunkedDecoder chunks;
  private long missing;

  BodyFraming(RequestHead head, TransportLimits limits) {
    this.chunks = head.isChunked() ? new ChunkedDecoder(limits) : null;
    this.missing = head.contentLength();
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
   * @param taker takes the content
   * @return the index of the first octet not read
   * @throws FramingException if the body is not framed as announced or the server holds too much
   * @throws TooLargeException if the body exceeds its limit
   */
  int read(byte[] octets, int from, int to, ContentTaker taker)
      throws FramingException, TooLargeException {
    if (chunks != null) {
      return chunks.read(octets, from, to, taker);
    }
    int length = (int) Math.min(missing, to - from);
    taker.reserve(length);
    taker.append(octets, from, length);
    missing -= length;
    return from + length;
  }

  boolean isComplete() {
    return chunks != null ? chunks.isComplete() : missing == 0;
  }
}
