package io.brrtrouter.examples.insurance.policies.contracts;

import io.brrtrouter.examples.insurance.shared.model.Person;
import io.brrtrouter.examples.insurance.shared.model.PersonInput;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Everybody who is insured. */
public final class People {
  private final Map<UUID, Person> people = new ConcurrentHashMap<>();

  People() {}

  /**
   * Makes somebody known.
   *
   * @param input who
   * @return the person with an id
   */
  public Person add(PersonInput input) {
    return put(UUID.randomUUID(), input);
  }

  Person put(UUID id, PersonInput input) {
    Person person = person(id, input);
    people.put(id, person);
    return person;
  }

  /**
   * {@return somebody}
   *
   * @param id who
   */
  public Optional<Person> find(UUID id) {
    return Optional.ofNullable(people.get(id));
  }

  /**
   * Changes what is known about somebody.
   *
   * @param id who
   * @param input everything that is known
   * @return the person; empty when there is none
   */
  public Optional<Person> replace(UUID id, PersonInput input) {
    Person person = person(id, input);
    return people.replace(id, person) == null ? Optional.empty() : Optional.of(person);
  }

  private static Person person(UUID id, PersonInput input) {
    return new Person(id, input.name(), input.born(), input.email(), input.address());
  }
}
