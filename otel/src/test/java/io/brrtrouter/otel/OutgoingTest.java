package io.brrtrouter.otel;

import static io.brrtrouter.otel.TracedServer.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.outbound.Deliveries;
import io.brrtrouter.outbound.OutgoingMessage;
import io.brrtrouter.outbound.Receiver;
import io.brrtrouter.outbound.RecordedDeliveries;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.testing.telemetry.ReceivedSpan;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server sends on behalf of a request joins its trace. */
@Timeout(120)
class OutgoingTest {
  private static final String BEHIND =
      """
      openapi: 3.1.1
      info: {title: Behind, version: "1"}
      paths:
        /items/{id}:
          get:
            operationId: item
            parameters:
              - {name: id, in: path, required: true, schema: {type: string}}
              - {name: api_token, in: query, schema: {type: string}}
            responses: {"200": {description: ok, content: {text/plain: {}}}}
      """;

  private static final String FRONT =
      BEHIND.replace("Behind", "Front").replace("operationId: item", "x-service: catalog");

  private static TracedServer behind() {
    return new TracedServer(
        BEHIND,
        Map.of(),
        builder ->
            builder.handler(
                "item",
                request -> HttpResponse.text(200, request.headers().combined("baggage") + "")));
  }

  private static TracedServer front(TracedServer behind, String url) {
    return new TracedServer(
        FRONT,
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            behind.receiver.endpoint(),
            "BRRTR_SERVICES_CATALOG_URL",
            url,
            "BRRTR_SERVICES_CATALOG_CREDENTIALS",
            "none"),
        _ -> {});
  }

  @Test
  void a_request_that_is_handed_on_is_one_trace_over_two_servers() {
    try (TracedServer behind = behind();
        TracedServer front = front(behind, behind.server.url())) {
      var response =
          front.get("/items/7?api_token=abc", "baggage", "tenant=acme", "traceparent", "nonsense");
      assertThat(response.body()).isEqualTo("tenant=acme");

      String trace =
          behind
              .receiver
              .await(all -> spans(all, "Front").stream().anyMatch(OutgoingTest::isServer))
              .stream()
              .filter(span -> isServer(span) && of(span, "Front"))
              .findFirst()
              .orElseThrow()
              .traceId();
      List<ReceivedSpan> all =
          behind.receiver.await(received ->
              has(received, "Front", "CLIENT")
                  && has(received, "Behind", "SERVER")
                  && spans(received, "Front").stream()
                      .anyMatch(span -> span.name().equals("handler")));
      ReceivedSpan client = only(all, "Front", "CLIENT");
      ReceivedSpan server = only(all, "Behind", "SERVER");
      ReceivedSpan handler = named(all, "Front", "handler");
      assertThat(server.traceId()).isEqualTo(trace);
      assertThat(server.parentSpanId()).isEqualTo(client.spanId());
      assertThat(client.parentSpanId()).isEqualTo(handler.spanId());
      assertThat(client.name()).isEqualTo("GET");
      assertThat(client.attributes())
          .containsEntry("http.request.method", "GET")
          .containsEntry("http.response.status_code", 200L)
          .containsEntry("server.address", "127.0.0.1")
          .containsEntry("server.port", (long) behind.server.port())
          .containsEntry("url.full", behind.server.url() + "/items/7?api_token=REDACTED");
    }
  }

  @Test
  void a_service_that_cannot_be_reached_is_a_client_span_that_failed() {
    try (TracedServer behind = behind();
        TracedServer front = front(behind, "http://127.0.0.1:1")) {
      var response = front.get("/items/7");
      assertThat(response.statusCode()).isEqualTo(502);
      assertThat(behind.receiver.serverSpan(id(response)).text("error.type")).isPresent();
      ReceivedSpan client =
          behind
              .receiver
              .await(all -> all.stream().anyMatch(span -> span.kind().equals("CLIENT")))
              .stream()
              .filter(span -> span.kind().equals("CLIENT"))
              .findFirst()
              .orElseThrow();
      assertThat(client.status()).isEqualTo("ERROR");
      assertThat(client.events()).containsExactly("exception");
    }
  }

  @Test
  void a_webhook_belongs_to_the_trace_of_the_request_that_sent_it(@TempDir Path directory) {
    OutgoingMessage message =
        new OutgoingMessage(
            "told", "POST", "", List.of(), Optional.of("text/plain"), new byte[] {'a'});
    Receiver receiver = Receiver.of(URI.create("https://example.com/hook"));
    try (Deliveries deliveries =
            Deliveries.builder()
                .file(directory.resolve("log"))
                .signatures()
                .recordOnly(true)
                .open();
        TracedServer traced =
            new TracedServer(
                BEHIND,
                Map.of(),
                builder ->
                    builder.handler(
                        "item",
                        _ -> {
                          deliveries.send(receiver, message);
                          return HttpResponse.text(200, "sent");
                        }))) {
      var response = traced.get("/items/7", "baggage", "tenant=acme", "tracestate", "a=b");
      List<ReceivedSpan> trace = traced.receiver.trace(id(response), "handler");
      ReceivedSpan handler = named(trace, "Behind", "handler");
      Headers sent = RecordedDeliveries.of(deliveries).only("told").headers();
      assertThat(sent.get("traceparent"))
          .startsWith("00-" + handler.traceId() + "-" + handler.spanId() + "-0");
      assertThat(sent.contains("baggage")).isFalse();
    }
  }

  private static boolean isServer(ReceivedSpan span) {
    return span.kind().equals("SERVER");
  }

  private static boolean of(ReceivedSpan span, String service) {
    return service.equals(span.resource().get("service.name"));
  }

  private static List<ReceivedSpan> spans(List<ReceivedSpan> all, String service) {
    return all.stream().filter(span -> of(span, service)).toList();
  }

  private static boolean has(List<ReceivedSpan> all, String service, String kind) {
    return spans(all, service).stream().anyMatch(span -> span.kind().equals(kind));
  }

  private static ReceivedSpan only(List<ReceivedSpan> all, String service, String kind) {
    List<ReceivedSpan> found =
        spans(all, service).stream().filter(span -> span.kind().equals(kind)).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static ReceivedSpan named(List<ReceivedSpan> all, String service, String name) {
    return spans(all, service).stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
