package io.brrtrouter.examples.petstore.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.brrtrouter.otel.OtelTracing;
import io.brrtrouter.server.runtime.DeclaredSetting;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.StartupException;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;

/** Connections to the database that the settings name, in a pool. */
public final class Connections {
  /**
   * Beside {@code openapi.yaml}, for that is where the server is started. A handler that is past
   * its deadline is interrupted, which closes an ordinary file channel for everybody; asynchronous
   * ones do not mind.
   */
  private static final String FILE = "jdbc:h2:async:./data/petstore";

  private static final String URL = "database.url";
  private static final String USER = "database.user";
  private static final String PASSWORD = "database.password";
  private static final String CONNECTIONS = "database.connections";

  /** One holds the lock of the migrations while another runs them. */
  private static final int FEWEST = 2;

  private static final String WAIT = "database.wait_ms";

  /** Less is nothing to the pool. */
  private static final int SHORTEST_WAIT = 500;

  private Connections() {}

  /** {@return the settings that say which database} */
  public static List<DeclaredSetting> settings() {
    return List.of(
        DeclaredSetting.text(URL, FILE, "Where the shop is kept: H2 or PostgreSQL.")
            .taking(
                "a URL that begins with jdbc:h2: or jdbc:postgresql:, without user and password"
                    + " before the host",
                Connections::isKnown),
        DeclaredSetting.text(USER, "", "Who opens the database, unless its URL says so."),
        DeclaredSetting.text(PASSWORD, "", "The password for that.").asSecret(),
        DeclaredSetting.integer(
            CONNECTIONS, FEWEST, 1_000, 10, "Connections to the database, all kept open."),
        DeclaredSetting.integer(
            WAIT,
            SHORTEST_WAIT,
            60_000,
            2_000,
            "How long a request waits for one of them, in milliseconds; then it gets a 503."));
  }

  private static boolean isKnown(String url) {
    // PostgreSQL's driver would take them for a part of the host's name, and tell everybody.
    return url.startsWith("jdbc:h2:") || (isPostgres(url) && url.indexOf('@') < 0);
  }

  private static boolean isPostgres(String url) {
    return url.startsWith("jdbc:postgresql:");
  }

  /**
   * {@return the pool; opened for the first generation of the shop's code, kept for those that
   * follow}
   *
   * @param resources has the settings, and keeps the pool
   * @throws StartupException if the database cannot be opened
   */
  public static HikariDataSource pool(Resources resources) {
    return resources.get("database", HikariDataSource.class, () -> open(resources));
  }

  /**
   * {@return what is made of the pool when the server starts}
   *
   * @param resources as for {@link #pool}
   * @param maker makes it
   * @param <T> what is made
   * @throws StartupException if the database cannot be opened, or does not allow what is tried
   */
  public static <T> T open(Resources resources, Function<DataSource, T> maker) {
    DataSource pool = pool(resources);
    try {
      return maker.apply(pool);
    } catch (DatabaseUnavailable | IllegalStateException failure) {
      if (failure.getCause() instanceof SQLException cause) {
        throw new StartupException(
            resources.describe(URL) + " cannot be used: " + reason(cause, resources), failure);
      }
      throw failure;
    }
  }

  /**
   * {@return the pool for handlers: what they ask the database joins the trace of their request}
   * What looks into the database by itself has the pool alone: nobody wants a trace of each look.
   *
   * @param pool the pool
   */
  public static DataSource traced(DataSource pool) {
    return JdbcTelemetry.create(OtelTracing.current()).wrap(pool);
  }

  private static HikariDataSource open(Resources resources) {
    String url = resources.setting(URL);
    HikariConfig config = new HikariConfig();
    config.setPoolName("petstore");
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(resources.integer(CONNECTIONS));
    config.setConnectionTimeout(resources.integer(WAIT));
    config.setValidationTimeout(resources.integer(WAIT) / 2);
    config.setAutoCommit(false);
    config.setDataSourceProperties(properties(resources));
    config.setExceptionOverride(new Eviction());
    // The pool would say why it cannot open in a stack trace.
    try (Connection first = DriverManager.getConnection(url, properties(resources))) {
      first.getMetaData();
      return new HikariDataSource(config);
    } catch (SQLException failure) {
      throw new StartupException(
          resources.describe(URL) + " cannot be opened: " + reason(failure, resources), failure);
    }
  }

  /**
   * The pool knows which failures leave a connection useless, but not those of H2, and it does not
   * try connections that were used a moment ago: a busy shop would never get rid of them.
   */
  private static final class Eviction implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException failure) {
      return SqlFailure.isOutage(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
  }

  private static Properties properties(Resources resources) {
    String url = resources.setting(URL);
    Properties properties = new Properties();
    if (!resources.setting(USER).isEmpty()) {
      properties.setProperty("user", resources.setting(USER));
      properties.setProperty("password", resources.setting(PASSWORD));
    }
    if (isPostgres(url)) {
      // In seconds: a database that has stopped without closing its connections is noticed.
      putUnlessInUrl(properties, url, "connectTimeout", "5");
      putUnlessInUrl(properties, url, "socketTimeout", "30");
    } else {
      // It would close at SIGTERM, when requests are still answered; the pool closes it in time.
      putUnlessInUrl(properties, url, "DB_CLOSE_ON_EXIT", "FALSE");
      // What goes wrong is thrown; it would be written to a file beside the database too.
      putUnlessInUrl(properties, url, "TRACE_LEVEL_FILE", "0");
      // What was answered is kept: H2 would write half a second later.
      putUnlessInUrl(properties, url, "WRITE_DELAY", "0");
    }
    return properties;
  }

  private static void putUnlessInUrl(Properties properties, String url, String name, String value) {
    if (!url.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT) + "=")) {
      properties.setProperty(name, value);
    }
  }

  /** One sentence of what the driver says, which may repeat the URL or a part of it. */
  private static String reason(SQLException failure, Resources resources) {
    String message =
        failure.getCause() instanceof UnknownHostException unknown
            ? "there is no host " + unknown.getMessage()
            : String.valueOf(failure.getMessage());
    return resources.conceal(message).split("\\R|\\. |; SQL statement", 2)[0];
  }
}
