package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * How many streams of an HTTP/2 connection a client may reset in 30 seconds: 200 are let be, and
 * one more ends the connection (RFC 9113 section 10.5).
 */
class ResetRateTest extends ServerTest {
  private static final int MOST = 200;

  /** Sends as many requests as may be reset, and resets each. */
  private static int reset(H2Client client) throws IOException {
    int stream = 1;
    for (int i = 0; i < MOST; i++) {
      client.request(stream, false, "POST", "/a").cancel(stream);
      stream += 2;
    }
    return stream;
  }

  @Test
  void as_many_as_the_limit_are_let_be() throws Exception {
    try (H2Client client = new H2Client(client())) {
      int next = reset(client);

      assertThat(client.get(next, "/a").outcome(next)).isEqualTo("200 GET /a ");
      assertThat(client.lastStream).as("no GOAWAY").isEqualTo(-1);
    }
  }

  @Test
  void one_more_ends_the_connection() throws Exception {
    try (H2Client client = new H2Client(client())) {
      int next = reset(client);
      assertThat(client.get(next, "/a").outcome(next)).isEqualTo("200 GET /a ");

      client.request(next + 2, false, "POST", "/a").cancel(next + 2);
      assertThat(client.outcome(next + 2)).isEqualTo("GOAWAY ENHANCE_YOUR_CALM");
      eventually("it is closed", () -> server.transport.connections() == 0);
    }
  }

  /** Streams that the server resets because they are malformed are counted apart. */
  @Test
  void as_many_malformed_ones_are_let_be_and_one_more_ends_the_connection() throws Exception {
    try (H2Client client = new H2Client(client())) {
      int stream = 1;
      for (int i = 0; i < MOST; i++) {
        client.request(stream, true, "GET", "/a", "te", "gzip");
        assertThat(client.outcome(stream)).isEqualTo("RST PROTOCOL_ERROR");
        stream += 2;
      }
      assertThat(client.get(stream, "/a").outcome(stream)).isEqualTo("200 GET /a ");

      client.request(stream + 2, true, "GET", "/a", "te", "gzip");
      assertThat(client.outcome(stream + 2)).isEqualTo("GOAWAY ENHANCE_YOUR_CALM");
    }
  }
}
