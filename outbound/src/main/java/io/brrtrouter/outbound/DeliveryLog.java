package io.brrtrouter.outbound;

import io.brrtrouter.outbound.DeliveryRows.Parameters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of deliveries in a database: what is written and how it is looked up. */
final class DeliveryLog {
  /** Each one that fails finds more tables than the one before. */
  private static final int CREATIONS = 10;

  private static final String RECORDED = " where state = 'PENDING' and due_at = ?";

  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.outbound");

  /** H2 makes an index twice that two threads ask for at once, and fails in its insides. */
  private static final ReentrantLock CREATING = new ReentrantLock();

  private final Database database;
  private final Tables tables;

  DeliveryLog(Database database, Tables tables) {
    this.database = database;
    this.tables = tables;
  }

  /** Makes the tables that are not there. In H2 who comes second may fail, though then all is. */
  void createTables() throws SQLException {
    CREATING.lock();
    try {
      boolean once = database.inTransaction(Dialect::of) != Dialect.H2;
      SQLException first = null;
      for (int tries = 1; ; tries++) {
        try {
          create();
          return;
        } catch (SQLException failure) {
          if (first != null) {
            failure.addSuppressed(first);
          }
          if (once || tries == CREATIONS) {
            throw failure;
          }
          first = first == null ? failure : first;
          LOG.debug("the tables of deliveries are made once more", failure);
        }
      }
    } finally {
      CREATING.unlock();
    }
  }

  /** A transaction in which a statement has failed is not committed: PostgreSQL refuses to. */
  private boolean arePresent() throws SQLException {
    try {
      return database.inTransaction(tables::arePresent);
    } catch (SQLException failure) {
      if (Tables.isMissing(failure)) {
        return false;
      }
      throw failure;
    }
  }

  private void create() throws SQLException {
    if (!arePresent()) {
      database.inTransaction(connection -> {
        tables.create(connection);
        return true;
      });
    }
  }

  void insert(NewDelivery taken) throws SQLException {
    database.inTransaction(connection -> {
      insert(connection, taken);
      return true;
    });
  }

  void insert(Connection connection, NewDelivery taken) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into "
                + tables.deliveries()
                + " (id, operation, method, url, host, receiver, secret, headers, body, state,"
                + " attempts, round_attempts, created_at, round_at, due_at)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'PENDING', 0, 0, ?, ?, ?)")) {
      new Parameters(insert)
          .id(taken.id())
          .text(taken.operation())
          .text(taken.method())
          .text(taken.url().toASCIIString())
          .text(taken.host())
          .text(taken.host() + ":" + taken.port())
          .text(taken.secret().orElse(null))
          .text(DeliveryRows.headers(taken.headers()))
          .octets(taken.body())
          .time(taken.time())
          .time(taken.time())
          .time(taken.due());
      insert.executeUpdate();
    }
  }

  /**
   * Ends an attempt.
   *
   * @return the delivery as it is now; nothing if the lease had ended, and another instance has it
   */
  Optional<Delivery> complete(Claimed claimed, Completion end) throws SQLException {
    return database.inTransaction(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "update "
                  + tables.deliveries()
                  + " set state = ?, lease = null, due_at = coalesce(?, due_at),"
                  + " finished_at = ?, last_status = ?, last_error = ?,"
                  + " round_attempts = round_attempts - ?"
                  + " where id = ? and lease = ? and state = 'PENDING'")) {
        new Parameters(update)
            .text(end.state().name())
            .time(end.due().orElse(null))
            .time(end.finished().orElse(null))
            .integer(end.attempt().status())
            .error(end.attempt().error())
            .number(end.counted() ? 0 : 1)
            .id(claimed.delivery().id())
            .id(claimed.lease());
        if (update.executeUpdate() == 0) {
          return Optional.empty();
        }
      }
      insert(connection, claimed.delivery().id(), end.attempt());
      return find(connection, claimed.delivery().id());
    });
  }

  void insert(Connection connection, UUID delivery, Attempt attempt) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into "
                + tables.attempts()
                + " (delivery, number, began_at, duration_ms, status, error, answer)"
                + " values (?, ?, ?, ?, ?, ?, ?)")) {
      new Parameters(insert)
          .id(delivery)
          .number(attempt.number())
          .time(attempt.began())
          .number(attempt.duration().toMillis())
          .integer(attempt.status())
          .error(attempt.error())
          .text(attempt.answer().orElse(null));
      insert.executeUpdate();
    }
  }

  Optional<Delivery> find(UUID id) throws SQLException {
    return database.inTransaction(connection -> find(connection, id));
  }

  Optional<Delivery> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select " + DeliveryRows.COLUMNS + " from " + tables.deliveries() + " where id = ?")) {
      new Parameters(query).id(id);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(DeliveryRows.delivery(rows)) : Optional.empty();
      }
    }
  }

  List<Attempt> attempts(UUID id) throws SQLException {
    return database.inTransaction(connection -> {
      try (PreparedStatement query =
          connection.prepareStatement(
              "select number, began_at, duration_ms, status, error, answer from "
                  + tables.attempts()
                  + " where delivery = ? order by number")) {
        new Parameters(query).id(id);
        List<Attempt> attempts = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            attempts.add(DeliveryRows.attempt(rows));
          }
        }
        return attempts;
      }
    });
  }

  List<Delivery> list(DeliveryFilter filter, int most) throws SQLException {
    return database.inTransaction(connection -> {
      try (PreparedStatement query =
          connection.prepareStatement(
              "select "
                  + DeliveryRows.COLUMNS
                  + " from "
                  + tables.deliveries()
                  + where(filter)
                  + " order by id desc limit ?")) {
        set(new Parameters(query), filter).number(most);
        List<Delivery> deliveries = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            deliveries.add(DeliveryRows.delivery(rows));
          }
        }
        return deliveries;
      }
    });
  }

  /** {@return what is only recorded, in the order in which it was taken} */
  List<Claimed> recorded() throws SQLException {
    return database.inTransaction(connection -> {
      try (PreparedStatement query =
          connection.prepareStatement(
              "select "
                  + DeliveryRows.COLUMNS
                  + ", receiver, headers, body, round_at from "
                  + tables.deliveries()
                  + RECORDED
                  + " order by created_at, id")) {
        new Parameters(query).time(Claimed.NEVER);
        List<Claimed> recorded = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            recorded.add(
                new Claimed(
                    DeliveryRows.delivery(rows),
                    rows.getString("receiver"),
                    new UUID(0, 0),
                    DeliveryRows.headers(rows.getString("headers")),
                    rows.getBytes("body"),
                    1,
                    DeliveryRows.time(rows, "round_at").orElseThrow()));
          }
        }
        return recorded;
      }
    });
  }

  /** Forgets what is only recorded. */
  void deleteRecorded() throws SQLException {
    database.inTransaction(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement("delete from " + tables.deliveries() + RECORDED)) {
        new Parameters(delete).time(Claimed.NEVER);
        return delete.executeUpdate();
      }
    });
  }

  private static String where(DeliveryFilter filter) {
    StringBuilder where = new StringBuilder(" where true");
    filter.state().ifPresent(_ -> where.append(" and state = ?"));
    filter.operation().ifPresent(_ -> where.append(" and operation = ?"));
    filter.host().ifPresent(_ -> where.append(" and host = ?"));
    filter.since().ifPresent(_ -> where.append(" and created_at >= ?"));
    filter.before().ifPresent(_ -> where.append(" and created_at < ?"));
    filter.olderThan().ifPresent(_ -> where.append(" and id < ?"));
    return where.toString();
  }

  private static Parameters set(Parameters parameters, DeliveryFilter filter) throws SQLException {
    if (filter.state().isPresent()) {
      parameters.text(filter.state().get().name());
    }
    if (filter.operation().isPresent()) {
      parameters.text(filter.operation().get());
    }
    if (filter.host().isPresent()) {
      parameters.text(filter.host().get());
    }
    if (filter.since().isPresent()) {
      parameters.time(filter.since().get());
    }
    if (filter.before().isPresent()) {
      parameters.time(filter.before().get());
    }
    if (filter.olderThan().isPresent()) {
      parameters.id(filter.olderThan().get());
    }
    return parameters;
  }

  /** Makes finished deliveries pending again, with all their attempts before them. */
  int replay(DeliveryFilter filter, Instant now) throws SQLException {
    return replay(where(filter) + " and state = 'DEAD'", filter, now);
  }

  boolean replay(UUID id, Instant now) throws SQLException {
    return database.inTransaction(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              replaying() + " where id = ? and state in ('DEAD', 'DELIVERED')")) {
        new Parameters(update).time(now).time(now).id(id);
        return update.executeUpdate() == 1;
      }
    });
  }

  private int replay(String where, DeliveryFilter filter, Instant now) throws SQLException {
    return database.inTransaction(connection -> {
      try (PreparedStatement update = connection.prepareStatement(replaying() + where)) {
        set(new Parameters(update).time(now).time(now), filter);
        return update.executeUpdate();
      }
    });
  }

  private String replaying() {
    return "update "
        + tables.deliveries()
        + " set state = 'PENDING', round_attempts = 0, round_at = ?, due_at = ?, lease = null,"
        + " finished_at = null";
  }

  /** {@return how many were deleted of those in a state that have finished before a time} */
  int delete(DeliveryState state, Instant before, int most) throws SQLException {
    return database.inTransaction(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement(
              "delete from "
                  + tables.deliveries()
                  + " where id in (select id from "
                  + tables.deliveries()
                  + " where state = ? and finished_at < ? order by finished_at limit ?"
                  + " for update skip locked)")) {
        new Parameters(delete).text(state.name()).time(before).number(most);
        return delete.executeUpdate();
      }
    });
  }

  /** {@return how many deliveries are in a state} */
  int count(DeliveryState state) throws SQLException {
    return database.inTransaction(connection -> {
      try (PreparedStatement query =
          connection.prepareStatement(
              "select count(*) from " + tables.deliveries() + " where state = ?")) {
        new Parameters(query).text(state.name());
        try (ResultSet row = query.executeQuery()) {
          row.next();
          return row.getInt(1);
        }
      }
    });
  }

  /**
   * What waits, and what is dead.
   *
   * @param pending what is still to be sent
   * @param due what of it is late: nobody has taken it though it is due
   * @param dead what is dead
   */
  record Backlog(long pending, long due, long dead) {}

  /** {@return what waits, and what is dead; found by an index} */
  Backlog backlog(Instant now) throws SQLException {
    return database.inTransaction(connection -> {
      try (PreparedStatement query =
          connection.prepareStatement(
              "select (select count(*) from "
                  + tables.deliveries()
                  + " where state = 'PENDING'), (select count(*) from "
                  + tables.deliveries()
                  + " where state = 'PENDING' and due_at <= ?), (select count(*) from "
                  + tables.deliveries()
                  + " where state = 'DEAD')")) {
        new Parameters(query).time(now);
        try (ResultSet row = query.executeQuery()) {
          row.next();
          return new Backlog(row.getLong(1), row.getLong(2), row.getLong(3));
        }
      }
    });
  }

  Leases leases() {
    return new Leases(database, tables, this);
  }

  /** The attempt of an instance that has not said how it ended. */
  static Attempt lost(int number, Instant began) {
    return new Attempt(
        number,
        began,
        Duration.ZERO,
        OptionalInt.empty(),
        Optional.of("lost: the instance that made it ended, or was too slow to say how it ended"),
        Optional.empty());
  }
}
