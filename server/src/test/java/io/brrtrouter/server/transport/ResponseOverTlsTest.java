package io.brrtrouter.server.transport;

/** {@link ResponseTest}, encrypted. */
class ResponseOverTlsTest extends ResponseTest {

  @Override
  void configure(Settings changed) {
    super.configure(changed);
    changed.protocols = new TlsFolder()::protocols;
  }
}
