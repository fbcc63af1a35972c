package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.generated.api.SearchRequest;
import io.brrtrouter.examples.petstore.generated.api.SearchResponse;
import io.brrtrouter.examples.petstore.generated.model.Color;
import io.brrtrouter.examples.petstore.generated.model.Item;
import io.brrtrouter.examples.petstore.generated.model.Place;
import io.brrtrouter.examples.petstore.generated.model.SearchFilter;
import io.brrtrouter.examples.petstore.generated.model.SearchResult;
import io.brrtrouter.examples.petstore.generated.model.SearchSortItem;
import io.brrtrouter.examples.petstore.generated.model.Species;
import io.brrtrouter.examples.petstore.shop.Pet;
import io.brrtrouter.examples.petstore.shop.Shop;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The search over pets and items. */
final class Searches {
  private static final double SHOP_LATITUDE = 52.52;
  private static final double SHOP_LONGITUDE = 13.405;
  private static final double EARTH_RADIUS_KM = 6371;

  private final Shop shop;

  Searches(Shop shop) {
    this.shop = shop;
  }

  SearchResponse search(SearchRequest request) {
    if (request.session() != null && !request.q().isEmpty()) {
      shop.sessions().remember(request.session(), request.q());
    }
    Wishes wishes = Wishes.of(request);
    List<Pet> pets = sorted(wishes.pets(shop), request.sort(), Pet::name, Pet::price);
    List<Item> items = sorted(wishes.items(shop), request.sort(), Item::name, Item::price);
    return new SearchResponse.Ok(
        new SearchResult(PetViews.of(pets), items, request.back()), request.xTraceId());
  }

  private static <T> List<T> sorted(
      List<T> all,
      List<SearchSortItem> order,
      Function<T, String> name,
      Function<T, BigDecimal> price) {
    Comparator<T> comparator = (_, _) -> 0;
    for (SearchSortItem property : order) {
      comparator =
          comparator.thenComparing(
              switch (property) {
                case NAME -> Comparator.comparing(name);
                case MINUS_NAME -> Comparator.comparing(name).reversed();
                case PRICE -> Comparator.comparing(price);
                case MINUS_PRICE -> Comparator.comparing(price).reversed();
              });
    }
    return all.stream().sorted(comparator).toList();
  }

  /** What a customer is looking for. */
  private record Wishes(
      String words,
      List<Species> species,
      List<Color> colors,
      List<Long> seen,
      SearchFilter filter,
      boolean closeEnough) {

    static Wishes of(SearchRequest request) {
      return new Wishes(
          request.q().toLowerCase(Locale.ROOT),
          Objects.requireNonNullElse(request.species(), List.of()),
          Objects.requireNonNullElse(request.colors(), List.of()),
          Objects.requireNonNullElse(request.seen(), List.of()),
          request.filter() == null ? SearchFilter.builder().build() : request.filter(),
          isCloseEnough(request.near()));
    }

    List<Pet> pets(Shop shop) {
      return shop.pets()
          .matching(pet ->
              closeEnough
                  && matches(pet.name(), pet.price(), pet.color())
                  && isWanted(pet.species())
                  && !seen.contains(pet.id())
                  && isYoungEnough(pet));
    }

    List<Item> items(Shop shop) {
      boolean petsOnly = !species.isEmpty() || filter.bornAfter() != null;
      return shop.items()
          .matching(item ->
              closeEnough
                  && !petsOnly
                  && matches(item.name(), item.price(), Optional.ofNullable(item.color())));
    }

    private boolean matches(String name, BigDecimal price, Optional<Color> color) {
      return name.toLowerCase(Locale.ROOT).contains(words)
          && (colors.isEmpty() || color.filter(colors::contains).isPresent())
          && (filter.minPrice() == null || price.compareTo(filter.minPrice()) >= 0)
          && (filter.maxPrice() == null || price.compareTo(filter.maxPrice()) <= 0);
    }

    private boolean isWanted(String kind) {
      return species.isEmpty() || species.stream().anyMatch(each -> each.value().equals(kind));
    }

    private boolean isYoungEnough(Pet pet) {
      return filter.bornAfter() == null
          || pet.birthDate().filter(date -> date.isAfter(filter.bornAfter())).isPresent();
    }

    private static boolean isCloseEnough(@Nullable Place place) {
      return place == null || distance(place.latitude(), place.longitude()) <= place.radiusKm();
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
