package io.brrtrouter.examples.insurance.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import io.brrtrouter.testing.TestResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What customers, brokers and staff do, over HTTP. */
@BrrtTest(ClaimService.class)
class ClaimsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          P-100002 | 1800.00 | 1650.00
          P-100002 | 150.00 | 0.00
          P-100002 | 50150.01 | 50000.00
          P-100002 | 0.30 | 0.00
          P-100004 | 150.01 | 0.01
          """)
  void the_customer_bears_the_deductible(
      String policy, String estimate, String payable, BrrtClient client) {
    String claim = Given.claim(client, policy, Given.WATER, estimate);

    JsonNode assessment = Given.assessed(client, claim);
    assertThat(assessment.path("covered").asBoolean()).isTrue();
    assertThat(assessment.path("payable").path("amount").asString()).isEqualTo(payable);
  }

  @Test
  void what_was_stolen_counts_thing_by_thing(BrrtClient client) {
    String loss =
        """
        {"kind": "burglary", "stolen": [{"what": "A bicycle", "value": {"amount": "899.90", "currency": "EUR"}},
         {"what": "A ring", "value": {"amount": "0.15", "currency": "EUR"}}]}
        """;
    String claim = Given.claim(client, "P-100002", loss, "5000.00");

    assertThat(Given.assessed(client, claim).path("payable").path("amount").asString())
        .isEqualTo("750.05");
  }

  @Test
  void too_much_is_not_paid_and_the_right_amount_is_told(BrrtClient client) {
    String claim = Given.claim(client, "P-100001", Given.COLLISION, "1000.00");
    Given.assessed(client, claim);

    TestResponse refused =
        client
            .put("/claims/" + claim + "/settlement")
            .json("{\"pay\": {\"amount\": \"1000.00\", \"currency\": \"EUR\"}}")
            .send()
            .expect(422);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.json().toString())
        .isEqualTo(
            "{\"type\":\"/problems/impossible\",\"title\":\"Not possible\",\"status\":422,"
                + "\"detail\":\"At most 700.00 EUR can be paid.\","
                + "\"amount\":{\"amount\":\"700.00\",\"currency\":\"EUR\"}}");

    JsonNode paid =
        client
            .put("/claims/" + claim + "/settlement")
            .json("{\"pay\": " + refused.json().path("amount") + "}")
            .send()
            .expect(200)
            .json();
    assertThat(paid.path("status").asString()).isEqualTo("paid");
    assertThat(paid.path("settlement").toString())
        .isEqualTo("{\"pay\":{\"amount\":\"700.00\",\"currency\":\"EUR\"}}");
  }

  @Test
  void a_patch_changes_what_it_has_removes_null_and_leaves_the_rest(BrrtClient client) {
    String claim = Given.claim(client, "P-100002", Given.WATER, "1800.00");
    JsonNode first = patch(client, claim, 1, "{\"description\": \"It happened in the morning.\"}");
    assertThat(first.path("description").asString()).isEqualTo("It happened in the morning.");
    assertThat(first.path("estimate").path("amount").asString()).isEqualTo("1800.00");

    JsonNode second = patch(client, claim, 2, "{\"estimate\": null}");
    assertThat(second.path("description").asString()).isEqualTo("It happened in the morning.");
    assertThat(second.path("estimate").isNull()).isTrue();
    assertThat(second.has("settlement")).isFalse();
  }

  private static JsonNode patch(BrrtClient client, String claim, int version, String body) {
    TestResponse response =
        client
            .patch("/claims/" + claim)
            .header("If-Match", "\"" + version + "\"")
            .body("application/merge-patch+json", body)
            .send()
            .expect(200);
    assertThat(response.header("ETag")).isEqualTo("\"" + (version + 1) + "\"");
    return response.json();
  }

  @Test
  void evidence_comes_back_as_it_was_sent_under_a_name_of_ours(BrrtClient client) {
    String claim = Given.claim(client, "P-100002", Given.WATER, "1800.00");
    byte[] picture = new byte[70_000];
    System.arraycopy(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}, 0, picture, 0, 3);
    picture[69_999] = 1;
    String path = "/claims/" + claim + "/evidence";
    Given.upload(client.post(path), "application/pdf", Given.PDF).send().expect(201);
    TestResponse added = Given.upload(client.post(path), "image/jpeg", picture).send().expect(201);
    assertThat(added.header("Location")).isEqualTo(path + "/2");

    TestResponse file = client.get(path + "/2").send().expect(200);
    assertThat(file.body()).isEqualTo(picture);
    assertThat(file.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(file.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"" + claim + "-2.jpg\"");
    JsonNode listed = client.get(path).send().expect(200).json();
    assertThat(listed).hasSize(2);
    assertThat(listed.path(1).path("size").asInt()).isEqualTo(70_000);
    assertThat(listed.path(0).path("taken_on").asString()).isEqualTo("2026-01-15");
  }

  @Test
  void a_file_may_be_larger_than_other_bodies_but_not_any_size(BrrtClient client) {
    String path = "/claims/" + Given.claim(client, "P-100002", Given.WATER, "1") + "/evidence";
    byte[] large = new byte[3 << 20];
    System.arraycopy(Given.PDF, 0, large, 0, Given.PDF.length);
    Given.upload(client.post(path), "application/pdf", large).send().expect(201);

    byte[] huge = new byte[5 << 20];
    Given.upload(client.post(path), "application/pdf", huge).send().expect(413);
  }

  @Test
  void twenty_files_are_enough_however_many_come_at_once(BrrtClient client) throws Exception {
    String path = "/claims/" + Given.claim(client, "P-100002", Given.WATER, "1") + "/evidence";
    Callable<Integer> upload =
        () -> Given.upload(client.post(path), "application/pdf", Given.PDF).send().status();

    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> each :
          threads.invokeAll(IntStream.range(0, 24).mapToObj(_ -> upload).toList())) {
        statuses.add(each.get());
      }
    }
    assertThat(statuses).containsOnly(201, 422).filteredOn(status -> status == 201).hasSize(20);
    assertThat(client.get(path).send().expect(200).json().valueStream())
        .map(each -> each.path("id").asInt())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
  }

  @Test
  void pages_lead_to_every_claim_once_the_latest_first(BrrtClient client) {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(Given.claim(client, "P-100001", Given.COLLISION, "1"));
    }
    List<String> listed = new ArrayList<>();
    String next = "/claims?limit=2&status=reported&status=paid&kind=collision&policy=P-100001";
    while (next != null) {
      TestResponse page = client.get(next).send().expect(200);
      page.json().path("items").forEach(item -> listed.add(item.path("id").asString()));
      String link = page.header("Link");
      next = link == null ? null : link.replaceFirst("<(.*)>; rel=\"next\"", "$1");
    }

    assertThat(listed).containsSubsequence(made).doesNotHaveDuplicates();
  }

  @Test
  void kinds_of_loss_that_nobody_knows_yet_are_kept(BrrtClient client) {
    String lines =
        """
        P-100001;2026-01-02;meteorite;900.50
        P-100002;2026-01-03;water_damage;20

        P-100002;2026-02-30;water_damage;20
        P-2;2026-01-03;water_damage;20
        P-100002;2026-01-03;water_damage;1e999999999
        P-100001;2026-01-04;meteorite;1
        """;

    JsonNode report =
        client
            .post("/notices")
            .body("text/csv", lines.getBytes(StandardCharsets.UTF_8))
            .send()
            .expect(200)
            .json();
    assertThat(report.toString())
        .isEqualTo("{\"notices\":3,\"unknown_kinds\":{\"meteorite\":2},\"bad_lines\":[4,5,6]}");
    assertThat(client.get("/notices").send().expect(200).json().valueStream())
        .extracting(JsonNode::toString)
        .contains(
            "{\"policy\":\"P-100001\",\"happened_on\":\"2026-01-02\",\"kind\":\"meteorite\","
                + "\"estimate\":{\"amount\":\"900.50\",\"currency\":\"EUR\"}}");
  }
}
