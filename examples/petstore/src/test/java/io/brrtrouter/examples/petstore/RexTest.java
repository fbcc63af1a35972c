package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import org.junit.jupiter.api.Test;

/** The example of {@code docs/testing.md}. */
@BrrtTest(
    value = PetStore.class,
    settings = {"database.url=jdbc:h2:mem:rex", "security.development=true"})
class RexTest {
  @Test
  void a_pet_is_found_by_number(BrrtClient client) {
    assertThat(client.get("/pets/1001").send().expect(200).json().path("name").asString())
        .isEqualTo("Rex");
  }

  @Test
  void only_staff_take_a_pet_in(BrrtClient client) {
    String cat = "{\"species\": \"cat\", \"name\": \"Tom\", \"price\": 80}";
    BrrtClient staff = client.with("X-API-Key", "development-only");
    BrrtClient trainee = client.with("X-API-Key", "development-only.no-scopes");

    client.post("/pets").json(cat).send().expect(401);
    trainee.post("/pets").json(cat).send().expect(403);
    staff.post("/pets").json(cat).send().expect(201);
  }
}
