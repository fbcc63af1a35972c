package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.generated.model.PetInput;
import io.brrtrouter.examples.petstore.generated.model.PetPatch;
import io.brrtrouter.examples.petstore.generated.model.PetStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The pets of the shop. Safe for use by many threads: changes happen one after the other, because
 * no two pets may carry one transponder; reading waits for nobody.
 */
public final class Pets {
  private static final long FIRST_NUMBER = 1001;

  private final ConcurrentSkipListMap<Long, Pet> pets = new ConcurrentSkipListMap<>();
  private final AtomicLong next = new AtomicLong(FIRST_NUMBER);
  private LongConsumer removal = _ -> {};
  private final Users users;
  private final Events events;
  private final InstantSource clock;

  Pets(Users users, Events events, InstantSource clock) {
    this.users = users;
    this.events = events;
    this.clock = clock;
  }

  /**
   * {@return the pets that match, ordered by number}
   *
   * @param condition what they must be
   */
  public List<Pet> matching(Predicate<Pet> condition) {
    return pets.values().stream().filter(condition).toList();
  }

  /**
   * {@return a pet}
   *
   * @param id its number
   * @throws Refusal if there is none
   */
  public Pet get(long id) {
    Pet pet = pets.get(id);
    if (pet == null) {
      throw Refusal.notFound("pet", id);
    }
    return pet;
  }

  /**
   * Takes in a pet.
   *
   * @param description its properties
   * @return the pet with its number
   * @throws Refusal if the owner is unknown or the transponder belongs to another pet
   */
  public synchronized Pet add(PetInput description) {
    Pet pet = new Pet(next.getAndIncrement(), 1, clock.instant(), description);
    check(pet);
    pets.put(pet.id(), pet);
    events.add("pet.added", "/pets/" + pet.id());
    return pet;
  }

  /**
   * Replaces everything known about a pet.
   *
   * @param id its number
   * @param basedOn the version the change is based on, if that matters
   * @param description its properties
   * @return the pet as kept
   * @throws Refusal if there is no such pet, it has changed since, or it would be of another
   *     species
   */
  public Pet replace(long id, OptionalInt basedOn, PetInput description) {
    return change(
        id,
        pet -> {
          if (basedOn.isPresent() && basedOn.getAsInt() != pet.version()) {
            throw new Refusal(
                Refusal.Reason.OUTDATED, "The pet is at version " + pet.version() + " by now.");
          }
          if (!description.species().equals(pet.species())) {
            throw Refusal.conflict("A " + pet.species() + " stays a " + pet.species() + ".");
          }
          return pet.described(description);
        });
  }

  /**
   * Changes some properties of a pet (RFC 7396).
   *
   * @param id its number
   * @param patch what is absent stays, null removes
   * @return the pet as kept
   * @throws Refusal if there is no such pet or the owner is unknown
   */
  public Pet patch(long id, PetPatch patch) {
    return change(id, pet -> pet.patched(patch));
  }

  /**
   * Removes a pet.
   *
   * @param id its number
   * @throws Refusal if there is no such pet or it was sold
   */
  public synchronized void remove(long id) {
    if (get(id).status() == PetStatus.SOLD) {
      throw Refusal.conflict("Pet " + id + " was sold and stays in the books.");
    }
    pets.remove(id);
    removal.accept(id);
    events.add("pet.removed", "/pets/" + id);
  }

  /** Tells somebody more who keeps something about pets which one is gone. */
  void whenRemoved(LongConsumer told) {
    removal = removal.andThen(told);
  }

  /** Keeps an available pet for a customer. */
  Pet reserve(long id) {
    return change(
        id,
        pet -> {
          if (pet.status() != PetStatus.AVAILABLE) {
            throw Refusal.conflict("Pet " + id + " is " + pet.status().value() + ".");
          }
          return pet.in(PetStatus.RESERVED);
        });
  }

  /** Puts a pet into a state whatever it was in. */
  synchronized void put(long id, PetStatus status) {
    pets.computeIfPresent(id, (_, pet) -> pet.in(status));
  }

  private synchronized Pet change(long id, UnaryOperator<Pet> change) {
    Pet changed = change.apply(get(id));
    check(changed);
    pets.put(id, changed);
    events.add("pet.changed", "/pets/" + id);
    return changed;
  }

  private void check(Pet pet) {
    pet.owner()
        .filter(owner -> !users.exists(owner))
        .ifPresent(owner -> {
          throw Refusal.conflict("There is no user " + owner + " to own the pet.");
        });
    pet.chip()
        .flatMap(chip -> pets.values().stream().filter(other -> isTwin(pet, other)).findAny())
        .ifPresent(other -> {
          throw Refusal.conflict("Pet " + other.id() + " carries this transponder.");
        });
  }

  private static boolean isTwin(Pet pet, Pet other) {
    return other.id() != pet.id() && pet.chip().equals(other.chip());
  }
}
