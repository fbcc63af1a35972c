package io.brrtrouter.outbound;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.function.LongSupplier;

/**
 * The time of the database, by which all instances agree when a lease ends, however their own
 * clocks go: what it was when the database was asked, a minute ago at most, and how long that is
 * ago by a counter that no correction of the machine's clock moves.
 */
final class DatabaseClock implements InstantSource {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Database database;
  private final LongSupplier nanos;
  private volatile Reading reading;

  /** What the database said, and when. */
  private record Reading(Instant there, long nanos) {}

  DatabaseClock(Database database) throws SQLException {
    this(database, System::nanoTime);
  }

  /**
   * A clock.
   *
   * @param database tells the time
   * @param nanos counts nanoseconds from anywhere
   */
  DatabaseClock(Database database, LongSupplier nanos) throws SQLException {
    this.database = database;
    this.nanos = nanos;
    this.reading = ask();
  }

  /** Asks again when it is time to. */
  void refresh() throws SQLException {
    if (nanos.getAsLong() - reading.nanos > FRESH.toNanos()) {
      reading = ask();
    }
  }

  private Reading ask() throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement query = connection.prepareStatement("select current_timestamp")) {
      long before = nanos.getAsLong();
      Reading asked;
      try (ResultSet row = query.executeQuery()) {
        row.next();
        Instant there = row.getObject(1, OffsetDateTime.class).toInstant();
        asked = new Reading(there, before + (nanos.getAsLong() - before) / 2);
      }
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      return asked;
    }
  }

  @Override
  public Instant instant() {
    Reading last = reading;
    return last.there.plusNanos(nanos.getAsLong() - last.nanos);
  }
}
