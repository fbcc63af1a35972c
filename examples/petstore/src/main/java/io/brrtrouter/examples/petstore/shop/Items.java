package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import io.brrtrouter.examples.petstore.database.Row;
import io.brrtrouter.examples.petstore.generated.codec.ItemCodec;
import io.brrtrouter.examples.petstore.generated.model.Color;
import io.brrtrouter.examples.petstore.generated.model.Item;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The items of the shop. Safe for use by many threads, and by many instances of the shop. */
public final class Items {
  private final Database database;

  Items(Database database) {
    this.database = database;
  }

  /**
   * {@return items that somebody is looking for}
   *
   * @param wish what for
   * @param offset how many to leave out from the start
   * @param limit how many at most
   */
  public List<Item> search(Wish wish, int offset, int limit) {
    Condition wanted = wish.ofItems();
    return database.transaction(transaction ->
        transaction.list(
            "select * from items where "
                + wanted.sql()
                + " order by "
                + wish.columns()
                + " limit ? offset ?",
            Items::item,
            wanted.valuesAnd(limit, offset)));
  }

  /** {@return how many items there are} */
  public long count() {
    return database.transaction(transaction -> transaction.count("items"));
  }

  /**
   * {@return an item}
   *
   * @param id its identifier
   * @throws Refusal if there is none
   */
  public Item get(UUID id) {
    return find(id).orElseThrow(() -> Refusal.notFound("item", id));
  }

  private Optional<Item> find(UUID id) {
    return database.transaction(
        transaction -> transaction.first("select * from items where id = ?", Items::item, id));
  }

  /** {@return the item of a row that has all columns of items} */
  static Item item(Row row) {
    return Json.read(ItemCodec.INSTANCE, row.text("description")).toBuilder()
        .id(row.id("id"))
        .stock(row.integer("stock"))
        .build();
  }

  /** What columns say is not said twice. */
  private static String description(Item item) {
    return Json.text(ItemCodec.INSTANCE, item.toBuilder().id(null).stock(0).build());
  }

  /**
   * Creates or changes an item.
   *
   * @param id its identifier
   * @param item what it is, that identifier included
   * @return whether it is new
   */
  public boolean put(UUID id, Item item) {
    return database.transaction(transaction -> {
      boolean isNew = !transaction.exists("select id from items where id = ?", id);
      String sql =
          isNew
              ? """
              insert into items (stock, description, price, name, folded_name, color, id)
              values (?, ?, ?, ?, ?, ?, ?)
              """
              : """
              update items
              set stock = ?, description = ?, price = ?, name = ?, folded_name = ?, color = ?
              where id = ?
              """;
      Optional<Color> color = Optional.ofNullable(item.color());
      transaction.update(
          sql,
          item.stock(),
          description(item),
          cents(item.price()),
          Wish.kept(item.name()),
          Wish.folded(item.name()),
          color.map(Color::value).orElse(null),
          id);
      return isNew;
    });
  }

  /** Zero may be written with an exponent that takes forever to get rid of. */
  static BigDecimal cents(BigDecimal amount) {
    BigDecimal plain = amount.signum() == 0 ? BigDecimal.ZERO : amount;
    return plain.setScale(2, RoundingMode.HALF_UP);
  }

  /**
   * Copies an item.
   *
   * @param id the identifier of the original
   * @param name what to call the copy, if not like the original
   * @return the copy, without stock
   * @throws Refusal if there is no such item
   */
  public Item copy(UUID id, Optional<String> name) {
    UUID other = UUID.randomUUID();
    return database.transaction(_ -> {
      Item original = get(id);
      Item copy =
          original.toBuilder().id(other).stock(0).name(name.orElse(original.name())).build();
      put(other, copy);
      return copy;
    });
  }

  /** Takes some out of the stock, if there are so many at the moment of doing so. */
  void take(UUID id, int quantity) {
    database.run(transaction -> {
      int taken =
          transaction.update(
              "update items set stock = stock - ? where id = ? and stock >= ?",
              quantity,
              id,
              quantity);
      if (taken == 0) {
        Item item = get(id);
        throw Refusal.conflict("There are only " + item.stock() + " of " + item.name() + " left.");
      }
    });
  }

  /** Puts some back into the stock, which may have been filled in the meantime. */
  void putBack(UUID id, int quantity) {
    database.run(transaction ->
        transaction.update(
            """
            update items
            set stock = cast(least(cast(stock as bigint) + ?, 2147483647) as integer)
            where id = ?
            """,
            quantity,
            id));
  }
}
