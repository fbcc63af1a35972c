package shop;

import io.brrtrouter.outbound.Receiver;
import io.brrtrouter.outbound.Sender;
import io.brrtrouter.schema.codec.Field;
import io.brrtrouter.schema.codec.FilePart;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import shop.model.AdoptionChangedRequestBody;
import shop.model.AdoptionChangedRequestBodyState;
import shop.model.AdoptionChangedRequestFormBody;
import shop.model.AdoptionChangedRequestMultipartBody;
import shop.model.Pet;
import shop.model.PutPetAddedFilter;
import shop.sender.AdoptionChangedRequest;
import shop.sender.DeleteItRequest;
import shop.sender.PetAddedWebhookRequest;
import shop.sender.PetStoreSenders;
import shop.sender.PutPetAddedRequest;
import shop.sender.RemovedRequest;

/** Sends what the document of the gallery says. */
public final class Shop {
  private static final Receiver RECEIVER = Receiver.of(URI.create("https://example.org/hook?k=v"));

  private Shop() {}

  public static UUID send(String how, Sender sender, Connection transaction) {
    PetStoreSenders senders = new PetStoreSenders(sender);
    return switch (how) {
      case "pet" -> senders.petAdded(RECEIVER, pet("Rex", "north"));
      case "pet with them" -> senders.petAdded(transaction, RECEIVER, pet("Rex", "north"));
      case "long name" -> senders.petAdded(RECEIVER, pet("Maximilian I", "north"));
      case "line break" -> senders.petAdded(RECEIVER, pet("Rex", "a\nb"));
      case "parameters" -> senders.putPetAdded(RECEIVER, parameters());
      case "json" -> changed(senders, json("new"));
      case "long note" -> changed(senders, json("longer"));
      case "no note" -> changed(senders, json("none"));
      case "form" ->
          changed(
              senders,
              new AdoptionChangedRequest.Body.Form(
                  AdoptionChangedRequestFormBody.builder().state("a b&").build()));
      case "parts" ->
          changed(
              senders,
              new AdoptionChangedRequest.Body.Multipart(
                  AdoptionChangedRequestMultipartBody.builder()
                      .state("open")
                      .photo(new FilePart(new byte[] {'1', '2'}, "rex.png", "image/png"))
                      .build()));
      case "text" -> changed(senders, new AdoptionChangedRequest.Body.Text("\u00e9"));
      case "long text" -> changed(senders, new AdoptionChangedRequest.Body.Text("four"));
      case "octets" ->
          changed(
              senders,
              new AdoptionChangedRequest.Body.OctetStream("oo".getBytes(StandardCharsets.UTF_8)));
      case "nothing" -> senders.deleteIt(RECEIVER, new DeleteItRequest());
      case "no body" -> senders.removed(RECEIVER, RemovedRequest.builder().build());
      case "text or null" -> senders.removed(RECEIVER, new RemovedRequest(new Field.Value<>("x")));
      default -> throw new AssertionError(how);
    };
  }

  private static PetAddedWebhookRequest pet(String name, String shop) {
    return PetAddedWebhookRequest.builder()
        .xShop(shop)
        .body(Pet.builder().id(7).name(name).build())
        .build();
  }

  private static PutPetAddedRequest parameters() {
    return PutPetAddedRequest.builder()
        .since(OffsetDateTime.parse("2026-01-02T03:04:05Z"))
        .tags(List.of("a b", "c"))
        .filter(PutPetAddedFilter.builder().a(1L).build())
        .xShop("north")
        .xIds(List.of(1L, 2L))
        .session("s")
        .build();
  }

  private static AdoptionChangedRequest.Body json(String note) {
    return new AdoptionChangedRequest.Body.Json(
        AdoptionChangedRequestBody.builder()
            .state(AdoptionChangedRequestBodyState.OPEN)
            .note(note)
            .build());
  }

  private static UUID changed(PetStoreSenders senders, AdoptionChangedRequest.Body body) {
    return senders.adoptionChanged(RECEIVER, new AdoptionChangedRequest(body));
  }
}
