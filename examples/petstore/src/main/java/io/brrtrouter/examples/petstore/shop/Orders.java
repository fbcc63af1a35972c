package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import io.brrtrouter.examples.petstore.database.Row;
import io.brrtrouter.examples.petstore.database.Transaction;
import io.brrtrouter.examples.petstore.generated.codec.AddressCodec;
import io.brrtrouter.examples.petstore.generated.model.Address;
import io.brrtrouter.examples.petstore.generated.model.PetStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The orders of the shop. Safe for use by many threads. */
public final class Orders {
  private static final String ALL =
      """
      select orders.*, pet, item, quantity, kind, amount
      from orders join order_lines on order_id = id
      """;

  private final Database database;
  private final Pets pets;
  private final Items items;
  private final Users users;
  private final Events events;
  private final Supplier<Outbox> outbox;
  private final InstantSource clock;

  Orders(
      Database database,
      Pets pets,
      Items items,
      Users users,
      Events events,
      Supplier<Outbox> outbox,
      InstantSource clock) {
    this.database = database;
    this.pets = pets;
    this.items = items;
    this.users = users;
    this.events = events;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * An order in a table.
   *
   * @param id its identifier
   * @param customer who placed it
   * @param status where it is
   * @param total what it costs, in euros
   */
  public record Entry(UUID id, String customer, String status, BigDecimal total) {}

  /**
   * {@return a table of the orders of a period, oldest first}
   *
   * @param period when they were placed
   */
  public List<Entry> table(Period period) {
    Condition wanted = Condition.within(period, "placed_at");
    return database.transaction(transaction ->
        transaction.list(
            "select id, customer, status, sum(amount) as total"
                + " from orders join order_lines on order_id = id where "
                + wanted.sql()
                + " group by id, customer, status, placed_at order by placed_at, id",
            row ->
                new Entry(
                    row.id("id"), row.text("customer"), row.text("status"), row.decimal("total")),
            wanted.valuesAnd()));
  }

  /** What sales are summed up by. */
  public enum Group {
    /** Who bought. */
    CUSTOMER("customer"),
    /** What was bought: a species, or items. */
    KIND("kind");

    private final String column;

    Group(String column) {
      this.column = column;
    }
  }

  /**
   * {@return what was sold in a period and not called off, in euros}
   *
   * @param period when it was ordered
   * @param group what to sum up by
   */
  public Map<String, BigDecimal> sales(Period period, Group group) {
    Condition wanted = Condition.within(period, "placed_at");
    Map<String, BigDecimal> sums = new TreeMap<>();
    database.run(transaction ->
        transaction
            .list(
                "select "
                    + group.column
                    + " as part, sum(amount) as total from orders join order_lines on order_id = id"
                    + " where status <> 'cancelled' and "
                    + wanted.sql()
                    + " group by "
                    + group.column,
                row -> Map.entry(row.text("part"), row.decimal("total")),
                wanted.valuesAnd())
            .forEach(each -> sums.put(each.getKey(), each.getValue())));
    return sums;
  }

  /**
   * {@return how many orders there are of a period}
   *
   * @param period when they were placed
   */
  public long count(Period period) {
    Condition counted = Condition.within(period, "placed_at");
    return database.transaction(
        transaction -> transaction.count("orders where " + counted.sql(), counted.valuesAnd()));
  }

  /**
   * {@return an order}
   *
   * @param id its identifier
   * @throws Refusal if there is none
   */
  public Order get(UUID id) {
    return find(ALL + "where id = ? order by number", id).stream()
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("order", id));
  }

  /** A row for each line of an order, and the lines of one order one after the other. */
  private List<Order> find(String sql, Object... values) {
    Map<UUID, Order> orders = new LinkedHashMap<>();
    database
        .transaction(transaction -> transaction.list(sql, Orders::withOneLine, values))
        .forEach(order -> orders.merge(order.id(), order, Order::with));
    return List.copyOf(orders.values());
  }

  private static Order withOneLine(Row row) {
    return new Order(
        row.id("id"),
        Order.Status.valueOf(row.text("status").toUpperCase(Locale.ROOT)),
        List.of(new Order.Sale(row.text("kind"), row.decimal("amount"))),
        row.instant("placed_at"),
        new Order.Basket(
            row.text("customer"),
            List.of(line(row)),
            row.is("gift"),
            row.optionalText("note").orElse(null),
            address(row),
            row.optionalText("callback_url").orElse(null)));
  }

  private static Order.Line line(Row row) {
    return row.optionalNumber("pet")
        .<Order.Line>map(Order.Line.OfPet::new)
        .orElseGet(() -> new Order.Line.OfItem(row.id("item"), row.integer("quantity")));
  }

  private static @Nullable Address address(Row row) {
    return row.optionalText("ship_to")
        .map(address -> Json.read(AddressCodec.INSTANCE, address))
        .orElse(null);
  }

  /**
   * Places an order: everything in the basket is set aside, or nothing.
   *
   * @param basket what is ordered
   * @return the order
   * @throws Refusal if the basket names something the shop does not have, or something is gone
   */
  public Order place(Order.Basket basket) {
    return database.transaction(transaction -> {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
      List<Order.Sale> sales = sales(basket);
      inOrder(basket).forEach(this::take);
      Order order = new Order(UUID.randomUUID(), Order.Status.PLACED, sales, now, basket);
      insert(order);
      changed(transaction, "order.placed", order);
      return order;
    });
  }

  /** Everybody takes in the same order: then nobody waits for somebody who waits for him. */
  private static List<Order.Line> inOrder(Order.Basket basket) {
    return basket.lines().stream().sorted(Comparator.comparing(Orders::key)).toList();
  }

  private static String key(Order.Line line) {
    return switch (line) {
      case Order.Line.OfPet(long pet) -> String.format(Locale.ROOT, "pet %019d", pet);
      case Order.Line.OfItem(UUID item, int _) -> "item " + item;
    };
  }

  private void insert(Order order) {
    Order.Basket basket = order.basket();
    Optional<Address> address = Optional.ofNullable(basket.shipTo());
    database.run(transaction ->
        transaction.update(
            """
            insert into orders (id, status, placed_at, customer, gift, note, ship_to, callback_url)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            order.id(),
            name(order.status()),
            order.placedAt(),
            basket.customer(),
            basket.gift(),
            basket.note(),
            address.map(each -> Json.text(AddressCodec.INSTANCE, each)).orElse(null),
            basket.callbackUrl()));
    for (int i = 0; i < basket.lines().size(); i++) {
      insert(order.id(), i + 1, basket.lines().get(i), order.sales().get(i));
    }
  }

  private void insert(UUID order, int number, Order.Line line, Order.Sale sale) {
    Order.Line.OfPet pet = line instanceof Order.Line.OfPet each ? each : null;
    Order.Line.OfItem item = line instanceof Order.Line.OfItem each ? each : null;
    database.run(transaction ->
        transaction.update(
            """
            insert into order_lines (order_id, number, pet, item, quantity, kind, amount)
            values (?, ?, ?, ?, ?, ?, ?)
            """,
            order,
            number,
            pet == null ? null : pet.pet(),
            item == null ? null : item.item(),
            item == null ? 1 : item.quantity(),
            sale.kind(),
            sale.amount()));
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
    return database.transaction(transaction -> {
      Order order = leave(id, onAccount ? Order.Status.INVOICED : Order.Status.PAID);
      for (Order.Line line : inOrder(order.basket())) {
        if (line instanceof Order.Line.OfPet(long pet)) {
          pets.put(pet, PetStatus.SOLD);
        }
      }
      changed(transaction, "order.paid", order);
      return order;
    });
  }

  /**
   * Calls an order off: everything in it is for sale again.
   *
   * @param id its identifier
   * @throws Refusal if there is no such order or it is not waiting for payment
   */
  public void cancel(UUID id) {
    database.run(transaction -> {
      Order order = leave(id, Order.Status.CANCELLED);
      inOrder(order.basket()).forEach(this::putBack);
      changed(transaction, "order.cancelled", order);
    });
  }

  private void changed(Transaction transaction, String event, Order order) {
    events.add(event, "/orders/" + order.id());
    if (order.basket().callbackUrl() != null) {
      outbox.get().changed(transaction, order);
    }
  }

  private Order leave(UUID id, Order.Status next) {
    return database.transaction(transaction -> {
      int left =
          transaction.update(
              "update orders set status = ? where id = ? and status = ?",
              name(next),
              id,
              name(Order.Status.PLACED));
      Order order = get(id);
      if (left == 0) {
        throw Refusal.conflict("The order is " + name(order.status()) + " already.");
      }
      return order;
    });
  }

  private static String name(Order.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
