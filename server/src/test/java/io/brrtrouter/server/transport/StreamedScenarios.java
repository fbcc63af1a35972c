package io.brrtrouter.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Body.Streamed;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSink;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content that is written while it is sent: what is the same over HTTP/1 and HTTP/2. */
abstract class StreamedScenarios extends ServerTest {
  static final int PATIENCE_SECONDS = 20;

  /** A client that asks for one response, and for another one behind it. */
  interface Reader extends AutoCloseable {
    /** Asks. */
    Reader get(String path) throws IOException;

    /** {@return the response to a request for {@code /next}, status and content} */
    String next() throws IOException;

    /** Reads until so many octets of the content have come. */
    Reader read(int octets) throws IOException;

    /** {@return status and all content, or how it was cut off} */
    String outcome() throws IOException;

    /** {@return the length that was announced, empty if none was} */
    String length();

    /** Gives up the request, and nothing else if that can be. */
    void giveUp() throws IOException;

    /** Closes the connection as clients do: with an end (RFC 9293 section 3.6), and no reset. */
    void leave() throws IOException;

    /** Goes at once, whatever has not been read. */
    @Override
    void close() throws IOException;
  }

  /** {@return a client} */
  abstract Reader reader() throws IOException;

  /** {@return a client that takes little of what it does not read} */
  abstract Reader idleReader() throws IOException;

  /** {@return what a response is for its client that is cut off for a reason} */
  abstract String cutOff(String reason);

  final void streams(ContentWriter writer) {
    streams(Streamed.UNKNOWN_LENGTH, writer);
  }

  final void streams(long length, ContentWriter writer) {
    server.streamed = new Body.Streamed(writer, length);
  }

  static void await(CountDownLatch latch) throws InterruptedException {
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
    try (Reader reader = reader()) {
      reader.get(path).read(7);
      seen.countDown();
      assertThat(reader.outcome()).isEqualTo("200 one twothree");
      assertThat(reader.length()).isEmpty();
      assertThat(reader.next()).isEqualTo("200 GET /next ");
    }
    assertThat(server.nextCompleted()).isEqualTo(new Completed(path, 200, 12, false));
  }

  @Test
  void nothing_at_all_is_a_whole_response() throws Exception {
    streams(_ -> {});
    try (Reader reader = reader()) {
      assertThat(reader.get("/stream").outcome()).isEqualTo("200 ");
      assertThat(reader.next()).isEqualTo("200 GET /next ");
    }
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/stream", 200, 0, false));
  }

  @Test
  void content_of_known_length_says_so() throws Exception {
    streams(
        5,
        sink -> {
          sink.write("o".getBytes(UTF_8));
          sink.flush();
          sink.write("xnext".getBytes(UTF_8), 1, 4);
        });
    try (Reader reader = reader()) {
      assertThat(reader.get("/stream").outcome()).isEqualTo("200 onext");
      assertThat(reader.length()).isEqualTo("5");
      assertThat(reader.next()).isEqualTo("200 GET /next ");
    }
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/stream", 200, 5, false));
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
    try (Reader reader = reader()) {
      assertThat(reader.get("/stream").outcome()).isEqualTo(cutOff("INTERNAL_ERROR"));
      othersGoOn(reader);
    }
    Completed completed = server.nextCompleted();
    assertThat(completed.aborted()).isTrue();
    assertThat(completed.status()).isEqualTo(200);
  }

  private static ContentSink.Source source(byte[] octets) {
    ByteBuffer left = ByteBuffer.wrap(octets);
    return buffer -> {
      int some = Math.min(buffer.remaining(), left.remaining());
      buffer.put(left.slice(left.position(), some));
      left.position(left.position() + some);
    };
  }

  /** Some of it in large parts, and at the end in small ones. */
  @ParameterizedTest
  @CsvSource({"1, true", "40000, true", "1000003, true", "40000, false", "1000003, false"})
  void what_a_source_has_comes_whole_and_in_order(int length, boolean announced) throws Exception {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) ('a' + i / 1000 % 26);
    }
    streams(
        announced ? length + 2 : Streamed.UNKNOWN_LENGTH,
        sink -> {
          sink.write("<".getBytes(UTF_8));
          sink.write(length, source(octets));
          sink.write(">".getBytes(UTF_8));
        });
    try (Reader reader = reader()) {
      assertThat(reader.get("/stream").outcome())
          .isEqualTo("200 <" + new String(octets, UTF_8) + ">");
      assertThat(reader.length()).isEqualTo(announced ? String.valueOf(length + 2) : "");
      assertThat(reader.next()).isEqualTo("200 GET /next ");
    }
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/stream", 200, length + 2, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"less", "throws", "more"})
  void what_a_source_cannot_complete_does_not_look_complete(String how) throws Exception {
    int length = 600_000;
    byte[] less = new byte[length - 1];
    streams(
        length,
        sink -> {
          switch (how) {
            case "less" -> sink.write(length, source(less));
            case "more" -> sink.write(length + 1, source(new byte[length + 1]));
            default -> {
              sink.write(length - 1, source(less));
              sink.write(
                  1,
                  _ -> {
                    throw new IOException("thrown by a test");
                  });
            }
          }
        });
    try (Reader reader = reader()) {
      assertThat(reader.get("/stream").outcome()).isEqualTo(cutOff("INTERNAL_ERROR"));
    }
    assertThat(server.nextCompleted().aborted()).isTrue();
  }

  /** They are for those who read: whoever does not has one at most, and gives it back. */
  @Test
  void large_parts_are_of_few_and_given_back() throws Exception {
    settings.bufferedBytes = 2L * 16 * ContentStream.LARGE_PART;
    restart();
    Semaphore parts = server.transport.shared.largeParts();
    assertThat(parts.availablePermits()).isEqualTo(2);
    CountDownLatch gone = new CountDownLatch(4);
    streams(sink -> {
      sink.onEnding(gone::countDown);
      while (true) {
        sink.write(1 << 30, buffer -> buffer.position(buffer.limit()));
      }
    });
    List<Reader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        Reader reader = idleReader();
        readers.add(reader);
        reader.get("/stream").read(1);
      }
      assertThat(parts.availablePermits()).isZero();
    } finally {
      for (Reader reader : readers) {
        reader.close();
      }
    }
    await(gone);
    eventually("all are given back", () -> parts.availablePermits() == 2);
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void a_client_that_gives_up_is_noticed_at_once(boolean writes, boolean orderly) throws Exception {
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
    try (Reader reader = reader()) {
      reader.get("/stream").read(1);
      if (orderly) {
        reader.leave();
      } else {
        reader.giveUp();
      }
      assertThat(told.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(Ending.GONE);
      assertThat(thrown.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .isInstanceOf(writes ? ClientGoneException.class : InterruptedException.class);
      if (!orderly) {
        othersGoOn(reader);
      }
    }
    Completed completed = server.nextCompleted();
    assertThat(completed.aborted()).isTrue();
    assertThat(completed.status()).isEqualTo(200);
  }

  /** While nothing is written nobody can be late: the clock of the server looks many times. */
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
    try (Reader reader = idleReader()) {
      reader.get("/stream").read(1);
      Thread.sleep(settings.writeStall.multipliedBy(2));
      assertThat(server.completed).isEmpty();
      waited.countDown();
      assertThat(server.nextCompleted().aborted()).isTrue();
      assertThat(reader.outcome()).isEqualTo(cutOff("CANCEL"));
    }
  }

  @Test
  void whoever_writes_knows_of_a_drain_and_ends_well() throws Exception {
    settings.drainGrace = Duration.ofMillis(300);
    restart();
    CountDownLatch drains = new CountDownLatch(1);
    streams(sink -> {
      sink.onEnding(drains::countDown);
      sink.write("x".getBytes(UTF_8));
      sink.flush();
      await(drains);
      sink.write(String.valueOf(sink.ending()).getBytes(UTF_8));
    });
    Thread drain;
    try (Reader reader = reader()) {
      reader.get("/stream").read(1);
      drain = Thread.startVirtualThread(() -> server.transport.drain(Duration.ofSeconds(20)));
      assertThat(reader.outcome()).isEqualTo("200 xDRAINING");
      endsWithADrain(reader);
    }
    drain.join();
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/stream", 200, 9, false));
  }

  /** One response has ended: what is shown of others on the connection, if there can be any. */
  void othersGoOn(Reader reader) throws IOException {}

  /** What is shown of the connection then. */
  void endsWithADrain(Reader reader) throws IOException {}

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
    try (Reader reader = reader()) {
      reader.get("/stream").read(1);
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
    List<Reader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 30; i++) {
        Reader reader = idleReader();
        readers.add(reader);
        reader.get("/stream");
      }
      eventually("some are cut off", () -> gone.getCount() < 30);
      assertThat(server.transport.shared.unread().bytes())
          .isLessThanOrEqualTo(settings.bufferedBytes);
      try (RawClient other = client()) {
        assertThat(other.send("GET /next" + END).read().body()).isEqualTo("GET /next ");
      }
    } finally {
      for (Reader reader : readers) {
        reader.close();
      }
    }
    await(gone);
    eventually("all room is given back", () -> server.transport.shared.unread().bytes() == 0);
  }
}
