package io.brrtrouter.server.stream;

/** Makes the events of one response, with plain blocking code on a virtual thread. */
@FunctionalInterface
public interface EventProducer {
  /**
   * Sends events, until there are no more: the response ends when this returns. It is interrupted
   * when the client goes, when the server drains and when the response has lasted long enough.
   *
   * @param events takes them
   * @throws Exception if there are no more though there should be: it is logged, and the response
   *     is cut off
   */
  void produce(EventChannel events) throws Exception;
}
