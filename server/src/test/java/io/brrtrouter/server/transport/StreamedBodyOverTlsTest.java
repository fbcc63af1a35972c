package io.brrtrouter.server.transport;

/** {@link StreamedBodyTest}, encrypted. */
class StreamedBodyOverTlsTest extends StreamedBodyTest {
  @Override
  void configure(Settings changed) {
    changed.protocols = new TlsFolder()::protocols;
  }
}
