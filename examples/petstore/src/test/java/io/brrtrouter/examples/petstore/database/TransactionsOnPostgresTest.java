package io.brrtrouter.examples.petstore.database;

import io.brrtrouter.examples.petstore.TestDatabase;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** On PostgreSQL. */
@EnabledIfEnvironmentVariable(
    named = TestDatabase.POSTGRES_VARIABLE,
    matches = ".+",
    disabledReason = TestDatabase.NO_POSTGRES)
class TransactionsOnPostgresTest extends Transactions {
  TransactionsOnPostgresTest() {
    super(TestDatabase.postgres());
  }
}
