package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import io.brrtrouter.examples.petstore.database.Row;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Which pets were adopted lately, for those who watch. Whoever has seen a number has seen, or can
 * see, all that are smaller: numbers become visible in their order, also to other instances. Safe
 * for use by many threads.
 */
public final class AdoptionNews {
  /** How many are kept for those who have missed them. */
  public static final int KEPT = 1_000;

  private final Database database;
  private final Supplier<Outbox> outbox;

  AdoptionNews(Database database, Supplier<Outbox> outbox) {
    this.database = database;
    this.outbox = outbox;
  }

  /**
   * A pet that somebody may adopt.
   *
   * @param number grows by one with each
   * @param pet the pet's number
   * @param name the pet's name at the time
   * @param species dog, cat or bird
   * @param at when
   */
  public record Item(long number, long pet, String name, String species, Instant at) {}

  /** Adds to the news, in a transaction that has nothing else to do: others wait for its end. */
  void add(Pet pet, Instant at) {
    database.run(transaction -> {
      transaction.update("update adoption_news_latest set number = number + 1");
      long number =
          transaction
              .first("select number from adoption_news_latest", row -> row.number("number"))
              .orElseThrow();
      transaction.update(
          """
          insert into adoption_news (number, pet, name, species, happened_at)
          values (?, ?, ?, ?, ?)
          """,
          number,
          pet.id(),
          pet.name(),
          pet.species(),
          at);
      Item item = new Item(number, pet.id(), pet.name(), pet.species(), at);
      outbox.get().adopted(transaction, item);
      transaction.update("delete from adoption_news where number <= ?", number - KEPT);
    });
  }

  /**
   * {@return what came after an item, oldest first, of the last {@value #KEPT}}
   *
   * @param number the item's number, 0 for all
   */
  public List<Item> since(long number) {
    return database.transaction(transaction ->
        transaction.list(
            "select * from adoption_news where number > ? order by number",
            AdoptionNews::item,
            number));
  }

  private static Item item(Row row) {
    return new Item(
        row.number("number"),
        row.number("pet"),
        row.text("name"),
        row.text("species"),
        row.instant("happened_at"));
  }
}
