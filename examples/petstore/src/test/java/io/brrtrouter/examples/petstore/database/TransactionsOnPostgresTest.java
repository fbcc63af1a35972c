package io.brrtrouter.examples.petstore.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.brrtrouter.examples.petstore.TestDatabase;
import io.brrtrouter.server.runtime.Resources;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On PostgreSQL. */
@EnabledIfEnvironmentVariable(
    named = TestDatabase.POSTGRES_VARIABLE,
    matches = ".+",
    disabledReason = TestDatabase.NO_POSTGRES)
class TransactionsOnPostgresTest extends Transactions {
  TransactionsOnPostgresTest() {
    super(TestDatabase.postgres());
  }

  /** One waits for another instance, the other runs a script that the database is busy with. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select id from migration_lock for update",
        "lock table migrations in access exclusive mode"
      })
  void migrations_outlast_the_limit_of_requests(String obstacle) throws Exception {
    try (TestDatabase place = impatient();
        Resources resources = place.resources()) {
      HikariDataSource pool = Connections.pool(resources);
      Database database = new Database(pool);
      database.migrate(() -> {});
      FutureTask<Boolean> second = new FutureTask<>(() -> database.migrate(() -> {}), true);
      try (Connection first = pool.getConnection();
          Statement statement = first.createStatement()) {
        statement.execute(obstacle);
        Thread.ofPlatform().start(second);
        while (!second.isDone() && !somebodyWaits(statement)) {
          Thread.onSpinWait();
        }
        first.rollback();
      }
      assertThat(second.get()).isTrue();
    }
  }

  private static TestDatabase impatient() {
    TestDatabase place = TestDatabase.postgres();
    return new TestDatabase(place.url() + "&socketTimeout=1", place.end());
  }

  /** For longer than a request may. */
  private static boolean somebodyWaits(Statement statement) throws SQLException {
    // In a transaction PostgreSQL goes on to tell what it told first.
    statement.execute("select pg_stat_clear_snapshot()");
    try (ResultSet results =
        statement.executeQuery(
            """
            select 1 from pg_stat_activity
            where wait_event_type = 'Lock' and pg_backend_pid() = any (pg_blocking_pids(pid))
              and clock_timestamp() - query_start > interval '1.5 seconds'
            """)) {
      return results.next();
    }
  }

  @Test
  void what_migrations_were_allowed_requests_are_not() throws SQLException {
    try (TestDatabase place = impatient();
        Resources resources = place.resources()) {
      HikariDataSource pool = Connections.pool(resources);
      new Database(pool).migrate(() -> {});
      try (Connection used = pool.getConnection();
          Connection other = pool.getConnection()) {
        assertThat(used.getNetworkTimeout()).isEqualTo(1_000);
        assertThat(other.getNetworkTimeout()).isEqualTo(1_000);
      }
    }
  }
}
