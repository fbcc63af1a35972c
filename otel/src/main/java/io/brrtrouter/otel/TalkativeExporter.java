package io.brrtrouter.otel;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exporter that says once that spans are lost, again every five minutes while they are, and when
 * they are not any more. Safe for use by many threads.
 */
final class TalkativeExporter implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.otel");
  private static final long SILENCE = TimeUnit.MINUTES.toNanos(5);

  private final SpanExporter exporter;
  private final ReentrantLock lock = new ReentrantLock();

  /** Since the last success. Guarded by the lock, as is what follows. */
  private long lost;

  private long said;

  TalkativeExporter(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(() -> {
      if (result.isSuccess()) {
        arrived();
      } else {
        lost(count, result.getFailureThrowable());
      }
    });
  }

  private void lost(int count, @org.jspecify.annotations.Nullable Throwable why) {
    lock.lock();
    try {
      boolean first = lost == 0;
      lost += count;
      if (!first && System.nanoTime() - said < SILENCE) {
        return;
      }
      said = System.nanoTime();
      LOG.warn(
          "traces do not get through, {} spans are lost so far; requests are answered all the"
              + " same: {}",
          lost,
          why == null ? "the collector refuses them, see OTEL_EXPORTER_OTLP_ENDPOINT" : why);
    } finally {
      lock.unlock();
    }
  }

  private void arrived() {
    lock.lock();
    try {
      if (lost > 0) {
        LOG.info("traces get through again; {} spans are lost", lost);
        lost = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  @Override
  public String toString() {
    return exporter.toString();
  }
}
