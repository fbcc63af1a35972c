package io.brrtrouter.examples.petstore.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.brrtrouter.examples.petstore.TestDatabase;
import io.brrtrouter.examples.petstore.shop.Period;
import io.brrtrouter.examples.petstore.shop.Photos;
import io.brrtrouter.examples.petstore.shop.Shop;
import io.brrtrouter.server.runtime.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What transactions and migrations promise. */
@Timeout(120)
abstract class Transactions {
  private final TestDatabase place;
  private final Resources resources;
  private HikariDataSource pool;
  private Database database;

  Transactions(TestDatabase place) {
    this.place = place;
    this.resources = place.resources();
  }

  @BeforeEach
  void open() {
    pool = Connections.pool(resources);
    database = new Database(pool);
  }

  @AfterEach
  void close() throws SQLException {
    resources.close();
    place.close();
  }

  private List<String> scripts() {
    return database.transaction(transaction ->
        transaction.list("select * from migrations order by script", row -> row.text("script")));
  }

  private void add(String name) {
    database.run(transaction ->
        transaction.update("insert into switches (name, is_on) values (?, ?)", name, true));
  }

  private List<String> names() {
    return database.transaction(transaction ->
        transaction.list("select * from switches order by name", row -> row.text("name")));
  }

  @Test
  void scripts_run_once() {
    database.migrate(() -> {});
    database.migrate(() -> {});
    assertThat(scripts())
        .containsExactly(
            "001-customers-and-pets.sql",
            "002-goods-and-orders.sql",
            "003-services.sql",
            "004-live.sql",
            "005-webhooks.sql");
  }

  @Test
  void shops_that_open_at_once_make_tables_and_goods_once() throws Exception {
    List<FutureTask<Integer>> shops = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      FutureTask<Integer> shop =
          new FutureTask<>(() -> {
            try (Resources own = place.resources()) {
              return Shop.open(Connections.pool(own))
                  .pets()
                  .count(Period.ofDays(null, null))
                  .values()
                  .stream()
                  .mapToInt(Long::intValue)
                  .sum();
            }
          });
      shops.add(shop);
      Thread.ofPlatform().start(shop);
    }
    for (FutureTask<Integer> shop : shops) {
      assertThat(shop.get()).isEqualTo(8);
    }
    assertThat(scripts()).hasSize(5);
  }

  /** As shops are that began before photos were kept in pieces. */
  @Test
  void photos_of_before_are_kept() throws Exception {
    try (Connection connection = pool.getConnection()) {
      Dialect dialect = Dialect.of(connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "create table migrations (script varchar primary key, run_at timestamp with time zone not null)");
        for (String script :
            List.of("001-customers-and-pets.sql", "002-goods-and-orders.sql", "003-services.sql")) {
          for (String each : script(script).split(";\\s*\\n")) {
            if (!each.isBlank()) {
              statement.execute(dialect.adapt(each));
            }
          }
          statement.execute(
              "insert into migrations (script, run_at) values ('"
                  + script
                  + "', current_timestamp)");
        }
        statement.execute(
            """
            insert into pets (id, version, created_at, description, species, status, price, name, folded_name)
            values (7, 1, current_timestamp, '{"species":"cat","name":"Tom","price":1}', 'cat', 'available', 1, 'Tom', 'tom')
            """);
      }
      try (PreparedStatement photo =
          connection.prepareStatement(
              """
              insert into photos (pet, number, media_type, content, rotation)
              values (7, 1, 'image/png', ?, 90)
              """)) {
        photo.setBytes(1, new byte[] {1, 2, 3});
        photo.executeUpdate();
      }
      connection.commit();
    }

    Photos photos = Shop.open(pool).photos();

    Photos.Kept kept = photos.get(7, 1);
    assertThat(kept.about().size()).isEqualTo(3);
    assertThat(kept.about().rotation()).isEqualTo(90);
    assertThat(kept.tag()).isEqualTo("7-1");
    assertThat(photos.piece(7, 1, 2).octets()).containsExactly(1, 2, 3);
  }

  private static String script(String name) throws IOException {
    try (InputStream in = Migrations.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void what_fails_is_undone() {
    database.migrate(() -> {});
    assertThatThrownBy(() ->
            database.run(_ -> {
              add("a");
              throw new IllegalStateException("after all");
            }))
        .hasMessage("after all");
    assertThat(names()).isEmpty();
  }

  @Test
  void what_was_overtaken_is_done_again() {
    database.migrate(() -> {});
    AtomicInteger attempts = new AtomicInteger();
    database.run(transaction -> {
      add("a" + attempts.incrementAndGet());
      transaction.updateUnchanged(
          "update switches set is_on = false where name = ?", attempts.get() < 3 ? "none" : "a3");
    });
    assertThat(names()).containsExactly("a3");
  }

  @Test
  void what_is_overtaken_for_ever_ends() {
    database.migrate(() -> {});
    add("a");
    assertThatThrownBy(() -> add("a"))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessage("Too many want the same at once.");
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a\\u0000b       | The shop cannot keep a text with the character U+0000.
          a\\uD83D        | The shop cannot keep a text with half a surrogate pair.
          a\\uDE00\\uD83D | The shop cannot keep a text with half a surrogate pair.
          """)
  void texts_that_are_none_are_refused(String text, String message) {
    database.migrate(() -> {});
    assertThatThrownBy(() -> add(unescaped(text))).hasMessage(message);
  }

  private static String unescaped(String text) {
    return Pattern.compile("\\\\u(....)")
        .matcher(text)
        .replaceAll(unit -> Character.toString((char) Integer.parseInt(unit.group(1), 16)));
  }

  @Test
  void texts_of_any_character_are_kept() {
    database.migrate(() -> {});
    String text = "\u0001 'ü\" \uD83D\uDE00 \uFFFF";
    add(text);
    assertThat(names()).containsExactly(text);
  }

  @Test
  void a_mistake_is_a_mistake_and_no_outage() {
    assertThatThrownBy(() -> database.run(transaction -> transaction.update("delete from nothing")))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(SQLException.class);
  }
}
