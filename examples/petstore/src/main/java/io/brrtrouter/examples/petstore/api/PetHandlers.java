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
import io.brrtrouter.examples.petstore.shop.PetFilter;
import io.brrtrouter.examples.petstore.shop.Pets;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Operations on pets. */
final class PetHandlers {
  private static final Map<ComparePetsXDisplayCurrency, BigDecimal> EUROS_TO_ONE =
      Map.of(
          ComparePetsXDisplayCurrency.EUR, BigDecimal.ONE,
          ComparePetsXDisplayCurrency.USD, new BigDecimal("1.08"),
          ComparePetsXDisplayCurrency.GBP, new BigDecimal("0.85"));

  /** As the document says. */
  private static final int MOST_BY_STATUS = 100;

  private final Pets pets;

  PetHandlers(Pets pets) {
    this.pets = pets;
  }

  ListPetsResponse list(ListPetsRequest request) {
    PetFilter wanted =
        new PetFilter(
            null,
            said(request.status()),
            Objects.requireNonNullElse(request.tags(), List.of()),
            null);
    Pets.Page page = pets.page(List.of(wanted), request.offset(), request.limit());
    return new ListPetsResponse.Ok(PetViews.of(page.pets()), page.total());
  }

  AddPetResponse add(AddPetRequest request) {
    Pet pet = pets.add(request.body());
    return new AddPetResponse.Created(PetViews.of(pet), "/pets/" + pet.id(), tag(pet));
  }

  QueryPetsResponse query(QueryPetsRequest request) {
    PetQuestion question = request.body();
    List<PetFilter> anyOf = question.anyOf().stream().map(PetHandlers::filter).toList();
    Pets.Page page = pets.page(anyOf, 0, question.limit());
    return new QueryPetsResponse.Ok(PetViews.of(page.pets()), page.total());
  }

  /** All parts of the condition must hold. */
  private static PetFilter filter(PetQuestionAnyOfItem parts) {
    return new PetFilter(
        parts.species(), said(parts.status()), said(parts.tag()), parts.maxPrice());
  }

  private static <T> List<T> said(@Nullable T value) {
    return value == null ? List.of() : List.of(value);
  }

  FindPetsByStatusResponse findByStatus(FindPetsByStatusRequest request) {
    PetFilter wanted = new PetFilter(null, request.status(), List.of(), null);
    Pets.Page first = pets.page(List.of(wanted), 0, MOST_BY_STATUS);
    return new FindPetsByStatusResponse.Ok(PetViews.of(first.pets()));
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
