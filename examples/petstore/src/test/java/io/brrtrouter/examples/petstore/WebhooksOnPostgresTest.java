package io.brrtrouter.examples.petstore;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** On PostgreSQL. */
@EnabledIfEnvironmentVariable(
    named = TestDatabase.POSTGRES_VARIABLE,
    matches = ".+",
    disabledReason = TestDatabase.NO_POSTGRES)
class WebhooksOnPostgresTest extends SentWebhooks {
  WebhooksOnPostgresTest() {
    super(TestDatabase.postgres());
  }
}
