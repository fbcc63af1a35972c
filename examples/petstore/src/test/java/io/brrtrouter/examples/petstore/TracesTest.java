package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import io.brrtrouter.testing.TestResponse;
import io.brrtrouter.testing.telemetry.OtlpReceiver;
import io.brrtrouter.testing.telemetry.ReceivedSpan;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a collector receives of the shop: traces, metrics and answers say the same. */
@BrrtTest(value = InMemory.class, telemetry = true)
class TracesTest {
  private final BrrtClient client;
  private final OtlpReceiver receiver;

  TracesTest(BrrtClient client, OtlpReceiver receiver) {
    this.client = ExampleKeys.manager(client);
    this.receiver = receiver;
  }

  private static String id(TestResponse response) {
    return Objects.requireNonNull(response.header("X-Request-ID"));
  }

  @Test
  void a_query_of_the_database_is_below_the_handler() {
    TestResponse response = client.get("/pets?limit=2").send().expect(200);
    ReceivedSpan server = receiver.serverSpan(id(response));
    assertThat(server.name()).isEqualTo("GET /pets");
    List<ReceivedSpan> trace = receiver.trace(id(response), "decode", "handler");
    ReceivedSpan handler =
        trace.stream().filter(span -> span.name().equals("handler")).findFirst().orElseThrow();
    assertThat(handler.parentSpanId()).isEqualTo(server.spanId());
    assertThat(trace)
        .filteredOn(span -> span.kind().equals("CLIENT"))
        .isNotEmpty()
        .allSatisfy(query -> {
          assertThat(query.text("db.system").or(() -> query.text("db.system.name"))).contains("h2");
          assertThat(query.parentSpanId()).isEqualTo(handler.spanId());
        });
  }

  @ParameterizedTest
  @CsvSource({
    "/pets,         200, GET /pets",
    "/pets/1001,    200, GET /pets/{id}",
    "/pets/9999999, 404, GET /pets/{id}",
    "/pets/x,       400, GET /pets/{id}",
  })
  void span_answer_and_metrics_agree(String target, int status, String name) {
    TestResponse response = client.get(target).send().expect(status);
    ReceivedSpan span = receiver.serverSpan(id(response));
    assertThat(span.name()).isEqualTo(name);
    assertThat(span.attributes()).containsEntry("http.response.status_code", (long) status);
    String route = span.text("http.route").orElseThrow();
    assertThat(client.get("/metrics").send().expect(200).text().lines())
        .anyMatch(line ->
            line.startsWith("http_server_request_duration_seconds_count{")
                && line.contains("\"" + route + "\"")
                && line.contains("\"" + status + "\""));
    assertThat(
            client
                .get("/metrics")
                .header("Accept", "application/openmetrics-text; version=1.0.0")
                .send()
                .expect(200)
                .text())
        .contains("trace_id=\"" + span.traceId() + "\"");
  }
}
