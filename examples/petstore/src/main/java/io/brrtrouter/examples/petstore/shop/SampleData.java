package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.generated.codec.ItemCodec;
import io.brrtrouter.examples.petstore.generated.codec.PetInputCodec;
import io.brrtrouter.examples.petstore.generated.model.Address;
import io.brrtrouter.examples.petstore.generated.model.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What is in the shop when it opens. */
final class SampleData {
  private static final UUID BALL = UUID.fromString("7d3e2a1c-5b4f-4c8e-9a6d-1f2e3d4c5b6a");
  private static final UUID BED = UUID.fromString("a0e8d7c6-b5a4-4392-8170-6f5e4d3c2b1a");

  private SampleData() {}

  static void fill(Shop shop) {
    users(shop.users());
    Json.list(PetInputCodec.INSTANCE, text("pets.json")).forEach(shop.pets()::add);
    items(shop);
    orders(shop.orders());
    shop.settings()
        .putAll(Map.of("accept_orders", true, "show_prices", true, "holiday_mode", false));
    shop.files()
        .put(
            "price-list",
            "price-list.csv",
            "text/csv",
            "name,price\nBall,4.90\nBird seed,6.75\n".getBytes(StandardCharsets.UTF_8),
            Map.of("edition", "spring"));
    shop.photos()
        .add(
            1001,
            List.of(
                new Photos.Added(
                    new Photo(0, "image/png", 0, 0, "Rex", null, "ada"),
                    Picture.of(resource("paw.png")))));
  }

  private static void users(Users users) {
    users.add(new User("ada", "Ada Lovelace", "ada@petstore.example", null));
    users.add(new User("alan", "Alan Turing", null, null));
    users.add(new User("grace", "Grace Hopper", "grace@petstore.example", null));
    users.add(new User("katherine", "Katherine Johnson", "katherine@petstore.example", null));
    users.write("ada", "Hello", "I have **no pet** yet. What would you recommend?");
    users.write("ada", "Three weeks with Rex", "He has learned to open the fridge.");
    users.write("grace", "The cat is fine", "I looked into the box.");
  }

  private static void items(Shop shop) {
    int shelf = 1;
    for (Item item : Json.list(ItemCodec.INSTANCE, text("items.json"))) {
      UUID id = Objects.requireNonNull(item.id());
      shop.items().put(id, item);
      shop.warehouse().put(new Warehouse.Box(1, shelf++, 1), id);
    }
    shop.warehouse().put(new Warehouse.Box(2, 1, 4), BALL);
    shop.warehouse().put(new Warehouse.Box(2, 1, 4), BED);
  }

  private static void orders(Orders orders) {
    Order order =
        orders.place(
            new Order.Basket(
                "katherine",
                List.of(new Order.Line.OfPet(1008), new Order.Line.OfItem(BALL, 2)),
                false,
                null,
                new Address("7 Orbit Road", "Hampton", "23669", "US"),
                null));
    orders.pay(order.id(), false);
  }

  private static String text(String name) {
    return new String(resource(name), StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) {
    try (InputStream in = SampleData.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
