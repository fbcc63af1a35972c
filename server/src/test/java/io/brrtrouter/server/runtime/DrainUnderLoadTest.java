package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.KeptConnection.Answer;
import io.brrtrouter.server.transport.TransportTimeouts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promise 6 for the server as a whole: what a load balancer and its clients see of an end. */
class DrainUnderLoadTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Load, version: "1"}
      paths:
        /work/{id}:
          post:
            operationId: work
            parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
            requestBody: {required: true, content: {application/json: {schema: {type: object}}}}
            responses: {"200": {description: ok, content: {text/plain: {}}}}
      """;

  private static final int CLIENTS = 12;

  /** Of those that a client may do before the end of the server is called for. */
  private static final int BEFORE = 200;

  /**
   * Shorter than what a server that drains leaves an idle connection, by what clocks may differ.
   */
  private static final Duration IDLE = TransportTimeouts.DRAIN_GRACE.minusMillis(50);

  private final AtomicInteger ids = new AtomicInteger();

  /** Requests that a handler has seen. */
  private final Set<String> begun = ConcurrentHashMap.newKeySet();

  /** Requests whose client has read the answer. */
  private final Set<String> answered = ConcurrentHashMap.newKeySet();

  private final CountDownLatch running = new CountDownLatch(BEFORE);

  private final BrrtServer server =
      BrrtServer.builder()
          .document(TestServer.file(DOCUMENT))
          .config(TestServer.config("shutdown.delay_ms", "500 ms", "shutdown.drain_ms", "30 s"))
          .handler(
              "work",
              request -> {
                String id = request.pathParameters().text("id").orElseThrow();
                begun.add(id);
                return HttpResponse.text(200, id);
              })
          .output(new PrintStream(OutputStream.nullOutputStream()))
          .start();

  @Test
  @Timeout(120)
  void no_request_that_was_accepted_is_lost() throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> loops = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        loops.add(clients.submit(i % 2 == 0 ? this::keepAsking : this::askAndConnectAgain));
      }
      Future<Boolean> notReady = clients.submit(this::seesThatItIsNotReady);
      running.await();

      long began = System.nanoTime();
      server.close();

      assertThat(System.nanoTime() - began).as("within the bound").isLessThan(30_000_000_000L);
      for (Future<?> loop : loops) {
        loop.get();
      }
      assertThat(notReady.get()).as("/ready was 503 on a new connection").isTrue();
    }
    assertThat(answered).hasSizeGreaterThan(BEFORE).isEqualTo(begun);
  }

  /** On one connection until the server says that it is the last answer. */
  private Void keepAsking() throws IOException {
    try (KeptConnection connection = new KeptConnection(server)) {
      long idleSince = System.nanoTime();
      long askedAt = idleSince;
      try {
        boolean last = false;
        while (!last) {
          // Not before this has its server answered the last one, whenever the answer was read.
          idleSince = askedAt;
          askedAt = System.nanoTime();
          last = isLast(ask(connection));
        }
      } catch (IOException closed) {
        assertThat(System.nanoTime() - idleSince)
            .as("nanoseconds without a request, after which a connection may be closed")
            .isGreaterThan(IDLE.toNanos());
      }
    }
    return null;
  }

  /** On a connection for each request until none is to be had. */
  private Void askAndConnectAgain() throws IOException {
    while (true) {
      KeptConnection connection;
      try {
        connection = new KeptConnection(server);
      } catch (IOException refused) {
        return null;
      }
      try (connection) {
        ask(connection);
      } catch (IOException closed) {
        // What was never accepted may end so; what a handler has seen may not, see the sets.
        return null;
      }
    }
  }

  private Answer ask(KeptConnection connection) throws IOException {
    String id = String.valueOf(ids.incrementAndGet());
    Answer answer =
        connection
            .send(
                "POST /work/"
                    + id
                    + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 2\r\n\r\n{}")
            .read();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.content()).isEqualTo(id);
    answered.add(id);
    running.countDown();
    return answer;
  }

  private static boolean isLast(Answer answer) {
    return "close".equals(answer.headers().get("connection"));
  }

  /** As a load balancer does: a connection for each look. */
  private boolean seesThatItIsNotReady() throws IOException {
    while (true) {
      try (KeptConnection connection = new KeptConnection(server)) {
        if (connection.get("/ready").status() == 503) {
          return true;
        }
      }
    }
  }
}
