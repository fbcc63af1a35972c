package io.brrtrouter.examples.petstore.api;

import static io.brrtrouter.examples.petstore.api.Replies.body;
import static io.brrtrouter.examples.petstore.api.Replies.created;
import static io.brrtrouter.examples.petstore.api.Replies.noContent;
import static io.brrtrouter.examples.petstore.api.Replies.ok;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.brrtrouter.examples.petstore.shop.Json;
import io.brrtrouter.examples.petstore.shop.Order;
import io.brrtrouter.examples.petstore.shop.Refusal;
import io.brrtrouter.examples.petstore.shop.Shop;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Operations on orders. */
public final class OrderHandlers {
  private final Shop shop;

  /**
   * Takes care of orders.
   *
   * @param shop the shop
   */
  public OrderHandlers(Shop shop) {
    this.shop = shop;
  }

  /**
   * Adds the handlers.
   *
   * @param server the server to be
   */
  public void addTo(BrrtServer.Builder server) {
    server
        .handler("place_order", this::place)
        .handler("get_order", this::get)
        .handler("cancel_order", this::cancel)
        .handler("pay_order", this::pay);
  }

  private HttpResponse place(Request request) {
    if (!shop.settings().getOrDefault("accept_orders", true)) {
      throw Refusal.conflict("The shop takes no orders at the moment.");
    }
    Order order = shop.orders().place(basket(body(request)));
    return created("/orders/" + order.id(), OrderView.of(order));
  }

  private static Order.Basket basket(JsonNode order) {
    return new Order.Basket(
        order.path("customer").asString(),
        order.path("lines").valueStream().map(OrderHandlers::line).toList(),
        order.path("gift").asBoolean(false),
        order.path("note").stringValueOpt().orElse(null),
        order.has("ship_to") ? Json.to(Order.Address.class, order.path("ship_to")) : null);
  }

  private static Order.Line line(JsonNode line) {
    return line.has("pet")
        ? new Order.Line.OfPet(line.path("pet").asLong())
        : new Order.Line.OfItem(
            UUID.fromString(line.path("item").asString()), line.path("quantity").asInt(1));
  }

  private HttpResponse get(Request request) {
    return ok(OrderView.of(shop.orders().get(id(request))));
  }

  private HttpResponse cancel(Request request) {
    shop.orders().cancel(id(request));
    return noContent();
  }

  private HttpResponse pay(Request request) {
    boolean onAccount = body(request).path("method").asString().equals("invoice");
    Order order = shop.orders().pay(id(request), onAccount);
    Receipt receipt = new Receipt(order.id(), order.total(), !onAccount);
    return HttpResponse.json(onAccount ? 202 : 200, Json.of(receipt));
  }

  private record Receipt(UUID order, BigDecimal amount, @JsonProperty("final") boolean isFinal) {}

  private static UUID id(Request request) {
    return UUID.fromString(request.pathParameters().text("order_id").orElseThrow());
  }

  /** An order as customers see it. */
  private record OrderView(
      UUID id,
      String customer,
      List<LineView> lines,
      boolean gift,
      @Nullable String note,
      Order.@Nullable Address shipTo,
      String status,
      BigDecimal total,
      Instant placedAt) {

    static OrderView of(Order order) {
      Order.Basket basket = order.basket();
      return new OrderView(
          order.id(),
          basket.customer(),
          basket.lines().stream().map(LineView::of).toList(),
          basket.gift(),
          basket.note(),
          basket.shipTo(),
          order.status().name().toLowerCase(Locale.ROOT),
          order.total(),
          order.placedAt());
    }
  }

  /** A line of an order: of a pet, or of an item. */
  private record LineView(@Nullable Long pet, @Nullable UUID item, @Nullable Integer quantity) {

    static LineView of(Order.Line line) {
      return switch (line) {
        case Order.Line.OfPet(long pet) -> new LineView(pet, null, null);
        case Order.Line.OfItem(UUID item, int quantity) -> new LineView(null, item, quantity);
      };
    }
  }
}
