package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.generated.api.AddPetRequest;
import io.brrtrouter.examples.petstore.generated.api.AddPetResponse;
import io.brrtrouter.examples.petstore.generated.api.ComparePetsRequest;
import io.brrtrouter.examples.petstore.generated.api.ComparePetsResponse;
import io.brrtrouter.examples.petstore.generated.api.DeletePetRequest;
import io.brrtrouter.examples.petstore.generated.api.DeletePetResponse;
import io.brrtrouter.examples.petstore.generated.api.FindPetsByStatusRequest;
import io.brrtrouter.examples.petstore.generated.api.FindPetsByStatusResponse;
import io.brrtrouter.examples.petstore.generated.api.GetPetRequest;
import io.brrtrouter.examples.petstore.generated.api.GetPetResponse;
import io.brrtrouter.examples.petstore.generated.api.ListPetsRequest;
import io.brrtrouter.examples.petstore.generated.api.ListPetsResponse;
import io.brrtrouter.examples.petstore.generated.api.QueryPetsRequest;
import io.brrtrouter.examples.petstore.generated.api.QueryPetsResponse;
import io.brrtrouter.examples.petstore.generated.api.ReplacePetRequest;
import io.brrtrouter.examples.petstore.generated.api.ReplacePetResponse;
import io.brrtrouter.examples.petstore.generated.api.UpdatePetRequest;
import io.brrtrouter.examples.petstore.generated.api.UpdatePetResponse;
import io.brrtrouter.examples.petstore.generated.model.ComparePetsResponseBody;
import io.brrtrouter.examples.petstore.generated.model.ComparePetsXDisplay;
import io.brrtrouter.examples.petstore.generated.model.ComparePetsXDisplayCurrency;
import io.brrtrouter.examples.petstore.generated.model.PetQuestion;
import io.brrtrouter.examples.petstore.generated.model.PetQuestionAnyOfItem;
import io.brrtrouter.examples.petstore.shop.Pet;
import io.brrtrouter.examples.petstore.shop.Pets;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Operations on pets. */
final class PetHandlers {
  private static final Map<ComparePetsXDisplayCurrency, BigDecimal> EUROS_TO_ONE =
      Map.of(
          ComparePetsXDisplayCurrency.EUR, BigDecimal.ONE,
          ComparePetsXDisplayCurrency.USD, new BigDecimal("1.08"),
          ComparePetsXDisplayCurrency.GBP, new BigDecimal("0.85"));

  private final Pets pets;

  PetHandlers(Pets pets) {
    this.pets = pets;
  }

  ListPetsResponse list(ListPetsRequest request) {
    List<Pet> matching = pets.matching(pet -> isListed(pet, request));
    List<Pet> page = Pages.page(matching, request.offset(), request.limit());
    return new ListPetsResponse.Ok(PetViews.of(page), matching.size());
  }

  private static boolean isListed(Pet pet, ListPetsRequest request) {
    return (request.status() == null || pet.status() == request.status())
        && (request.tags() == null || pet.tags().containsAll(request.tags()));
  }

  AddPetResponse add(AddPetRequest request) {
    Pet pet = pets.add(request.body());
    return new AddPetResponse.Created(PetViews.of(pet), "/pets/" + pet.id(), tag(pet));
  }

  QueryPetsResponse query(QueryPetsRequest request) {
    PetQuestion question = request.body();
    Predicate<Pet> wanted =
        question.anyOf().stream().map(PetHandlers::condition).reduce(_ -> false, Predicate::or);
    List<Pet> matching = pets.matching(wanted);
    List<Pet> page = Pages.page(matching, 0, question.limit());
    return new QueryPetsResponse.Ok(PetViews.of(page), matching.size());
  }

  /** All parts of the condition must hold. */
  private static Predicate<Pet> condition(PetQuestionAnyOfItem parts) {
    return pet ->
        (parts.species() == null || pet.species().equals(parts.species().value()))
            && (parts.status() == null || pet.status() == parts.status())
            && (parts.tag() == null || pet.tags().contains(parts.tag()))
            && (parts.maxPrice() == null || pet.price().compareTo(parts.maxPrice()) <= 0);
  }

  FindPetsByStatusResponse findByStatus(FindPetsByStatusRequest request) {
    List<Pet> matching = pets.matching(pet -> request.status().contains(pet.status()));
    return new FindPetsByStatusResponse.Ok(PetViews.of(matching));
  }

  GetPetResponse get(GetPetRequest request) {
    Pet pet = pets.get(request.id());
    String tag = tag(pet);
    return tag.equals(request.ifNoneMatch())
        ? new GetPetResponse.NotModified(tag)
        : new GetPetResponse.Ok(PetViews.of(pet), tag);
  }

  ReplacePetResponse replace(ReplacePetRequest request) {
    Pet pet = pets.replace(request.id(), version(request.ifMatch()), request.body());
    return new ReplacePetResponse.Ok(PetViews.of(pet), tag(pet));
  }

  UpdatePetResponse update(UpdatePetRequest request) {
    Pet pet = pets.patch(request.id(), request.body());
    return new UpdatePetResponse.Ok(PetViews.of(pet), tag(pet));
  }

  DeletePetResponse delete(DeletePetRequest request) {
    pets.remove(request.id());
    return new DeletePetResponse.NoContent();
  }

  ComparePetsResponse compare(ComparePetsRequest request) {
    List<Pet> compared = request.ids().stream().map(pets::get).toList();
    ComparePetsXDisplay display =
        request.xDisplay() == null ? ComparePetsXDisplay.builder().build() : request.xDisplay();
    Map<String, String> prices = new TreeMap<>();
    compared.forEach(pet -> prices.put(String.valueOf(pet.id()), price(pet, display)));
    Pet cheapest = compared.stream().min(Comparator.comparing(Pet::price)).orElseThrow();
    return new ComparePetsResponse.Ok(new ComparePetsResponseBody(cheapest.id(), prices));
  }

  private static String price(Pet pet, ComparePetsXDisplay display) {
    BigDecimal price = pet.price().multiply(EUROS_TO_ONE.get(display.currency()));
    return display.currency().value()
        + " "
        + price.setScale(display.decimals(), RoundingMode.HALF_UP);
  }

  private static String tag(Pet pet) {
    return "\"" + pet.version() + "\"";
  }

  /** A tag that is none of ours names no version there ever was. */
  private static OptionalInt version(@Nullable String tag) {
    if (tag == null) {
      return OptionalInt.empty();
    }
    String digits = tag.replace("\"", "");
    boolean isOurs =
        digits.chars().allMatch(Character::isDigit) && digits.length() < 9 && !digits.isEmpty();
    return OptionalInt.of(isOurs ? Integer.parseInt(digits) : 0);
  }
}
