package io.brrtrouter.server.transport;

/** Connections whose requests take a thread to decide on. */
class DeferredPersistenceTest extends PersistenceTest {
  @Override
  void configure(Settings changed) {
    super.configure(changed);
    changed.deferred = true;
  }
}
