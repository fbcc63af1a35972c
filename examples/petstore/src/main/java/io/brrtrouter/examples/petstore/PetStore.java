package io.brrtrouter.examples.petstore;

import io.brrtrouter.examples.petstore.api.AdminHandlers;
import io.brrtrouter.examples.petstore.api.AdoptionHandlers;
import io.brrtrouter.examples.petstore.api.FigureHandlers;
import io.brrtrouter.examples.petstore.api.ItemHandlers;
import io.brrtrouter.examples.petstore.api.OrderHandlers;
import io.brrtrouter.examples.petstore.api.PetHandlers;
import io.brrtrouter.examples.petstore.api.PhotoHandlers;
import io.brrtrouter.examples.petstore.api.RefusalFilter;
import io.brrtrouter.examples.petstore.api.SearchHandler;
import io.brrtrouter.examples.petstore.api.UserHandlers;
import io.brrtrouter.examples.petstore.api.WarehouseHandlers;
import io.brrtrouter.examples.petstore.shop.Shop;
import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.Resources;
import java.nio.file.Path;

/** A pet store that shows every feature of the server. */
public final class PetStore implements BrrtApplication {
  private final Shop shop = Shop.withGoods();

  /** Opens a shop of its own, with goods. */
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
  public void configure(BrrtServer.Builder server, Resources resources) {
    server.filter(new RefusalFilter());
    new PetHandlers(shop.pets()).addTo(server);
    new AdoptionHandlers(shop.adoptions()).addTo(server);
    new SearchHandler(shop).addTo(server);
    new PhotoHandlers(shop.photos()).addTo(server);
    new ItemHandlers(shop.items()).addTo(server);
    new OrderHandlers(shop).addTo(server);
    new UserHandlers(shop.users(), shop.sessions()).addTo(server);
    new WarehouseHandlers(shop).addTo(server);
    new FigureHandlers(shop).addTo(server);
    new AdminHandlers(shop).addTo(server);
  }
}
