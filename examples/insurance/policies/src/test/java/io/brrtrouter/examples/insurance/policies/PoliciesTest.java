package io.brrtrouter.examples.insurance.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import io.brrtrouter.testing.TestResponse;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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

/** What customers and staff do, over HTTP. */
@BrrtTest(PolicyService.class)
class PoliciesTest {

  private static BigDecimal amount(JsonNode money) {
    assertThat(money.path("currency").asString()).isEqualTo("EUR");
    return new BigDecimal(money.path("amount").asString());
  }

  @Test
  void a_premium_can_be_calculated_again_from_its_steps(BrrtClient client) {
    String quote = Given.quote(client, Given.CAR);
    JsonNode premium = client.get("/quotes/" + quote).send().expect(200).json().path("premium");

    // 232.00, times 1.32 for its value, times 0.79 for seven years without a claim.
    assertThat(premium.path("steps").valueStream().map(step -> amount(step.path("net"))))
        .containsExactly(
            new BigDecimal("232.00"), new BigDecimal("306.24"), new BigDecimal("241.93"));
    assertThat(amount(premium.path("tax"))).isEqualByComparingTo("45.97");
    assertThat(amount(premium.path("total"))).isEqualByComparingTo("287.90");
  }

  @ParameterizedTest
  @CsvSource({"yearly, 1", "half_yearly, 2", "quarterly, 4", "monthly, 12"})
  void invoices_are_the_premium_to_the_cent(String instalments, int count, BrrtClient client) {
    String number = Given.accept(client, Given.quote(client, Given.HOME), instalments);
    BigDecimal total =
        amount(
            client
                .get("/policies/" + number)
                .send()
                .expect(200)
                .json()
                .path("premium")
                .path("total"));

    JsonNode invoices = client.get("/policies/" + number + "/invoices").send().expect(200).json();
    assertThat(invoices).hasSize(count);
    assertThat(
            invoices
                .valueStream()
                .map(invoice -> amount(invoice.path("amount")))
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(total);
    assertThat(invoices.path(0).path("due").asString()).isEqualTo(Given.tomorrow().toString());
  }

  @Test
  void pages_lead_to_every_policy_once(BrrtClient client) {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(Given.policy(client, Given.CAR));
    }
    List<String> listed = new ArrayList<>();
    String next = "/policies?limit=2&product=motor";
    while (next != null) {
      TestResponse page = client.get(next).send().expect(200);
      page.json().path("items").forEach(item -> listed.add(item.path("number").asString()));
      assertThat(page.json().path("page").path("size").asInt()).isBetween(1, 2);
      String link = page.header("Link");
      next = link == null ? null : link.replaceFirst("<(.*)>; rel=\"next\"", "$1");
      assertThat(page.json().path("page").path("next").isNull()).isEqualTo(link == null);
    }

    assertThat(listed).containsAll(made).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void of_those_who_change_the_same_version_one_wins(BrrtClient client) throws Exception {
    String number = Given.policy(client, Given.CAR);
    Callable<Integer> change =
        () ->
            client
                .put("/policies/" + number + "/payment")
                .header("If-Match", "\"1\"")
                .json(Given.DEBIT)
                .send()
                .status();

    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> each :
          threads.invokeAll(IntStream.range(0, 8).mapToObj(_ -> change).toList())) {
        statuses.add(each.get());
      }
    }
    assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
    assertThat(client.get("/policies/" + number).send().expect(200).header("ETag"))
        .isEqualTo("\"2\"");
  }

  @Test
  void somebody_who_moves_has_moved_in_every_contract(BrrtClient client) {
    String number = Given.policy(client, Given.HOME);
    JsonNode policy = client.get("/policies/" + number).send().expect(200).json();
    String id = policy.path("holder").path("id").asString();

    client
        .put("/people/" + id)
        .json(Given.PERSON.replace("Wien", "Graz").replaceFirst("\\{", "{\"id\": \"ignored\", "))
        .send()
        .expect(200);

    JsonNode holder = client.get("/policies/" + number).send().expect(200).json().path("holder");
    assertThat(holder.path("address").path("city").asString()).isEqualTo("Graz");
    assertThat(holder.path("id").asString()).isEqualTo(id);
  }

  @Test
  void a_certificate_is_a_PDF_to_save(BrrtClient client) {
    TestResponse file = client.get("/policies/P-100004/certificate").send().expect(200);

    assertThat(file.header("Content-Type")).isEqualTo("application/pdf");
    assertThat(file.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"certificate-P-100004.pdf\"");
    String text = new String(file.body(), StandardCharsets.ISO_8859_1);
    assertThat(text).startsWith("%PDF-1.4\n").endsWith("%%EOF\n").contains("(Emil Kurz) Tj");
    String table = text.replaceFirst("(?s).*startxref\n(\\d+)\n.*", "$1");
    assertThat(text.substring(Integer.parseInt(table))).startsWith("xref\n0 6\n");
  }

  @Test
  void the_portfolio_is_a_spreadsheet(BrrtClient client) {
    TestResponse file = client.get("/portfolio?product=travel").send().expect(200);

    assertThat(file.header("Content-Type")).startsWith("text/csv");
    assertThat(file.header("Content-Disposition"))
        .matches("attachment; filename=\"portfolio-.*\\.csv\"");
    assertThat(file.text().lines())
        .startsWith("number,product,status,holder,starts,ends,premium")
        .anyMatch(line -> line.startsWith("P-100003,travel,active,\"Ada Berg\","))
        .noneMatch(line -> line.contains(",motor,"));
  }

  @Test
  void a_renewal_runs_until_it_is_done(BrrtClient client) {
    LocalDate soon = Given.tomorrow().plusDays(20);
    TestResponse accepted =
        client
            .post("/renewals")
            .json("{\"ends_until\": \"%s\"}".formatted(soon))
            .send()
            .expect(202);
    assertThat(accepted.header("Retry-After")).isEqualTo("1");
    String location = String.valueOf(accepted.header("Location"));

    Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
    JsonNode renewal = client.get(location).send().expect(200).json();
    while (!renewal.path("status").asString().equals("done")) {
      assertThat(Instant.now()).isBefore(deadline);
      renewal = client.get(location).send().expect(200).json();
    }

    // Another test may have renewed it before.
    JsonNode old = client.get("/policies/P-100004").send().expect(200).json();
    assertThat(old.path("status").asString()).isEqualTo("renewed");
    JsonNode next =
        client
            .get("/policies/" + renewal.path("renewed").path(0).asString())
            .send()
            .expect(200)
            .json();
    assertThat(next.path("starts").asString())
        .isEqualTo(LocalDate.parse(old.path("ends").asString()).plusDays(1).toString());
  }

  @Test
  void violations_tell_places_in_the_shared_document(BrrtClient client) {
    TestResponse refused =
        client
            .post("/people")
            .json(Given.PERSON.replace("\"AT\"", "\"Austria\""))
            .send()
            .expect(400);

    JsonNode violation = refused.json().path("errors").path(0);
    assertThat(violation.path("pointer").asString()).isEqualTo("/address/country");
    assertThat(violation.path("schema").asString()).contains("models/openapi.yaml:");
  }
}
