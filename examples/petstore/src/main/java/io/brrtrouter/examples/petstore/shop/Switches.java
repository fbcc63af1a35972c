package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The switches of the shop by name, as a map over their table. Safe for use by many threads. */
final class Switches extends AbstractMap<String, Boolean> {
  private final Database database;

  Switches(Database database) {
    this.database = database;
  }

  /** {@return all as they are now, ordered by name; changing the set changes nothing} */
  @Override
  public Set<Map.Entry<String, Boolean>> entrySet() {
    Map<String, Boolean> all = new TreeMap<>();
    database.run(transaction ->
        transaction
            .list("select * from switches", row -> Map.entry(row.text("name"), row.is("is_on")))
            .forEach(each -> all.put(each.getKey(), each.getValue())));
    return all.entrySet();
  }

  @Override
  public @Nullable Boolean put(String name, Boolean on) {
    return database
        .transaction(transaction -> {
          var before =
              transaction.first(
                  "select is_on from switches where name = ? for update",
                  row -> row.is("is_on"),
                  name);
          String sql =
              before.isPresent()
                  ? "update switches set is_on = ? where name = ?"
                  : "insert into switches (is_on, name) values (?, ?)";
          transaction.update(sql, on, name);
          return before;
        })
        .orElse(null);
  }
}
