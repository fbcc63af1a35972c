package io.brrtrouter.examples.petstore.api;

import static io.brrtrouter.examples.petstore.api.Replies.body;
import static io.brrtrouter.examples.petstore.api.Replies.ok;

import io.brrtrouter.examples.petstore.shop.Adoption;
import io.brrtrouter.examples.petstore.shop.Adoptions;
import io.brrtrouter.examples.petstore.shop.Json;
import io.brrtrouter.examples.petstore.shop.Refusal;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Operations on adoptions. Whether the answers are in order is for the document to say. */
public final class AdoptionHandlers {
  private final Adoptions adoptions;

  /**
   * Takes care of adoptions.
   *
   * @param adoptions the adoptions
   */
  public AdoptionHandlers(Adoptions adoptions) {
    this.adoptions = adoptions;
  }

  /**
   * Adds the handlers.
   *
   * @param server the server to be
   */
  public void addTo(BrrtServer.Builder server) {
    server.handler("get_adoption", this::get).handler("apply_for_adoption", this::apply);
  }

  private HttpResponse get(Request request) {
    return ok(View.of(adoptions.of(pet(request))));
  }

  private HttpResponse apply(Request request) {
    JsonNode answers = body(request);
    List<Integer> household = answers.path("household").valueStream().map(JsonNode::asInt).toList();
    Adoption adoption =
        adoptions.apply(
            pet(request), answers.path("applicant").asString(), household, signature(answers));
    return HttpResponse.json(202, Json.of(View.of(adoption)))
        .withHeader("Location", "/pets/" + adoption.pet() + "/adoption");
  }

  /** JSON Schema describes how content is encoded, and leaves decoding to whoever reads it. */
  private static byte @Nullable [] signature(JsonNode answers) {
    try {
      return answers
          .path("signature")
          .stringValueOpt()
          .map(Base64.getDecoder()::decode)
          .orElse(null);
    } catch (IllegalArgumentException broken) {
      throw new Refusal(Refusal.Reason.SENSELESS, "The signature is no Base64.");
    }
  }

  private static long pet(Request request) {
    return request.pathParameters().integer("id").orElseThrow();
  }

  /** An application as everybody may see it: ages and signature stay in the shop. */
  private record View(
      long pet, String applicant, int adults, int children, boolean signed, Instant receivedAt) {

    static View of(Adoption adoption) {
      return new View(
          adoption.pet(),
          adoption.applicant(),
          adoption.adults(),
          adoption.children(),
          adoption.signature() != null,
          adoption.receivedAt());
    }
  }
}
