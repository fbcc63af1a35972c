package io.brrtrouter.examples.petstore.shop;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An application to adopt a pet.
 *
 * @param pet the pet's number
 * @param applicant the user who wants it
 * @param household the ages of all who live with the applicant, who is one of them
 * @param signature a picture of the signature, if there is one; never changed
 * @param receivedAt when it came in
 */
@SuppressWarnings("ArrayRecordComponent") // signatures are kept, not compared
public record Adoption(
    long pet,
    String applicant,
    List<Integer> household,
    byte @Nullable [] signature,
    Instant receivedAt) {
  private static final int OF_AGE = 18;

  /** Copies the ages. */
  public Adoption {
    household = List.copyOf(household);
  }

  /** {@return how many of the household are grown up} */
  public int adults() {
    return (int) household.stream().filter(age -> age >= OF_AGE).count();
  }

  /** {@return how many of the household are not} */
  public int children() {
    return household.size() - adults();
  }
}
