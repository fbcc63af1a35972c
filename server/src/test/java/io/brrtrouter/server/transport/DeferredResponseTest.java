package io.brrtrouter.server.transport;

/** Responses to requests that take a thread to decide on. */
class DeferredResponseTest extends ResponseTest {
  @Override
  void configure(Settings changed) {
    super.configure(changed);
    changed.deferred = true;
  }
}
