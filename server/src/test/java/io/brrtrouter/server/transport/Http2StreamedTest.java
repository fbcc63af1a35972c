package io.brrtrouter.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Body.Streamed;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSink.Ending;
import io.brrtrouter.server.http.ContentWriter;
import io.brrtrouter.server.transport.TestServer.Completed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Content that is written while it is sent, over HTTP/2. */
class Http2StreamedTest extends ServerTest {
  private static final int PATIENCE_SECONDS = 20;

  /** What a client lets a stream send before it says more (RFC 9113 section 6.9.2). */
  private static final int WINDOW = 65_535;

  private void streams(ContentWriter writer) {
    streams(Streamed.UNKNOWN_LENGTH, writer);
  }

  private void streams(long length, ContentWriter writer) {
    server.streamed = new Body.Streamed(writer, length);
  }

  private H2Client h2() throws IOException {
    return new H2Client(client());
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("in time").isTrue();
  }

  /** Reads until so many octets of a stream have come. */
  private static void read(H2Client client, int stream, int octets) throws IOException {
    while (client.received(stream) < octets) {
      client.readOne();
    }
  }

  @Test
  void what_is_flushed_is_there_before_more_is_written() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    streams(sink -> {
      sink.write("one ".getBytes(UTF_8));
      sink.write("two".getBytes(UTF_8));
      sink.flush();
      await(seen);
      sink.write(" three".getBytes(UTF_8));
    });
    try (H2Client client = h2()) {
      client.get(3, "/stream");
      read(client, 3, 7);
      seen.countDown();
      assertThat(client.outcome(3)).isEqualTo("200 one two three");
      assertThat(client.field(3, "content-length")).isEqualTo("null");
      assertThat(client.field(3, "transfer-encoding")).isEqualTo("null");
      assertThat(client.get(5, "/next").outcome(5)).isEqualTo("200 GET /next ");
    }
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/stream", 200, 13, false));
  }

  @Test
  void content_of_known_length_says_so() throws Exception {
    streams(3, sink -> sink.write("one".getBytes(UTF_8)));
    try (H2Client client = h2()) {
      assertThat(client.get(3, "/stream").outcome(3)).isEqualTo("200 one");
      assertThat(client.field(3, "content-length")).isEqualTo("3");
    }
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/stream", 200, 3, false));
  }

  @Test
  void nothing_at_all_is_a_whole_response() throws Exception {
    streams(_ -> {});
    try (H2Client client = h2()) {
      assertThat(client.get(3, "/stream").outcome(3)).isEqualTo("200 ");
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

  @ParameterizedTest
  @CsvSource({"-1, throws", "6, throws", "6, less", "6, more"})
  void content_that_cannot_be_completed_resets_its_stream_and_no_other(long length, String how)
      throws Exception {
    streams(
        length,
        sink -> {
          sink.write("some".getBytes(UTF_8));
          sink.flush();
          switch (how) {
            case "throws" -> throw new IOException("thrown by a test");
            case "more" -> sink.write("more".getBytes(UTF_8));
            default -> {}
          }
        });
    try (H2Client client = h2()) {
      assertThat(client.get(3, "/stream").outcome(3)).isEqualTo("RST INTERNAL_ERROR");
      Completed completed = server.nextCompleted();
      assertThat(completed.aborted()).isTrue();
      assertThat(completed.status()).isEqualTo(200);
      assertThat(client.get(5, "/next").outcome(5)).isEqualTo("200 GET /next ");
    }
  }

  @Test
  void a_client_that_resets_a_stream_is_noticed_at_once() throws Exception {
    CompletableFuture<Ending> told = new CompletableFuture<>();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    streams(sink -> {
      sink.onEnding(() -> told.complete(sink.ending()));
      sink.write("x".getBytes(UTF_8));
      sink.flush();
      try {
        Thread.sleep(Duration.ofMinutes(1));
      } catch (InterruptedException end) {
        thrown.complete(end);
        sink.flush();
      }
    });
    try (H2Client client = h2()) {
      read(client.get(3, "/stream"), 3, 1);
      client.cancel(3);
      assertThat(told.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(Ending.GONE);
      assertThat(thrown.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
      assertThat(server.nextCompleted()).isEqualTo(new Completed("/stream", 200, 1, true));
      assertThat(client.get(5, "/next").outcome(5)).isEqualTo("200 GET /next ");
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

  @Test
  void a_client_that_stops_reading_has_its_stream_reset_and_one_that_waits_has_not()
      throws Exception {
    settings.writeStall = Duration.ofMillis(300);
    restart();
    CountDownLatch waited = new CountDownLatch(1);
    streams(sink -> {
      sink.write("x".getBytes(UTF_8));
      sink.flush();
      await(waited);
      while (true) {
        sink.write(new byte[100_000]);
      }
    });
    try (H2Client client = h2()) {
      client.takes = false;
      read(client.get(3, "/stream"), 3, 1);
      Thread.sleep(1000);
      assertThat(server.completed).isEmpty();
      waited.countDown();
      assertThat(client.outcome(3)).isEqualTo("RST CANCEL");
      assertThat(server.nextCompleted().aborted()).isTrue();
    }
  }

  @Test
  void whoever_writes_knows_of_a_drain_and_ends_well() throws Exception {
    CountDownLatch drains = new CountDownLatch(1);
    streams(sink -> {
      sink.onEnding(drains::countDown);
      sink.write("x".getBytes(UTF_8));
      sink.flush();
      await(drains);
      sink.write(String.valueOf(sink.ending()).getBytes(UTF_8));
    });
    try (H2Client client = h2()) {
      read(client.get(3, "/stream"), 3, 1);
      Thread drain =
          Thread.startVirtualThread(() -> server.transport.drain(Duration.ofSeconds(20)));
      assertThat(client.outcome(3)).isEqualTo("200 xDRAINING");
      client.reset();
      drain.join();
    }
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/stream", 200, 9, false));
  }

  /** What a server holds of responses that nobody reads is bounded, those that are streamed too. */
  @Test
  void streams_that_nobody_reads_make_room_for_others() throws Exception {
    settings.bufferedBytes = 20L * ContentStream.MOST_WAITING;
    settings.writeStall = Duration.ofSeconds(2);
    restart();
    CountDownLatch gone = new CountDownLatch(30);
    streams(sink -> {
      sink.onEnding(gone::countDown);
      while (true) {
        sink.write(new byte[100_000]);
      }
    });
    List<H2Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 30; i++) {
        H2Client client = h2();
        clients.add(client);
        client.takes = false;
        client.get(3, "/stream");
      }
      eventually("some are cut off", () -> gone.getCount() < 30);
      assertThat(server.transport.shared.unread().bytes())
          .isLessThanOrEqualTo(settings.bufferedBytes);
      try (RawClient other = client()) {
        assertThat(other.send("GET /next" + END).read().body()).isEqualTo("GET /next ");
      }
    } finally {
      for (H2Client client : clients) {
        client.reset();
      }
    }
    await(gone);
    eventually("all room is given back", () -> server.transport.shared.unread().bytes() == 0);
  }
}
