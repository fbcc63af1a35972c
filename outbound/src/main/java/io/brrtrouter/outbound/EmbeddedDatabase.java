package io.brrtrouter.outbound;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/** An H2 in a file or in memory of this process, for applications without a database. */
final class EmbeddedDatabase implements Database {
  /**
   * Threads of requests write to it, and are interrupted when they are past their deadline: that
   * closes a plain file channel for everybody, and leaves an asynchronous one alone.
   */
  private static final String URL = "jdbc:h2:async:";

  /** In place of a file: a database of its own, gone when it is closed. */
  static final String MEMORY = ":memory:";

  private static final String IN_MEMORY = "jdbc:h2:mem:brrt-deliveries-";

  /**
   * What is committed is on the disk: otherwise a process that is killed loses half a second. And
   * H2 does not close it when the process is told to end, before attempts have.
   */
  private static final String DURABLE = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

  /** What H2 says of a file that another process has. */
  private static final int ALREADY_OPEN = 90_020;

  private final String url;

  /** Keeps it open: otherwise it would be read anew each time. */
  private final Connection kept;

  private volatile boolean closed;

  private EmbeddedDatabase(String url, Connection kept) {
    this.url = url;
    this.kept = kept;
  }

  static EmbeddedDatabase open(String file) {
    String url =
        file.equals(MEMORY)
            ? IN_MEMORY + UUID.randomUUID()
            : URL + Path.of(file).toAbsolutePath() + DURABLE;
    if (DriverManager.drivers().noneMatch(driver -> accepts(driver, url))) {
      throw new IllegalStateException(
          "deliveries are kept in a file by H2, whose driver is not on the class path; add"
              + " com.h2database:h2, or give Deliveries the DataSource of another database");
    }
    try {
      return new EmbeddedDatabase(url, DriverManager.getConnection(url));
    } catch (SQLException failure) {
      if (failure.getErrorCode() == ALREADY_OPEN) {
        throw new IllegalStateException(
            "the deliveries in "
                + file
                + " (outbound.database) are open in another process, an instance that runs already;"
                + " give this one another file, or all of them the DataSource of one database",
            failure);
      }
      throw new IllegalStateException(
          "the deliveries in "
              + file
              + " (outbound.database) cannot be opened: "
              + failure.getMessage(),
          failure);
    }
  }

  private static boolean accepts(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException none) {
      return false;
    }
  }

  @Override
  public Connection connect() throws SQLException {
    if (closed) { // it would be opened anew
      throw new SQLException("the log of deliveries is closed");
    }
    return DriverManager.getConnection(url);
  }

  @Override
  public void close() {
    closed = true;
    try {
      kept.close();
    } catch (SQLException failure) {
      throw new IllegalStateException("the log of deliveries cannot be closed", failure);
    }
  }
}
