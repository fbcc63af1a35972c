package io.brrtrouter.examples.petstore.api;

import static io.brrtrouter.examples.petstore.api.Replies.body;
import static io.brrtrouter.examples.petstore.api.Replies.created;
import static io.brrtrouter.examples.petstore.api.Replies.ok;
import static io.brrtrouter.examples.petstore.api.Replies.texts;

import io.brrtrouter.examples.petstore.shop.Events.Event;
import io.brrtrouter.examples.petstore.shop.Json;
import io.brrtrouter.examples.petstore.shop.Shop;
import io.brrtrouter.examples.petstore.shop.Subscriptions;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.Accept;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Operations for those who run the shop. */
public final class AdminHandlers {
  private static final ContentType EVENT_STREAM =
      new ContentType("text", "event-stream", List.of());
  private static final ContentType JSON_LINES = new ContentType("application", "jsonl", List.of());

  private final Shop shop;

  /**
   * Takes care of the rest.
   *
   * @param shop the shop
   */
  public AdminHandlers(Shop shop) {
    this.shop = shop;
  }

  /**
   * Adds the handlers.
   *
   * @param server the server to be
   */
  public void addTo(BrrtServer.Builder server) {
    server
        .handler("admin_settings", this::settings)
        .handler("change_settings", this::changeSettings)
        .handler("stream_events", this::events)
        .handler("register_webhook", this::registerWebhook);
  }

  private HttpResponse settings(Request request) {
    return ok(shop.settings());
  }

  private HttpResponse changeSettings(Request request) {
    body(request).forEachEntry((name, on) -> shop.settings().put(name, on.asBoolean()));
    return ok(shop.settings());
  }

  private HttpResponse events(Request request) {
    int last = (int) request.queryParameters().integer("last").orElseThrow();
    List<Event> events = shop.events().latest(last);
    ContentType chosen =
        Accept.of(request.headers()).choose(List.of(EVENT_STREAM, JSON_LINES)).orElse(EVENT_STREAM);
    String text =
        events.stream()
            .map(chosen.equals(JSON_LINES) ? AdminHandlers::line : AdminHandlers::message)
            .collect(Collectors.joining());
    return HttpResponse.bytes(200, chosen.essence(), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String line(Event event) {
    return Json.of(event) + "\n";
  }

  private static String message(Event event) {
    return "event: " + event.type() + "\nid: " + event.number() + "\ndata: " + line(event) + "\n";
  }

  private HttpResponse registerWebhook(Request request) {
    JsonNode wish = body(request);
    Subscriptions.Outcome outcome =
        shop.subscriptions()
            .subscribe(
                wish.path("url").asString(), texts(wish.path("events").valueStream().toList()));
    Subscriptions.Subscription subscription = outcome.subscription();
    return outcome.isNew()
        ? created("/webhooks/" + subscription.id(), subscription)
        : ok(subscription);
  }
}
