package io.brrtrouter.server.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as it is sent (HTML standard section 9.2.6). Immutable, and encoded once, however many
 * clients it is sent to.
 *
 * <pre>{@code
 * Event.of("two\nlines").withId("7").withName("adopted")
 * }</pre>
 */
public final class Event {
  private final @Nullable String name;
  private final @Nullable String id;
  private final @Nullable Duration retry;
  private final String data;

  /** Made when it is first asked for; the same whoever makes it. */
  private volatile byte @Nullable [] octets;

  private Event(@Nullable String name, @Nullable String id, @Nullable Duration retry, String data) {
    this.name = name;
    this.id = id;
    this.retry = retry;
    this.data = data;
  }

  /**
   * {@return an event with text}
   *
   * @param data the text; its lines are sent as lines, and a client gets them joined by LF
   */
  public static Event of(String data) {
    return new Event(null, null, null, Objects.requireNonNull(data, "an event has data"));
  }

  /**
   * {@return an event with JSON}
   *
   * @param data what {@link io.brrtrouter.server.http.HttpResponse#json(int, Object)} takes: a JSON
   *     value, a record, a collection
   * @throws tools.jackson.core.JacksonException if Jackson can make nothing of it
   */
  public static Event json(Object data) {
    return of(
        data instanceof JsonNode tree
            ? tree.toString()
            : JsonMapper.shared().writeValueAsString(data));
  }

  /**
   * {@return this event with a name, by which a client tells kinds of events apart}
   *
   * @param newName the name, on one line
   * @throws IllegalArgumentException if it has the end of a line
   */
  public Event withName(String newName) {
    return new Event(line("name", newName), id, retry, data);
  }

  /**
   * {@return this event with an id, which a client that connects again sends as {@code
   * Last-Event-ID}}
   *
   * @param newId the id, on one line; empty so that the client forgets the last one
   * @throws IllegalArgumentException if it has the end of a line or a NUL, which clients ignore
   */
  public Event withId(String newId) {
    if (newId.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the id of an event has no NUL");
    }
    return new Event(name, line("id", newId), retry, data);
  }

  /**
   * {@return this event with how long a client waits before it connects again}
   *
   * @param newRetry how long, in milliseconds; 0 or more
   * @throws IllegalArgumentException if it is negative
   */
  public Event withRetry(Duration newRetry) {
    if (newRetry.isNegative()) {
      throw new IllegalArgumentException("a client waits 0 ms or more, not " + newRetry);
    }
    return new Event(name, id, newRetry, data);
  }

  /** {@return this event with other data} */
  Event withData(String newData) {
    return new Event(name, id, retry, newData);
  }

  private static String line(String what, String text) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("the " + what + " of an event is on one line");
    }
    return text;
  }

  /** {@return the data} */
  public String data() {
    return data;
  }

  /** {@return the name, null without one} */
  public @Nullable String name() {
    return name;
  }

  /** {@return the id, null without one} */
  public @Nullable String id() {
    return id;
  }

  /** {@return how long a client waits before it connects again, null where that is not said} */
  public @Nullable Duration retry() {
    return retry;
  }

  /** {@return the fields there are, as a document describes them} */
  ObjectNode fields() {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    if (id != null) {
      fields.put("id", id);
    }
    if (name != null) {
      fields.put("event", name);
    }
    if (retry != null) {
      fields.put("retry", retry.toMillis());
    }
    return fields.put("data", read(data));
  }

  /** {@return data as a client reads it, whose lines LF joins} */
  private static String read(String data) {
    return data.indexOf('\r') < 0 ? data : data.replace("\r\n", "\n").replace('\r', '\n');
  }

  /** {@return the event in UTF-8; must not be changed} */
  byte[] octets() {
    byte[] made = octets;
    if (made == null) {
      made = toString().getBytes(StandardCharsets.UTF_8);
      octets = made;
    }
    return made;
  }

  /** {@return a comment, which clients ignore and connections live on} */
  static byte[] comment(String text) {
    StringBuilder lines = new StringBuilder();
    field(lines, "", text);
    return lines.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** {@return the event as it is sent, the empty line at its end included} */
  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder(data.length() + 32);
    if (id != null) {
      field(lines, "id", id);
    }
    if (name != null) {
      field(lines, "event", name);
    }
    if (retry != null) {
      field(lines, "retry", Long.toString(retry.toMillis()));
    }
    field(lines, "data", data);
    return lines.append('\n').toString();
  }

  /** A field for each line of a text, which ends with CR, LF or both. */
  private static void field(StringBuilder lines, String field, String text) {
    int from = 0;
    while (true) {
      int to = from;
      while (to < text.length() && text.charAt(to) != '\n' && text.charAt(to) != '\r') {
        to++;
      }
      lines.append(field).append(": ").append(text, from, to).append('\n');
      if (to == text.length()) {
        return;
      }
      boolean both = text.charAt(to) == '\r' && text.startsWith("\n", to + 1);
      from = to + (both ? 2 : 1);
    }
  }
}
