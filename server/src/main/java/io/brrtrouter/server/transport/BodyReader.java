package io.brrtrouter.server.transport;

/** Reads the body of one request into memory. */
final class BodyReader {
  private final BodyCollector collector;
  private final BodyFraming framing;

  /** Begins a body of at most the limit, if its length is known. */
  BodyReader(RequestHead head, int limit, Shared shared) {
    int announced = head.isChunked() ? -1 : Math.toIntExact(head.contentLength());
    this.collector = new BodyCollector(limit, announced, shared.capacity());
    this.framing = new BodyFraming(head, shared.limits());
  }

  /**
   * Reads octets to the end of the body at most.
   *
   * @return the index of the first octet not read
   * @throws FramingException if the body is not framed as announced or the server holds too much
   * @throws TooLargeException if the body exceeds its limit
   */
  int read(byte[] octets, int from, int to) throws FramingException, TooLargeException {
    return framing.read(octets, from, to, collector);
  }

  boolean isComplete() {
    return framing.isComplete();
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
