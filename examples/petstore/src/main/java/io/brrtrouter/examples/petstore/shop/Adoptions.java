package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.generated.model.PetStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Who is to adopt which pet. Safe for use by many threads. */
public final class Adoptions {
  private final ConcurrentMap<Long, Adoption> adoptions = new ConcurrentHashMap<>();
  private final Pets pets;
  private final Users users;
  private final InstantSource clock;

  Adoptions(Pets pets, Users users, InstantSource clock) {
    this.pets = pets;
    this.users = users;
    this.clock = clock;
    pets.whenRemoved(adoptions::remove);
  }

  /**
   * {@return the application a pet is reserved for}
   *
   * @param pet the pet's number
   * @throws Refusal if there is no such pet, or it is not reserved, or not for an application
   */
  public Adoption of(long pet) {
    boolean reserved = pets.get(pet).status() == PetStatus.RESERVED;
    Adoption adoption = adoptions.get(pet);
    if (!reserved || adoption == null) {
      throw Refusal.notFound("application for pet", pet);
    }
    return adoption;
  }

  /**
   * Reserves a pet for whoever applies first.
   *
   * @param pet the pet's number
   * @param applicant the user who wants it
   * @param household the ages of all who live with the applicant
   * @param signature a picture of the signature, if there is one
   * @return the application
   * @throws Refusal if pet or applicant are unknown, or the pet is not available
   */
  public Adoption apply(
      long pet, String applicant, List<Integer> household, byte @Nullable [] signature) {
    if (!users.exists(applicant)) {
      throw new Refusal(Refusal.Reason.SENSELESS, "There is no user " + applicant + ".");
    }
    pets.reserve(pet);
    Adoption adoption = new Adoption(pet, applicant, household, signature, clock.instant());
    adoptions.put(pet, adoption);
    forgetUnlessKept(pet);
    return adoption;
  }

  /** The pet may have been removed right after it was reserved. */
  private void forgetUnlessKept(long pet) {
    try {
      pets.get(pet);
    } catch (Refusal gone) {
      adoptions.remove(pet);
      throw gone;
    }
  }
}
