package io.brrtrouter.server.transport;

/** Bodies of requests that take a thread to decide on. */
class DeferredBodyTest extends BodyTest {
  @Override
  void configure(Settings changed) {
    super.configure(changed);
    changed.deferred = true;
  }
}
