package io.brrtrouter.conformance.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_1.Metrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over sockets, as a scraper and other clients would. */
@DisplayName("A scrape of a running server")
class MetricsTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private MeasuredServer server;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    server = new MeasuredServer(directory, Map.of("cors.origins", "https://good.example"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(PATIENCE);
  }

  private static int status(HttpRequest.Builder request) {
    return Scrape.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  private Scrape await(Predicate<Scrape> condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Scrape seen = server.scrape();
    while (!condition.test(seen)) {
      assertThat(System.nanoTime()).as("it never came").isLessThan(end);
      Thread.onSpinWait();
      seen = server.scrape();
    }
    return seen;
  }

  private static String count(String method, String status, String route, String operation) {
    return "http_server_request_duration_seconds_count{http_request_method=\"%s\",http_response_status_code=\"%s\",http_route=\"%s\",operation=\"%s\"}"
        .formatted(method, status, route, operation);
  }

  private static String active(String operation) {
    return "http_server_active_requests{operation=\"" + operation + "\"}";
  }

  private String raw(String text) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Nested
  class Has_the_format {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            */*                                                        | text/plain; version=0.0.4; charset=utf-8
            text/plain;version=0.0.4;q=0.5,application/openmetrics-text;version=1.0.0;q=0.4 | text/plain; version=0.0.4; charset=utf-8
            application/openmetrics-text                               | application/openmetrics-text; version=1.0.0; charset=utf-8
            application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.3 | application/openmetrics-text; version=1.0.0; charset=utf-8
            application/openmetrics-text;version=0.0.1                 | application/openmetrics-text; version=1.0.0; charset=utf-8
            application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,text/plain;version=0.0.4;q=0.2,*/*;q=0.1 | application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited
            application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2 | application/openmetrics-text; version=1.0.0; charset=utf-8
            application/vnd.google.protobuf;encoding=text              | text/plain; version=0.0.4; charset=utf-8
            application/json                                           | text/plain; version=0.0.4; charset=utf-8
            text/plain;q=0,application/openmetrics-text;q=0.1          | application/openmetrics-text; version=1.0.0; charset=utf-8
            """)
    void that_is_asked_for(String accept, String type) {
      HttpResponse<String> answer = Scrape.get(server.url(), accept);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains(type);
      assertThat(answer.headers().firstValue("Vary")).contains("Accept, Origin");
    }

    @Test
    void of_open_metrics_with_exemplars_of_sampled_traces_only() {
      status(request("/orders").header("traceparent", "00-" + TRACE + "-" + SPAN + "-01"));
      String other = "a".repeat(32);
      status(request("/mine").header("traceparent", "00-" + other + "-" + SPAN + "-00"));
      String text = Scrape.get(server.url(), "application/openmetrics-text").body();
      assertThat(text)
          .endsWith("# EOF\n")
          .containsPattern(
              "http_server_request_duration_seconds_bucket\\{[^}]*operation=\"list_orders\"[^}]*} \\d+ #"
                  + " \\{span_id=\""
                  + SPAN
                  + "\",trace_id=\""
                  + TRACE
                  + "\"}")
          .doesNotContain(other);
    }

    @Test
    void of_protobuf_with_native_and_classic_histograms() throws IOException {
      status(request("/orders").header("traceparent", "00-" + TRACE + "-" + SPAN + "-01"));
      HttpRequest scrape =
          request("/metrics")
              .header(
                  "Accept",
                  "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited")
              .build();
      byte[] octets = Scrape.send(scrape, BodyHandlers.ofByteArray()).body();
      Metrics.MetricFamily durations =
          families(octets).stream()
              .filter(each -> each.getName().equals("http_server_request_duration_seconds"))
              .findFirst()
              .orElseThrow();
      Metrics.Metric series =
          durations.getMetricList().stream()
              .filter(each ->
                  each.getLabelList().stream()
                      .anyMatch(label -> label.getValue().equals("list_orders")))
              .findFirst()
              .orElseThrow();
      Metrics.Histogram histogram = series.getHistogram();
      assertThat(histogram.getSampleCount()).isEqualTo(1);
      assertThat(histogram.getSchema()).isEqualTo(3);
      assertThat(histogram.getPositiveSpanCount()).isEqualTo(1);
      assertThat(histogram.getPositiveDeltaList()).containsExactly(1L);
      double upper = Math.pow(2, histogram.getPositiveSpan(0).getOffset() / 8.0);
      assertThat(histogram.getSampleSum()).isBetween(upper / Math.pow(2, 1 / 8.0), upper);
      assertThat(histogram.getBucketList()).isNotEmpty();
      assertThat(histogram.getBucketList().stream().anyMatch(Metrics.Bucket::hasExemplar)).isTrue();
    }

    private static List<Metrics.MetricFamily> families(byte[] octets) throws IOException {
      InputStream in = new ByteArrayInputStream(octets);
      List<Metrics.MetricFamily> all = new ArrayList<>();
      for (Metrics.MetricFamily next = Metrics.MetricFamily.parseDelimitedFrom(in);
          next != null;
          next = Metrics.MetricFamily.parseDelimitedFrom(in)) {
        all.add(next);
      }
      return all;
    }
  }

  @Nested
  class Counts {
    @Test
    void answers_refusals_and_what_is_no_request() throws IOException {
      assertThat(status(request("/orders"))).isEqualTo(200);
      assertThat(status(request("/orders?limit=11"))).isEqualTo(400);
      assertThat(status(request("/nowhere"))).isEqualTo(404);
      assertThat(status(request("/orders").DELETE())).isEqualTo(405);
      assertThat(raw("GET /orders HTTP/1.1\r\nHost: x\r\nno field\r\n\r\n")).contains("400");
      Scrape seen = await(scrape -> scrape.value(count("", "400", "", "")) == 1);
      assertThat(seen.value(count("GET", "200", "/orders", "list_orders"))).isEqualTo(1);
      assertThat(seen.value(count("GET", "400", "/orders", "list_orders"))).isEqualTo(1);
      assertThat(seen.value(count("GET", "404", "", ""))).isEqualTo(1);
      assertThat(seen.value(count("DELETE", "405", "", ""))).isEqualTo(1);
      assertThat(seen.value("brrtrouter_refusals_total{problem=\"validation\"}")).isEqualTo(1);
      assertThat(seen.value("brrtrouter_refusals_total{problem=\"malformed-request\"}"))
          .isEqualTo(1);
    }

    @Test
    void sizes_of_requests_and_responses() {
      byte[] body = "{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8);
      status(
          request("/orders")
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(body)));
      status(request("/orders"));
      Scrape seen = server.scrape();
      assertThat(
              seen.value(
                  "http_server_request_body_size_bytes_sum{http_request_method=\"POST\",http_route=\"/orders\",operation=\"add_order\"}"))
          .isEqualTo(body.length);
      assertThat(
              seen.value(
                  "http_server_response_body_size_bytes_sum{http_request_method=\"GET\",http_route=\"/orders\",operation=\"list_orders\"}"))
          .isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
      "good, 200, granted",
      "bad, 401, invalid",
      "'', 401, missing",
      "poor, 403, forbidden",
      "lost, 503, unavailable",
      "odd, 500, failed"
    })
    void what_security_schemes_say(String key, int status, String outcome) {
      HttpRequest.Builder asked = request("/mine");
      assertThat(status(key.isEmpty() ? asked : asked.header("X-Key", key))).isEqualTo(status);
      Map<String, Double> samples = server.scrape().samples();
      for (String each :
          List.of("granted", "invalid", "missing", "forbidden", "unavailable", "failed")) {
        assertThat(
                samples.get(
                    "brrtrouter_security_decisions_total{outcome=\"%s\",scheme=\"key\"}"
                        .formatted(each)))
            .as(each)
            .isEqualTo(each.equals(outcome) ? 1 : 0);
      }
    }

    @Test
    void violations_by_keyword() {
      status(request("/orders?limit=11"));
      status(request("/orders?limit=x"));
      status(
          request("/orders")
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{}")));
      Scrape seen = server.scrape();
      String name = "brrtrouter_validation_failures_total{keyword=\"%s\",operation=\"%s\"}";
      assertThat(seen.value(name.formatted("maximum", "list_orders"))).isEqualTo(1);
      assertThat(seen.value(name.formatted("type", "list_orders"))).isEqualTo(1);
      assertThat(seen.value(name.formatted("required", "add_order"))).isEqualTo(1);
    }

    @Test
    void rate_limits_and_origins() {
      for (int i = 0; i < 3; i++) {
        status(request("/limited"));
      }
      status(request("/orders").header("Origin", "https://evil.example"));
      status(
          request("/orders")
              .header("Origin", "https://good.example")
              .header("Access-Control-Request-Method", "DELETE")
              .method("OPTIONS", BodyPublishers.noBody()));
      Scrape seen = server.scrape();
      String limits = "brrtrouter_rate_limit_decisions_total{limit=\"client\",outcome=\"%s\"}";
      assertThat(seen.value(limits.formatted("allowed"))).isEqualTo(2);
      assertThat(seen.value(limits.formatted("refused"))).isEqualTo(1);
      assertThat(seen.value(limits.formatted("failed_open"))).isZero();
      String cors = "brrtrouter_cors_refusals_total{reason=\"%s\"}";
      assertThat(seen.value(cors.formatted("origin"))).isEqualTo(1);
      assertThat(seen.value(cors.formatted("preflight"))).isEqualTo(1);
      assertThat(seen.value(cors.formatted("cross_site"))).isZero();
    }
  }

  @Nested
  class Has_gauges_that_go_back {
    @Test
    void to_nothing_when_requests_end_or_are_refused() {
      CompletableFuture<HttpResponse<Void>> slow =
          HttpClient.newHttpClient().sendAsync(request("/slow").build(), BodyHandlers.discarding());
      Scrape during = await(scrape -> scrape.value(active("slow")) == 1);
      assertThat(during.value("brrtrouter_operation_in_flight{operation=\"slow\"}")).isEqualTo(1);
      assertThat(during.value("brrtrouter_operation_limit{operation=\"slow\"}")).isEqualTo(1);
      assertThat(during.value("brrtrouter_requests_in_flight")).isEqualTo(1);
      assertThat(status(request("/slow"))).isEqualTo(503);
      server.slow.countDown();
      assertThat(slow.join().statusCode()).isEqualTo(200);
      assertIdle();
    }

    @Test
    void to_nothing_when_clients_leave() throws IOException {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        socket
            .getOutputStream()
            .write("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        await(scrape -> scrape.value(active("slow")) == 1);
        socket.setSoLinger(true, 0); // A reset: who only ends what it sends may still be reading.
      }
      await(scrape -> scrape.value("brrtrouter_requests_aborted_total") == 1);
      server.slow.countDown();
      assertIdle();
    }

    @Test
    void to_nothing_when_streams_end() throws IOException {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        socket
            .getOutputStream()
            .write("GET /events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        Scrape during =
            await(scrape ->
                scrape.value("brrtrouter_streams_in_flight") == 1
                    && scrape.value("brrtrouter_requests_in_flight") == 0);
        assertThat(during.value(active("events"))).isEqualTo(1);
      }
      server.events.countDown();
      assertIdle();
    }

    @Test
    void to_nothing_when_websockets_close() {
      CountDownLatch heard = new CountDownLatch(2);
      WebSocket socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(
                  URI.create(server.url().replace("http", "ws") + "/talk"),
                  new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(
                        WebSocket from, CharSequence text, boolean last) {
                      heard.countDown();
                      from.request(1);
                      return CompletableFuture.completedFuture(null);
                    }
                  })
              .join();
      socket.sendText("hello", true).join();
      String open = "brrtrouter_websockets_open{operation=\"talk\"}";
      String messages = "brrtrouter_websocket_messages_total{direction=\"%s\",operation=\"talk\"}";
      Scrape during = await(scrape -> scrape.value(messages.formatted("sent")) == 2);
      assertThat(during.value(messages.formatted("received"))).isEqualTo(1);
      assertThat(during.value(open)).isEqualTo(1);
      assertThat(during.value(active("talk"))).isEqualTo(1);
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
      Scrape after = await(scrape -> scrape.value(active("talk")) == 0);
      assertThat(after.samples()).containsEntry(open, 0.0);
      assertIdle();
    }

    @Test
    void to_nothing_after_refusals_of_every_kind() throws IOException {
      status(request("/orders?limit=11"));
      status(request("/nowhere"));
      status(request("/talk"));
      status(request("/mine"));
      status(request("/mine").header("X-Key", "odd"));
      status(request("/orders").header("Origin", "https://evil.example"));
      raw(
          "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");
      raw(
          "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n");
      raw("nonsense\r\n\r\n");
      assertIdle();
    }

    /** The scrape itself is a request without operation; its connection is one. */
    private void assertIdle() {
      await(scrape ->
          scrape.samples().entrySet().stream()
              .filter(each ->
                  each.getKey().startsWith("http_server_active_requests")
                      || each.getKey().startsWith("brrtrouter_operation_in_flight")
                      || each.getKey().startsWith("brrtrouter_websockets_open")
                      || each.getKey().equals("brrtrouter_requests_in_flight")
                      || each.getKey().equals("brrtrouter_streams_in_flight"))
              .allMatch(each -> each.getValue() == (each.getKey().equals(active("")) ? 1.0 : 0.0)));
    }
  }

  @Test
  void says_what_may_be_and_which_generation_serves() {
    Scrape seen = server.scrape();
    assertThat(seen.value("brrtrouter_requests_limit")).isEqualTo(10_000);
    assertThat(seen.value("brrtrouter_streams_limit")).isEqualTo(10_000);
    assertThat(seen.value("brrtrouter_generation")).isEqualTo(1);
    assertThat(seen.value("brrtrouter_generation_since_timestamp_seconds"))
        .isBetween(System.currentTimeMillis() / 1e3 - 600, System.currentTimeMillis() / 1e3);
    assertThat(seen.value("brrtrouter_connections_open")).isPositive();
  }
}
