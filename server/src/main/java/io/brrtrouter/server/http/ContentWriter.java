package io.brrtrouter.server.http;

/**
 * Writes the content of one response while it is sent, with plain blocking calls. It runs on a
 * virtual thread of the server once the response is checked and its head is on its way, and the
 * response is complete when it returns.
 *
 * <p>It may not run at all, when there is nobody to write for: the request was a {@code HEAD}, the
 * client has gone, another response is sent instead. So what it needs to close it opens itself.
 *
 * <p>When the client goes while it runs, its thread is interrupted and every call of the sink
 * throws {@link ClientGoneException}. When it throws, the response is cut off so that the client
 * does not take it for complete, and what it threw is logged.
 */
@FunctionalInterface
public interface ContentWriter {
  /**
   * Writes the content.
   *
   * @param sink takes the content; is of no use after this returns
   * @throws Exception if there is no more content though it is not complete
   */
  void writeTo(ContentSink sink) throws Exception;
}
