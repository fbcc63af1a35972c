package io.brrtrouter.logging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Lines of JSON, for machines: {@code timestamp} (RFC 3339, UTC, milliseconds), {@code level},
 * {@code logger}, {@code message}, {@code thread}, {@code service} where it is known, then the
 * fields, each as a member, and {@code exception} as one text. Safe for use by many threads once it
 * has started.
 */
public final class JsonLineEncoder extends LineEncoder {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private volatile String service = "";

  /** For the backend, which makes one where a configuration names it. */
  public JsonLineEncoder() {}

  /**
   * Sets what the process is called.
   *
   * @param name the name; without one, lines have no such member
   */
  public void setService(String name) {
    service = name;
  }

  @Override
  void write(Entry entry, StringBuilder line) {
    line.append("{\"timestamp\":\"");
    TIME.formatTo(Instant.ofEpochMilli(entry.millis()), line);
    line.append("\",\"level\":\"").append(entry.level()).append('"');
    member("logger", entry.logger(), line);
    member("message", entry.message(), line);
    member("thread", entry.thread(), line);
    if (!service.isEmpty()) {
      member("service", service, line);
    }
    for (int i = 0; i < entry.names().size(); i++) {
      member(entry.names().get(i), entry.value(i), line);
    }
    if (!entry.exception().isEmpty()) {
      member("exception", entry.exception(), line);
    }
    line.append('}');
  }

  private static void member(String name, Object value, StringBuilder line) {
    line.append(',');
    Escapes.json(name, line);
    line.append(':');
    if (value instanceof String text) {
      Escapes.json(text, line);
    } else {
      line.append(value);
    }
  }
}
