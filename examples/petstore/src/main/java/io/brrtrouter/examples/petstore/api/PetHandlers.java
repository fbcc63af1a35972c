package io.brrtrouter.examples.petstore.api;

import static io.brrtrouter.examples.petstore.api.Replies.body;
import static io.brrtrouter.examples.petstore.api.Replies.noContent;
import static io.brrtrouter.examples.petstore.api.Replies.ok;
import static io.brrtrouter.examples.petstore.api.Replies.page;
import static io.brrtrouter.examples.petstore.api.Replies.texts;

import io.brrtrouter.examples.petstore.shop.Pet;
import io.brrtrouter.examples.petstore.shop.Pets;
import io.brrtrouter.server.decode.Parameters;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Operations on pets. */
public final class PetHandlers {
  /** Euros to one of each. */
  private static final Map<String, BigDecimal> RATES =
      Map.of("EUR", BigDecimal.ONE, "USD", new BigDecimal("1.08"), "GBP", new BigDecimal("0.85"));

  private final Pets pets;

  /**
   * Takes care of pets.
   *
   * @param pets the pets
   */
  public PetHandlers(Pets pets) {
    this.pets = pets;
  }

  /**
   * Adds the handlers.
   *
   * @param server the server to be
   */
  public void addTo(BrrtServer.Builder server) {
    server
        .handler("list_pets", this::list)
        .handler("add_pet", this::add)
        .handler("query_pets", this::query)
        .handler("find_pets_by_status", this::findByStatus)
        .handler("get_pet", this::get)
        .handler("replace_pet", this::replace)
        .handler("update_pet", this::update)
        .handler("delete_pet", this::delete)
        .handler("compare_pets", this::compare);
  }

  private HttpResponse list(Request request) {
    Parameters query = request.queryParameters();
    List<String> tags = texts(query.elements("tags"));
    Predicate<Pet> wanted = pet -> pet.tags().containsAll(tags);
    List<Pet> matching =
        pets.matching(
            query
                .text("status")
                .map(status -> wanted.and(pet -> pet.status().equals(status)))
                .orElse(wanted));
    return counted(matching, page(matching, request));
  }

  private static HttpResponse counted(List<Pet> all, List<Pet> shown) {
    return HttpResponse.json(200, PetJson.of(shown))
        .withHeader("X-Total-Count", String.valueOf(all.size()));
  }

  private HttpResponse add(Request request) {
    Pet pet = pets.add((ObjectNode) body(request));
    return tagged(201, pet).withHeader("Location", "/pets/" + pet.id());
  }

  private HttpResponse query(Request request) {
    JsonNode question = body(request);
    Predicate<Pet> wanted =
        question
            .path("any_of")
            .valueStream()
            .map(PetHandlers::condition)
            .reduce(_ -> false, Predicate::or);
    List<Pet> matching = pets.matching(wanted);
    long limit = question.path("limit").asLong(20);
    return counted(matching, matching.stream().limit(limit).toList());
  }

  /** All parts of the condition must hold. */
  private static Predicate<Pet> condition(JsonNode parts) {
    Predicate<Pet> condition = _ -> true;
    for (Map.Entry<String, JsonNode> part : parts.properties()) {
      JsonNode value = part.getValue();
      condition =
          condition.and(
              switch (part.getKey()) {
                case "species" -> pet -> pet.species().equals(value.asString());
                case "status" -> pet -> pet.status().equals(value.asString());
                case "tag" -> pet -> pet.tags().contains(value.asString());
                case "max_price" -> pet -> pet.price().compareTo(value.decimalValue()) <= 0;
                default -> throw new IllegalStateException("no such condition in the document");
              });
    }
    return condition;
  }

  private HttpResponse findByStatus(Request request) {
    List<String> states = texts(request.queryParameters().elements("status"));
    List<Pet> matching = pets.matching(pet -> states.contains(pet.status()));
    return HttpResponse.json(200, PetJson.of(matching));
  }

  private HttpResponse get(Request request) {
    Pet pet = pets.get(id(request));
    boolean known =
        request.headerParameters().text("If-None-Match").filter(tag(pet)::equals).isPresent();
    return known ? HttpResponse.of(304).withHeader("ETag", tag(pet)) : tagged(200, pet);
  }

  private HttpResponse replace(Request request) {
    OptionalInt basedOn =
        request
            .headerParameters()
            .text("If-Match")
            .map(tag -> OptionalInt.of(version(tag)))
            .orElse(OptionalInt.empty());
    return tagged(200, pets.replace(id(request), basedOn, (ObjectNode) body(request)));
  }

  private HttpResponse update(Request request) {
    return tagged(200, pets.patch(id(request), body(request)));
  }

  private HttpResponse delete(Request request) {
    pets.remove(id(request));
    return noContent();
  }

  private HttpResponse compare(Request request) {
    JsonNode display = request.headerParameters().node("X-Display");
    String currency = display == null ? "EUR" : display.path("currency").asString("EUR");
    int decimals = display == null ? 2 : display.path("decimals").asInt(2);
    List<Pet> compared =
        request.pathParameters().elements("ids").stream().map(id -> pets.get(id.asLong())).toList();
    Map<String, String> prices = new TreeMap<>();
    for (Pet pet : compared) {
      BigDecimal price = pet.price().multiply(RATES.get(currency));
      prices.put(
          String.valueOf(pet.id()),
          currency + " " + price.setScale(decimals, RoundingMode.HALF_UP));
    }
    Pet cheapest = compared.stream().min(Comparator.comparing(Pet::price)).orElseThrow();
    return ok(new Comparison(cheapest.id(), prices));
  }

  /** Prices by number of the pet. */
  private record Comparison(long cheapest, Map<String, String> prices) {}

  private static long id(Request request) {
    return request.pathParameters().integer("id").orElseThrow();
  }

  private static HttpResponse tagged(int status, Pet pet) {
    return HttpResponse.json(status, PetJson.of(pet)).withHeader("ETag", tag(pet));
  }

  private static String tag(Pet pet) {
    return "\"" + pet.version() + "\"";
  }

  /** A tag that is none of ours names no version there ever was. */
  private static int version(String tag) {
    String digits = tag.replace("\"", "");
    return digits.chars().allMatch(Character::isDigit) && digits.length() < 9 && !digits.isEmpty()
        ? Integer.parseInt(digits)
        : 0;
  }
}
