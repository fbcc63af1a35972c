package io.brrtrouter.examples.petstore.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Runs transactions. No lock is held in Java while the database works: what must not happen at the
 * same time, the database keeps apart, by constraints, by versions of rows and by its own locks.
 * Who comes too late begins anew. Safe for use by many threads.
 */
public final class Database {
  /**
   * With ten connections at most nine others can be faster at once; so many failures in a row mean
   * that something else is wrong.
   */
  private static final int ATTEMPTS = 40;

  private static final int LONGEST_PAUSE_MILLIS = 32;

  private final ScopedValue<Transaction> current = ScopedValue.newInstance();
  private final DataSource pool;
  private final Dialect dialect;

  /**
   * Takes connections from a pool.
   *
   * @param pool gives connections that do not commit by themselves
   * @throws DatabaseUnavailable if the database does not answer
   */
  public Database(DataSource pool) {
    this.pool = pool;
    try (Connection connection = pool.getConnection()) {
      this.dialect = Dialect.of(connection);
    } catch (SQLException failure) {
      throw SqlFailure.of(failure);
    }
  }

  /**
   * Brings the tables up to date, and then does something more, while no other instance of the shop
   * does so.
   *
   * @param afterwards what else to do
   */
  public void migrate(Runnable afterwards) {
    new Migrations(pool, dialect).run(afterwards);
  }

  /**
   * Does something in a transaction: in the one that is under way, else in its own. When another
   * transaction was faster it is done again, so it must do nothing but use the transaction.
   *
   * @param work what to do; what it throws undoes it
   * @return what it gives
   * @param <T> the type of that
   * @throws DatabaseUnavailable if the database does not answer
   * @throws UnstorableText if a value is a text that the database cannot keep
   */
  public <T> T transaction(Function<Transaction, T> work) {
    if (current.isBound()) {
      return work.apply(current.get());
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(work);
      } catch (Overtaken overtaken) {
        if (attempt == ATTEMPTS) {
          throw new DatabaseUnavailable("Too many want the same at once.", overtaken);
        }
        pause(attempt, overtaken);
      }
    }
  }

  /**
   * Does something in a transaction, as {@link #transaction}.
   *
   * @param work what to do
   */
  public void run(Consumer<Transaction> work) {
    transaction(transaction -> {
      work.accept(transaction);
      return true;
    });
  }

  private <T> T attempt(Function<Transaction, T> work) {
    Set<Runnable> afterwards = new LinkedHashSet<>();
    T result;
    try (Connection connection = pool.getConnection()) {
      Transaction transaction = new Transaction(connection, dialect, afterwards);
      try {
        result = ScopedValue.where(current, transaction).call(() -> work.apply(transaction));
        connection.commit();
      } catch (SQLException | RuntimeException | Error failure) {
        rollBack(connection, failure);
        throw failure;
      }
    } catch (SQLException failure) {
      throw SqlFailure.of(failure);
    }
    afterwards.forEach(Runnable::run);
    return result;
  }

  /** The connection may be the reason: what happened first is what is told. */
  static void rollBack(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException broken) {
      failure.addSuppressed(broken);
    }
  }

  /** Those who met each other come back at different times. */
  static void pause(int attempt, Throwable overtaken) {
    int longest = Math.min(LONGEST_PAUSE_MILLIS, 1 << Math.min(attempt, 10));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(longest) + 1L);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailable("Interrupted between two attempts.", overtaken);
    }
  }
}
