package io.brrtrouter.examples.petstore;

import io.brrtrouter.examples.petstore.api.Handlers;
import io.brrtrouter.examples.petstore.api.RefusalFilter;
import io.brrtrouter.examples.petstore.api.Webhooks;
import io.brrtrouter.examples.petstore.database.Connections;
import io.brrtrouter.examples.petstore.shop.Shop;
import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.DeclaredSetting;
import io.brrtrouter.server.runtime.Resources;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/** A pet store that shows every feature of the server. */
public final class PetStore implements BrrtApplication {
  /** A shop that opens when it is configured. */
  public PetStore() {}

  /**
   * Serves the pet store.
   *
   * @param args {@code --port}, {@code --host} and {@code --config}
   */
  public static void main(String[] args) {
    BrrtApplication.run(new PetStore(), Path.of("openapi.yaml"), args);
  }

  @Override
  public List<DeclaredSetting> settings() {
    return Stream.of(Connections.settings(), Webhooks.settings()).flatMap(List::stream).toList();
  }

  @Override
  public void configure(BrrtServer.Builder server, Resources resources) {
    Shop shop = Connections.open(resources, pool -> Shop.open(Connections.traced(pool)));
    Webhooks webhooks = Connections.open(resources, pool -> Webhooks.open(resources, shop, pool));
    server.filter(new RefusalFilter());
    new Handlers(shop, webhooks, clock(resources)).register(server);
  }

  /** Closed before the pool of connections, which was opened before. */
  private static ScheduledExecutorService clock(Resources resources) {
    return resources.get(
        "clock",
        ScheduledExecutorService.class,
        () ->
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("shop-clock").daemon().factory()));
  }
}
