package io.brrtrouter.outbound;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** An empty database of a test's own, gone when closed. */
final class TestDatabase implements DataSource, AutoCloseable {
  /** Names a PostgreSQL where tests may make schemas, as a URL of JDBC. */
  static final String POSTGRES_VARIABLE = "BRRT_POSTGRES_URL";

  private final String url;
  private final Connection kept;
  private final End end;

  /** What is left to do. */
  private interface End {
    void run() throws SQLException;
  }

  private TestDatabase(String url, End end) throws SQLException {
    this.url = url;
    this.kept = DriverManager.getConnection(url);
    this.end = end;
  }

  static TestDatabase h2() throws SQLException {
    return new TestDatabase("jdbc:h2:mem:" + UUID.randomUUID(), () -> {});
  }

  static TestDatabase postgres() throws SQLException {
    String server = System.getenv(POSTGRES_VARIABLE);
    String schema = "hooks_" + UUID.randomUUID().toString().replace('-', '_');
    execute(server, "create schema " + schema);
    return new TestDatabase(
        server + (server.contains("?") ? "&" : "?") + "currentSchema=" + schema,
        () -> execute(server, "drop schema " + schema + " cascade"));
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void execute(String sql) throws SQLException {
    execute(url, sql);
  }

  String url() {
    return url;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return DriverManager.getConnection(url);
  }

  @Override
  public Connection getConnection(String user, String password) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PrintWriter getLogWriter() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setLoginTimeout(int seconds) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  @Override
  public void close() throws SQLException {
    kept.close();
    end.run();
  }
}
