package io.brrtrouter.outbound;

import io.brrtrouter.outbound.DeliveryRows.Parameters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may send what: a delivery that is due belongs to the instance that was first to write its
 * lease into it, until that has said how the attempt ended, or the lease has. While it is leased it
 * is due when the lease ends, so that nothing has to look for instances that died.
 */
final class Leases {
  /** Where one receiver has many that are due, others are behind them. */
  private static final int LOOK_AHEAD = 4;

  /** So many octets of bodies are enough for once: they are all held until the transaction ends. */
  private static final long MOST_READ = 8L * MessageRules.LARGEST_BODY;

  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.outbound");

  private final Database database;
  private final Tables tables;
  private final DeliveryLog log;

  Leases(Database database, Tables tables, DeliveryLog log) {
    this.database = database;
    this.tables = tables;
    this.log = log;
  }

  /** What is due. */
  private record Due(UUID id, String receiver, boolean lost, int attempts, int round, Instant at) {}

  /**
   * What came of claiming.
   *
   * @param claimed what this instance may send now
   * @param dead what has died in the hands of an instance, at its last attempt
   */
  record Claim(List<Claimed> claimed, List<Delivery> dead) {}

  /**
   * How to claim.
   *
   * @param now the time
   * @param until when the leases end
   * @param most how many
   * @param without who gets nothing now
   * @param attempts how many there are in a round
   */
  record Wish(Instant now, Instant until, int most, Slots.Busy without, int attempts) {
    /** Who is lost has not said so, but its lease lasted as long as those of all instances do. */
    Instant began(Instant leaseEnded) {
      return leaseEnded.minus(Duration.between(now, until));
    }
  }

  /**
   * Takes deliveries that are due, the longest due first.
   *
   * @param wish which
   * @param admit asked for each, with its receiver; one that is refused stays as it is
   */
  Claim claim(Wish wish, Predicate<String> admit) throws SQLException {
    UUID lease = UUID.randomUUID();
    return database.inTransaction(connection -> {
      List<Claimed> claimed = new ArrayList<>();
      List<Delivery> dead = new ArrayList<>();
      long octets = 0;
      for (Due due : due(connection, wish)) {
        if (claimed.size() == wish.most || octets >= MOST_READ) {
          break;
        }
        if (due.lost && due.round >= wish.attempts) {
          bury(connection, due.id, DeliveryLog.lost(due.attempts, wish.began(due.at)), wish.now)
              .ifPresent(dead::add);
        } else if (admit.test(due.receiver) && take(connection, due, lease, wish)) {
          Optional<Claimed> taken = readOrBury(connection, due, lease, wish.now);
          taken.ifPresent(claimed::add);
          octets += taken.map(each -> each.body().length).orElse(0);
        }
      }
      return new Claim(claimed, dead);
    });
  }

  /** What another release or somebody's hand has written does not stop what is behind it. */
  private Optional<Claimed> readOrBury(Connection connection, Due due, UUID lease, Instant now)
      throws SQLException {
    try {
      return Optional.of(read(connection, due, lease));
    } catch (RuntimeException unreadable) {
      LOG.error("delivery {} cannot be read, and is dead", due.id, unreadable);
      Attempt none =
          new Attempt(
              due.attempts + 1,
              now,
              Duration.ZERO,
              OptionalInt.empty(),
              Optional.of("not sent: its row cannot be read: " + unreadable.getClass().getName()),
              Optional.empty());
      end(connection, due.id, none, now);
      return Optional.empty();
    }
  }

  /** Locks them, so that nobody else takes them before the transaction ends, and waits for none. */
  private List<Due> due(Connection connection, Wish wish) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select id, receiver, lease, attempts, round_attempts, due_at from "
                + tables.deliveries()
                + " where state = 'PENDING' and due_at <= ?"
                + without(wish.without)
                + " order by due_at limit ? for update skip locked")) {
      Parameters parameters = new Parameters(query).time(wish.now);
      addTo(parameters, wish.without);
      parameters.number((long) wish.most * LOOK_AHEAD);
      List<Due> due = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          due.add(
              new Due(
                  rows.getObject("id", UUID.class),
                  rows.getString("receiver"),
                  rows.getObject("lease", UUID.class) != null,
                  rows.getInt("attempts"),
                  rows.getInt("round_attempts"),
                  DeliveryRows.time(rows, "due_at").orElseThrow()));
        }
      }
      return due;
    }
  }

  /** A receiver is a host and a port; a group has the host itself, or names that end with it. */
  private static String without(Slots.Busy busy) {
    String receivers =
        busy.receivers().isEmpty()
            ? ""
            : " and receiver not in ("
                + String.join(", ", Collections.nCopies(busy.receivers().size(), "?"))
                + ")";
    return receivers
        + " and receiver not like ? escape '!' and receiver not like ? escape '!'"
            .repeat(busy.groups().size());
  }

  private static void addTo(Parameters parameters, Slots.Busy busy) throws SQLException {
    for (String receiver : busy.receivers()) {
      parameters.text(receiver);
    }
    for (String group : busy.groups()) {
      String literal = group.replace("!", "!!").replace("%", "!%").replace("_", "!_");
      parameters.text(literal + ":%").text("%." + literal + ":%");
    }
  }

  /** Nobody else can have it, unless a database reads what it locks before that is locked. */
  private boolean take(Connection connection, Due due, UUID lease, Wish wish) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update "
                + tables.deliveries()
                + " set lease = ?, due_at = ?, attempts = attempts + 1,"
                + " round_attempts = round_attempts + 1"
                + " where id = ? and state = 'PENDING' and due_at <= ?")) {
      new Parameters(update).id(lease).time(wish.until).id(due.id).time(wish.now);
      if (update.executeUpdate() == 0) {
        return false;
      }
    }
    if (due.lost) {
      log.insert(connection, due.id, DeliveryLog.lost(due.attempts, wish.began(due.at)));
    }
    return true;
  }

  /** What kills the instances that send it is not sent for ever. */
  private Optional<Delivery> bury(Connection connection, UUID id, Attempt last, Instant now)
      throws SQLException {
    end(connection, id, last, now);
    try {
      return log.find(connection, id);
    } catch (RuntimeException unreadable) {
      LOG.error("delivery {} is dead, and cannot be read", id, unreadable);
      return Optional.empty();
    }
  }

  private void end(Connection connection, UUID id, Attempt last, Instant now) throws SQLException {
    log.insert(connection, id, last);
    try (PreparedStatement update =
        connection.prepareStatement(
            "update "
                + tables.deliveries()
                + " set state = 'DEAD', lease = null, finished_at = ?, last_status = ?,"
                + " last_error = ? where id = ?")) {
      new Parameters(update).time(now).integer(OptionalInt.empty()).error(last.error()).id(id);
      update.executeUpdate();
    }
  }

  private Claimed read(Connection connection, Due due, UUID lease) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select "
                + DeliveryRows.COLUMNS
                + ", receiver, headers, body, round_attempts, round_at from "
                + tables.deliveries()
                + " where id = ?")) {
      new Parameters(query).id(due.id);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return new Claimed(
            DeliveryRows.delivery(rows),
            due.receiver,
            lease,
            DeliveryRows.headers(rows.getString("headers")),
            rows.getBytes("body"),
            rows.getInt("round_attempts"),
            DeliveryRows.time(rows, "round_at").orElseThrow());
      }
    }
  }

  /**
   * {@return how long it is until something is due; nothing if nothing is pending}
   *
   * @param now the time
   * @param without who gets nothing now
   */
  Optional<Duration> untilDue(Instant now, Slots.Busy without) throws SQLException {
    return database.inTransaction(connection -> {
      try (PreparedStatement query =
          connection.prepareStatement(
              "select min(due_at) as next from "
                  + tables.deliveries()
                  + " where state = 'PENDING'"
                  + without(without))) {
        Parameters parameters = new Parameters(query);
        addTo(parameters, without);
        try (ResultSet row = query.executeQuery()) {
          row.next();
          return DeliveryRows.time(row, "next").map(next -> Duration.between(now, next));
        }
      }
    });
  }
}
