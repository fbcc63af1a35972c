package io.brrtrouter.examples.petstore;

import io.brrtrouter.server.runtime.DeclaredSetting;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.ServerConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/**
 * An empty database of a test's own, gone when closed.
 *
 * @param url where it is
 * @param end makes it go
 */
public record TestDatabase(String url, End end) implements AutoCloseable {
  /** Names a PostgreSQL where tests may make schemas, as a URL of JDBC. */
  public static final String POSTGRES_VARIABLE = "BRRT_POSTGRES_URL";

  /** Why tests that need it are skipped. */
  public static final String NO_POSTGRES =
      "BRRT_POSTGRES_URL names no PostgreSQL; docs/testing.md says how to have one";

  /** What is left to do. */
  public interface End {
    void run() throws SQLException;
  }

  /** {@return one in memory, which goes with its last connection} */
  public static TestDatabase h2() {
    return new TestDatabase("jdbc:h2:mem:" + UUID.randomUUID(), () -> {});
  }

  /** {@return a schema of its own in the PostgreSQL that the environment names} */
  public static TestDatabase postgres() {
    String server = System.getenv(POSTGRES_VARIABLE);
    String schema = "shop_" + UUID.randomUUID().toString().replace('-', '_');
    execute(server, "create schema " + schema);
    String url = server + (server.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    return new TestDatabase(url, () -> execute(server, "drop schema " + schema + " cascade"));
  }

  private static void execute(String url, String sql) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** {@return the settings of the shop, with this database for theirs} */
  public List<DeclaredSetting> settings() {
    return new PetStore().settings().stream().map(this::here).toList();
  }

  private DeclaredSetting here(DeclaredSetting setting) {
    return switch (setting.name()) {
      case "database.url" -> with(setting, url);
      // Machines that test are busy.
      case "database.wait_ms" -> with(setting, "30000");
      // Who is told is on this machine.
      case "outbound.http" -> with(setting, "true");
      case "outbound.allowed" -> with(setting, "127.0.0.1");
      // And is told: tests of others would only look at what is recorded.
      case "outbound.record_only" -> setting.inTests("false");
      default -> setting;
    };
  }

  private static DeclaredSetting with(DeclaredSetting setting, String fallback) {
    return DeclaredSetting.text(setting.name(), fallback, setting.meaning())
        .taking(setting.takes(), setting.rule());
  }

  /** {@return resources with those settings} */
  public Resources resources() {
    return Resources.of(ServerConfig.defaults().declaring(settings()));
  }

  @Override
  public void close() throws SQLException {
    end.run();
  }
}
