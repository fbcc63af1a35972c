package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.http.TransportFailure.Kind;

/**
 * The body of a request of HTTP/1 that is handed on while it comes. Used by its event loop only.
 */
final class StreamedBody {
  private final BodyFraming framing;
  private final RequestContent content;

  private boolean failed;

  /** Whether the client waits for a 100 before it sends the body. */
  private boolean invited;

  StreamedBody(RequestHead head, RequestContent content, TransportLimits limits) {
    this.framing = new BodyFraming(head, limits);
    this.content = content;
    this.invited = !head.expectsContinue();
  }

  RequestContent content() {
    return content;
  }

  /** {@return whether the client is to be told, once, that it may send the body} */
  boolean invite() {
    boolean due = !invited;
    invited = true;
    return due;
  }

  /**
   * Reads octets to the end of the body at most, and tells whoever reads the content of its end.
   *
   * @return the index of the first octet not read, all of them being of no use once it has failed
   */
  int read(byte[] octets, int from, int to) {
    if (to > from) {
      invited = true; // Whoever sends does not wait.
    }
    try {
      int at = framing.read(octets, from, to, content);
      content.publish();
      if (framing.isComplete()) {
        content.end();
      }
      return at;
    } catch (TooLargeException e) {
      content.failTooLarge();
    } catch (FramingException e) {
      content.fail(e.failure());
    }
    failed = true;
    return to;
  }

  /** {@return whether what comes is of no use any more} */
  boolean isFailed() {
    return failed;
  }

  /** The client sends no more. */
  void breakOff() {
    content.fail(new TransportFailure(Kind.MALFORMED, "the connection ended within the body"));
  }

  /** {@return whether all of it has come} */
  boolean isComplete() {
    return framing.isComplete();
  }
}
