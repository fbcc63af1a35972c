package io.brrtrouter.testing;

import io.brrtrouter.server.http.Headers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads the items of a response one by one, as text. */
final class ItemReader {
  private static final char RECORD_SEPARATOR = 0x1e;

  /** How items follow each other. */
  private enum Framing {
    /** WHATWG HTML section 9.2.6. */
    EVENTS,
    LINES,
    /** RFC 7464. */
    SEQUENCE
  }

  private final Framing framing;
  private final BufferedReader reader;

  private ItemReader(Framing framing, InputStream content) {
    this.framing = framing;
    this.reader = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
  }

  /** {@return reads the items of a response; empty when its media type has none} */
  static Optional<ItemReader> of(Headers headers, InputStream content) {
    String type = headers.first("Content-Type").orElse("").split(";", 2)[0].strip();
    Framing framing =
        switch (type.toLowerCase(Locale.ROOT)) {
          case "text/event-stream" -> Framing.EVENTS;
          case "application/jsonl", "application/x-ndjson" -> Framing.LINES;
          case "application/json-seq" -> Framing.SEQUENCE;
          case String other when other.endsWith("+json-seq") -> Framing.SEQUENCE;
          case String other when other.endsWith("+jsonl") -> Framing.LINES;
          default -> null;
        };
    return framing == null ? Optional.empty() : Optional.of(new ItemReader(framing, content));
  }

  /** {@return the next item, null at the end} */
  @Nullable String next() throws IOException {
    return switch (framing) {
      case EVENTS -> event();
      case LINES -> line();
      case SEQUENCE -> text();
    };
  }

  /** {@return the JSON of an item: of an event its data} */
  String json(String item) {
    if (framing != Framing.EVENTS) {
      return item;
    }
    StringBuilder data = new StringBuilder();
    item.lines()
        .filter(line -> line.startsWith("data: "))
        .forEach(line -> data.append(line, "data: ".length(), line.length()).append('\n'));
    return data.toString();
  }

  /** Comments, and blocks without data, are no events. */
  private @Nullable String event() throws IOException {
    StringBuilder fields = new StringBuilder();
    boolean hasData = false;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.isEmpty()) {
        if (hasData) {
          return fields.toString().stripTrailing();
        }
        fields.setLength(0);
      } else if (line.charAt(0) != ':') {
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        hasData |= name.equals("data");
        fields.append(name).append(": ").append(value).append('\n');
      }
    }
    return null; // an event that is not ended is none
  }

  private @Nullable String line() throws IOException {
    String line = reader.readLine();
    while (line != null && line.isBlank()) {
      line = reader.readLine();
    }
    return line;
  }

  /** A text ends where it is complete: whether another one begins is told too late. */
  private @Nullable String text() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int next = reader.read(); next >= 0; next = reader.read()) {
      if (next == RECORD_SEPARATOR) {
        if (!text.toString().isBlank()) {
          return text.toString().strip();
        }
        text.setLength(0);
      } else {
        text.append((char) next);
        if (next == '\n' && isComplete(text.toString())) {
          return text.toString().strip();
        }
      }
    }
    return text.toString().isBlank() ? null : text.toString().strip();
  }

  private static boolean isComplete(String text) {
    try {
      return !TestResponse.JSON.readTree(text).isMissingNode();
    } catch (JacksonException _) {
      return false;
    }
  }
}
