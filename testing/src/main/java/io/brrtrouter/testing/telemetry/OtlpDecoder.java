package io.brrtrouter.testing.telemetry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads OTLP 1.9 with OpenTelemetry's own protobuf classes. */
final class OtlpDecoder {
  private static final String KIND = "SPAN_KIND_";
  private static final String STATUS = "STATUS_CODE_";
  private static final String SEVERITY = "SEVERITY_NUMBER_";

  private OtlpDecoder() {}

  static List<ReceivedSpan> spans(byte[] message) throws InvalidProtocolBufferException {
    List<ReceivedSpan> spans = new ArrayList<>();
    for (ResourceSpans resource :
        ExportTraceServiceRequest.parseFrom(message).getResourceSpansList()) {
      Map<String, Object> of = attributes(resource.getResource().getAttributesList());
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          spans.add(span(of, scope.getScope().getName(), span));
        }
      }
    }
    return spans;
  }

  private static ReceivedSpan span(Map<String, Object> resource, String scope, Span span) {
    return new ReceivedSpan(
        resource,
        scope,
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getTraceState(),
        span.getName(),
        span.getKind().name().substring(KIND.length()),
        span.getStatus().getCode().name().substring(STATUS.length()),
        attributes(span.getAttributesList()),
        span.getEventsList().stream().map(Span.Event::getName).toList(),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano());
  }

  static List<ReceivedLog> logs(byte[] message) throws InvalidProtocolBufferException {
    List<ReceivedLog> logs = new ArrayList<>();
    for (ResourceLogs resource :
        ExportLogsServiceRequest.parseFrom(message).getResourceLogsList()) {
      Map<String, Object> of = attributes(resource.getResource().getAttributesList());
      resource.getScopeLogsList().stream()
          .flatMap(scope -> scope.getLogRecordsList().stream())
          .forEach(entry ->
              logs.add(
                  new ReceivedLog(
                      of,
                      hex(entry.getTraceId()),
                      hex(entry.getSpanId()),
                      entry.getSeverityNumber().name().substring(SEVERITY.length()),
                      String.valueOf(value(entry.getBody())),
                      attributes(entry.getAttributesList()))));
    }
    return logs;
  }

  static List<ReceivedMetric> metrics(byte[] message) throws InvalidProtocolBufferException {
    List<ReceivedMetric> metrics = new ArrayList<>();
    for (ResourceMetrics resource :
        ExportMetricsServiceRequest.parseFrom(message).getResourceMetricsList()) {
      Map<String, Object> of = attributes(resource.getResource().getAttributesList());
      resource.getScopeMetricsList().stream()
          .flatMap(scope -> scope.getMetricsList().stream())
          .forEach(metric ->
              metrics.add(
                  new ReceivedMetric(of, metric.getName(), metric.getUnit(), series(metric))));
    }
    return metrics;
  }

  private static List<Map<String, Object>> series(Metric metric) {
    return switch (metric.getDataCase()) {
      case GAUGE -> each(metric.getGauge().getDataPointsList(), p -> p.getAttributesList());
      case SUM -> each(metric.getSum().getDataPointsList(), p -> p.getAttributesList());
      case HISTOGRAM -> each(metric.getHistogram().getDataPointsList(), p -> p.getAttributesList());
      case EXPONENTIAL_HISTOGRAM ->
          each(metric.getExponentialHistogram().getDataPointsList(), p -> p.getAttributesList());
      case SUMMARY -> each(metric.getSummary().getDataPointsList(), p -> p.getAttributesList());
      case DATA_NOT_SET -> List.of();
    };
  }

  private static <P> List<Map<String, Object>> each(
      List<P> points, Function<P, List<KeyValue>> attributes) {
    return points.stream().map(attributes).map(OtlpDecoder::attributes).toList();
  }

  private static Map<String, Object> attributes(List<KeyValue> list) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    list.forEach(each -> attributes.put(each.getKey(), value(each.getValue())));
    return attributes;
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case ARRAY_VALUE ->
          Stream.of(value.getArrayValue())
              .flatMap(array -> array.getValuesList().stream())
              .map(OtlpDecoder::value)
              .toList();
      case KVLIST_VALUE -> attributes(value.getKvlistValue().getValuesList());
      default -> value.toString();
    };
  }

  private static String hex(ByteString octets) {
    return HexFormat.of().formatHex(octets.toByteArray());
  }
}
