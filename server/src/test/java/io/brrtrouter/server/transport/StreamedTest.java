package io.brrtrouter.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.transport.RawClient.Answer;
import io.brrtrouter.server.transport.TestServer.Completed;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content that is written while it is sent, over HTTP/1. */
class StreamedTest extends StreamedScenarios {
  @Override
  Reader reader() throws IOException {
    return new Http1Reader(client());
  }

  @Override
  Reader idleReader() throws IOException {
    return new Http1Reader(server.client(4096));
  }

  @Override
  String cutOff(String reason) {
    return "cut off";
  }

  @Override
  void endsWithADrain(Reader reader) throws IOException {
    assertThat(((Http1Reader) reader).client.isEnded()).isTrue();
  }

  private static final class Http1Reader implements Reader {
    private final RawClient client;
    private final StringBuilder content = new StringBuilder();
    private @Nullable Answer head;
    private boolean gone;

    Http1Reader(RawClient client) {
      this.client = client;
    }

    @Override
    public Reader get(String path) throws IOException {
      client.send("GET " + path + END);
      return this;
    }

    @Override
    public Reader read(int octets) throws IOException {
      while (content.length() < octets) {
        readSome();
      }
      return this;
    }

    /** {@return whether there is more} */
    private boolean readSome() throws IOException {
      if (head == null) {
        head = client.readHead();
      }
      if (length().isEmpty()) {
        String chunk = client.chunk();
        content.append(chunk);
        return !chunk.isEmpty();
      }
      int left = Integer.parseInt(length()) - content.length();
      byte[] octets = client.octets(Math.min(left, 1));
      if (left > 0 && octets.length == 0) {
        throw new EOFException("the content is not whole");
      }
      content.append(new String(octets, ISO_8859_1));
      return left > 1;
    }

    @Override
    public String outcome() throws IOException {
      try {
        boolean more = true;
        while (more) {
          more = readSome();
        }
      } catch (EOFException | SocketException | SSLException cutOff) {
        return "cut off";
      }
      return head.status() + " " + content;
    }

    @Override
    public String length() {
      return head.header("Content-Length");
    }

    @Override
    public String next() throws IOException {
      Answer next = client.send("GET /next" + END).read();
      return next.status() + " " + next.body();
    }

    @Override
    public void giveUp() throws IOException {
      gone = true;
      client.reset();
    }

    @Override
    public void leave() throws IOException {
      gone = true;
      client.close();
    }

    @Override
    public void close() throws IOException {
      if (!gone) {
        giveUp();
      }
    }
  }

  /** Whoever writes content may write it from the body. */
  @Test
  void the_body_of_a_request_is_held_until_its_response_is_written() throws Exception {
    int length = 50_000;
    server.streamed =
        new Body.Streamed(
            sink -> {
              sink.write(new byte[] {'x'});
              sink.flush();
              server.awaitRelease();
            },
            Body.Streamed.UNKNOWN_LENGTH);
    String head = "POST /stream HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
    for (boolean goes : new boolean[] {true, false}) {
      try (RawClient client = client()) {
        client.send(head).send(new byte[length]);
        assertThat(client.readHead().status()).isEqualTo(200);
        assertThat(client.chunk()).isEqualTo("x");
        assertThat(server.transport.bufferedBytes()).isGreaterThanOrEqualTo(length);
        if (goes) {
          client.reset();
        } else {
          server.release();
          assertThat(client.chunk()).isEmpty();
        }
        eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
      }
    }
  }

  /** What is sent behind a request while that is answered waits. */
  @Test
  void the_next_request_may_come_before_the_content_is_written() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    streams(sink -> {
      sink.write("one".getBytes(UTF_8));
      sink.flush();
      await(seen);
      sink.write("two".getBytes(UTF_8));
    });
    try (RawClient client = client()) {
      Answer head = client.send("GET /stream" + END + "GET /next" + END).readHead();
      assertThat(head.headers()).containsOnlyKeys("date", "transfer-encoding");
      assertThat(head.header("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(client.chunk()).isEqualTo("one");
      seen.countDown();
      assertThat(client.chunks()).isEqualTo("two");
      assertThat(client.read().body()).isEqualTo("GET /next ");
    }
  }

  /** The octet that asks whether it is there is a leading zero of the size of the next chunk. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_client_that_only_sends_no_more_reads_all_of_it(boolean more) throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    streams(sink -> {
      sink.write("one".getBytes(UTF_8));
      sink.flush();
      await(seen);
      if (more) {
        sink.write("two".getBytes(UTF_8));
      }
    });
    try (RawClient client = client()) {
      client.send("GET /stream" + END).readHead();
      assertThat(client.chunk()).isEqualTo("one");
      client.endOutput();
      assertThat(client.octets(2)).as("asked twice").asString(UTF_8).isEqualTo("00");
      seen.countDown();
      assertThat(client.chunks()).isEqualTo(more ? "two" : "");
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(server.nextCompleted().aborted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1"})
  void where_nothing_can_ask_a_client_that_sends_no_more_is_not_waited_for_in_silence(
      String version) throws Exception {
    settings.writeStall = Duration.ofMillis(300);
    restart();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    streams(
        version.equals("HTTP/1.0") ? Body.Streamed.UNKNOWN_LENGTH : 3,
        sink -> {
          try {
            sink.write("o".getBytes(UTF_8));
            sink.flush();
            Thread.sleep(Duration.ofMinutes(1));
          } catch (InterruptedException gone) {
            thrown.complete(gone);
            throw gone;
          }
        });
    try (RawClient client = client()) {
      client.send("GET /stream " + version + "\r\nHost: x\r\n\r\n").readHead();
      assertThat(client.octets(1)).asString(UTF_8).isEqualTo("o");
      client.endOutput();
      assertThat(thrown.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
      if (version.equals("HTTP/1.0")) {
        assertThatThrownBy(client::rest).as("not whole").isInstanceOf(IOException.class);
      }
    }
    assertThat(server.nextCompleted().aborted()).isTrue();
  }

  @Test
  void content_of_known_length_has_no_chunks() throws Exception {
    streams(3, sink -> sink.write("one".getBytes(UTF_8)));
    try (RawClient client = client()) {
      Answer answer = client.send("GET /stream" + END).read();
      assertThat(answer.headers()).containsOnlyKeys("date", "content-length");
      assertThat(answer.body()).isEqualTo("one");
    }
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

  @Test
  void content_that_cannot_be_completed_does_not_look_complete_to_a_client_of_http_1_0()
      throws Exception {
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
}
