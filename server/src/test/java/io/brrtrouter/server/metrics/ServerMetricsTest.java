package io.brrtrouter.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.RequestViolation;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ContractBreach;
import io.brrtrouter.server.dispatch.Endpoint;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.ProblemType;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.measure.Measured;
import io.brrtrouter.server.measure.Measurement;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerMetricsTest {
  private static final Operation LIST = operation(Optional.of("list_pets"));

  private final ServerMetrics metrics = new ServerMetrics();

  private static Operation operation(Optional<String> id) {
    return new Operation(
        new SourceLocation("openapi.yaml", 1, 1),
        "GET",
        "/pets",
        id,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Map.of(),
        Map.of(),
        false,
        List.of(),
        false,
        List.of(),
        Map.of(),
        Map.of(),
        Optional.empty());
  }

  private static HttpRequest request(String method) {
    return new HttpRequest(
        Method.of(method),
        "/pets",
        "HTTP/1.1",
        Headers.empty(),
        Peer.of(InetSocketAddress.createUnresolved("client", 1)));
  }

  private static CompletedExchange matched(int status, long nanos) {
    return new CompletedExchange(
        request("GET"), LIST, "/v1/pets", "1", status, nanos, 10, false, null);
  }

  private static CompletedExchange unmatched(String method, int status) {
    return new CompletedExchange(request(method), null, null, "1", status, 1, 10, false, null);
  }

  private static String count(
      String method, String status, String route, String operation, int count) {
    return "http_server_request_duration_seconds_count{http_request_method=\"%s\",http_response_status_code=\"%s\",http_route=\"%s\",operation=\"%s\"} %d"
        .formatted(method, status, route, operation, count);
  }

  private static RequestViolation violation(String keyword) {
    return new RequestViolation(
        RequestViolation.In.QUERY,
        "limit",
        "",
        keyword,
        "is wrong",
        null,
        new SourceLocation("openapi.yaml", 1, 1));
  }

  private HttpResponse scrape() {
    // A large document has megabytes of figures: no work for an event loop.
    return ((Endpoint.Later) metrics.answer(request("GET"))).work().get();
  }

  private List<String> lines(String name) {
    byte[] text = ((Body.Bytes) scrape().body()).bytes();
    return new String(text, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(name))
        .toList();
  }

  @Nested
  class Requests_of_an_operation {
    private final ExchangeListener list = metrics.bind(LIST, "/v1/pets");

    @Test
    void are_counted_by_status() {
      list.completed(matched(200, 1));
      list.completed(matched(200, 1));
      list.completed(matched(404, 1));
      assertThat(lines("http_server_request_duration_seconds_count"))
          .containsExactlyInAnyOrder(
              count("GET", "200", "/v1/pets", "list_pets", 2),
              count("GET", "404", "/v1/pets", "list_pets", 1));
    }

    @Test
    void are_measured() {
      list.completed(matched(200, 3_000_000));
      list.completed(matched(200, 300_000_000));
      String labels =
          "{http_request_method=\"GET\",http_response_status_code=\"200\",http_route=\"/v1/pets\",operation=\"list_pets\"";
      assertThat(lines("http_server_request_duration_seconds"))
          .contains(
              "http_server_request_duration_seconds_bucket" + labels + ",le=\"0.0025\"} 0",
              "http_server_request_duration_seconds_bucket" + labels + ",le=\"0.005\"} 1",
              "http_server_request_duration_seconds_bucket" + labels + ",le=\"+Inf\"} 2",
              "http_server_request_duration_seconds_sum" + labels + "} 0.303");
    }

    @Test
    void have_their_sizes_measured() {
      list.received(0);
      list.received(1000);
      list.completed(matched(200, 1));
      String labels =
          "{http_request_method=\"GET\",http_route=\"/v1/pets\",operation=\"list_pets\"";
      assertThat(lines("http_server_request_body_size_bytes"))
          .contains(
              "http_server_request_body_size_bytes_bucket" + labels + ",le=\"256.0\"} 1",
              "http_server_request_body_size_bytes_sum" + labels + "} 1000.0");
      assertThat(lines("http_server_response_body_size_bytes_sum"))
          .containsExactly("http_server_response_body_size_bytes_sum" + labels + "} 10.0");
    }

    @Test
    void are_active_until_they_end() {
      String gauge = "http_server_active_requests{operation=\"list_pets\"}";
      list.began();
      metrics.began();
      assertThat(lines("http_server_active_requests"))
          .containsExactly("http_server_active_requests{operation=\"\"} 1.0", gauge + " 1.0");
      list.ended();
      metrics.ended();
      assertThat(lines("http_server_active_requests"))
          .containsExactly("http_server_active_requests{operation=\"\"} 0.0", gauge + " 0.0");
    }

    @Test
    void keep_their_series_when_the_document_is_compiled_again() {
      list.completed(matched(200, 1));
      metrics.bind(LIST, "/v1/pets").completed(matched(200, 1));
      assertThat(lines("http_server_request_duration_seconds_count"))
          .containsExactly(count("GET", "200", "/v1/pets", "list_pets", 2));
    }

    @Test
    void without_id_go_by_method_and_path() {
      metrics.bind(operation(Optional.empty()), "/pets").completed(matched(200, 1));
      assertThat(lines("http_server_request_duration_seconds_count"))
          .containsExactly(count("GET", "200", "/pets", "GET /pets", 1));
    }

    @Test
    void are_forgotten_with_the_operation() {
      list.completed(matched(200, 1));
      list.received(1);
      list.violated(List.of(violation("maximum")));
      list.message(true);
      metrics.retain(List.of());
      assertThat(lines("http_server_request")).isEmpty();
      assertThat(lines("http_server_response")).isEmpty();
      assertThat(lines("brrtrouter_validation_failures_total")).isEmpty();
      assertThat(lines("brrtrouter_websocket_messages_total")).isEmpty();
      assertThat(lines("http_server_active_requests"))
          .containsExactly("http_server_active_requests{operation=\"\"} 0.0");
    }

    @Test
    void that_do_not_match_the_document_are_counted_by_keyword() {
      list.violated(List.of(violation("maximum"), violation("maximum"), violation("x-own")));
      assertThat(lines("brrtrouter_validation_failures_total"))
          .containsExactlyInAnyOrder(
              "brrtrouter_validation_failures_total{keyword=\"maximum\",operation=\"list_pets\"} 2.0",
              "brrtrouter_validation_failures_total{keyword=\"other\",operation=\"list_pets\"} 1.0");
    }

    @Test
    void that_open_websockets_count_them_and_their_messages() {
      assertThat(lines("brrtrouter_websockets_open")).isEmpty();
      list.opened();
      list.message(true);
      list.message(false);
      list.message(false);
      assertThat(lines("brrtrouter_websockets_open"))
          .containsExactly("brrtrouter_websockets_open{operation=\"list_pets\"} 1.0");
      list.closed();
      assertThat(lines("brrtrouter_websockets_open"))
          .containsExactly("brrtrouter_websockets_open{operation=\"list_pets\"} 0.0");
      assertThat(lines("brrtrouter_websocket_messages_total"))
          .containsExactlyInAnyOrder(
              "brrtrouter_websocket_messages_total{direction=\"received\",operation=\"list_pets\"} 1.0",
              "brrtrouter_websocket_messages_total{direction=\"sent\",operation=\"list_pets\"} 2.0");
    }

    @Test
    void that_break_the_document_are_counted() {
      list.breached(new ContractBreach(LIST, "/v1/pets", "1", 200, List.of("body: wrong")));
      assertThat(lines("brrtrouter_response_breaches_total"))
          .containsExactly(
              "brrtrouter_response_breaches_total{method=\"GET\",operation=\"list_pets\",path=\"/v1/pets\"}"
                  + " 1.0");
    }

    @Test
    void that_end_early_are_counted() {
      list.completed(
          new CompletedExchange(request("GET"), LIST, "/v1/pets", "1", 200, 1, 10, true, null));
      assertThat(lines("brrtrouter_requests_aborted_total"))
          .containsExactly("brrtrouter_requests_aborted_total 1.0");
    }
  }

  @Nested
  class Requests_without_operation {
    @Test
    void are_counted_without_path() {
      metrics.completed(unmatched("POST", 404));
      assertThat(lines("http_server_request_duration_seconds_count"))
          .containsExactly(count("POST", "404", "", "", 1));
    }

    @Test
    void cannot_add_series_by_inventing_methods() {
      for (int i = 0; i < 100; i++) {
        metrics.completed(unmatched("INVENTED" + i, 404));
      }
      assertThat(lines("http_server_request_duration_seconds_count"))
          .containsExactly(count("_OTHER", "404", "", "", 100));
    }

    @Test
    void may_not_even_have_a_head() {
      metrics.completed(new CompletedExchange(null, null, null, "1", 400, 1, 0, false, null));
      assertThat(lines("http_server_request_duration_seconds_count"))
          .containsExactly(count("", "400", "", "", 1));
    }
  }

  @Test
  void refusals_are_counted_by_problem() {
    metrics.refused(ProblemType.NOT_FOUND);
    metrics.refused(ProblemType.NOT_FOUND);
    metrics.refused(ProblemType.VALIDATION);
    assertThat(lines("brrtrouter_refusals_total"))
        .hasSize(ProblemType.values().length)
        .contains(
            "brrtrouter_refusals_total{problem=\"not-found\"} 2.0",
            "brrtrouter_refusals_total{problem=\"validation\"} 1.0",
            "brrtrouter_refusals_total{problem=\"overloaded\"} 0.0");
  }

  @Test
  void requests_in_flight_are_asked_for_at_each_scrape() {
    int[] inFlight = {3};
    metrics.inFlight(() -> inFlight[0]);
    assertThat(lines("brrtrouter_requests_in_flight"))
        .containsExactly("brrtrouter_requests_in_flight 3.0");
    inFlight[0] = 0;
    assertThat(lines("brrtrouter_requests_in_flight"))
        .containsExactly("brrtrouter_requests_in_flight 0.0");
  }

  @Test
  void the_process_is_described() {
    assertThat(lines("jvm_memory_used_bytes{area=\"heap\"}")).hasSize(1);
    assertThat(lines("jvm_memory_max_bytes")).hasSize(2);
    assertThat(lines("jvm_threads_current")).hasSize(1);
    assertThat(lines("jvm_gc_collection_seconds_count")).isNotEmpty();
    assertThat(lines("process_open_fds")).hasSize(1);
    assertThat(lines("jvm_virtual_thread_scheduler_parallelism ")).hasSize(1);
    assertThat(lines("jvm_virtual_threads_mounted ")).hasSize(1);
    assertThat(lines("jvm_virtual_threads_queued ")).hasSize(1);
    assertThat(lines("jvm_thread_stack_max_bytes "))
        .singleElement()
        .satisfies(
            line -> assertThat(Double.parseDouble(line.substring(line.indexOf(' ')))).isPositive());
    assertThat(lines("process_cpu_seconds_total")).hasSize(1);
    assertThat(lines("process_start_time_seconds")).hasSize(1);
  }

  @Test
  void the_answer_is_in_the_text_format() {
    HttpResponse response = scrape();
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().get("Content-Type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(lines("# TYPE process_cpu_seconds_total"))
        .containsExactly("# TYPE process_cpu_seconds_total counter");
  }

  /** Of a class that is not of this library, as an application's are. */
  private static Measured foreign(Measured asked) {
    return (Measured)
        Proxy.newProxyInstance(
            Measured.class.getClassLoader(),
            new Class<?>[] {Measured.class},
            (_, _, _) -> asked.measurements());
  }

  private static Measurement gauge(String name) {
    return Measurement.gauge(name, "Some.", Map.of("kind", "a"), 7);
  }

  private static Measurement counter(String name) {
    return Measurement.counter(name, "Some.", Map.of("kind", "a"), 7);
  }

  static Stream<Measured> mistakes() {
    return Stream.of(
        () -> List.of(Measurement.counter("app_total", "Below 0.", Map.of(), -1)),
        () -> List.of(Measurement.counter("app_total", "No number.", Map.of(), Double.NaN)),
        () -> List.of(Measurement.gauge("app", "Reserved.", Map.of("__x", "a"), 1)),
        () -> List.of(Measurement.gauge("app", "No name.", Map.of("a-b", "a"), 1)),
        () -> nothing(),
        () -> Arrays.asList(gauge("app"), nothing()),
        () -> {
          throw new AssertionError("it fails");
        },
        () -> List.of(gauge("process_cpu_seconds")),
        () -> List.of(counter("jvm_memory_used_bytes_total")),
        () -> List.of(gauge("jvm_threads_current")),
        () -> List.of(counter("beside_total")),
        () -> List.of(gauge("brrtrouter_requests")),
        () -> List.of(gauge("brrtrouter_of_my_own")));
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // as code without annotations
  private static <T> T nothing() {
    return null;
  }

  /** Whatever an application says: the server's figures, and those of others, are there. */
  @ParameterizedTest
  @MethodSource("mistakes")
  void a_source_of_figures_that_makes_mistakes_harms_no_other(Measured mistaken) {
    metrics.measured(() -> List.of(foreign(() -> List.of(gauge("beside"))), foreign(mistaken)));
    metrics.inFlight(() -> 3);
    assertThat(lines("beside{")).containsExactly("beside{kind=\"a\"} 7.0");
    assertThat(lines("brrtrouter_requests_in_flight"))
        .containsExactly("brrtrouter_requests_in_flight 3.0");
    assertThat(lines("process_cpu_seconds")).hasSize(1);
    assertThat(lines("jvm_threads_current")).hasSize(1);
    assertThat(lines("brrtrouter_of_my_own")).isEmpty();
    assertThat(lines("app")).isEmpty();
  }

  @Test
  void figures_of_the_library_have_its_names_and_are_put_together() {
    Measured ours = () -> List.of(counter("brrtrouter_things_total"));
    metrics.measured(() -> List.of(ours));
    metrics.measured(() -> List.of(ours, foreign(() -> List.of(counter("mine_total")))));
    assertThat(lines("brrtrouter_things_total"))
        .containsExactly("brrtrouter_things_total{kind=\"a\"} 14.0");
    assertThat(lines("mine_total")).containsExactly("mine_total{kind=\"a\"} 7.0");
  }
}
