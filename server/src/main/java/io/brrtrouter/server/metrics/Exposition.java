package io.brrtrouter.server.metrics;

import io.brrtrouter.server.http.Accept;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.MediaRange;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A format that figures are answered in, of which {@code Accept} chooses.
 *
 * @param writer makes its writer when somebody asks: that of protobuf has many classes
 * @param types the media types that it is asked for by
 */
record Exposition(Supplier<? extends ExpositionFormatWriter> writer, List<ContentType> types) {
  /** The Prometheus text format, version 0.0.4; everybody understands it. */
  private static final Exposition TEXT =
      of(PrometheusTextFormatWriter::create, "text/plain; version=0.0.4");

  /**
   * In the order the server prefers them: beside the first the OpenMetrics text format, with
   * exemplars, and the protobuf format, with exemplars and native histograms.
   */
  private static final List<Exposition> ALL =
      List.of(
          TEXT,
          of(
              OpenMetricsTextFormatWriter::create,
              "application/openmetrics-text; version=1.0.0",
              "application/openmetrics-text; version=0.0.1"),
          of(
              PrometheusProtobufWriter::new,
              "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
                  + " encoding=delimited"));

  /** Say nothing that would be answered otherwise: names have no characters to escape. */
  private static final Set<String> IRRELEVANT = Set.of("charset", "escaping");

  private static Exposition of(Supplier<? extends ExpositionFormatWriter> writer, String... types) {
    return new Exposition(
        writer, Arrays.stream(types).map(type -> ContentType.parse(type).orElseThrow()).toList());
  }

  /** {@return the format that a request asks for; text, where it accepts none} */
  static Exposition of(Headers headers) {
    Accept accept = relevant(Accept.of(headers));
    Exposition best = TEXT;
    int most = 0;
    for (Exposition each : ALL) {
      int weight = each.weight(accept);
      if (weight > most) {
        most = weight;
        best = each;
      }
    }
    return best;
  }

  private static Accept relevant(Accept accept) {
    return new Accept(
        accept.preferences().stream()
            .map(each -> new Accept.Preference(relevant(each.range()), each.weight()))
            .toList());
  }

  private static MediaRange relevant(MediaRange range) {
    return new MediaRange(
        range.type(),
        range.subtype(),
        range.parameters().stream()
            .filter(parameter -> !IRRELEVANT.contains(parameter.name()))
            .toList());
  }

  private int weight(Accept accept) {
    int most = 0;
    for (ContentType type : types) {
      most = Math.max(most, accept.weight(type));
    }
    return most;
  }

  /** {@return the answer with figures} */
  HttpResponse answer(MetricSnapshots figures) {
    ExpositionFormatWriter format = writer.get();
    ByteArrayOutputStream octets = new ByteArrayOutputStream(16 << 10);
    try {
      format.write(octets, figures, EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return HttpResponse.bytes(200, format.getContentType(), octets.toByteArray())
        .withHeader("Vary", "Accept");
  }
}
