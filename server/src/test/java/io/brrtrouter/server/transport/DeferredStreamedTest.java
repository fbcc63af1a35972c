package io.brrtrouter.server.transport;

/** Streamed responses to requests that take a thread to decide on. */
class DeferredStreamedTest extends StreamedTest {
  @Override
  void configure(Settings changed) {
    super.configure(changed);
    changed.deferred = true;
  }
}
