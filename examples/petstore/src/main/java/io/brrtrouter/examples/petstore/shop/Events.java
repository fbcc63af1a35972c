package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import io.brrtrouter.examples.petstore.database.Row;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

/** What has happened lately. Safe for use by many threads. */
public final class Events {
  /** As many as anybody can ask for, and then some. */
  static final int KEPT = 1_000;

  /** Two who remove the same row wait for each other, so only one in so many does. */
  static final int ADDED_BETWEEN = 100;

  private final Database database;
  private final Subscriptions subscriptions;
  private final Supplier<Outbox> outbox;
  private final InstantSource clock;

  Events(
      Database database,
      Subscriptions subscriptions,
      Supplier<Outbox> outbox,
      InstantSource clock) {
    this.database = database;
    this.subscriptions = subscriptions;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Something that happened.
   *
   * @param number grows with each event
   * @param type what happened, {@code pet.added} for example
   * @param at when
   * @param subject the path of what it happened to
   */
  public record Event(long number, String type, Instant at, String subject) {}

  void add(String type, String subject) {
    database.run(transaction -> {
      // Databases count microseconds.
      Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
      Event event = new Event(transaction.next("event_numbers"), type, now, subject);
      transaction.update(
          "insert into events (number, kind, happened_at, subject) values (?, ?, ?, ?)",
          event.number(),
          type,
          now,
          subject);
      if (event.number() % ADDED_BETWEEN == 0) {
        transaction.update("delete from events where number <= ?", event.number() - KEPT);
      }
      subscriptions.to(type).forEach(each -> outbox.get().happened(transaction, event, each));
    });
  }

  /**
   * {@return the latest events, oldest first}
   *
   * @param most how many at most
   */
  public List<Event> latest(int most) {
    return database
        .transaction(transaction ->
            transaction.list(
                "select * from events order by number desc limit ?", Events::event, most))
        .reversed();
  }

  private static Event event(Row row) {
    return new Event(
        row.number("number"), row.text("kind"), row.instant("happened_at"), row.text("subject"));
  }
}
