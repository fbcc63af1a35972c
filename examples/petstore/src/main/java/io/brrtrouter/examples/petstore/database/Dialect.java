package io.brrtrouter.examples.petstore.database;

import java.sql.Connection;
import java.sql.SQLException;

/** What H2 and PostgreSQL say differently; all other SQL is the same for both. */
enum Dialect {
  /** H2, embedded. */
  H2("blob", "varchar", "select next value for %s"),
  /** PostgreSQL. */
  POSTGRESQL("bytea", "varchar collate \"C\"", "select nextval('%s')");

  private final String octets;
  private final String sortable;
  private final String next;

  Dialect(String octets, String sortable, String next) {
    this.octets = octets;
    this.sortable = sortable;
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

  /**
   * {@return a statement of a migration, which says {@code octets} for any number of bytes, and
   * {@code sortable} for a text whose order is that of its characters' numbers, in every locale}
   */
  String adapt(String statement) {
    return statement.replaceAll("\\boctets\\b", octets).replaceAll("\\bsortable\\b", sortable);
  }

  /** {@return the query for the next number of a sequence} */
  String next(String sequence) {
    return next.formatted(sequence);
  }
}
