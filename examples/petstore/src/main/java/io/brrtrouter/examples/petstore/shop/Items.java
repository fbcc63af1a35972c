package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.generated.model.Item;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The items of the shop. Safe for use by many threads. */
public final class Items {
  private final ConcurrentMap<UUID, Item> items = new ConcurrentHashMap<>();

  Items() {}

  /**
   * {@return the items that match}
   *
   * @param condition what they must be
   */
  public List<Item> matching(Predicate<Item> condition) {
    return items.values().stream().filter(condition).toList();
  }

  /**
   * {@return an item}
   *
   * @param id its identifier
   * @throws Refusal if there is none
   */
  public Item get(UUID id) {
    return found(id, items.get(id));
  }

  private static Item found(UUID id, @Nullable Item item) {
    if (item == null) {
      throw Refusal.notFound("item", id);
    }
    return item;
  }

  /**
   * Creates or changes an item.
   *
   * @param id its identifier
   * @param item what it is, that identifier included
   * @return whether it is new
   */
  public boolean put(UUID id, Item item) {
    return items.put(id, item) == null;
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
    Item original = get(id);
    UUID other = UUID.randomUUID();
    Item copy = original.toBuilder().id(other).stock(0).name(name.orElse(original.name())).build();
    items.put(other, copy);
    return copy;
  }

  /** Takes some out of the stock. */
  void take(UUID id, int quantity) {
    change(
        id,
        item -> {
          if (item.stock() < quantity) {
            throw Refusal.conflict(
                "There are only " + item.stock() + " of " + item.name() + " left.");
          }
          return withStock(item, item.stock() - quantity);
        });
  }

  /** Puts some back into the stock, which may have been filled in the meantime. */
  void putBack(UUID id, int quantity) {
    change(
        id,
        item -> withStock(item, (int) Math.min(Integer.MAX_VALUE, (long) item.stock() + quantity)));
  }

  private static Item withStock(Item item, int stock) {
    return item.toBuilder().stock(stock).build();
  }

  private void change(UUID id, UnaryOperator<Item> change) {
    items.compute(id, (_, item) -> change.apply(found(id, item)));
  }
}
