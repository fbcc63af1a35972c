package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.generated.api.AdminSettingsRequest;
import io.brrtrouter.examples.petstore.generated.api.AdminSettingsResponse;
import io.brrtrouter.examples.petstore.generated.api.ChangeSettingsRequest;
import io.brrtrouter.examples.petstore.generated.api.ChangeSettingsResponse;
import io.brrtrouter.examples.petstore.generated.api.RegisterWebhookRequest;
import io.brrtrouter.examples.petstore.generated.api.RegisterWebhookResponse;
import io.brrtrouter.examples.petstore.generated.model.EventType;
import io.brrtrouter.examples.petstore.generated.model.Subscription;
import io.brrtrouter.examples.petstore.generated.model.SubscriptionInput;
import io.brrtrouter.examples.petstore.generated.sender.PetStoreSenders;
import io.brrtrouter.examples.petstore.shop.Events.Event;
import io.brrtrouter.examples.petstore.shop.Json;
import io.brrtrouter.examples.petstore.shop.Shop;
import io.brrtrouter.examples.petstore.shop.Subscriptions;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.Accept;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.stream.EventStream;
import io.brrtrouter.server.stream.JsonStream;
import java.util.List;

/** Operations for those who run the shop. */
final class AdminHandlers {
  private static final ContentType EVENT_STREAM =
      new ContentType("text", "event-stream", List.of());
  private static final ContentType JSON_LINES = new ContentType("application", "jsonl", List.of());

  private final Shop shop;
  private final Webhooks webhooks;

  AdminHandlers(Shop shop, Webhooks webhooks) {
    this.shop = shop;
    this.webhooks = webhooks;
  }

  AdminSettingsResponse settings(AdminSettingsRequest request) {
    return new AdminSettingsResponse.Ok(shop.settings());
  }

  ChangeSettingsResponse changeSettings(ChangeSettingsRequest request) {
    shop.settings().putAll(request.body());
    return new ChangeSettingsResponse.Ok(shop.settings());
  }

  /** Untyped: a stream of events has no Java type, and Accept chooses which stream. */
  HttpResponse events(Request request) {
    int last = (int) request.queryParameters().integer("last").orElseThrow();
    List<Event> events = shop.events().latest(last);
    ContentType chosen =
        Accept.of(request.headers()).choose(List.of(EVENT_STREAM, JSON_LINES)).orElse(EVENT_STREAM);
    return chosen.equals(JSON_LINES) ? lines(request, events) : messages(request, events);
  }

  private static HttpResponse lines(Request request, List<Event> events) {
    return JsonStream.respond(
        request,
        JSON_LINES.essence(),
        items -> {
          for (Event event : events) {
            items.send(Json.of(event));
          }
        });
  }

  private static HttpResponse messages(Request request, List<Event> events) {
    return EventStream.respond(
        request,
        messages -> {
          for (Event event : events) {
            messages.send(
                io.brrtrouter.server.stream.Event.json(Json.of(event))
                    .withName(event.type())
                    .withId(String.valueOf(event.number())));
          }
        });
  }

  RegisterWebhookResponse registerWebhook(RegisterWebhookRequest request) {
    SubscriptionInput wish = request.body();
    String url =
        webhooks.checked(PetStoreSenders.ON_EVENT_URL.from(Request.current()).orElseThrow());
    Subscriptions.Outcome outcome =
        shop.subscriptions()
            .subscribe(url, wish.events().stream().map(EventType::value).toList(), wish.secret());
    long id = outcome.subscription().id();
    Subscription subscription = new Subscription(id, wish.url(), wish.events());
    return outcome.isNew()
        ? new RegisterWebhookResponse.Created(subscription, "/webhooks/" + id)
        : new RegisterWebhookResponse.Ok(subscription);
  }
}
