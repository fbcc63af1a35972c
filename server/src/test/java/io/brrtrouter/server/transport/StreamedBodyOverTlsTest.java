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

  /**
   * Where records come whole there is no room for them, in which nobody has seen a body yet, and
   * the connection ends; where they come one by one there is none for what was in them.
   */
  @Override
  @Test
  void a_body_for_which_there_is_no_room_fails() throws Exception {
    settings.bufferedBytes = 20_000;
    restart();
    try (RawClient client = client()) {
      client.send(head("/in/wait", 50_000));
      server.nextRequest();
      sendOrBeClosed(client, new byte[50_000]);
      eventually(
          "there is no room",
          () -> !server.completed.isEmpty() || server.deaf() == 1 || server.refused.get() == 1);
      server.release();
      TestServer.Completed completed = server.nextCompleted();
      assertThat(completed.aborted() || completed.status() == 503)
          .as(completed.toString())
          .isTrue();
    }
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
