package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.schema.codec.JsonDecoder;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.stream.Items;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Items that are read while a client sends none. */
@Timeout(60)
class ReceivedItemsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.2.0
      info: {title: Readings, version: "1"}
      paths:
        /readings:
          post:
            operationId: add
            x-brrtrouter-stream-body: true
            requestBody:
              required: true
              content:
                application/jsonl: {itemSchema: {type: integer}}
            responses:
              "204": {description: kept}
      """;

  private static final JsonDecoder<Long> CODEC = JsonInput::readLong;

  /** {@return what a reader is told that waits for a second item when something is done to it} */
  private static Throwable toldOf(BiConsumer<Items<Long>, Thread> something) throws Exception {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    try (BrrtServer server =
            BrrtServer.builder()
                .document(TestServer.file(DOCUMENT))
                .handler(
                    "add",
                    request -> {
                      Items<Long> items = new ReceivedItems<>(request.items(), CODEC);
                      assertThat(items.next()).contains(1L);
                      Thread reader = Thread.currentThread();
                      Thread.ofVirtual()
                          .start(() -> {
                            awaitWaiting(reader);
                            something.accept(items, reader);
                          });
                      try {
                        items.next();
                      } catch (IOException | InterruptedException end) {
                        interrupted.complete(Thread.currentThread().isInterrupted());
                        told.complete(end);
                      }
                      return HttpResponse.of(204);
                    })
                .port(0)
                .output(new PrintStream(OutputStream.nullOutputStream()))
                .start();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client
          .getOutputStream()
          .write(
              ("""
              POST /readings HTTP/1.1\r
              Host: a\r
              Content-Type: application/jsonl\r
              Content-Length: 100\r
              \r
              1
              """)
                  .getBytes(StandardCharsets.UTF_8));
      Throwable end = told.get(20, TimeUnit.SECONDS);
      assertThat(interrupted.get()).isFalse();
      return end;
    }
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void closing_them_wakes_the_reader() throws Exception {
    assertThat(toldOf((items, _) -> items.close()))
        .isInstanceOf(IOException.class)
        .hasMessage("the items are closed");
  }

  @Test
  void a_reader_that_is_interrupted_learns_that() throws Exception {
    assertThat(toldOf((_, reader) -> reader.interrupt())).isInstanceOf(InterruptedException.class);
  }
}
