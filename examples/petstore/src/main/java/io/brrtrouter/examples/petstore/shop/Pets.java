package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import io.brrtrouter.examples.petstore.database.Row;
import io.brrtrouter.examples.petstore.generated.codec.PetInputCodec;
import io.brrtrouter.examples.petstore.generated.model.Color;
import io.brrtrouter.examples.petstore.generated.model.PetInput;
import io.brrtrouter.examples.petstore.generated.model.PetPatch;
import io.brrtrouter.examples.petstore.generated.model.PetStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The pets of the shop. Safe for use by many threads, and by many instances of the shop: each
 * change is made to the version it is based on, or begins anew.
 */
public final class Pets {
  private final Database database;
  private final Users users;
  private final Events events;
  private final Supplier<Outbox> outbox;
  private final InstantSource clock;

  Pets(
      Database database, Users users, Events events, Supplier<Outbox> outbox, InstantSource clock) {
    this.database = database;
    this.users = users;
    this.events = events;
    this.outbox = outbox;
    this.clock = clock;
    users.whenRemoved(this::disown);
  }

  /**
   * {@return pets that somebody is looking for}
   *
   * @param wish what for
   * @param offset how many to leave out from the start
   * @param limit how many at most
   */
  public List<Pet> search(Wish wish, int offset, int limit) {
    Condition wanted = wish.ofPets();
    return database.transaction(transaction ->
        transaction.list(
            "select * from pets where "
                + wanted.sql()
                + " order by "
                + wish.columns()
                + " limit ? offset ?",
            Pets::pet,
            wanted.valuesAnd(limit, offset)));
  }

  /**
   * Some of the pets that were asked for.
   *
   * @param pets the pets, ordered by number
   * @param total how many there are on all pages
   */
  public record Page(List<Pet> pets, long total) {
    /** Copies the pets. */
    public Page {
      pets = List.copyOf(pets);
    }
  }

  /**
   * {@return pets that pass at least one of some filters}
   *
   * @param anyOf the filters
   * @param offset how many to leave out from the start
   * @param limit how many at most
   */
  public Page page(List<PetFilter> anyOf, int offset, int limit) {
    Condition wanted = Condition.any(anyOf.stream().map(PetFilter::condition).toList());
    return database.transaction(transaction ->
        new Page(
            transaction.list(
                "select * from pets where " + wanted.sql() + " order by id limit ? offset ?",
                Pets::pet,
                wanted.valuesAnd(limit, offset)),
            transaction.count("pets where " + wanted.sql(), wanted.valuesAnd())));
  }

  /**
   * {@return how many pets came to the shop, by species}
   *
   * @param period when
   */
  public Map<String, Long> count(Period period) {
    Condition counted = Condition.within(period, "created_at");
    Map<String, Long> counts = new TreeMap<>();
    database.run(transaction ->
        transaction
            .list(
                "select species, count(*) as total from pets where "
                    + counted.sql()
                    + " group by species",
                row -> Map.entry(row.text("species"), row.number("total")),
                counted.valuesAnd())
            .forEach(each -> counts.put(each.getKey(), each.getValue())));
    return counts;
  }

  /**
   * {@return a pet}
   *
   * @param id its number
   * @throws Refusal if there is none
   */
  public Pet get(long id) {
    return find("select * from pets where id = ?", id);
  }

  /** Like {@link #get}, and keeps the pet as it is until the transaction ends. */
  Pet hold(long id) {
    return find("select * from pets where id = ? for update", id);
  }

  private Pet find(String sql, long id) {
    return database
        .transaction(transaction -> transaction.first(sql, Pets::pet, id))
        .orElseThrow(() -> Refusal.notFound("pet", id));
  }

  private static Pet pet(Row row) {
    return new Pet(
        row.number("id"),
        row.integer("version"),
        row.instant("created_at"),
        Json.read(PetInputCodec.INSTANCE, row.text("description")));
  }

  /**
   * Takes in a pet.
   *
   * @param description its properties
   * @return the pet with its number
   * @throws Refusal if the owner is unknown or the transponder belongs to another pet
   */
  public Pet add(PetInput description) {
    // Databases count microseconds.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return database.transaction(transaction -> {
      Pet pet = new Pet(transaction.next("pet_numbers"), 1, now, description);
      check(pet);
      transaction.update(
          """
          insert into pets
            (id, version, created_at, description, species, status, price, owner, chip,
             name, folded_name, color, birth_date)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
          pet.id(),
          pet.version(),
          pet.createdAt(),
          Json.text(PetInputCodec.INSTANCE, description),
          pet.species(),
          pet.status().value(),
          Items.cents(pet.price()),
          pet.owner().orElse(null),
          pet.chip().orElse(null),
          Wish.kept(pet.name()),
          Wish.folded(pet.name()),
          pet.color().map(Color::value).orElse(null),
          pet.birthDate().orElse(null));
      tag(pet);
      events.add("pet.added", "/pets/" + pet.id());
      outbox.get().added(transaction, pet);
      return pet;
    });
  }

  private void tag(Pet pet) {
    database.run(transaction ->
        pet.tags()
            .forEach(tag ->
                transaction.update(
                    "insert into pet_tags (pet, tag) values (?, ?)", pet.id(), tag)));
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
  public void remove(long id) {
    database.run(transaction -> {
      if (hold(id).status() == PetStatus.SOLD) {
        throw Refusal.conflict("Pet " + id + " was sold and stays in the books.");
      }
      transaction.update("delete from pets where id = ?", id);
      events.add("pet.removed", "/pets/" + id);
    });
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

  /** Puts a pet into a state whatever it was in, if it is still there. */
  void put(long id, PetStatus status) {
    database.run(transaction -> {
      if (transaction.exists("select id from pets where id = ?", id)) {
        Pet pet = get(id);
        store(pet, pet.in(status));
      }
    });
  }

  /** A user is gone, and with the user the right to anything. */
  private void disown(String owner) {
    database.run(transaction ->
        transaction
            .list("select * from pets where owner = ?", Pets::pet, owner)
            .forEach(pet -> store(pet, pet.disowned())));
  }

  private Pet change(long id, UnaryOperator<Pet> change) {
    return database.transaction(_ -> {
      Pet before = get(id);
      Pet after = change.apply(before);
      check(after);
      store(before, after);
      events.add("pet.changed", "/pets/" + id);
      return after;
    });
  }

  private void store(Pet before, Pet after) {
    database.run(transaction -> {
      transaction.updateUnchanged(
          """
          update pets set version = ?, description = ?, status = ?, price = ?, owner = ?, chip = ?,
            name = ?, folded_name = ?, color = ?, birth_date = ?
          where id = ? and version = ?
          """,
          after.version(),
          Json.text(PetInputCodec.INSTANCE, after.description()),
          after.status().value(),
          Items.cents(after.price()),
          after.owner().orElse(null),
          after.chip().orElse(null),
          Wish.kept(after.name()),
          Wish.folded(after.name()),
          after.color().map(Color::value).orElse(null),
          after.birthDate().orElse(null),
          before.id(),
          before.version());
      if (!after.tags().equals(before.tags())) {
        transaction.update("delete from pet_tags where pet = ?", after.id());
        tag(after);
      }
    });
  }

  /** What the constraints of the table demand, in words. */
  private void check(Pet pet) {
    pet.owner()
        .filter(owner -> !users.exists(owner))
        .ifPresent(owner -> {
          throw Refusal.conflict("There is no user " + owner + " to own the pet.");
        });
    pet.chip()
        .flatMap(chip -> carrier(chip, pet.id()))
        .ifPresent(other -> {
          throw Refusal.conflict("Pet " + other + " carries this transponder.");
        });
  }

  private Optional<Long> carrier(String chip, long except) {
    return database.transaction(transaction ->
        transaction.first(
            "select id from pets where chip = ? and id <> ?",
            row -> row.number("id"),
            chip,
            except));
  }
}
