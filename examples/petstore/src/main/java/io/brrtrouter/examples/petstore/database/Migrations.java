package io.brrtrouter.examples.petstore.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Makes the tables. Each script runs once, in order, and is recorded in the table {@code
 * migrations}. A script that was released is never changed: what is to be different is a new one.
 */
final class Migrations {
  /** In order. A class path cannot be listed, so each new script stands here too. */
  private static final List<String> SCRIPTS =
      List.of(
          "001-customers-and-pets.sql",
          "002-goods-and-orders.sql",
          "003-services.sql",
          "004-live.sql",
          "005-webhooks.sql");

  /** Other instances may take that often as long as the database waits for a lock. */
  private static final int ATTEMPTS = 60;

  /** PostgreSQL: the table exists; its type does. H2: the table exists. */
  private static final Set<String> MADE_MEANWHILE = Set.of("42P07", "42710", "42S01");

  private static final int NO_LIMIT = 0;

  private final DataSource pool;
  private final Dialect dialect;

  Migrations(DataSource pool, Dialect dialect) {
    this.pool = pool;
    this.dialect = dialect;
  }

  /**
   * Runs what has not been run, then something more, while no other instance does so. The lock has
   * a connection of its own, for H2 ends a transaction with each change of a table.
   */
  void run(Runnable afterwards) {
    try (Connection lock = patient(pool.getConnection())) {
      repeatedly(lock, this::prepare);
      repeatedly(
          lock, connection -> execute(connection, "select id from migration_lock for update"));
      try (Connection connection = patient(pool.getConnection())) {
        migrate(connection);
      }
      afterwards.run();
      lock.rollback();
    } catch (SQLException failure) {
      throw SqlFailure.of(failure);
    }
  }

  /**
   * A request must not wait for a dead database, hence the limit that the pool's connections have.
   * But a script takes as long as it takes, and so does another instance that runs it. The pool
   * restores the limit.
   */
  private static Connection patient(Connection connection) throws SQLException {
    try {
      connection.setNetworkTimeout(Runnable::run, NO_LIMIT);
      return connection;
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  private interface Step {
    void run(Connection connection) throws SQLException;
  }

  /** Two instances may make the same table at once, whether it exists or not. */
  private static void repeatedly(Connection connection, Step step) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        step.run(connection);
        return;
      } catch (SQLException failure) {
        Database.rollBack(connection, failure);
        if (!isOvertaken(failure)) {
          throw failure;
        }
        if (attempt == ATTEMPTS) {
          throw new DatabaseUnavailable("Other instances make tables for too long.", failure);
        }
        Database.pause(attempt, failure);
      }
    }
  }

  private static boolean isOvertaken(SQLException failure) {
    return SqlFailure.isOvertaken(failure)
        || MADE_MEANWHILE.contains(String.valueOf(failure.getSQLState()));
  }

  private void prepare(Connection connection) throws SQLException {
    execute(
        connection,
        """
        create table if not exists migrations (
          script varchar primary key,
          run_at timestamp with time zone not null
        )\
        """);
    execute(connection, "create table if not exists migration_lock (id integer primary key)");
    execute(
        connection,
        """
        insert into migration_lock (id)
        select 1 where not exists (select id from migration_lock)\
        """);
    connection.commit();
  }

  private void migrate(Connection connection) throws SQLException {
    Set<String> done = done(connection);
    for (String script : SCRIPTS) {
      if (!done.contains(script)) {
        for (String statement : statements(script)) {
          execute(connection, dialect.adapt(statement));
        }
        record(connection, script);
        connection.commit();
      }
    }
  }

  private static Set<String> done(Connection connection) throws SQLException {
    Set<String> done = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery("select script from migrations")) {
      while (results.next()) {
        done.add(results.getString("script"));
      }
    }
    return done;
  }

  private static void record(Connection connection, String script) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("insert into migrations (script, run_at) values (?, ?)")) {
      statement.setString(1, script);
      statement.setObject(2, OffsetDateTime.now(ZoneOffset.UTC));
      statement.executeUpdate();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A semicolon at the end of a line ends a statement. */
  private static List<String> statements(String script) {
    try (InputStream in = Migrations.class.getResourceAsStream(script)) {
      byte[] text = Objects.requireNonNull(in, script).readAllBytes();
      return Stream.of(new String(text, StandardCharsets.UTF_8).split(";\\R", -1))
          .map(String::strip)
          .filter(Predicate.not(String::isEmpty))
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
