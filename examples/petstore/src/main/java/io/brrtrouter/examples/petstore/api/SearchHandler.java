package io.brrtrouter.examples.petstore.api;

import static io.brrtrouter.examples.petstore.api.Replies.texts;

import io.brrtrouter.examples.petstore.shop.Item;
import io.brrtrouter.examples.petstore.shop.Json;
import io.brrtrouter.examples.petstore.shop.Pet;
import io.brrtrouter.examples.petstore.shop.Shop;
import io.brrtrouter.server.decode.Parameters;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The search over pets and items. */
public final class SearchHandler {
  private static final double SHOP_LATITUDE = 52.52;
  private static final double SHOP_LONGITUDE = 13.405;
  private static final double EARTH_RADIUS_KM = 6371;
  private static final double DEFAULT_RADIUS_KM = 10;

  private final Shop shop;

  /**
   * Takes care of searches.
   *
   * @param shop the shop
   */
  public SearchHandler(Shop shop) {
    this.shop = shop;
  }

  /**
   * Adds the handler.
   *
   * @param server the server to be
   */
  public void addTo(BrrtServer.Builder server) {
    server.handler("search", this::search);
  }

  private HttpResponse search(Request request) {
    Parameters query = request.queryParameters();
    String words = query.text("q").orElse("");
    request
        .cookieParameters()
        .text("session")
        .filter(_ -> !words.isEmpty())
        .ifPresent(session -> shop.sessions().remember(session, words));

    Wishes wishes = Wishes.of(request);
    List<String> order = texts(query.elements("sort"));
    ObjectNode found = JsonNodeFactory.instance.objectNode();
    found.set("pets", PetJson.of(sorted(wishes.pets(shop), order, Pet::name, Pet::price)));
    found.set("items", Json.of(sorted(wishes.items(shop), order, Item::name, Item::price)));
    query.text("back").ifPresent(back -> found.put("back", back));

    HttpResponse response = HttpResponse.json(200, found);
    return request
        .headerParameters()
        .text("X-Trace-Id")
        .map(trace -> response.withHeader("X-Trace-Id", trace))
        .orElse(response);
  }

  private static <T> List<T> sorted(
      List<T> all, List<String> order, Function<T, String> name, Function<T, BigDecimal> price) {
    Comparator<T> comparator = (_, _) -> 0;
    for (String property : order) {
      Comparator<T> next =
          property.endsWith("name") ? Comparator.comparing(name) : Comparator.comparing(price);
      comparator = comparator.thenComparing(property.startsWith("-") ? next.reversed() : next);
    }
    return all.stream().sorted(comparator).toList();
  }

  /** What a customer is looking for. */
  private record Wishes(
      String words,
      List<String> species,
      List<String> colors,
      Set<Long> seen,
      JsonNode filter,
      boolean closeEnough) {

    static Wishes of(Request request) {
      Parameters query = request.queryParameters();
      return new Wishes(
          query.text("q").orElse("").toLowerCase(Locale.ROOT),
          texts(query.elements("species")),
          texts(query.elements("colors")),
          request.cookieParameters().elements("seen").stream()
              .map(JsonNode::asLong)
              .collect(Collectors.toSet()),
          orMissing(query.node("filter")),
          isCloseEnough(orMissing(query.node("near"))));
    }

    private static JsonNode orMissing(@Nullable JsonNode value) {
      return value == null ? MissingNode.getInstance() : value;
    }

    List<Pet> pets(Shop shop) {
      return shop.pets()
          .matching(pet ->
              closeEnough
                  && matches(pet.name(), pet.price(), pet.color())
                  && (species.isEmpty() || species.contains(pet.species()))
                  && !seen.contains(pet.id())
                  && isYoungEnough(pet));
    }

    List<Item> items(Shop shop) {
      boolean petsOnly = !species.isEmpty() || filter.has("born_after");
      return shop.items()
          .matching(item ->
              closeEnough
                  && !petsOnly
                  && matches(item.name(), item.price(), Optional.ofNullable(item.color())));
    }

    private boolean matches(String name, BigDecimal price, Optional<String> color) {
      return name.toLowerCase(Locale.ROOT).contains(words)
          && (colors.isEmpty() || color.filter(colors::contains).isPresent())
          && price.compareTo(bound("min_price", BigDecimal.ZERO)) >= 0
          && price.compareTo(bound("max_price", price)) <= 0;
    }

    private BigDecimal bound(String name, BigDecimal otherwise) {
      return filter.has(name) ? filter.path(name).decimalValue() : otherwise;
    }

    private boolean isYoungEnough(Pet pet) {
      String after = filter.path("born_after").asString("");
      return after.isEmpty()
          || pet.birthDate().filter(date -> date.compareTo(after) > 0).isPresent();
    }

    private static boolean isCloseEnough(JsonNode place) {
      if (place.isMissingNode()) {
        return true;
      }
      double distance =
          distance(place.path("latitude").asDouble(), place.path("longitude").asDouble());
      return distance <= place.path("radius_km").asDouble(DEFAULT_RADIUS_KM);
    }

    /** Along a great circle from the shop, in kilometres. */
    private static double distance(double latitude, double longitude) {
      double a = Math.toRadians(SHOP_LATITUDE);
      double b = Math.toRadians(latitude);
      double angle = Math.toRadians(longitude - SHOP_LONGITUDE);
      double cosine = Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(angle);
      return EARTH_RADIUS_KM * Math.acos(Math.clamp(cosine, -1, 1));
    }
  }
}
