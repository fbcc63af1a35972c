package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import io.brrtrouter.examples.petstore.generated.model.Item;
import java.util.List;
import java.util.UUID;

/** Where the items lie. Safe for use by many threads. */
public final class Warehouse {
  private final Database database;

  Warehouse(Database database) {
    this.database = database;
  }

  /**
   * A place in the warehouse.
   *
   * @param aisle the aisle
   * @param shelf the shelf
   * @param box the box
   */
  public record Box(int aisle, int shelf, int box) {}

  void put(Box box, UUID item) {
    database.run(transaction ->
        transaction.update(
            "insert into places (aisle, shelf, box, number, item) values (?, ?, ?, ?, ?)",
            box.aisle(),
            box.shelf(),
            box.box(),
            at(box).size() + 1,
            item));
  }

  /**
   * {@return the items at a place}
   *
   * @param box the place
   */
  public List<Item> at(Box box) {
    return database.transaction(transaction ->
        transaction.list(
            """
            select items.* from places join items on items.id = places.item
            where aisle = ? and shelf = ? and box = ?
            order by number
            """,
            Items::item,
            box.aisle(),
            box.shelf(),
            box.box()));
  }
}
