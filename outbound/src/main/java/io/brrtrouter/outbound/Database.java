package io.brrtrouter.outbound;

import java.sql.Connection;
import java.sql.SQLException;

/** Where the log is kept. */
interface Database extends AutoCloseable {

  /** {@return a connection of one's own} */
  Connection connect() throws SQLException;

  @Override
  default void close() {}

  /** What is done with a connection. */
  @FunctionalInterface
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** {@return what comes of some work that is done as a whole or not at all} */
  default <T> T inTransaction(Work<T> work) throws SQLException {
    try (Connection connection = connect()) {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        T result = work.with(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException failure) {
        rollBack(connection, failure);
        throw failure;
      } finally {
        if (before) {
          restore(connection);
        }
      }
    }
  }

  private static void rollBack(Connection connection, Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException broken) {
      failure.addSuppressed(broken);
    }
  }

  private static void restore(Connection connection) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException brokenAndClosedNext) {
      // Whoever lent it will notice.
    }
  }
}
