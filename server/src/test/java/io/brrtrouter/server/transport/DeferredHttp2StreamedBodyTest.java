package io.brrtrouter.server.transport;

/** Bodies over HTTP/2 that are read while they come, of requests whose decision takes a thread. */
class DeferredHttp2StreamedBodyTest extends Http2StreamedBodyTest {
  @Override
  void configure(Settings changed) {
    changed.deferred = true;
  }
}
