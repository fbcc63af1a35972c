package io.brrtrouter.server.stream;

import io.brrtrouter.server.dispatch.ItemContract;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.Headers;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Sends the events of one response. */
final class EventSender extends ItemSender<Event> implements EventChannel {
  /** Nobody in between keeps events. */
  static final Headers HEADERS = Headers.of("Cache-Control", "no-cache");

  private static final String TYPE = "text/event-stream";
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  /** A comment without text. */
  static final byte[] HEARTBEAT = {':', '\n', '\n'};

  /** Events stand one behind the other as they are. */
  private static final Framing<Event> FRAMING =
      new Framing<>() {
        @Override
        public String contentType() {
          return TYPE;
        }

        @Override
        public byte[] frame(Event event, ItemContract contract, long number) {
          if (contract.isChecked()) {
            contract.requireEvent(event.fields(), number);
          }
          return event.octets();
        }

        @Override
        public byte @Nullable [] heartbeat(boolean begun) {
          return HEARTBEAT;
        }
      };

  private final @Nullable String lastEventId;

  /** Whether another document serves by now than the one of this response. */
  private final BooleanSupplier replaced;

  EventSender(Request request, StreamOptions options) {
    this(request, 200, TYPE, options);
  }

  EventSender(Request request, int status, String contentType, StreamOptions options) {
    this(request.itemsOf(status, contentType), request.headers(), options, request::isReplaced);
  }

  /**
   * Sends events to whoever asks.
   *
   * @param contract judges them
   * @param request the header fields of the request
   * @param options how they are sent
   */
  EventSender(ItemContract contract, Headers request, StreamOptions options) {
    this(contract, request, options, () -> false);
  }

  private EventSender(
      ItemContract contract, Headers request, StreamOptions options, BooleanSupplier replaced) {
    super(FRAMING, contract, options);
    this.replaced = replaced;
    this.lastEventId = request.first(LAST_EVENT_ID).orElse(null);
  }

  /** {@return whether another document serves by now than the one that judges these events} */
  boolean isReplaced() {
    return replaced.getAsBoolean();
  }

  @Override
  public void comment(String text) throws ClientGoneException, InterruptedException {
    outbox().put(Event.comment(text));
  }

  @Override
  public Optional<String> lastEventId() {
    return Optional.ofNullable(lastEventId);
  }
}
