package io.brrtrouter.outbound;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;

/**
 * The time of the database, by which all instances agree when a lease ends, however their own
 * clocks go: as far as that is ahead of this machine's, which was asked at most a minute ago.
 */
final class DatabaseClock implements InstantSource {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Database database;
  private volatile Duration ahead = Duration.ZERO;
  private volatile long asked;

  DatabaseClock(Database database) throws SQLException {
    this.database = database;
    ask();
  }

  /** Asks again when it is time to. */
  void refresh() throws SQLException {
    if (System.nanoTime() - asked > FRESH.toNanos()) {
      ask();
    }
  }

  private void ask() throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement query = connection.prepareStatement("select current_timestamp")) {
      Instant before = Instant.now();
      try (ResultSet row = query.executeQuery()) {
        row.next();
        Instant there = row.getObject(1, OffsetDateTime.class).toInstant();
        Instant here = before.plus(Duration.between(before, Instant.now()).dividedBy(2));
        ahead = Duration.between(here, there);
      }
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
    }
    asked = System.nanoTime();
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }
}
