package io.brrtrouter.examples.petstore.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How migrations fail, with a driver that fails as it is told. */
class MigrationsTest {
  private final AtomicInteger attempts = new AtomicInteger();

  private Migrations onDatabaseThatFails(String state) {
    Connection connection =
        (Connection)
            Proxy.newProxyInstance(
                MigrationsTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, _) ->
                    switch (method.getName()) {
                      case "createStatement" -> {
                        attempts.incrementAndGet();
                        throw new SQLException("first", state);
                      }
                      case "rollback" -> throw new SQLException("rollback", "08003");
                      default -> null;
                    });
    DataSource pool =
        (DataSource)
            Proxy.newProxyInstance(
                MigrationsTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (_, _, _) -> connection);
    return new Migrations(pool, Dialect.POSTGRESQL);
  }

  @ParameterizedTest
  @CsvSource({
    // A mistake, a connection that broke, and what a driver says nothing about.
    "42601, 1",
    "08006, 1",
    ", 1",
    // Two who make the same table, and two who wait for each other.
    "23505, 60",
    "42P07, 60",
    "40P01, 60"
  })
  void only_what_another_instance_may_have_caused_is_tried_again(String state, int expected) {
    assertThatThrownBy(() -> onDatabaseThatFails(state).run(() -> {}))
        .isInstanceOf(RuntimeException.class);

    assertThat(attempts).hasValue(expected);
  }

  @Test
  void a_connection_that_cannot_even_roll_back_does_not_hide_why() {
    assertThatThrownBy(() -> onDatabaseThatFails("08006").run(() -> {}))
        .isInstanceOf(DatabaseUnavailable.class)
        .cause()
        .hasMessage("first")
        .satisfies(cause ->
            assertThat(cause.getSuppressed())
                .singleElement()
                .satisfies(suppressed -> assertThat(suppressed).hasMessage("rollback")));
  }

  @Test
  void who_is_overtaken_for_ever_says_so() {
    assertThatThrownBy(() -> onDatabaseThatFails("23505").run(() -> {}))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessage("Other instances make tables for too long.")
        .cause()
        .hasMessage("first");
  }
}
