package io.brrtrouter.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions as events of spans, by the semantic conventions, but for their messages: these have
 * what clients sent and what services said, and spans leave the process. The log has them, where
 * secrets are masked.
 */
final class ExceptionEvent {
  private static final AttributeKey<String> TYPE = AttributeKey.stringKey("exception.type");
  private static final AttributeKey<String> STACK = AttributeKey.stringKey("exception.stacktrace");

  /** Frames that are told, of all causes together. */
  private static final int FRAMES = 200;

  private ExceptionEvent() {}

  /** Adds an exception to a span. */
  static void add(Span span, Throwable thrown) {
    span.addEvent(
        "exception",
        Attributes.of(TYPE, thrown.getClass().getName(), STACK, withoutMessages(thrown)));
  }

  private static String withoutMessages(Throwable thrown) {
    StringBuilder text = new StringBuilder(1024);
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    int left = FRAMES;
    @Nullable Throwable of = thrown;
    while (of != null && left > 0 && seen.add(of)) {
      text.append(text.isEmpty() ? "" : "Caused by: ").append(of.getClass().getName()).append('\n');
      for (StackTraceElement frame : of.getStackTrace()) {
        if (left-- <= 0) {
          break;
        }
        text.append("\tat ").append(frame).append('\n');
      }
      of = of.getCause();
    }
    return text.toString();
  }
}
