package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import io.brrtrouter.testing.TestResponse;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The questionnaire, which has most of the keywords that seldom occur. */
@BrrtTest(InMemory.class)
class AdoptionTest {
  private static final String FLAT = "'home': 'flat', 'garden_m2': null,";
  private static final String VET = "'vet': {'name': 'Dr Paws', 'phone': '+44 20 7946 0001'}";

  private final BrrtClient client;

  AdoptionTest(BrrtClient client) {
    this.client = ExampleKeys.manager(client);
  }

  /** {@return answers that are in order but for the changes; null removes} */
  private static ObjectNode answers(String changes) {
    ObjectNode answers = Given.questionnaire();
    String json = "{" + changes.replace("FLAT", FLAT).replace("VET", VET).replace('\'', '"') + "}";
    new JsonMapper()
        .readTree(json)
        .forEachEntry((name, value) -> {
          if (value.isNull()) {
            answers.remove(name);
          } else {
            answers.set(name, value);
          }
        });
    return answers;
  }

  private TestResponse apply(String changes) {
    return client.post(Given.dogPath(client) + "/adoption").json(answers(changes)).send();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          contains with maxContains, at the bound | 'household': [18, 19, 20, 21, 17]
          then: a house with a garden             | 'home': 'house', 'garden_m2': 0
          else: a flat with consent               | FLAT 'floor': 0, 'landlord_agrees': true
          dependentSchemas: other pets and a vet  | 'other_pets': ['cat'], VET
          not: alone, with somebody who looks in  | 'hours_alone': 9, 'sitter': true
          not: not alone                          | 'hours_alone': 8, 'sitter': false
          prefixItems: a day                      | 'visit': ['2026-12-05']
          prefixItems: a day and a time           | 'visit': ['2026-12-05', '10:30:00Z']
          $anchor: a contact                      | 'reference': {'name': 'Grace', 'phone': '12345'}
          contentEncoding                         | 'signature': 'aGVsbG8='
          """)
  void is_applied_for_with(String keyword, String changes) {
    assertThat(apply(changes).status()).as(keyword).isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'household': [17, 3]                     | /household minContains
          'household': [18, 19, 20, 21, 22]        | /household maxContains
          'household': [36, -1]                    | /household/1 minimum
          'garden_m2': null                        | "" required
          FLAT 'landlord_agrees': true             | "" required
          FLAT 'floor': 2, 'landlord_agrees': false | /landlord_agrees const
          'other_pets': ['cat']                    | "" required
          'hours_alone': 9                         | "" not
          'visit': []                              | /visit minItems
          'visit': ['tomorrow']                    | /visit/0 format
          'visit': ['2026-12-05', 'noon']          | /visit/1 format
          'visit': ['2026-12-05', '10:30:00Z', 1]  | /visit unevaluatedItems
          'reference': {'name': 'Grace'}           | /reference required
          'vet': {'name': 'Dr Paws', 'phone': 'x'} | /vet/phone pattern
          'pets_before': 3                         | /pets_before unevaluatedProperties
          """)
  void is_not_applied_for_with(String changes, String violation) {
    JsonNode errors = apply(changes).expect(400).problem().members().get("errors");
    String found =
        errors
            .valueStream()
            .map(error -> error.path("pointer").asString() + " " + error.path("keyword").asString())
            .collect(Collectors.joining(", "));
    assertThat(found).isEqualTo(violation.replace("\"\"", ""));
  }

  @Test
  void reserves_the_pet_for_the_first() {
    String path = Given.dogPath(client);
    TestResponse first =
        client.post(path + "/adoption").json(answers("'signature': 'aGVsbG8='")).send();
    assertThat(first.expect(202).header("Location")).isEqualTo(path + "/adoption");
    JsonNode kept = client.get(path + "/adoption").send().expect(200).json();
    assertThat(kept).isEqualTo(first.json());
    assertThat(kept.path("adults").asInt()).isEqualTo(1);
    assertThat(kept.path("children").asInt()).isEqualTo(1);
    assertThat(kept.path("signed").asBoolean()).isTrue();
    assertThat(kept.has("signature")).isFalse();
    assertThat(client.get(path).send().expect(200).json().path("status").asString())
        .isEqualTo("reserved");
    TestResponse second = client.post(path + "/adoption").json(answers("")).send();
    assertThat(second.expect(409).problem().detail())
        .isEqualTo("Pet " + path.substring("/pets/".length()) + " is reserved.");
  }

  @ParameterizedTest
  @CsvSource({"reserved, 200", "available, 404"})
  void is_told_while_the_pet_is_reserved(String status, int expected) {
    String path = Given.adopted(client);
    ObjectNode pet = (ObjectNode) client.get(path).send().expect(200).json();
    client.put(path).json(pet.put("status", status)).send().expect(200);

    assertThat(client.get(path + "/adoption").send().status()).isEqualTo(expected);
  }

  /** Content is an annotation: the document lets it pass, and the handler reads it. */
  @Test
  void needs_a_signature_that_can_be_read() {
    TestResponse refused = apply("'signature': 'Ada!'");
    assertThat(refused.expect(422).problem().detail()).isEqualTo("The signature is no Base64.");
  }

  @Test
  void is_of_a_user() {
    assertThat(apply("'applicant': 'nobody'").expect(422).problem().detail())
        .isEqualTo("There is no user nobody.");
  }
}
