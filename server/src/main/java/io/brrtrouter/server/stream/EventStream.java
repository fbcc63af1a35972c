package io.brrtrouter.server.stream;

import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;

/**
 * Events for one client, as {@code text/event-stream} (HTML standard section 9.2).
 *
 * <pre>{@code
 * server.handler(
 *     "watch_pets",
 *     request ->
 *         EventStream.respond(
 *             request,
 *             events -> {
 *               while (true) {
 *                 events.send(Event.json(adoptions.take()).withName("adopted"));
 *               }
 *             }));
 * }</pre>
 *
 * <p>The response ends well, so that the client connects again and says which event it had last,
 * when the producer returns, when the server drains and after {@link StreamOptions#lifetime}.
 *
 * <p>Where the document has an {@code itemSchema} for it, each event is compared with that as
 * responses are checked: an object with {@code data}, {@code event} and {@code id}, which are
 * texts, and {@code retry}, which is a number, as far as the event has them (OpenAPI 3.2 section
 * 4.14.3.1); JSON in {@code data} with the {@code contentSchema} of that property.
 */
public final class EventStream {
  private EventStream() {}

  /**
   * {@return a response of events, by {@link StreamOptions#ENDLESS}}
   *
   * @param request the request it answers
   * @param producer makes the events
   */
  public static HttpResponse respond(Request request, EventProducer producer) {
    return respond(request, StreamOptions.ENDLESS, producer);
  }

  /**
   * {@return a response of events}
   *
   * @param request the request it answers
   * @param options how they are sent
   * @param producer makes the events
   */
  public static HttpResponse respond(
      Request request, StreamOptions options, EventProducer producer) {
    EventSender events = new EventSender(request, options);
    return events.response(EventSender.HEADERS, () -> producer.produce(events));
  }
}
