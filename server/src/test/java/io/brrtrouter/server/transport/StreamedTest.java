package io.brrtrouter.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Body.Streamed;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSink.Ending;
import io.brrtrouter.server.http.ContentWriter;
import io.brrtrouter.server.transport.RawClient.Answer;
import io.brrtrouter.server.transport.TestServer.Completed;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content that is written while it is sent, over HTTP/1. */
class StreamedTest extends ServerTest {
  private static final int PATIENCE_SECONDS = 20;

  private void streams(ContentWriter writer) {
    streams(Streamed.UNKNOWN_LENGTH, writer);
  }

  private void streams(long length, ContentWriter writer) {
    server.streamed = new Body.Streamed(writer, length);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("in time").isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/stream", "/stream/on-loop"})
  void what_is_flushed_is_there_before_more_is_written(String path) throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    streams(sink -> {
      sink.write("one ".getBytes(UTF_8));
      sink.write("two".getBytes(UTF_8));
      sink.flush();
      await(seen);
      sink.flush();
      sink.write("three".getBytes(UTF_8));
    });
    try (RawClient client = client()) {
      Answer head = client.send("GET " + path + END + "GET /next" + END).readHead();
      assertThat(head.headers()).containsOnlyKeys("date", "transfer-encoding");
      assertThat(head.header("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(client.chunk()).isEqualTo("one two");
      seen.countDown();
      assertThat(client.chunks()).isEqualTo("three");
      assertThat(client.read().body()).isEqualTo("GET /next ");
    }
    assertThat(server.nextCompleted()).isEqualTo(new Completed(path, 200, 12, false));
  }

  @Test
  void nothing_at_all_is_a_whole_response() throws Exception {
    streams(_ -> {});
    try (RawClient client = client()) {
      client.send("GET /stream" + END + "GET /next" + END).readHead();
      assertThat(client.chunks()).isEmpty();
      assertThat(client.read().body()).isEqualTo("GET /next ");
    }
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/stream", 200, 0, false));
  }

  @Test
  void content_of_known_length_has_no_chunks() throws Exception {
    streams(
        5,
        sink -> {
          sink.write("o".getBytes(UTF_8));
          sink.flush();
          sink.write("xnext".getBytes(UTF_8), 1, 4);
        });
    try (RawClient client = client()) {
      Answer answer = client.send("GET /stream" + END + "GET /next" + END).read();
      assertThat(answer.headers()).containsOnlyKeys("date", "content-length");
      assertThat(answer.body()).isEqualTo("onext");
      assertThat(client.read().body()).isEqualTo("GET /next ");
    }
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/stream", 200, 5, false));
  }

  @Test
  void a_client_of_http_1_0_reads_to_the_end_of_the_connection() throws Exception {
    streams(sink -> sink.write("all of it".getBytes(UTF_8)));
    try (RawClient client = client()) {
      client.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      Answer head = client.readHead();
      assertThat(head.headers()).containsOnlyKeys("date", "connection");
      assertThat(head.header("Connection")).isEqualTo("close");
      assertThat(client.rest()).isEqualTo("all of it");
    }
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/stream", 200, 9, false));
  }

  @ParameterizedTest
  @CsvSource({"HEAD, /stream, -1, ''", "HEAD, /stream, 7, 7", "GET, /stream/none, -1, ''"})
  void nobody_writes_where_there_is_no_content(
      String method, String path, long length, String announced) throws Exception {
    streams(
        length,
        _ -> {
          throw new AssertionError("written for nobody");
        });
    try (RawClient client = client()) {
      Answer head = client.send(method + " " + path + END + "GET /next" + END).readHead();
      assertThat(head.header("Content-Length")).isEqualTo(announced);
      assertThat(head.header("Transfer-Encoding")).isEmpty();
      assertThat(client.read().body()).isEqualTo("GET /next ");
    }
    assertThat(server.nextCompleted().bytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"-1, throws", "6, throws", "6, less", "6, more"})
  void content_that_cannot_be_completed_does_not_look_complete(long length, String how)
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
    try (RawClient client = client()) {
      client.send("GET /stream" + END);
      assertThatThrownBy(
              () -> {
                if (length < 0) {
                  client.readHead();
                  client.chunks();
                } else {
                  client.read();
                }
              })
          .isInstanceOfAny(EOFException.class, SocketException.class, NumberFormatException.class);
    }
    Completed completed = server.nextCompleted();
    assertThat(completed.aborted()).isTrue();
    assertThat(completed.status()).isEqualTo(200);
  }

  @Test
  void nor_does_it_to_a_client_of_http_1_0() throws Exception {
    streams(sink -> {
      sink.write("some".getBytes(UTF_8));
      sink.flush();
      throw new IOException("thrown by a test");
    });
    try (RawClient client = client()) {
      client.send("GET /stream HTTP/1.0\r\n\r\n").readHead();
      assertThatThrownBy(client::rest).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_client_that_goes_is_noticed_at_once(boolean writes) throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    CompletableFuture<Ending> told = new CompletableFuture<>();
    streams(sink -> {
      sink.onEnding(() -> told.complete(sink.ending()));
      sink.write("x".getBytes(UTF_8));
      sink.flush();
      try {
        while (writes) {
          sink.write(new byte[1000]);
        }
        Thread.sleep(Duration.ofMinutes(1));
      } catch (IOException | InterruptedException end) {
        thrown.complete(end);
        assertThatThrownBy(sink::flush).isInstanceOf(ClientGoneException.class);
        throw end;
      }
    });
    try (RawClient client = client()) {
      client.send("GET /stream" + END).readHead();
      assertThat(client.octets(4)).isEqualTo("1\r\nx".getBytes(UTF_8));
      client.reset();
    }
    assertThat(told.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(Ending.GONE);
    assertThat(thrown.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(writes ? ClientGoneException.class : InterruptedException.class);
    Completed completed = server.nextCompleted();
    assertThat(completed.aborted()).isTrue();
    assertThat(completed.status()).isEqualTo(200);
  }

  @Test
  void little_is_written_that_the_client_does_not_read() throws Exception {
    int parts = 3_000;
    byte[] part = new byte[10_000];
    AtomicLong written = new AtomicLong();
    streams(sink -> {
      for (int i = 0; i < parts; i++) {
        Arrays.fill(part, (byte) i);
        sink.write(part);
        written.addAndGet(part.length);
      }
    });
    try (RawClient client = server.client(4096)) {
      client.send("GET /stream" + END).readHead();
      long before = -1;
      for (int same = 0; same < 5; same++) { // until it is blocked
        Thread.sleep(100);
        same = written.get() == before ? same : -1;
        before = written.get();
      }
      assertThat(before).isBetween(1L, 10_000_000L);
      byte[] all = client.chunks().getBytes(ISO_8859_1);
      assertThat(all).hasSize(parts * part.length);
      for (int i = 0; i < parts; i++) {
        assertThat(all[i * part.length]).isEqualTo((byte) i);
        assertThat(all[(i + 1) * part.length - 1]).isEqualTo((byte) i);
      }
    }
    assertThat(server.nextCompleted())
        .isEqualTo(new Completed("/stream", 200, (long) parts * part.length, false));
  }

  @Test
  void a_client_that_stops_reading_is_cut_off_and_one_that_waits_is_not() throws Exception {
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
    try (RawClient client = server.client(4096)) {
      client.send("GET /stream" + END).readHead();
      assertThat(client.chunk()).isEqualTo("x");
      Thread.sleep(1000);
      assertThat(server.completed).isEmpty();
      waited.countDown();
      assertThat(server.nextCompleted().aborted()).isTrue();
    }
  }

  @Test
  void whoever_writes_knows_of_a_drain_and_ends_well() throws Exception {
    settings.drainGrace = Duration.ofMillis(300);
    restart();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch drains = new CountDownLatch(1);
    streams(sink -> {
      sink.onEnding(drains::countDown);
      sink.write("x".getBytes(UTF_8));
      sink.flush();
      begun.countDown();
      await(drains);
      sink.write(String.valueOf(sink.ending()).getBytes(UTF_8));
    });
    try (RawClient client = client()) {
      client.send("GET /stream" + END).readHead();
      assertThat(client.chunk()).isEqualTo("x");
      await(begun);
      Thread drain =
          Thread.startVirtualThread(() -> server.transport.drain(Duration.ofSeconds(20)));
      assertThat(client.chunks()).isEqualTo("DRAINING");
      assertThat(client.isEnded()).isTrue();
      drain.join();
    }
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/stream", 200, 9, false));
  }

  @Test
  void content_ends_when_the_server_is_closed() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    streams(sink -> {
      try {
        while (true) {
          sink.write("x".getBytes(UTF_8));
          sink.flush();
          Thread.sleep(1);
        }
      } catch (IOException | InterruptedException end) {
        thrown.complete(end);
      }
    });
    try (RawClient client = client()) {
      client.send("GET /stream" + END).readHead();
      assertThat(client.chunk()).isEqualTo("x");
      server.close();
      assertThat(thrown.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(server.nextCompleted().aborted()).isTrue();
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
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 30; i++) {
        RawClient client = server.client(4096);
        clients.add(client);
        client.send("GET /stream" + END);
      }
      eventually("some are cut off", () -> gone.getCount() < 30);
      assertThat(server.transport.shared.unread().bytes())
          .isLessThanOrEqualTo(settings.bufferedBytes);
      try (RawClient other = client()) {
        assertThat(other.send("GET /next" + END).read().body()).isEqualTo("GET /next ");
      }
    } finally {
      for (RawClient client : clients) {
        client.reset();
      }
    }
    await(gone);
    eventually("all room is given back", () -> server.transport.shared.unread().bytes() == 0);
  }
}
