package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.TestDatabase;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** On PostgreSQL. */
@EnabledIfEnvironmentVariable(
    named = TestDatabase.POSTGRES_VARIABLE,
    matches = ".+",
    disabledReason = TestDatabase.NO_POSTGRES)
class ShopAtOnceOnPostgresTest extends ShopAtOnce {
  ShopAtOnceOnPostgresTest() {
    super(TestDatabase.postgres());
  }
}
