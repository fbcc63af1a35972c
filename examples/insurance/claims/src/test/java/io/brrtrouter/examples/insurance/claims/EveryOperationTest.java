package io.brrtrouter.examples.insurance.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.examples.insurance.testing.Coverage;
import io.brrtrouter.examples.insurance.testing.RequestRow;
import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import io.brrtrouter.testing.TestRequest;
import io.brrtrouter.testing.TestResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation with every status that the document has for it, at both speeds. */
@BrrtTest(ClaimService.class)
class EveryOperationTest {
  private static final String JSON = "application/json";
  private static final String PATCH = "application/merge-patch+json";

  private static final String TABLE =
      """
      report_claim     | 201 | POST /claims                     |                 | WATER_REPORT
      report_claim     | 422 | POST /claims                     |                 | REPORT_OF_NO_POLICY
      report_claim     | 422 | POST /claims                     |                 | REPORT_OF_OTHER_LOSS
      report_claim     | 400 | POST /claims                     |                 | {"policy": "P-100002", "loss": {"kind": "hail"}}
      report_claim     | 400 | POST /claims                     |                 | {"policy":
      list_claims      | 200 | GET /claims?limit=2&policy=P-100002&status=reported&status=assessed&kind=water_damage&happened_from=2026-01-01&happened_to=2026-12-31 | |
      list_claims      | 400 | GET /claims?cursor=made-up       |                 |
      list_claims      | 400 | GET /claims?happened_from=monday |                 |
      get_claim        | 200 | GET /claims/$claim               |                 |
      get_claim        | 304 | GET /claims/$claim               | If-None-Match: "1" |
      get_claim        | 404 | GET /claims/C-999999             |                 |
      get_claim        | 400 | GET /claims/mine                 |                 |
      change_claim     | 200 | PATCH /claims/$claim             | If-Match: "1"   | {"estimate": null}
      change_claim     | 404 | PATCH /claims/C-999999           | If-Match: "1"   | {"estimate": null}
      change_claim     | 409 | PATCH /claims/$refused           | If-Match: "3"   | {"estimate": null}
      change_claim     | 412 | PATCH /claims/$claim             | If-Match: "2"   | {"estimate": null}
      change_claim     | 422 | PATCH /claims/$claim             | If-Match: "1"   | {"estimate": {"amount": "1.005", "currency": "EUR"}}
      change_claim     | 400 | PATCH /claims/$claim             |                 | {"estimate": null}
      change_claim     | 400 | PATCH /claims/$claim             | If-Match: "1"   | {"status": "paid"}
      add_evidence     | 201 | POST /claims/$claim/evidence     |                 | PDF_FILE
      add_evidence     | 404 | POST /claims/C-999999/evidence   |                 | PDF_FILE
      add_evidence     | 422 | POST /claims/$claim/evidence     |                 | OTHER_FILE
      add_evidence     | 400 | POST /claims/$claim/evidence     |                 | HTML_FILE
      list_evidence    | 200 | GET /claims/$claim/evidence      |                 |
      list_evidence    | 404 | GET /claims/C-999999/evidence    |                 |
      get_evidence     | 200 | GET /claims/$evidence            |                 |
      get_evidence     | 404 | GET /claims/$claim/evidence/7    |                 |
      get_evidence     | 400 | GET /claims/$claim/evidence/0    |                 |
      start_assessment | 202 | POST /claims/$claim/assessment   |                 |
      start_assessment | 404 | POST /claims/C-999999/assessment |                 |
      start_assessment | 409 | POST /claims/$refused/assessment |                 |
      get_assessment   | 200 | GET /assessments/$assessment     |                 |
      get_assessment   | 404 | GET /assessments/$nobody         |                 |
      settle_claim     | 200 | PUT /claims/$assessed/settlement |                 | {"pay": {"amount": "1650.00", "currency": "EUR"}}
      settle_claim     | 200 | PUT /claims/$assessed/settlement |                 | {"refuse": "too_late"}
      settle_claim     | 404 | PUT /claims/C-999999/settlement  |                 | {"refuse": "too_late"}
      settle_claim     | 409 | PUT /claims/$claim/settlement    |                 | {"refuse": "too_late"}
      settle_claim     | 409 | PUT /claims/$refused/settlement  |                 | {"refuse": "too_late"}
      settle_claim     | 422 | PUT /claims/$assessed/settlement |                 | {"pay": {"amount": "1650.01", "currency": "EUR"}}
      settle_claim     | 400 | PUT /claims/$assessed/settlement |                 | {"pay": {"amount": "1", "currency": "EUR"}, "refuse": "too_late"}
      settle_claim     | 400 | PUT /claims/$assessed/settlement |                 | {"pay": {"amount": 1650, "currency": "EUR"}}
      import_notices   | 200 | POST /notices                    |                 | LINES
      import_notices   | 400 | POST /notices                    |                 | NO_LINES
      list_notices     | 200 | GET /notices                     |                 |
      """;

  private static TestRequest request(RequestRow row, BrrtClient client) {
    TestRequest request = row.request(client, text -> Given.with(text, client));
    return switch (row.body()) {
      case "" -> request;
      case "WATER_REPORT" -> request.json(Given.report("P-100002", Given.WATER, "1800.00"));
      case "REPORT_OF_NO_POLICY" -> request.json(Given.report("P-999999", Given.WATER, "1"));
      case "REPORT_OF_OTHER_LOSS" -> request.json(Given.report("P-100001", Given.WATER, "1"));
      case "PDF_FILE" -> Given.upload(request, "application/pdf", Given.PDF);
      case "OTHER_FILE" ->
          Given.upload(request, "image/png", "no picture".getBytes(StandardCharsets.US_ASCII));
      case "HTML_FILE" -> Given.upload(request, "text/html", Given.PDF);
      case "LINES" -> request.body("text/csv", "P-100001;2026-01-02;collision;900\n");
      case "NO_LINES" -> request.body("text/csv", "");
      default -> request.body(row.method().equals("PATCH") ? PATCH : JSON, row.body());
    };
  }

  static List<RequestRow> rows() {
    return RequestRow.of(TABLE);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answers(RequestRow row, BrrtClient client) {
    TestResponse response = request(row, client).send().expect(row.status());

    if (row.status() >= 400) {
      assertThat(response.problem().title()).isNotEmpty();
    }
  }

  @Test
  void the_table_has_every_status_of_every_operation() {
    Coverage.requireAll(RequestRow.of(TABLE.replace("$evidence", "C-1/evidence/1")));
  }
}
