package io.brrtrouter.examples.insurance.policies.api;

import io.brrtrouter.examples.insurance.common.Problems;
import io.brrtrouter.examples.insurance.policies.contracts.People;
import io.brrtrouter.examples.insurance.policies.generated.api.AddPersonRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.AddPersonResponse;
import io.brrtrouter.examples.insurance.policies.generated.api.GetPersonRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.GetPersonResponse;
import io.brrtrouter.examples.insurance.policies.generated.api.ReplacePersonRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.ReplacePersonResponse;
import io.brrtrouter.examples.insurance.shared.model.Person;
import io.brrtrouter.examples.insurance.shared.model.Problem;
import java.util.UUID;

/** Operations on people. */
final class PeopleHandlers {
  private final People people;

  PeopleHandlers(People people) {
    this.people = people;
  }

  AddPersonResponse add(AddPersonRequest request) {
    Person person = people.add(request.body());
    return new AddPersonResponse.Created(person, "/people/" + person.id());
  }

  GetPersonResponse get(GetPersonRequest request) {
    return people
        .find(request.personId())
        .<GetPersonResponse>map(GetPersonResponse.Ok::new)
        .orElseGet(() -> new GetPersonResponse.NotFound(unknown(request.personId())));
  }

  ReplacePersonResponse replace(ReplacePersonRequest request) {
    return people
        .replace(request.personId(), request.body())
        .<ReplacePersonResponse>map(ReplacePersonResponse.Ok::new)
        .orElseGet(() -> new ReplacePersonResponse.NotFound(unknown(request.personId())));
  }

  private static Problem unknown(UUID id) {
    return Problems.notFound("person", id);
  }
}
