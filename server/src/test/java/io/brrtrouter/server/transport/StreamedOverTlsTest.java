package io.brrtrouter.server.transport;

/** {@link StreamedTest}, encrypted. */
class StreamedOverTlsTest extends StreamedTest {
  @Override
  void configure(Settings changed) {
    super.configure(changed);
    changed.protocols = new TlsFolder()::protocols;
  }
}
