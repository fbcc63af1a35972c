package io.brrtrouter.examples.petstore;

import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.DeclaredSetting;
import io.brrtrouter.server.runtime.Resources;
import java.util.List;

/** The pet store in a PostgreSQL, in a schema that goes with its server. */
final class OnPostgres implements BrrtApplication {
  private final TestDatabase database = TestDatabase.postgres();

  @Override
  public List<DeclaredSetting> settings() {
    return database.settings();
  }

  @Override
  public void configure(BrrtServer.Builder server, Resources resources) {
    // Before the pool, and so closed after it.
    resources.get("schema", TestDatabase.class, () -> database);
    ExampleKeys.verifyWith(server);
    new PetStore().configure(server, resources);
  }
}
