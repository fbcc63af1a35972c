package io.brrtrouter.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.brrtrouter.server.dispatch.Exchange;
import io.brrtrouter.server.http.TraceContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.MessageFormatter;

/**
 * Makes an entry of what is logged, on the thread that logs it: with the request that thread works
 * for, and without secrets, whichever way they come. Immutable.
 */
final class EntryReader {
  /** Members that every line may have; a field of such a name gets a prefix. */
  private static final Set<String> RESERVED =
      Set.of("timestamp", "level", "logger", "message", "thread", "service", "exception");

  private static final String PREFIX = "field.";
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_NUMBER = 64;

  private final Redaction redaction;
  private final ExceptionText exceptions;

  EntryReader(Redaction redaction) {
    this.redaction = redaction;
    this.exceptions = new ExceptionText(redaction);
  }

  Entry read(ILoggingEvent event) {
    Entry entry =
        new Entry(
            event.getTimeStamp(),
            event.getLevel(),
            event.getLoggerName(),
            redaction.redact(event.getThreadName()),
            redaction.redact(message(event)),
            event.getThrowableProxy() == null ? "" : exceptions.of(event.getThrowableProxy()));
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        field(entry, String.valueOf(pair.key), pair.value);
      }
    }
    request(entry);
    Map<String, String> context = event.getMDCPropertyMap();
    if (context != null) {
      context.forEach((name, value) -> field(entry, name, value));
    }
    return entry;
  }

  private String message(ILoggingEvent event) {
    String template = event.getMessage();
    Object[] arguments = event.getArgumentArray();
    if (template == null) {
      return "";
    }
    return arguments == null || arguments.length == 0
        ? template
        : String.valueOf(
            MessageFormatter.basicArrayFormat(template, redaction.arguments(template, arguments)));
  }

  /** What the server says itself, of a request that another thread works for, goes before. */
  private static void request(Entry entry) {
    Optional<Exchange> current = Exchange.ifCurrent();
    if (current.isEmpty()) {
      return;
    }
    Exchange exchange = current.get();
    entry.add("request_id", exchange.requestId());
    TraceContext trace = exchange.trace().orElse(null);
    if (trace != null) {
      entry.add("trace_id", trace.traceId());
      entry.add("span_id", trace.spanId());
    }
    entry.add("operation", exchange.operationName());
  }

  private void field(Entry entry, String name, @Nullable Object value) {
    String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    shown = redaction.redact(shown);
    Object safe = redaction.hides(name) ? Redaction.MASK : safe(value);
    entry.add(RESERVED.contains(shown) ? PREFIX + shown : shown, safe);
  }

  private Object safe(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Boolean truth -> truth;
      case Integer number -> number;
      case Long number -> number;
      case Short number -> number;
      case Byte number -> number;
      case Double number when Double.isFinite(number) -> number;
      case Float number when Float.isFinite(number) -> number;
      case BigInteger number when number.bitLength() <= LONGEST_NUMBER -> number;
      case BigDecimal number when number.precision() <= LONGEST_NUMBER -> number.toString();
      default -> redaction.redact(text(value));
    };
  }

  /** Whose text cannot be had must not keep a line from being written. */
  private static String text(Object value) {
    try {
      return value instanceof Object[] all
          ? java.util.Arrays.deepToString(all)
          : String.valueOf(value);
    } catch (RuntimeException | StackOverflowError failure) {
      return "("
          + value.getClass().getName()
          + " has no text: "
          + failure.getClass().getName()
          + ")";
    }
  }
}
