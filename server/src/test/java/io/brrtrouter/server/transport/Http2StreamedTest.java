package io.brrtrouter.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.ClientGoneException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Content that is written while it is sent, over HTTP/2. */
class Http2StreamedTest extends StreamedScenarios {
  /** What a client lets a stream send before it says more (RFC 9113 section 6.9.2). */
  private static final int WINDOW = 65_535;

  private H2Client h2() throws IOException {
    return new H2Client(client());
  }

  /** Reads until so many octets of a stream have come. */
  private static void read(H2Client client, int stream, int octets) throws IOException {
    while (client.received(stream) < octets) {
      client.readOne();
    }
  }

  @Override
  Reader reader() throws IOException {
    return new Http2Reader(h2());
  }

  @Override
  Reader idleReader() throws IOException {
    H2Client client = h2();
    client.takes = false;
    return new Http2Reader(client);
  }

  @Override
  String cutOff(String reason) {
    return "RST " + reason;
  }

  @Override
  void othersGoOn(Reader reader) throws IOException {
    assertThat(reader.next()).isEqualTo("200 GET /next ");
  }

  private static final class Http2Reader implements Reader {
    private static final int STREAM = 3;

    private final H2Client client;
    private boolean gone;

    Http2Reader(H2Client client) {
      this.client = client;
    }

    @Override
    public Reader get(String path) throws IOException {
      client.get(STREAM, path);
      return this;
    }

    @Override
    public Reader read(int octets) throws IOException {
      Http2StreamedTest.read(client, STREAM, octets);
      return this;
    }

    @Override
    public String outcome() throws IOException {
      return client.outcome(STREAM);
    }

    @Override
    public String length() {
      assertThat(client.field(STREAM, "transfer-encoding")).isEqualTo("null");
      String length = client.field(STREAM, "content-length");
      return length.equals("null") ? "" : length;
    }

    @Override
    public String next() throws IOException {
      return client.get(STREAM + 2, "/next").outcome(STREAM + 2);
    }

    @Override
    public void giveUp() throws IOException {
      client.cancel(STREAM);
    }

    @Override
    public void leave() throws IOException {
      gone = true;
      client.close();
    }

    @Override
    public void close() throws IOException {
      if (!gone) {
        client.reset();
      }
    }
  }

  @Test
  void a_head_request_has_nothing_written() throws Exception {
    streams(
        9,
        _ -> {
          throw new AssertionError("written for nobody");
        });
    try (H2Client client = h2()) {
      assertThat(client.request(3, true, "HEAD", "/stream").outcome(3)).isEqualTo("200 ");
      assertThat(client.field(3, "content-length")).isEqualTo("9");
    }
  }

  @Test
  void the_window_of_a_stream_holds_its_writer_and_no_other() throws Exception {
    AtomicLong written = new AtomicLong();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    byte[] part = new byte[10_000];
    streams(sink -> {
      try {
        while (true) {
          sink.write(part);
          written.addAndGet(part.length);
        }
      } catch (IOException end) {
        thrown.complete(end);
        throw end;
      }
    });
    try (H2Client client = h2()) {
      client.takes = false;
      client.get(3, "/stream");
      read(client, 3, WINDOW);
      long most = WINDOW + ContentStream.MOST_WAITING + ContentStream.PART;
      eventually("the writer waits", () -> written.get() > WINDOW + ContentStream.PART);
      assertThat(written.get()).isLessThanOrEqualTo(most);
      // Octets of the other one pass when the window of the connection lets them.
      byte[] more = ByteBuffer.allocate(4).putInt(1000).array();
      client.send(H2Client.WINDOW_UPDATE, 0, 0, more);
      assertThat(client.get(5, "/next").outcome(5)).isEqualTo("200 GET /next ");
      assertThat(written.get()).isLessThanOrEqualTo(most);
      client.reset();
      assertThat(thrown.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .isInstanceOf(ClientGoneException.class);
    }
  }

  @Test
  void many_streams_are_written_at_once() throws Exception {
    streams(sink -> {
      for (int i = 0; i < 50; i++) {
        sink.write(("" + i % 10).repeat(1000).getBytes(UTF_8));
        sink.flush();
      }
    });
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      expected.append(("" + i % 10).repeat(1000));
    }
    try (H2Client client = h2()) {
      for (int stream = 3; stream < 43; stream += 2) {
        client.get(stream, "/stream");
      }
      for (int stream = 3; stream < 43; stream += 2) {
        assertThat(client.whole(stream)).isEqualTo("200 " + expected);
      }
    }
  }
}
