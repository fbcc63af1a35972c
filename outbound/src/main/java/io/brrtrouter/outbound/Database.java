package io.brrtrouter.outbound;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** Where the log is kept. */
interface Database extends AutoCloseable {
  /** SQLSTATE of a failure to serialize, of H2 and PostgreSQL, and of PostgreSQL's deadlocks. */
  Set<String> GIVEN_UP = Set.of("40001", "40P01");

  int MOST_TRIES = 10;

  /** {@return a connection of one's own} */
  Connection connect() throws SQLException;

  @Override
  default void close() {}

  /** What is done with a connection. */
  @FunctionalInterface
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /**
   * {@return what comes of some work that is done as a whole or not at all} Done anew, from its
   * beginning, where the database gives it up for the sake of another transaction: at the levels of
   * isolation above READ COMMITTED, and at any one for a deadlock.
   *
   * @param work the work, which may be done several times
   */
  default <T> T inTransaction(Work<T> work) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        return once(work);
      } catch (SQLException failure) {
        if (tries == MOST_TRIES || !GIVEN_UP.contains(String.valueOf(failure.getSQLState()))) {
          throw failure;
        }
      }
    }
  }

  private <T> T once(Work<T> work) throws SQLException {
    try (Connection connection = connect()) {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.with(connection);
        connection.commit();
      } catch (Throwable failure) {
        // Auto-commit would commit (JDBC) what could not be rolled back: closing does not.
        if (isRolledBack(connection, failure) && before) {
          restore(connection);
        }
        throw failure;
      }
      if (before) {
        restore(connection);
      }
      return result;
    }
  }

  private static boolean isRolledBack(Connection connection, Throwable failure) {
    try {
      connection.rollback();
      return true;
    } catch (SQLException | RuntimeException broken) {
      failure.addSuppressed(broken);
      return false;
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
