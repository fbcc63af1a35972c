package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.KeptConnection.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many requests of one operation are worked on at a time, where its document bounds that. */
@Timeout(60)
class BulkheadTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Bulkheads, version: "1"}
      servers: [{url: /}, {url: /again}]
      paths:
        /wait:
          get: {operationId: wait, x-brrtrouter-max-in-flight: 1, responses: {"204": {description: ok}}}
          delete: {operationId: other, responses: {"204": {description: ok}}}
        /late:
          get:
            operationId: late
            x-brrtrouter-max-in-flight: 1
            x-brrtrouter-deadline-ms: 1
            responses: {"204": {description: ok}}
        /put:
          put:
            operationId: put
            x-brrtrouter-max-in-flight: 1
            x-brrtrouter-body-limit: 10
            requestBody: {content: {application/json: {schema: {type: integer}}}}
            responses: {"204": {description: ok}}
        /stream:
          get:
            operationId: stream
            x-brrtrouter-max-in-flight: 1
            responses: {"200": {description: ok, content: {text/csv: {}}}}
        /endless:
          get: {operationId: endless, responses: {"200": {description: ok, content: {text/csv: {}}}}}
        /guarded:
          get:
            operationId: guarded
            x-brrtrouter-max-in-flight: 1
            security: [{key: []}]
            responses: {"204": {description: ok}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
      """;

  private static final String ONE_MORE =
      """
      openapi: 3.1.1
      info: {title: Wider, version: "1"}
      paths:
        /wait:
          get: {operationId: wait, x-brrtrouter-max-in-flight: %d, responses: {"204": {description: ok}}}
      """;

  private final Semaphore begun = new Semaphore(0);
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch judged = new CountDownLatch(1);

  private final Handler waiting =
      _ -> {
        begun.release();
        awaitRelease();
        return HttpResponse.of(204);
      };

  private final Handler streaming =
      _ ->
          HttpResponse.streamed(
              200,
              "text/csv",
              sink -> {
                sink.flush();
                begun.release();
                awaitRelease();
              });

  private final BrrtServer server =
      BrrtServer.builder()
          .document(TestServer.file(DOCUMENT))
          .config(TestServer.config("http.max_streams", "2"))
          .handler("wait", waiting)
          .handler("late", waiting)
          .handler("guarded", waiting)
          .handler("stream", streaming)
          .handler("endless", streaming)
          .handler("put", _ -> HttpResponse.of(204))
          .handler("other", _ -> HttpResponse.of(204))
          .security("key", (credential, _) -> verify(credential))
          .output(new PrintStream(OutputStream.nullOutputStream()))
          .start();

  /** As one that does not care that its client has gone or its time is over. */
  private void awaitRelease() {
    boolean waits = true;
    while (waits) {
      try {
        released.await();
        waits = false;
      } catch (InterruptedException _) {
        // Goes on waiting.
      }
    }
  }

  private Verification verify(Credential credential) throws InterruptedException {
    if (((Credential.ApiKey) credential).value().equals("bad")) {
      begun.release();
      judged.await();
      return Verification.refused("no such key");
    }
    return Verification.accepted("me");
  }

  @AfterEach
  void close() {
    released.countDown();
    judged.countDown();
    server.close();
  }

  private static KeptConnection send(KeptConnection connection, String target) throws IOException {
    return connection.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  /** {@return the first status that is not 503: until then, something is to end} */
  private static int room(KeptConnection connection, String target) throws IOException {
    int status = 503;
    while (status == 503) { // the class has a time limit
      status = connection.get(target).status();
    }
    return status;
  }

  private static void awaitMetric(KeptConnection connection, String line) throws IOException {
    boolean seen = false;
    while (!seen) { // the class has a time limit
      seen = connection.get("/metrics").content().contains(line);
    }
  }

  @Test
  void beyond_it_a_client_is_to_try_again_and_other_operations_answer() throws Exception {
    try (KeptConnection one = new KeptConnection(server);
        KeptConnection two = new KeptConnection(server)) {
      send(one, "/wait");
      begun.acquire();

      Answer refused = two.get("/wait");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.headers()).containsEntry("retry-after", "1");
      assertThat(refused.content())
          .contains("urn:brrtrouter:problem:overloaded")
          .contains("Too many requests of this operation are in progress; try again later.");
      assertThat(two.send("DELETE /wait HTTP/1.1\r\nHost: a\r\n\r\n").read().status())
          .isEqualTo(204);
      assertThat(two.get("/metrics").content())
          .contains("brrtrouter_requests_in_flight 1.0")
          .contains("brrtrouter_refusals_total{problem=\"overloaded\"} 1.0");

      released.countDown();
      assertThat(one.read().status()).isEqualTo(204);
      assertThat(room(two, "/wait")).isEqualTo(204);
    }
  }

  @Test
  void it_bounds_all_paths_of_the_operation_together() throws Exception {
    try (KeptConnection one = new KeptConnection(server);
        KeptConnection two = new KeptConnection(server)) {
      send(one, "/wait");
      begun.acquire();

      assertThat(two.get("/again/wait").status()).isEqualTo(503);
    }
  }

  @Test
  void in_the_process_it_is_the_same() throws Exception {
    TestServer asked =
        TestServer.of(
            ONE_MORE.formatted(1),
            builder ->
                builder
                    .handler("wait", waiting)
                    .output(new PrintStream(OutputStream.nullOutputStream())));
    Thread first = Thread.startVirtualThread(() -> asked.get("/wait"));
    begun.acquire();

    HttpResponse refused = asked.get("/wait");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.headers().get("Retry-After")).isEqualTo("1");
    released.countDown();
    first.join();
    assertThat(asked.get("/wait").status()).isEqualTo(204);
  }

  @Test
  void a_handler_counts_until_it_ends_though_its_client_has_gone() throws Exception {
    KeptConnection gone = new KeptConnection(server);
    send(gone, "/wait");
    begun.acquire();
    gone.reset();
    try (KeptConnection other = new KeptConnection(server)) {
      awaitMetric(other, "requests_aborted_total 1.0");
      assertThat(other.get("/wait").status()).isEqualTo(503);

      released.countDown();
      assertThat(room(other, "/wait")).isEqualTo(204);
    }
  }

  @Test
  void a_handler_counts_until_it_ends_though_its_deadline_has_passed() throws Exception {
    try (KeptConnection client = new KeptConnection(server)) {
      assertThat(client.get("/late").status()).isEqualTo(504);
      begun.acquire();
      assertThat(client.get("/late").status()).isEqualTo(503);

      released.countDown();
      assertThat(room(client, "/late")).isIn(204, 504);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{x",
        "Content-Type: application/json\r\nContent-Length: 3\r\n\r\n\"a\"",
        "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n",
        "Content-Type: text/plain\r\nContent-Length: 1\r\n\r\n1",
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "b\r\n12345678901\r\n0\r\n\r\n",
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"
      })
  void a_refused_body_leaves_room(String rest) throws Exception {
    String head = "PUT /put HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 3; i++) {
      try (KeptConnection client = new KeptConnection(server)) {
        assertThat(client.send(head + rest).read().status()).isBetween(400, 499);
      }
      try (KeptConnection client = new KeptConnection(server)) {
        awaitMetric(client, "brrtrouter_requests_in_flight 0.0");
      }
    }
    try (KeptConnection client = new KeptConnection(server)) {
      client.send(head + "Content-Type: application/json\r\nContent-Length: 1\r\n\r\n1");
      assertThat(client.read().status()).isEqualTo(204);
    }
  }

  @Test
  void a_body_on_its_way_counts_until_its_client_has_gone() throws Exception {
    String put =
        "PUT /put HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n";
    KeptConnection slow = new KeptConnection(server);
    slow.send(put + "1");
    try (KeptConnection other = new KeptConnection(server)) {
      awaitMetric(other, "brrtrouter_requests_in_flight 1.0");
      try (KeptConnection refused = new KeptConnection(server)) {
        assertThat(refused.send(put).read().status()).isEqualTo(503);
      }
      slow.reset();
      awaitMetric(other, "brrtrouter_requests_in_flight 0.0");
      assertThat(other.send(put + "12").read().status()).isEqualTo(204);
    }
  }

  @Test
  void a_streamed_response_counts_until_its_content_is_written() throws Exception {
    KeptConnection gone = new KeptConnection(server);
    send(gone, "/stream");
    begun.acquire();
    try (KeptConnection other = new KeptConnection(server)) {
      awaitMetric(other, "brrtrouter_requests_in_flight 0.0");
      assertThat(other.get("/stream").status()).isEqualTo(503);
      gone.reset();
      awaitMetric(other, "requests_aborted_total 1.0");
      assertThat(other.get("/stream").status()).isEqualTo(503);

      released.countDown();
      awaitMetric(other, "brrtrouter_streams_in_flight 0.0");
      assertThat(send(other, "/stream").read().status()).isEqualTo(200);
    }
  }

  @Test
  void what_is_no_stream_for_want_of_room_counts_no_more() throws Exception {
    try (KeptConnection one = new KeptConnection(server);
        KeptConnection two = new KeptConnection(server);
        KeptConnection other = new KeptConnection(server)) {
      send(one, "/endless");
      send(two, "/endless");
      begun.acquire(2);
      assertThat(other.get("/stream").content())
          .contains("\"Too many requests are in progress; try again later.\"");

      released.countDown();
      awaitMetric(other, "brrtrouter_streams_in_flight 0.0");
      awaitMetric(other, "brrtrouter_requests_in_flight 0.0");
      assertThat(send(other, "/stream").read().status()).isEqualTo(200);
    }
  }

  @Test
  void whoever_may_not_call_takes_no_room() throws Exception {
    String get = "GET /guarded HTTP/1.1\r\nHost: a\r\nX-Key: ";
    try (KeptConnection bad = new KeptConnection(server);
        KeptConnection good = new KeptConnection(server);
        KeptConnection late = new KeptConnection(server)) {
      bad.send(get + "bad\r\n\r\n");
      begun.acquire();
      good.send(get + "good\r\n\r\n");
      begun.acquire(); // The handler runs, though the other one is being judged.

      assertThat(late.send(get + "good\r\n\r\n").read().status()).isEqualTo(503);
      judged.countDown();
      assertThat(bad.read().status()).isEqualTo(401);
      awaitMetric(late, "brrtrouter_requests_in_flight 1.0");
      released.countDown();
      assertThat(good.read().status()).isEqualTo(204);
      awaitMetric(late, "brrtrouter_requests_in_flight 0.0");
      assertThat(late.send(get + "good\r\n\r\n").read().status()).isEqualTo(204);
    }
  }

  @Test
  void requests_of_the_generation_before_count_to_the_bound_of_the_next() throws Exception {
    try (KeptConnection old = new KeptConnection(server);
        KeptConnection fresh = new KeptConnection(server);
        KeptConnection another = new KeptConnection(server)) {
      send(old, "/wait");
      begun.acquire();
      server.registerFrom(TestServer.file(ONE_MORE.formatted(1)), Map.of("wait", waiting));
      assertThat(fresh.get("/wait").status()).isEqualTo(503);

      server.registerFrom(TestServer.file(ONE_MORE.formatted(2)), Map.of("wait", waiting));
      send(fresh, "/wait");
      begun.acquire();
      assertThat(another.get("/wait").status()).isEqualTo(503);
      server.replaceHandler("wait", _ -> HttpResponse.of(204));
      assertThat(another.get("/wait").status()).isEqualTo(503);

      released.countDown();
      assertThat(List.of(old.read().status(), fresh.read().status())).containsExactly(204, 204);
      assertThat(room(another, "/wait")).isEqualTo(204);
    }
  }
}
