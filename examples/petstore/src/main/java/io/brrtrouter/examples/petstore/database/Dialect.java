package io.brrtrouter.examples.petstore.database;

import java.sql.Connection;
import java.sql.SQLException;

/** What H2 and PostgreSQL say differently; all other SQL is the same for both. */
enum Dialect {
  /** H2, embedded. */
  H2("blob", "select next value for %s"),
  /** PostgreSQL. */
  POSTGRESQL("bytea", "select nextval('%s')");

  private final String octets;
  private final String next;

  Dialect(String octets, String next) {
    this.octets = octets;
    this.next = next;
  }

  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "H2" -> H2;
      case "PostgreSQL" -> POSTGRESQL;
      default -> throw new IllegalStateException("the shop knows no " + product);
    };
  }

  /** {@return a statement of a migration, which says {@code octets} for any number of bytes} */
  String adapt(String statement) {
    return statement.replaceAll("\\boctets\\b", octets);
  }

  /** {@return the query for the next number of a sequence} */
  String next(String sequence) {
    return next.formatted(sequence);
  }
}
