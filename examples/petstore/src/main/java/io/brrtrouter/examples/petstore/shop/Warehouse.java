package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.generated.model.Item;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** Where the items lie. Safe for use by many threads. */
public final class Warehouse {
  private final ConcurrentMap<Box, List<UUID>> boxes = new ConcurrentHashMap<>();
  private final Items items;

  Warehouse(Items items) {
    this.items = items;
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
    boxes.merge(
        box,
        List.of(item),
        (before, more) -> Stream.concat(before.stream(), more.stream()).toList());
  }

  /**
   * {@return the items at a place}
   *
   * @param box the place
   */
  public List<Item> at(Box box) {
    return boxes.getOrDefault(box, List.of()).stream().map(items::get).toList();
  }
}
