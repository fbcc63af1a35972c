package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import io.brrtrouter.examples.petstore.database.Row;
import io.brrtrouter.examples.petstore.generated.model.PetStatus;
import io.brrtrouter.schema.codec.JsonInput;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is to adopt which pet. Safe for use by many threads. */
public final class Adoptions {
  private final Database database;
  private final Pets pets;
  private final Users users;
  private final AdoptionNews news;
  private final Events events;
  private final InstantSource clock;

  Adoptions(
      Database database,
      Pets pets,
      Users users,
      AdoptionNews news,
      Events events,
      InstantSource clock) {
    this.database = database;
    this.pets = pets;
    this.users = users;
    this.news = news;
    this.events = events;
    this.clock = clock;
  }

  /**
   * {@return the application a pet is reserved for}
   *
   * @param pet the pet's number
   * @throws Refusal if there is no such pet, or it is not reserved, or not for an application
   */
  public Adoption of(long pet) {
    return database.transaction(transaction ->
        Optional.of(pets.get(pet))
            .filter(each -> each.status() == PetStatus.RESERVED)
            .flatMap(_ ->
                transaction.first(
                    "select * from adoptions where pet = ?", Adoptions::adoption, pet))
            .orElseThrow(() -> Refusal.notFound("application for pet", pet)));
  }

  private static Adoption adoption(Row row) {
    return new Adoption(
        row.number("pet"),
        row.text("applicant"),
        Json.list(JsonInput::readInt, row.text("household")),
        row.optionalOctets("signature").orElse(null),
        row.instant("received_at"));
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
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Adoption adoption = new Adoption(pet, applicant, household, signature, now);
    database.run(transaction -> {
      if (!users.exists(applicant)) {
        throw new Refusal(Refusal.Reason.SENSELESS, "There is no user " + applicant + ".");
      }
      Pet reserved = pets.reserve(pet);
      transaction.update("delete from adoptions where pet = ?", pet);
      transaction.update(
          """
          insert into adoptions (pet, applicant, household, signature, received_at)
          values (?, ?, ?, ?, ?)
          """,
          pet,
          applicant,
          Json.text(household),
          signature,
          now);
      events.add("pet.adopted", "/pets/" + pet);
      // Last, for others wait from then on.
      news.add(reserved, now);
    });
    return adoption;
  }
}
