package io.brrtrouter.examples.petstore.api;

import static io.brrtrouter.examples.petstore.api.Replies.body;
import static io.brrtrouter.examples.petstore.api.Replies.created;
import static io.brrtrouter.examples.petstore.api.Replies.ok;

import io.brrtrouter.examples.petstore.shop.Item;
import io.brrtrouter.examples.petstore.shop.Items;
import io.brrtrouter.examples.petstore.shop.Json;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import java.util.UUID;

/** Operations on items. */
public final class ItemHandlers {
  private final Items items;

  /**
   * Takes care of items.
   *
   * @param items the items
   */
  public ItemHandlers(Items items) {
    this.items = items;
  }

  /**
   * Adds the handlers.
   *
   * @param server the server to be
   */
  public void addTo(BrrtServer.Builder server) {
    server
        .handler("get_item", this::get)
        .handler("post_item", this::post)
        .handler("copy_item", this::copy);
  }

  private HttpResponse get(Request request) {
    return ok(items.get(id(request)));
  }

  private HttpResponse post(Request request) {
    UUID id = id(request);
    boolean isNew = items.put(id, Json.to(Item.class, body(request)));
    return isNew ? created("/items/" + id, items.get(id)) : ok(items.get(id));
  }

  private HttpResponse copy(Request request) {
    Item copy = items.copy(id(request), request.headerParameters().text("X-Copy-Name"));
    return created("/items/" + copy.id(), copy);
  }

  private static UUID id(Request request) {
    return UUID.fromString(request.pathParameters().text("id").orElseThrow());
  }
}
