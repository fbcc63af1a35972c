package io.brrtrouter.outbound;

import java.sql.SQLException;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
    named = TestDatabase.POSTGRES_VARIABLE,
    matches = "jdbc:.*",
    disabledReason =
        "BRRT_POSTGRES_URL names no PostgreSQL; docs/local-development.md says how to have one")
class DeliveriesOnPostgresTest extends DeliveriesContract {
  @Override
  TestDatabase database() throws SQLException {
    return TestDatabase.postgres();
  }
}
