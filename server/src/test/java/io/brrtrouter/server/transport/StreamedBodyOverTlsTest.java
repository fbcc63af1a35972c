package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@link StreamedBodyTest}, encrypted. */
class StreamedBodyOverTlsTest extends StreamedBodyTest {
  @Override
  void configure(Settings changed) {
    changed.protocols = new TlsFolder()::protocols;
  }

  /** There is no room for the records first, in which nobody has seen a body yet. */
  @Override
  @Test
  void a_body_for_which_there_is_no_room_fails() throws Exception {
    settings.bufferedBytes = 20_000;
    restart();
    try (RawClient client = client()) {
      client.send(head("/in/wait", 50_000));
      server.nextRequest();
      sendOrBeClosed(client, new byte[50_000]);
      assertThat(server.nextCompleted().aborted()).isTrue();
    }
    server.release();
    nothingIsHeld();
  }

  /** The server may have closed before all is sent. */
  private static void sendOrBeClosed(RawClient client, byte[] octets) {
    try {
      client.send(octets);
    } catch (IOException closed) {
      assertThat(closed)
          .hasMessageMatching("(?i).*(broken pipe|connection reset|aborted|closed).*");
    }
  }
}
