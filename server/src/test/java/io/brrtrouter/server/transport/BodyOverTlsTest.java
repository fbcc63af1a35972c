package io.brrtrouter.server.transport;

/** {@link BodyTest}, encrypted. */
class BodyOverTlsTest extends BodyTest {

  @Override
  void configure(Settings changed) {
    super.configure(changed);
    changed.protocols = new TlsFolder()::protocols;
  }
}
