package io.brrtrouter.server.http;

/**
 * What the transport calls: decides from the head of a request what happens to it. Called on an
 * event loop, so it must never block. Safe for use by many threads.
 */
public interface HeadHandler {

  /**
   * Decides from the head alone.
   *
   * @param head the head, valid by RFC 9112
   * @return what the transport is to do
   */
  HeadDecision decide(HttpRequest head);

  /**
   * Renders the answer to what is not, or never becomes, a request.
   *
   * @param failure what went wrong; the transport closes the connection after the answer
   * @param fields the header fields that were read before it did
   * @param peer who is connected
   * @return the response
   */
  HttpResponse refuse(TransportFailure failure, Headers fields, Peer peer);
}
