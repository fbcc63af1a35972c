package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.generated.api.SearchRequest;
import io.brrtrouter.examples.petstore.generated.api.SearchResponse;
import io.brrtrouter.examples.petstore.generated.model.Item;
import io.brrtrouter.examples.petstore.generated.model.Place;
import io.brrtrouter.examples.petstore.generated.model.SearchFilter;
import io.brrtrouter.examples.petstore.generated.model.SearchResult;
import io.brrtrouter.examples.petstore.shop.Pet;
import io.brrtrouter.examples.petstore.shop.Shop;
import io.brrtrouter.examples.petstore.shop.Wish;
import java.util.List;
import java.util.Objects;
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
    Wish wish =
        new Wish(
            request.q(),
            said(request.species()),
            said(request.colors()),
            said(request.seen()),
            request.filter() == null ? SearchFilter.builder().build() : request.filter(),
            request.sort());
    // Of what is too far away nothing is shown.
    int limit = isCloseEnough(request.near()) ? request.limit() : 0;
    List<Pet> pets = shop.pets().search(wish, request.offset(), limit);
    List<Item> items = shop.items().search(wish, request.offset(), limit);
    return new SearchResponse.Ok(
        new SearchResult(PetViews.of(pets), items, request.back()), request.xTraceId());
  }

  private static <T> List<T> said(@Nullable List<T> values) {
    return Objects.requireNonNullElse(values, List.of());
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
