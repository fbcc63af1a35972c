package io.brrtrouter.examples.petstore.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statements that take effect together, or not at all. For the thread that has it. */
public final class Transaction {
  private final Connection connection;
  private final Dialect dialect;
  private final Set<Runnable> afterwards;

  Transaction(Connection connection, Dialect dialect, Set<Runnable> afterwards) {
    this.connection = connection;
    this.dialect = dialect;
    this.afterwards = afterwards;
  }

  /** What is done with a connection. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it.
     *
     * @param connection neither to be committed nor closed
     * @throws SQLException if the database does not do it
     */
    void with(Connection connection) throws SQLException;
  }

  /**
   * Lets somebody else write, who knows JDBC and not this class, as a part of this transaction.
   *
   * @param work what to do
   */
  public void lend(Work work) {
    try {
      work.with(connection);
    } catch (SQLException failure) {
      throw SqlFailure.of(failure);
    }
  }

  /**
   * Does something once this is committed, and not otherwise.
   *
   * @param action what to do; an equal one is done once
   */
  public void afterwards(Runnable action) {
    afterwards.add(action);
  }

  /**
   * {@return what a query finds}
   *
   * @param sql the query, a question mark for each value
   * @param read makes something of a row
   * @param values the values: texts, numbers, moments, days, identifiers, bytes
   * @param <T> what is made
   */
  public <T> List<T> list(String sql, Function<Row, T> read, @Nullable Object... values) {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet results = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      Row row = new Row(results);
      while (results.next()) {
        found.add(read.apply(row));
      }
      return found;
    } catch (SQLException failure) {
      throw SqlFailure.of(failure);
    }
  }

  /**
   * {@return the first that a query finds}
   *
   * @param sql as for {@link #list}
   * @param read as for that
   * @param values as for that
   * @param <T> what is made
   */
  public <T> Optional<T> first(String sql, Function<Row, T> read, @Nullable Object... values) {
    return list(sql, read, values).stream().findFirst();
  }

  /**
   * {@return whether a query finds anything}
   *
   * @param sql as for {@link #list}
   * @param values as for that
   */
  public boolean exists(String sql, @Nullable Object... values) {
    return first(sql, _ -> true, values).isPresent();
  }

  /**
   * {@return how many rows there are}
   *
   * @param rows what follows {@code select count(*) from}, a question mark for each value
   * @param values as for {@link #list}
   */
  public long count(String rows, @Nullable Object... values) {
    return first("select count(*) as total from " + rows, row -> row.number("total"), values)
        .orElseThrow();
  }

  /**
   * Changes rows.
   *
   * @param sql the statement, a question mark for each value
   * @param values the values
   * @return how many rows it changed
   */
  public int update(String sql, @Nullable Object... values) {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    } catch (SQLException failure) {
      throw SqlFailure.of(failure);
    }
  }

  /**
   * Changes a row as it was read. When it is not like that any more, the whole transaction begins
   * anew.
   *
   * @param sql the statement; its condition names the version that was read
   * @param values the values
   */
  public void updateUnchanged(String sql, @Nullable Object... values) {
    if (update(sql, values) == 0) {
      throw new Overtaken();
    }
  }

  /**
   * {@return the next number of a sequence, which nobody else gets}
   *
   * @param sequence its name
   */
  public long next(String sequence) {
    try (PreparedStatement statement = connection.prepareStatement(dialect.next(sequence));
        ResultSet results = statement.executeQuery()) {
      results.next();
      return results.getLong(1);
    } catch (SQLException failure) {
      throw SqlFailure.of(failure);
    }
  }

  private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < values.length; i++) {
        set(statement, i + 1, values[i]);
      }
      return statement;
    } catch (SQLException | RuntimeException failure) {
      statement.close();
      throw failure;
    }
  }

  private static void set(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.NULL);
      case String text -> statement.setString(index, UnstorableText.checked(text));
      case byte[] octets -> statement.setBytes(index, octets);
      case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
      default -> statement.setObject(index, value);
    }
  }
}
