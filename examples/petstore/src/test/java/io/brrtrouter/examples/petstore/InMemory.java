package io.brrtrouter.examples.petstore;

import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.DeclaredSetting;
import io.brrtrouter.server.runtime.Resources;
import java.util.List;

/** The pet store in a database that lives as long as its server. */
final class InMemory implements BrrtApplication {
  private final TestDatabase database = TestDatabase.h2();

  @Override
  public List<DeclaredSetting> settings() {
    return database.settings();
  }

  @Override
  public void configure(BrrtServer.Builder server, Resources resources) {
    ExampleKeys.verifyWith(server);
    new PetStore().configure(server, resources);
  }
}
