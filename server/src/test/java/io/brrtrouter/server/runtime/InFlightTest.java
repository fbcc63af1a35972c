package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.KeptConnection.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many requests are worked on at a time is bounded once, whatever they came over. */
@Timeout(60)
class InFlightTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Busy, version: "1"}
      paths:
        /%1$s: {get: {operationId: %1$s, responses: {"204": {description: ok}}}}
      """;

  private final Semaphore begun = new Semaphore(0);
  private final CountDownLatch released = new CountDownLatch(1);

  private final Handler waiting =
      _ -> {
        begun.release();
        released.await();
        return HttpResponse.of(204);
      };

  private final BrrtServer server =
      BrrtServer.builder()
          .document(TestServer.file(DOCUMENT.formatted("wait")))
          .config(TestServer.config("http.max_in_flight", "1"))
          .handler("wait", waiting)
          .output(new PrintStream(OutputStream.nullOutputStream()))
          .start();

  @AfterEach
  void close() {
    released.countDown();
    server.close();
  }

  @Test
  void beyond_it_a_client_is_to_try_again() throws Exception {
    try (KeptConnection one = new KeptConnection(server);
        KeptConnection two = new KeptConnection(server)) {
      one.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
      begun.acquire();

      Answer refused = two.get("/wait");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.headers()).containsEntry("retry-after", "1");
      assertThat(refused.content()).contains("urn:brrtrouter:problem:overloaded");
      assertThat(two.get("/health").status()).isEqualTo(200);
      assertThat(two.get("/metrics").content())
          .contains("brrtrouter_requests_in_flight 1.0")
          .contains("brrtrouter_refusals_total{problem=\"overloaded\"} 1.0");

      released.countDown();
      assertThat(one.read().status()).isEqualTo(204);
      assertThat(two.get("/wait").status()).isEqualTo(204);
    }
  }

  @Test
  void a_handler_counts_until_it_ends_even_if_nobody_waits_for_it() throws Exception {
    KeptConnection gone = new KeptConnection(server);
    gone.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    begun.acquire();
    gone.reset();
    try (KeptConnection other = new KeptConnection(server)) {
      awaitAborted(other);
      assertThat(other.get("/wait").status()).isEqualTo(503);

      released.countDown();
      int status = 503;
      while (status == 503) { // until the handler has ended; the class has a time limit
        status = other.get("/wait").status();
      }
      assertThat(status).isEqualTo(204);
    }
  }

  private static void awaitAborted(KeptConnection connection) throws IOException {
    boolean seen = false;
    while (!seen) {
      seen = connection.get("/metrics").content().contains("requests_aborted_total 1.0");
    }
  }

  @Test
  void it_bounds_all_generations_together() throws Exception {
    try (KeptConnection old = new KeptConnection(server);
        KeptConnection fresh = new KeptConnection(server)) {
      old.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
      begun.acquire();
      server.registerFrom(
          TestServer.file(DOCUMENT.formatted("more")), Map.of("more", _ -> HttpResponse.of(204)));

      assertThat(fresh.get("/more").status()).isEqualTo(503);
      released.countDown();
      assertThat(old.read().status()).isEqualTo(204);
      assertThat(fresh.get("/more").status()).isEqualTo(204);
    }
  }
}
