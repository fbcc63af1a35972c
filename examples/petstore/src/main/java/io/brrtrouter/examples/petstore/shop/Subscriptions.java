package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import io.brrtrouter.examples.petstore.database.Row;
import io.brrtrouter.schema.codec.JsonInput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
   * @param signed whether it has a secret
   */
  public record Subscription(long id, String url, List<String> events, boolean signed) {
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
   * @param secret signs what is sent; without one the shop's secret does
   * @return the subscription
   * @throws Refusal if the address is subscribed with another secret: whoever knows an address must
   *     not be able to change what its owner hears
   */
  public Outcome subscribe(String url, List<String> events, @Nullable String secret) {
    return database.transaction(transaction -> {
      Optional<Known> known =
          transaction.first("select id, secret from subscriptions where url = ?", Known::of, url);
      known
          .filter(each -> !each.has(secret))
          .ifPresent(_ -> {
            throw Refusal.conflict("The address is subscribed with another secret.");
          });
      long id = known.map(Known::id).orElseGet(() -> transaction.next("subscription_numbers"));
      String list = Json.text(events);
      if (known.isPresent()) {
        transaction.update("update subscriptions set events = ? where id = ?", list, id);
      } else {
        transaction.update(
            "insert into subscriptions (id, url, events, secret) values (?, ?, ?, ?)",
            id,
            url,
            list,
            secret);
      }
      return new Outcome(new Subscription(id, url, events, secret != null), known.isEmpty());
    });
  }

  /** A subscription that there is. */
  private record Known(long id, Optional<String> secret) {
    static Known of(Row row) {
      return new Known(row.number("id"), row.optionalText("secret"));
    }

    boolean has(@Nullable String other) {
      return MessageDigest.isEqual(octets(secret.orElse(null)), octets(other));
    }

    /** A secret has characters. */
    private static byte[] octets(@Nullable String text) {
      return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * {@return who wants to be told about events of a type, oldest first}
   *
   * @param type the type
   */
  List<Subscription> to(String type) {
    return database
        .transaction(transaction ->
            transaction.list("select * from subscriptions order by id", Subscriptions::read))
        .stream()
        .filter(each -> each.events().contains(type))
        .toList();
  }

  private static Subscription read(Row row) {
    return new Subscription(
        row.number("id"),
        row.text("url"),
        Json.list(JsonInput::readString, row.text("events")),
        row.optionalText("secret").isPresent());
  }

  /**
   * {@return the secret of a subscription, if there still is one}
   *
   * @param id its number
   */
  public Optional<String> secret(long id) {
    return database.transaction(transaction ->
        transaction
            .first(
                "select secret from subscriptions where id = ?",
                row -> row.optionalText("secret"),
                id)
            .flatMap(secret -> secret));
  }

  /**
   * Ends the subscription of an address.
   *
   * @param url where events were sent
   */
  public void end(String url) {
    database.run(transaction -> transaction.update("delete from subscriptions where url = ?", url));
  }
}
