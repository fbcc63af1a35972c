package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import java.util.List;
import java.util.Optional;

/** Who wants to be told about events. Safe for use by many threads. */
public final class Subscriptions {
  private final Database database;

  Subscriptions(Database database) {
    this.database = database;
  }

  /**
   * A subscription.
   *
   * @param id its number
   * @param url where to send events
   * @param events types of events
   */
  public record Subscription(long id, String url, List<String> events) {
    /** Copies the types. */
    public Subscription {
      events = List.copyOf(events);
    }
  }

  /**
   * What became of a wish to subscribe.
   *
   * @param subscription the subscription
   * @param isNew whether the address was unknown before
   */
  public record Outcome(Subscription subscription, boolean isNew) {}

  /**
   * Subscribes an address, or changes what it is told.
   *
   * @param url where to send events
   * @param events types of events
   * @return the subscription
   */
  public Outcome subscribe(String url, List<String> events) {
    return database.transaction(transaction -> {
      Optional<Long> known =
          transaction.first(
              "select id from subscriptions where url = ?", row -> row.number("id"), url);
      long id = known.orElseGet(() -> transaction.next("subscription_numbers"));
      String list = Json.text(events);
      if (known.isPresent()) {
        transaction.update("update subscriptions set events = ? where id = ?", list, id);
      } else {
        transaction.update(
            "insert into subscriptions (id, url, events) values (?, ?, ?)", id, url, list);
      }
      return new Outcome(new Subscription(id, url, events), known.isEmpty());
    });
  }
}
