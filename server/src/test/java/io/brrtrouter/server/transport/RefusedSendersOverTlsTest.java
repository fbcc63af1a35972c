package io.brrtrouter.server.transport;

/** {@link RefusedSendersTest} over TLS, where the end of the answer is an alert. */
class RefusedSendersOverTlsTest extends RefusedSendersTest {

  @Override
  void configure(Settings changed) {
    super.configure(changed);
    changed.protocols = new TlsFolder()::protocols;
  }
}
