package io.brrtrouter.server.transport;

/** Bodies that are read while they come, of requests whose decision takes a thread. */
class DeferredStreamedBodyTest extends StreamedBodyTest {
  @Override
  void configure(Settings changed) {
    changed.deferred = true;
  }
}
