package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.generated.model.PetStatus;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The orders of the shop. Safe for use by many threads. */
public final class Orders {
  private final ConcurrentMap<UUID, Order> orders = new ConcurrentHashMap<>();
  private final Pets pets;
  private final Items items;
  private final Users users;
  private final Events events;
  private final InstantSource clock;

  Orders(Pets pets, Items items, Users users, Events events, InstantSource clock) {
    this.pets = pets;
    this.items = items;
    this.users = users;
    this.events = events;
    this.clock = clock;
  }

  /**
   * {@return the orders that match, oldest first}
   *
   * @param condition what they must be
   */
  public List<Order> matching(Predicate<Order> condition) {
    return orders.values().stream()
        .filter(condition)
        .sorted(Comparator.comparing(Order::placedAt))
        .toList();
  }

  /**
   * {@return an order}
   *
   * @param id its identifier
   * @throws Refusal if there is none
   */
  public Order get(UUID id) {
    return found(id, orders.get(id));
  }

  private static Order found(UUID id, @Nullable Order order) {
    if (order == null) {
      throw Refusal.notFound("order", id);
    }
    return order;
  }

  /**
   * Places an order: everything in the basket is set aside, or nothing.
   *
   * @param basket what is ordered
   * @return the order
   * @throws Refusal if the basket names something the shop does not have, or something is gone
   */
  public Order place(Order.Basket basket) {
    List<Order.Sale> sales = sales(basket);
    Deque<Order.Line> taken = new ArrayDeque<>();
    try {
      for (Order.Line line : basket.lines()) {
        take(line);
        taken.push(line);
      }
    } catch (Refusal refused) {
      taken.forEach(this::putBack);
      throw refused;
    }
    Order order = new Order(UUID.randomUUID(), Order.Status.PLACED, sales, clock.instant(), basket);
    orders.put(order.id(), order);
    events.add("order.placed", "/orders/" + order.id());
    return order;
  }

  private List<Order.Sale> sales(Order.Basket basket) {
    try {
      users.get(basket.customer());
      return basket.lines().stream().map(this::sale).toList();
    } catch (Refusal unknown) {
      throw new Refusal(Refusal.Reason.SENSELESS, String.valueOf(unknown.getMessage()));
    }
  }

  private void take(Order.Line line) {
    switch (line) {
      case Order.Line.OfPet(long pet) -> pets.reserve(pet);
      case Order.Line.OfItem(UUID item, int quantity) -> items.take(item, quantity);
    }
  }

  private void putBack(Order.Line line) {
    switch (line) {
      case Order.Line.OfPet(long pet) -> pets.put(pet, PetStatus.AVAILABLE);
      case Order.Line.OfItem(UUID item, int quantity) -> items.putBack(item, quantity);
    }
  }

  private Order.Sale sale(Order.Line line) {
    return switch (line) {
      case Order.Line.OfPet(long number) -> {
        Pet pet = pets.get(number);
        yield new Order.Sale(pet.species(), pet.price());
      }
      case Order.Line.OfItem(UUID item, int quantity) ->
          new Order.Sale("items", items.get(item).price().multiply(BigDecimal.valueOf(quantity)));
    };
  }

  /**
   * Takes the payment of an order.
   *
   * @param id its identifier
   * @param onAccount whether the money comes later
   * @return the order
   * @throws Refusal if there is no such order or it is not waiting for payment
   */
  public Order pay(UUID id, boolean onAccount) {
    Order order = leave(id, onAccount ? Order.Status.INVOICED : Order.Status.PAID);
    for (Order.Line line : order.basket().lines()) {
      if (line instanceof Order.Line.OfPet(long pet)) {
        pets.put(pet, PetStatus.SOLD);
      }
    }
    events.add("order.paid", "/orders/" + id);
    return order;
  }

  /**
   * Calls an order off: everything in it is for sale again.
   *
   * @param id its identifier
   * @throws Refusal if there is no such order or it is not waiting for payment
   */
  public void cancel(UUID id) {
    leave(id, Order.Status.CANCELLED).basket().lines().forEach(this::putBack);
    events.add("order.cancelled", "/orders/" + id);
  }

  private Order leave(UUID id, Order.Status next) {
    return found(
        id,
        orders.compute(
            id,
            (_, order) -> {
              Order waiting = found(id, order);
              if (waiting.status() != Order.Status.PLACED) {
                throw Refusal.conflict("The order is " + name(waiting.status()) + " already.");
              }
              return waiting.in(next);
            }));
  }

  private static String name(Order.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
