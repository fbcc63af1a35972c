package io.brrtrouter.outbound;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tables of the log, and how they come to be. Several instances may make them at once: in
 * PostgreSQL one waits for the other, in H2 each step does nothing the second time.
 */
final class Tables {
  /** What need not be quoted, and fits with what is added to it. */
  static final Pattern PREFIX = Pattern.compile("[a-z_][a-z0-9_]{0,39}");

  /** Of all who make such tables, whatever their prefix: any number that others do not use. */
  private static final long LOCK = 0x62727274_6f7574L;

  /** SQLSTATE of a value that is there already. */
  private static final String DUPLICATE = "23505";

  /**
   * SQLSTATE of a table that is not there, or whose schema is not: of PostgreSQL, and of H2, which
   * tells three kinds of that apart.
   */
  private static final Set<String> MISSING =
      Set.of("42P01", "3F000", "42S02", "42S03", "42S04", "90079");

  private final String deliveries;
  private final String attempts;
  private final String version;
  private final String index;

  Tables(String schema, String prefix) {
    String start = schema.isEmpty() ? prefix : schema + "." + prefix;
    this.deliveries = start + "deliveries";
    this.attempts = start + "attempts";
    this.version = start + "deliveries_version";
    this.index = prefix + "deliveries";
  }

  String deliveries() {
    return deliveries;
  }

  String attempts() {
    return attempts;
  }

  /** One list of statements for each version, never changed once it was published. */
  private List<List<String>> versions(Dialect dialect) {
    return List.of(
        List.of(
            """
            create table if not exists %s (
              id uuid primary key,
              operation varchar(200) not null,
              method varchar(32) not null,
              url varchar(8192) not null,
              host varchar(255) not null,
              receiver varchar(262) not null,
              secret varchar(200),
              headers varchar(20000) not null,
              body %s not null,
              state varchar(10) not null,
              attempts integer not null,
              round_attempts integer not null,
              created_at timestamp with time zone not null,
              round_at timestamp with time zone not null,
              due_at timestamp with time zone not null,
              lease uuid,
              finished_at timestamp with time zone,
              last_status integer,
              last_error varchar(500))
            """
                .formatted(deliveries, dialect.octets()),
            """
            create table if not exists %s (
              delivery uuid not null references %s (id) on delete cascade,
              number integer not null,
              began_at timestamp with time zone not null,
              duration_ms bigint not null,
              status integer,
              error varchar(500),
              answer varchar(1100),
              primary key (delivery, number))
            """
                .formatted(attempts, deliveries),
            "create index if not exists %s_due on %s (state, due_at, receiver)"
                .formatted(index, deliveries),
            "create index if not exists %s_finished on %s (state, finished_at)"
                .formatted(index, deliveries)));
  }

  /**
   * {@return whether there is nothing to make} Asks for no more than reading them does: the role
   * that sends need not be the one that makes tables.
   *
   * @throws SQLException if they cannot be read: {@link #isMissing} tells whether there are none
   */
  boolean arePresent(Connection connection) throws SQLException {
    int known = versions(Dialect.of(connection)).size();
    try (Statement statement = connection.createStatement()) {
      return checked(present(statement), known) == known;
    }
  }

  /** {@return whether a failure says that a table is not there} */
  static boolean isMissing(SQLException failure) {
    return MISSING.contains(String.valueOf(failure.getSQLState()));
  }

  private static int checked(int present, int known) {
    if (present > known) {
      throw new IllegalStateException(
          "the tables of the log of deliveries are of version "
              + present
              + ", which a later release made; this one knows "
              + known);
    }
    return present;
  }

  void create(Connection connection) throws SQLException {
    Dialect dialect = Dialect.of(connection);
    try (Statement statement = connection.createStatement()) {
      if (dialect == Dialect.POSTGRESQL) {
        statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      }
      statement.execute("create table if not exists " + version + " (version integer primary key)");
      List<List<String>> versions = versions(dialect);
      int present = checked(present(statement), versions.size());
      for (int next = present; next < versions.size(); next++) {
        for (String sql : versions.get(next)) {
          statement.execute(sql);
        }
        record(connection, next + 1);
      }
    }
  }

  private int present(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select max(version) from " + version)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private void record(Connection connection, int number) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into " + version + " values (?)")) {
      insert.setInt(1, number);
      insert.executeUpdate();
    } catch (SQLException failure) {
      if (!DUPLICATE.equals(failure.getSQLState())) {
        throw failure;
      }
    }
  }
}
