package io.brrtrouter.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  private TestDatabase source;
  private Database database;

  @BeforeEach
  void open() throws SQLException {
    source = TestDatabase.h2();
    source.execute("create table pets (name varchar(20))");
    database = source::getConnection;
  }

  @AfterEach
  void close() throws SQLException {
    source.close();
  }

  private static boolean insert(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate("insert into pets values ('Rex')") == 1;
    }
  }

  private int pets() throws SQLException {
    return database.inTransaction(connection -> {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select count(*) from pets")) {
        row.next();
        return row.getInt(1);
      }
    });
  }

  @Test
  void nothing_is_done_of_what_an_error_ends() throws Exception {
    assertThatThrownBy(() ->
            database.inTransaction(connection -> {
              insert(connection);
              throw new AssertionError("of a test");
            }))
        .isInstanceOf(AssertionError.class);

    assertThat(pets()).isZero();
  }

  @Test
  void what_cannot_be_rolled_back_is_not_committed() throws Exception {
    List<String> calls = new ArrayList<>();
    Database broken =
        () -> {
          Connection connection = source.getConnection();
          return (Connection)
              Proxy.newProxyInstance(
                  Connection.class.getClassLoader(),
                  new Class<?>[] {Connection.class},
                  (_, method, arguments) -> {
                    calls.add(method.getName());
                    if (method.getName().equals("rollback")) {
                      throw new SQLException("broken");
                    }
                    try {
                      return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failure) {
                      throw failure.getCause();
                    }
                  });
        };

    assertThatThrownBy(() ->
            broken.inTransaction(connection -> {
              insert(connection);
              throw new SQLException("first");
            }))
        .hasMessage("first")
        .satisfies(failure ->
            assertThat(failure.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("broken"));

    assertThat(calls).endsWith("rollback", "close");
    assertThat(pets()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01"})
  void what_the_database_gives_up_is_done_anew(String state) throws Exception {
    AtomicInteger times = new AtomicInteger();

    database.inTransaction(connection -> {
      insert(connection);
      if (times.incrementAndGet() < 3) {
        throw new SQLException("given up", state);
      }
      return true;
    });

    assertThat(times).hasValue(3);
    assertThat(pets()).isEqualTo(1);
  }

  @Test
  void what_is_given_up_too_often_and_what_fails_otherwise_is_said() {
    AtomicInteger times = new AtomicInteger();

    assertThatThrownBy(() ->
            database.inTransaction(_ -> {
              times.incrementAndGet();
              throw new SQLException("given up", "40001");
            }))
        .hasMessage("given up");
    assertThat(times).hasValue(10);
    assertThatThrownBy(() ->
            database.inTransaction(_ -> {
              times.incrementAndGet();
              throw new SQLException("no state");
            }))
        .hasMessage("no state");
    assertThat(times).hasValue(11);
  }

  @Test
  void who_is_interrupted_does_not_close_the_file_for_others(@TempDir Path directory)
      throws Exception {
    try (EmbeddedDatabase file = EmbeddedDatabase.open(directory.resolve("log").toString());
        Connection other = file.connect();
        Statement statement = other.createStatement()) {
      statement.execute("create table pets (name varchar(20))");
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread sender =
          Thread.ofPlatform()
              .start(() -> {
                Thread.currentThread().interrupt();
                try {
                  file.inTransaction(DatabaseTest::insert);
                } catch (Throwable thrown) {
                  failure.set(thrown);
                }
              });
      sender.join();

      assertThat(statement.executeUpdate("insert into pets values ('Tom')")).isEqualTo(1);
      try (ResultSet row = statement.executeQuery("select count(*) from pets")) {
        row.next();
        assertThat(row.getInt(1)).isEqualTo(2);
      }
      assertThat(failure).hasNullValue();
    }
  }

  @Test
  void a_file_that_is_closed_is_not_opened_anew(@TempDir Path directory) {
    EmbeddedDatabase file = EmbeddedDatabase.open(directory.resolve("log").toString());
    file.close();

    assertThatThrownBy(file::connect)
        .isInstanceOf(SQLException.class)
        .hasMessage("the log of deliveries is closed");
  }

  @Test
  void the_time_goes_on_by_a_counter_and_is_asked_for_each_minute() throws Exception {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    AtomicInteger asked = new AtomicInteger();
    DatabaseClock clock =
        new DatabaseClock(
            () -> {
              asked.incrementAndGet();
              return source.getConnection();
            },
            nanos::get);
    Instant first = clock.instant();

    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    clock.refresh();

    assertThat(clock.instant()).isEqualTo(first.plusSeconds(59));
    assertThat(asked).hasValue(1);
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    clock.refresh();
    assertThat(asked).hasValue(2);
    assertThat(clock.instant())
        .as("what the database says, whatever the counter does")
        .isBetween(first, first.plus(59, ChronoUnit.SECONDS));
  }

  @Test
  void who_may_not_make_tables_uses_those_that_are_there() throws Exception {
    Deliveries.builder().database(source).idle().open().close();
    source.execute("create user app password 'a'");
    for (String table : List.of("deliveries", "attempts", "deliveries_version")) {
      source.execute("grant select, insert, update, delete on brrt_" + table + " to app");
    }
    Database ofApp = () -> DriverManager.getConnection(source.url(), "app", "a");
    DeliveryLog log = new DeliveryLog(ofApp, new Tables("", "brrt_"));

    log.createTables();

    assertThat(log.count(DeliveryState.PENDING)).isZero();
  }

  @Test
  void tables_that_cannot_be_made_are_said_with_the_first_failure() throws Exception {
    source.execute("create user app password 'a'");
    Database ofApp = () -> DriverManager.getConnection(source.url(), "app", "a");

    assertThatThrownBy(() -> new DeliveryLog(ofApp, new Tables("", "brrt_")).createTables())
        .isInstanceOf(SQLException.class)
        .satisfies(failure -> assertThat(failure.getSuppressed()).isNotEmpty());
  }

  @Test
  void messages_are_equal_by_content_and_show_nothing_of_it() {
    byte[] body = {1, 2};
    OutgoingMessage message =
        new OutgoingMessage("op", "POST", "token=a", List.of(), Optional.of("text/plain"), body);
    OutgoingMessage same =
        new OutgoingMessage(
            "op", "POST", "token=a", List.of(), Optional.of("text/plain"), body.clone());
    body[0] = 7;
    message.body()[1] = 7;

    assertThat(message)
        .isEqualTo(same)
        .hasSameHashCodeAs(same)
        .hasToString("OutgoingMessage[op, POST]");
    assertThat(message.body()).containsExactly(1, 2);
    assertThat(message)
        .isNotEqualTo(
            new OutgoingMessage(
                "op", "POST", "token=a", List.of(), Optional.of("text/plain"), body));
  }
}
