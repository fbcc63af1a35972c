package io.brrtrouter.examples.petstore.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.examples.petstore.TestDatabase;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.StartupException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConnectionsTest {

  @Test
  void what_the_database_does_not_allow_ends_the_start_with_a_sentence() {
    TestDatabase place = new TestDatabase("jdbc:h2:mem:forbidden;PASSWORD=secret", () -> {});
    try (Resources resources = place.resources()) {
      assertThatThrownBy(() ->
              Connections.open(
                  resources,
                  pool -> {
                    new Database(pool).run(transaction -> transaction.update("drop table none"));
                    return true;
                  }))
          .isInstanceOf(StartupException.class)
          .hasMessage(
              "database.url = jdbc:h2:mem:forbidden;PASSWORD=****** (default) cannot be used: Table"
                  + " \"NONE\" not found");
    }
  }

  /** The driver repeats the part of the URL that it could not make out. */
  @Test
  void a_password_in_the_url_is_not_told() {
    TestDatabase place = new TestDatabase("jdbc:h2:tcp://u:hunter2@127.0.0.1:1/x", () -> {});
    try (Resources resources = place.resources()) {
      assertThatThrownBy(() -> Connections.pool(resources))
          .isInstanceOf(StartupException.class)
          .hasMessage(
              "database.url = jdbc:h2:tcp://u:******@127.0.0.1:1/x (default) cannot be opened:"
                  + " General error: \"java.lang.NumberFormatException: For input string:"
                  + " \"\"******@127.0.0.1:1\"\"\" [50000-252]");
    }
  }

  @Test
  void the_pool_is_opened_once() {
    try (Resources resources = TestDatabase.h2().resources()) {
      assertThat(Connections.pool(resources)).isSameAs(Connections.pool(resources));
    }
  }

  /** A handler past its deadline is interrupted; that must not take the file from all others. */
  @Test
  void an_interrupted_thread_leaves_the_file_open(@TempDir Path directory) throws Exception {
    String url = "jdbc:h2:async:" + directory.resolve("shop");
    try (Resources resources = new TestDatabase(url, () -> {}).resources()) {
      Database database = new Database(Connections.pool(resources));
      database.migrate(() -> {});
      for (int i = 0; i < 20; i++) {
        int number = i;
        Thread thread =
            Thread.ofVirtual()
                .start(() -> {
                  Thread.currentThread().interrupt();
                  database.run(transaction -> {
                    transaction.update("insert into switches values (?, true)", "a" + number);
                    transaction.update(
                        "insert into files values (?, '', '', ?, '', '')",
                        "a" + number,
                        new byte[100_000]);
                  });
                });
        assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        database.run(transaction ->
            transaction.update("insert into switches values (?, false)", "b" + number));
      }
      assertThat(
              database.<Long>transaction(transaction ->
                  transaction
                      .first(
                          "select count(*) as switches from switches where not is_on",
                          row -> row.number("switches"))
                      .orElseThrow()))
          .isEqualTo(20);
    }
  }
}
