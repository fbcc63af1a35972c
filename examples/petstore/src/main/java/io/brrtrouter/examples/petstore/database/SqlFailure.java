package io.brrtrouter.examples.petstore.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells by its SQLSTATE what a failure means. */
final class SqlFailure {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.examples.petstore");

  /**
   * Serialization failure; deadlock; lock timeout (H2). A constraint counts too: transactions look
   * before they write, so it means that somebody wrote in between, and another look tells what.
   */
  private static final Set<String> OVERTAKEN =
      Set.of("40001", "40P01", "HYT00", "23503", "23505", "23506");

  /** Connection exceptions, lack of resources, interventions of an operator, system errors. */
  private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57", "58");

  /** H2: connection broken; closed; closing; to be used by somebody else alone. */
  private static final Set<String> UNAVAILABLE = Set.of("90067", "90098", "90121", "90135");

  private static final String TOO_LONG = "22001";

  private SqlFailure() {}

  /** {@return what to throw instead} */
  static RuntimeException of(SQLException failure) {
    if (isOvertaken(failure)) {
      return new Overtaken(failure);
    }
    if (TOO_LONG.equals(failure.getSQLState())) {
      return new UnstorableText("The shop cannot keep a text this long.");
    }
    if (isOutage(failure)) {
      LOG.warn("the database is not available: {}", failure.getMessage());
      return new DatabaseUnavailable("The database is not available.", failure);
    }
    return new IllegalStateException(failure);
  }

  /** {@return whether somebody else was faster, and another attempt may succeed} */
  static boolean isOvertaken(SQLException failure) {
    return OVERTAKEN.contains(String.valueOf(failure.getSQLState()));
  }

  /** {@return whether the connection it happened on is of no more use} */
  static boolean isOutage(SQLException failure) {
    return isConnection(failure) || isUnavailable(String.valueOf(failure.getSQLState()));
  }

  private static boolean isConnection(SQLException failure) {
    return Stream.iterate((Throwable) failure, each -> each != null, Throwable::getCause)
        .anyMatch(each ->
            each instanceof SQLTransientConnectionException
                || each instanceof SQLNonTransientConnectionException);
  }

  private static boolean isUnavailable(String state) {
    return UNAVAILABLE.contains(state)
        || (state.length() == 5 && UNAVAILABLE_CLASSES.contains(state.substring(0, 2)));
  }
}
