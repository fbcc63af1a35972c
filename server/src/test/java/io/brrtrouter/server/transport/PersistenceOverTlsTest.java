package io.brrtrouter.server.transport;

/** {@link PersistenceTest}, encrypted. */
class PersistenceOverTlsTest extends PersistenceTest {

  @Override
  void configure(Settings changed) {
    super.configure(changed);
    changed.protocols = new TlsFolder()::protocols;
  }
}
