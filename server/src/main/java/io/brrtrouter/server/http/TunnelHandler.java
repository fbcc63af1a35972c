package io.brrtrouter.server.http;

/**
 * Speaks another protocol on a connection of HTTP, with plain blocking calls (RFC 9110 section 7.8,
 * RFC 8441). It runs on a virtual thread of the server once the client is told that the protocol is
 * switched, and the connection, or the stream of HTTP/2, ends when it returns.
 *
 * <p>It may not run at all, when the client has gone before. When the client goes while it runs,
 * its thread is interrupted and both sides throw {@link ClientGoneException}. When it throws, the
 * connection is cut off, and what it threw is logged.
 */
@FunctionalInterface
public interface TunnelHandler {
  /**
   * Speaks the protocol.
   *
   * @param source what the client sends behind the head of its request
   * @param sink takes what it is sent behind the head of the response
   * @throws Exception if the connection is to be cut off
   */
  void run(ContentSource source, ContentSink sink) throws Exception;
}
