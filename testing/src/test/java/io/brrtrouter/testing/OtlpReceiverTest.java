package io.brrtrouter.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.brrtrouter.testing.telemetry.OtlpReceiver;
import io.brrtrouter.testing.telemetry.ReceivedSpan;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpReceiverTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final Resource SHOP =
      Resource.newBuilder().addAttributes(text("service.name", "shop")).build();

  private static ByteString hex(String digits) {
    return ByteString.copyFrom(HexFormat.of().parseHex(digits));
  }

  private static KeyValue.Builder of(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value);
  }

  private static KeyValue.Builder text(String key, String value) {
    return of(key, AnyValue.newBuilder().setStringValue(value));
  }

  private static int send(OtlpReceiver receiver, String path, Message message) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(receiver.endpoint() + path))
                  .header("Content-Type", "application/x-protobuf")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(message.toByteArray()))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static Message spans() {
    Span span =
        Span.newBuilder()
            .setTraceId(hex(TRACE))
            .setSpanId(hex(SPAN))
            .setName("GET /pets")
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
            .addAttributes(text("brrtrouter.request_id", "one"))
            .addAttributes(of("size", AnyValue.newBuilder().setIntValue(7)))
            .addAttributes(of("part", AnyValue.newBuilder().setDoubleValue(0.5)))
            .addAttributes(of("whole", AnyValue.newBuilder().setBoolValue(true)))
            .addAttributes(
                of(
                    "names",
                    AnyValue.newBuilder()
                        .setArrayValue(
                            ArrayValue.newBuilder()
                                .addValues(AnyValue.newBuilder().setStringValue("a")))))
            .addEvents(Span.Event.newBuilder().setName("exception"))
            .build();
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(SHOP)
                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
        .build();
  }

  @Test
  void spans_are_what_was_sent() throws Exception {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      assertThat(send(receiver, "/v1/traces", spans())).isEqualTo(200);

      ReceivedSpan span = receiver.await(all -> !all.isEmpty()).getFirst();
      assertThat(span.resource()).containsEntry("service.name", "shop");
      assertThat(span.traceId()).isEqualTo(TRACE);
      assertThat(span.spanId()).isEqualTo(SPAN);
      assertThat(span.parentSpanId()).isEmpty();
      assertThat(span.name()).isEqualTo("GET /pets");
      assertThat(span.kind()).isEqualTo("SERVER");
      assertThat(span.status()).isEqualTo("ERROR");
      assertThat(span.events()).containsExactly("exception");
      assertThat(span.attributes())
          .containsEntry("size", 7L)
          .containsEntry("part", 0.5)
          .containsEntry("whole", true)
          .containsEntry("names", List.of("a"));
      assertThat(span.text("size")).hasValue("7");
      assertThat(span.text("colour")).isEmpty();
    }
  }

  @Test
  void logs_and_metrics_are_what_was_sent() throws Exception {
    LogRecord line =
        LogRecord.newBuilder()
            .setTraceId(hex(TRACE))
            .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN)
            .setBody(AnyValue.newBuilder().setStringValue("late"))
            .addAttributes(text("operation", "list"))
            .build();
    NumberDataPoint point = NumberDataPoint.newBuilder().addAttributes(text("a", "b")).build();
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      send(
          receiver,
          "/v1/logs",
          ExportLogsServiceRequest.newBuilder()
              .addResourceLogs(
                  ResourceLogs.newBuilder()
                      .setResource(SHOP)
                      .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(line)))
              .build());
      send(
          receiver,
          "/v1/metrics",
          ExportMetricsServiceRequest.newBuilder()
              .addResourceMetrics(
                  ResourceMetrics.newBuilder()
                      .addScopeMetrics(
                          ScopeMetrics.newBuilder()
                              .addMetrics(
                                  Metric.newBuilder()
                                      .setName("open")
                                      .setUnit("1")
                                      .setGauge(Gauge.newBuilder().addDataPoints(point)))
                              .addMetrics(
                                  Metric.newBuilder()
                                      .setName("sent")
                                      .setSum(Sum.newBuilder().addDataPoints(point)))))
              .build());

      assertThat(receiver.logs())
          .singleElement()
          .satisfies(log -> {
            assertThat(log.body()).isEqualTo("late");
            assertThat(log.severity()).isEqualTo("WARN");
            assertThat(log.traceId()).isEqualTo(TRACE);
            assertThat(log.attributes()).isEqualTo(Map.of("operation", "list"));
          });
      assertThat(receiver.metrics())
          .extracting("name", "unit", "series")
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("open", "1", List.of(Map.of("a", "b"))),
              org.assertj.core.groups.Tuple.tuple("sent", "", List.of(Map.of("a", "b"))));
    }
  }

  @Test
  void what_it_refuses_it_does_not_keep() throws Exception {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      receiver.answer(503);
      assertThat(send(receiver, "/v1/traces", spans())).isEqualTo(503);
      assertThat(receiver.refused()).isEqualTo(1);
      assertThat(receiver.spans()).isEmpty();
      assertThat(receiver.environment())
          .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint());
    }
  }
}
