package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits that the server finds out, as a document or the configuration asks for them. */
@Timeout(60)
class AdaptiveConcurrencyTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Adaptive, version: "1"}
      servers: [{url: /}, {url: /again}]
      paths:
        /one:
          get:
            operationId: one
            x-brrtrouter-concurrency: {min: 1, max: 1}
            responses: {"204": {description: ok}}
          put:
            operationId: put
            x-brrtrouter-concurrency: {min: 1, max: 1}
            x-brrtrouter-body-limit: 10
            requestBody: {content: {application/json: {schema: {type: integer}}}}
            responses: {"204": {description: ok}}
          delete: {operationId: other, responses: {"204": {description: ok}}}
        /late:
          get:
            operationId: late
            x-brrtrouter-concurrency: {min: 1, max: 1}
            x-brrtrouter-deadline-ms: 1
            responses: {"204": {description: ok}}
        /pay:
          get:
            operationId: pay
            x-brrtrouter-concurrency: {max: 10, class: database, priority: critical}
            responses: {"204": {description: ok}}
        /list:
          get:
            operationId: list
            x-brrtrouter-concurrency: {max: 8, class: database}
            responses: {"204": {description: ok}}
        /report:
          get:
            operationId: report
            x-brrtrouter-concurrency: {class: database, priority: sheddable, max: 8}
            responses: {"204": {description: ok}}
        /free:
          get: {operationId: free, responses: {"204": {description: ok}}}
        /busy:
          get:
            operationId: busy
            x-brrtrouter-concurrency: {min: 3}
            responses: {"503": {description: it is overloaded}}
        /stream:
          get:
            operationId: stream
            x-brrtrouter-concurrency: {min: 1, max: 1}
            responses: {"200": {description: ok, content: {text/csv: {}}}}
      """;

  private final Semaphore begun = new Semaphore(0);
  private final CountDownLatch released = new CountDownLatch(1);

  private final Handler waiting =
      _ -> {
        begun.release();
        awaitRelease();
        return HttpResponse.of(204);
      };

  private final BrrtServer server = start(_ -> {});

  private BrrtServer start(Consumer<BrrtServer.Builder> more, String... settings) {
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(TestServer.config(settings))
            .output(new PrintStream(OutputStream.nullOutputStream()));
    for (String each : List.of("one", "late", "pay", "list", "report", "free")) {
      builder.handler(each, waiting);
    }
    builder
        .handler("put", _ -> HttpResponse.of(204))
        .handler("other", _ -> HttpResponse.of(204))
        .handler("busy", _ -> HttpResponse.of(503))
        .handler(
            "stream",
            _ ->
                HttpResponse.streamed(
                    200,
                    "text/csv",
                    sink -> {
                      sink.flush();
                      begun.release();
                      awaitRelease();
                    }));
    more.accept(builder);
    return builder.start();
  }

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

  @AfterEach
  void close() {
    released.countDown();
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

  private static double limit(KeptConnection connection, String name) throws IOException {
    String line = "brrtrouter_adaptive_limit\\{operation=\"" + name + "\"\\} ([0-9.]+)";
    Matcher found = Pattern.compile(line).matcher(connection.get("/metrics").content());
    assertThat(found.find()).as(line).isTrue();
    return Double.parseDouble(found.group(1));
  }

  @Test
  void beyond_it_a_client_is_to_try_again_before_its_body_is_read() throws Exception {
    try (KeptConnection one = new KeptConnection(server);
        KeptConnection two = new KeptConnection(server);
        KeptConnection half = new KeptConnection(server)) {
      send(one, "/one");
      begun.acquire();

      Answer refused = two.get("/again/one");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.headers()).containsEntry("retry-after", "1");
      assertThat(refused.content())
          .contains("urn:brrtrouter:problem:overloaded")
          .contains("Too many requests of this operation are in progress; try again later.");
      assertThat(two.send("DELETE /one HTTP/1.1\r\nHost: a\r\n\r\n").read().status())
          .isEqualTo(204);
      assertThat(two.get("/metrics").content())
          .contains("brrtrouter_adaptive_limit{operation=\"one\"} 1.0")
          .contains("brrtrouter_adaptive_in_flight{operation=\"one\"} 1.0")
          .contains(
              "brrtrouter_adaptive_refusals_total{operation=\"one\",priority=\"default\"} 1.0")
          .contains("brrtrouter_refusals_total{problem=\"overloaded\"} 1.0");

      String put = "PUT /one HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
      half.send(put + "Content-Length: 2\r\n\r\n1");
      awaitMetric(two, "brrtrouter_adaptive_in_flight{operation=\"put\"} 1.0");
      try (KeptConnection whole = new KeptConnection(server)) {
        // Nothing of the body was sent.
        assertThat(whole.send(put + "Content-Length: 2\r\n\r\n").read().status()).isEqualTo(503);
      }

      released.countDown();
      assertThat(one.read().status()).isEqualTo(204);
      assertThat(room(two, "/one")).isEqualTo(204);
      awaitMetric(two, "brrtrouter_adaptive_in_flight{operation=\"one\"} 0.0");
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
    String head = "PUT /one HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 3; i++) {
      try (KeptConnection client = new KeptConnection(server)) {
        assertThat(client.send(head + rest).read().status()).isBetween(400, 499);
      }
      try (KeptConnection client = new KeptConnection(server)) {
        awaitMetric(client, "brrtrouter_adaptive_in_flight{operation=\"put\"} 0.0");
      }
    }
  }

  @Test
  void a_client_that_goes_while_it_sends_leaves_room() throws Exception {
    KeptConnection slow = new KeptConnection(server);
    slow.send(
        "PUT /one HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n1");
    try (KeptConnection other = new KeptConnection(server)) {
      awaitMetric(other, "brrtrouter_adaptive_in_flight{operation=\"put\"} 1.0");
      slow.reset();
      awaitMetric(other, "brrtrouter_adaptive_in_flight{operation=\"put\"} 0.0");
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

  @Test
  void a_response_that_is_written_while_it_is_sent_counts_no_more() throws Exception {
    try (KeptConnection one = new KeptConnection(server);
        KeptConnection two = new KeptConnection(server)) {
      send(one, "/stream");
      begun.acquire();
      awaitMetric(two, "brrtrouter_adaptive_in_flight{operation=\"stream\"} 0.0");
      send(two, "/stream");
      begun.acquire();
    }
  }

  @Test
  void of_a_class_what_matters_least_is_refused_first() throws Exception {
    try (KeptConnection metrics = new KeptConnection(server)) {
      assertThat(limit(metrics, "database")).isEqualTo(10);
      int sheddable = admitted("/report");
      int usual = admitted("/list");
      int critical = admitted("/pay");
      assertThat(List.of(sheddable, usual, critical)).containsExactly(5, 3, 2);
      assertThat(metrics.get("/metrics").content())
          .contains("brrtrouter_adaptive_in_flight{operation=\"database\"} 10.0")
          .contains(
              "brrtrouter_adaptive_refusals_total{operation=\"report\",priority=\"sheddable\"} 1.0")
          .contains(
              "brrtrouter_adaptive_refusals_total{operation=\"pay\",priority=\"critical\"} 1.0")
          .doesNotContain("adaptive_limit{operation=\"free\"}");
      // Others have nothing to do with it.
      try (KeptConnection free = new KeptConnection(server)) {
        send(free, "/free");
        begun.acquire();
      }
    }
  }

  /** {@return how many requests are let in, one after the other, that do not end} */
  private int admitted(String target) throws Exception {
    int admitted = 0;
    while (true) {
      KeptConnection connection = new KeptConnection(server);
      send(connection, target);
      while (!begun.tryAcquire()) { // the class has a time limit
        if (connection.hasAnswer()) {
          assertThat(connection.read().status()).isEqualTo(503);
          connection.close();
          return admitted;
        }
        Thread.onSpinWait();
      }
      admitted++;
    }
  }

  @Test
  void a_reload_keeps_what_was_learned_and_who_is_in_flight() throws Exception {
    try (KeptConnection client = new KeptConnection(server);
        KeptConnection old = new KeptConnection(server)) {
      assertThat(limit(client, "busy")).isEqualTo(20);
      while (limit(client, "busy") > 10) { // the class has a time limit
        assertThat(client.get("/busy").status()).isEqualTo(503);
      }
      double learned = limit(client, "busy");
      send(old, "/one");
      begun.acquire();

      server.registerFrom(
          TestServer.file(DOCUMENT.replace("title: Adaptive", "title: Again")), Map.of());
      assertThat(limit(client, "busy")).isEqualTo(learned);
      assertThat(client.get("/one").status()).isEqualTo(503);
      server.registerFrom(
          TestServer.file(DOCUMENT.replace("{min: 1, max: 1}", "{min: 2, max: 2}")), Map.of());
      assertThat(client.get("/metrics").content())
          .contains("brrtrouter_adaptive_limit{operation=\"one\"} 2.0")
          .contains("brrtrouter_adaptive_in_flight{operation=\"one\"} 1.0")
          .contains(
              "brrtrouter_adaptive_refusals_total{operation=\"one\",priority=\"default\"} 1.0");
      server.registerFrom(TestServer.file(DOCUMENT.replace("{min: 3}", "{min: 15}")), Map.of());
      assertThat(limit(client, "busy")).isEqualTo(15);
      released.countDown();
      assertThat(old.read().status()).isEqualTo(204);
    }
  }

  @Test
  void who_deploys_has_the_last_word() throws Exception {
    try (BrrtServer off = start(_ -> {}, "concurrency.adaptive", "false");
        KeptConnection client = new KeptConnection(off)) {
      assertThat(client.get("/metrics").content()).doesNotContain("brrtrouter_adaptive");
    }
    try (BrrtServer all =
            start(
                _ -> {},
                "concurrency.adaptive",
                "true",
                "concurrency.initial",
                "7",
                "concurrency.operations.one.adaptive",
                "false",
                "concurrency.operations.list.class",
                "lists",
                "concurrency.operations.pay.max",
                "4",
                "concurrency.operations.other.priority",
                "sheddable");
        KeptConnection client = new KeptConnection(all)) {
      assertThat(client.get("/metrics").content())
          .contains("brrtrouter_adaptive_limit{operation=\"free\"} 7.0")
          .contains("brrtrouter_adaptive_limit{operation=\"lists\"} 7.0")
          .contains("brrtrouter_adaptive_limit{operation=\"database\"} 7.0")
          .contains("adaptive_refusals_total{operation=\"other\",priority=\"sheddable\"} 0.0")
          .doesNotContain("adaptive_limit{operation=\"one\"}");
    }
  }

  @Test
  void what_the_configuration_gets_wrong_is_refused_where_it_stands() {
    assertThatThrownBy(() ->
            start(
                _ -> {},
                "concurrency.operations.lost.max",
                "5",
                "concurrency.operations.pay.min",
                "9",
                "concurrency.operations.pay.max",
                "8"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(
            "error[concurrency-operation]: concurrency.operations.lost is for a handler that no"
                + " operation has")
        .hasMessageContaining("did you mean list?")
        .hasMessageContaining(
            "concurrency.operations.pay.max is 8, and concurrency.operations.pay.min is 9");
  }
}
