package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.generated.api.CancelOrderRequest;
import io.brrtrouter.examples.petstore.generated.api.CancelOrderResponse;
import io.brrtrouter.examples.petstore.generated.api.GetOrderRequest;
import io.brrtrouter.examples.petstore.generated.api.GetOrderResponse;
import io.brrtrouter.examples.petstore.generated.api.PayOrderRequest;
import io.brrtrouter.examples.petstore.generated.api.PayOrderResponse;
import io.brrtrouter.examples.petstore.generated.api.PlaceOrderRequest;
import io.brrtrouter.examples.petstore.generated.api.PlaceOrderResponse;
import io.brrtrouter.examples.petstore.generated.model.CardPayment;
import io.brrtrouter.examples.petstore.generated.model.InvoicePayment;
import io.brrtrouter.examples.petstore.generated.model.ItemLine;
import io.brrtrouter.examples.petstore.generated.model.Order;
import io.brrtrouter.examples.petstore.generated.model.OrderInput;
import io.brrtrouter.examples.petstore.generated.model.OrderLinesItem;
import io.brrtrouter.examples.petstore.generated.model.OrderStatus;
import io.brrtrouter.examples.petstore.generated.model.PetLine;
import io.brrtrouter.examples.petstore.generated.model.Receipt;
import io.brrtrouter.examples.petstore.generated.sender.PetStoreSenders;
import io.brrtrouter.examples.petstore.shop.Order.Basket;
import io.brrtrouter.examples.petstore.shop.Order.Line;
import io.brrtrouter.examples.petstore.shop.Order.Status;
import io.brrtrouter.examples.petstore.shop.Refusal;
import io.brrtrouter.examples.petstore.shop.Shop;
import io.brrtrouter.schema.codec.Field;
import io.brrtrouter.server.dispatch.Request;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Operations on orders. */
final class OrderHandlers {
  private final Shop shop;
  private final Webhooks webhooks;

  OrderHandlers(Shop shop, Webhooks webhooks) {
    this.shop = shop;
    this.webhooks = webhooks;
  }

  PlaceOrderResponse place(PlaceOrderRequest request) {
    if (!shop.settings().getOrDefault("accept_orders", true)) {
      throw Refusal.conflict("The shop takes no orders at the moment.");
    }
    String callbackUrl =
        PetStoreSenders.ON_ORDER_CHANGED_URL
            .from(Request.current())
            .map(webhooks::checked)
            .orElse(null);
    Order order = view(shop.orders().place(basket(request.body(), callbackUrl)));
    return new PlaceOrderResponse.Created(order, "/orders/" + order.id());
  }

  GetOrderResponse get(GetOrderRequest request) {
    return new GetOrderResponse.Ok(view(shop.orders().get(request.orderId())));
  }

  CancelOrderResponse cancel(CancelOrderRequest request) {
    shop.orders().cancel(request.orderId());
    return new CancelOrderResponse.NoContent();
  }

  PayOrderResponse pay(PayOrderRequest request) {
    boolean charged =
        switch (request.body()) {
          case CardPayment _ -> true;
          case InvoicePayment _ -> false;
        };
    Order order = view(shop.orders().pay(request.orderId(), !charged));
    Receipt receipt = new Receipt(order.id(), order.total(), charged);
    return new PayOrderResponse.Success(charged ? 200 : 202, receipt);
  }

  private static Basket basket(OrderInput order, @Nullable String callbackUrl) {
    return new Basket(
        order.customer(),
        order.lines().stream().map(OrderHandlers::line).toList(),
        order.gift(),
        order.note().orNull(),
        order.shipTo(),
        callbackUrl);
  }

  private static Line line(OrderLinesItem line) {
    return switch (line) {
      case PetLine(long pet) -> new Line.OfPet(pet);
      case ItemLine(var item, int quantity) -> new Line.OfItem(item, quantity);
    };
  }

  /** An order as customers see it. */
  private static Order view(io.brrtrouter.examples.petstore.shop.Order order) {
    Basket basket = order.basket();
    return Order.builder()
        .id(order.id())
        .customer(basket.customer())
        .lines(basket.lines().stream().map(OrderHandlers::view).toList())
        .gift(basket.gift())
        .note(Field.ofNullable(basket.note()))
        .shipTo(basket.shipTo())
        .status(view(order.status()))
        .total(order.total())
        .placedAt(order.placedAt().atOffset(ZoneOffset.UTC))
        .build();
  }

  private static OrderLinesItem view(Line line) {
    return switch (line) {
      case Line.OfPet(long pet) -> new PetLine(pet);
      case Line.OfItem(var item, int quantity) -> new ItemLine(item, quantity);
    };
  }

  private static OrderStatus view(Status status) {
    return switch (status) {
      case PLACED -> OrderStatus.PLACED;
      case PAID -> OrderStatus.PAID;
      case INVOICED -> OrderStatus.INVOICED;
      case CANCELLED -> OrderStatus.CANCELLED;
    };
  }
}
