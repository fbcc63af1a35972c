package io.brrtrouter.schema.stream;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server-sent event (HTML standard section 9.2) of which the document does not say what it is.
 * Immutable.
 *
 * @param data the text
 * @param event the name, by which a client tells kinds of events apart; null without one
 * @param id what a client that connects again sends as {@code Last-Event-ID}; null without one
 * @param retry how many milliseconds a client waits before it connects again, null where that is
 *     not said
 */
public record RawEvent(
    String data, @Nullable String event, @Nullable String id, @Nullable Long retry) {

  /** Refuses an event without data. */
  public RawEvent {
    Objects.requireNonNull(data, "an event has data");
  }

  /**
   * {@return an event that has nothing but data}
   *
   * @param data the text
   */
  public static RawEvent of(String data) {
    return new RawEvent(data, null, null, null);
  }
}
