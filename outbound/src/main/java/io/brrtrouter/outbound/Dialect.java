package io.brrtrouter.outbound;

import java.sql.Connection;
import java.sql.SQLException;

/** What databases call differently. */
enum Dialect {
  POSTGRESQL("bytea"),
  H2("varbinary(1048576)");

  private final String octets;

  Dialect(String octets) {
    this.octets = octets;
  }

  String octets() {
    return octets;
  }

  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "PostgreSQL" -> POSTGRESQL;
      case "H2" -> H2;
      default ->
          throw new IllegalStateException(
              "the log of deliveries can be kept in PostgreSQL and H2, not in " + product);
    };
  }
}
