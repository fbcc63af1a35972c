package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.generated.api.ApplyForAdoptionRequest;
import io.brrtrouter.examples.petstore.generated.api.ApplyForAdoptionResponse;
import io.brrtrouter.examples.petstore.generated.api.GetAdoptionRequest;
import io.brrtrouter.examples.petstore.generated.api.GetAdoptionResponse;
import io.brrtrouter.examples.petstore.generated.model.Adoption;
import io.brrtrouter.examples.petstore.generated.model.Questionnaire;
import io.brrtrouter.examples.petstore.shop.Adoptions;
import io.brrtrouter.examples.petstore.shop.Refusal;
import java.time.ZoneOffset;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Operations on adoptions. Whether the answers are in order is for the document to say. */
final class AdoptionHandlers {
  private final Adoptions adoptions;
  private final AdoptionFeed feed;

  AdoptionHandlers(Adoptions adoptions, AdoptionFeed feed) {
    this.adoptions = adoptions;
    this.feed = feed;
  }

  GetAdoptionResponse get(GetAdoptionRequest request) {
    return new GetAdoptionResponse.Ok(view(adoptions.of(request.id())));
  }

  ApplyForAdoptionResponse apply(ApplyForAdoptionRequest request) {
    Questionnaire answers = request.body();
    Adoption adoption =
        view(
            adoptions.apply(
                request.id(),
                answers.applicant(),
                answers.household(),
                signature(answers.signature())));
    feed.adopted();
    return new ApplyForAdoptionResponse.Accepted(adoption, "/pets/" + adoption.pet() + "/adoption");
  }

  /** JSON Schema describes how content is encoded, and leaves decoding to whoever reads it. */
  private static byte @Nullable [] signature(@Nullable String base64) {
    try {
      return base64 == null ? null : Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException broken) {
      throw new Refusal(Refusal.Reason.SENSELESS, "The signature is no Base64.");
    }
  }

  /** An application as everybody may see it: ages and signature stay in the shop. */
  private static Adoption view(io.brrtrouter.examples.petstore.shop.Adoption adoption) {
    return new Adoption(
        adoption.pet(),
        adoption.applicant(),
        adoption.adults(),
        adoption.children(),
        adoption.signature() != null,
        adoption.receivedAt().atOffset(ZoneOffset.UTC));
  }
}
