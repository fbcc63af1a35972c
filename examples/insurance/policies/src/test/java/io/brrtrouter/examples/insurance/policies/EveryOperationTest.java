package io.brrtrouter.examples.insurance.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.examples.insurance.testing.Coverage;
import io.brrtrouter.examples.insurance.testing.RequestRow;
import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import io.brrtrouter.testing.TestRequest;
import io.brrtrouter.testing.TestResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation with every status that the document has for it, at both speeds. */
@BrrtTest(PolicyService.class)
class EveryOperationTest {
  private static final String TABLE =
      """
      list_products    | 200 | GET /products                      |                 |
      request_quote    | 201 | POST /quotes                       |                 | {"starts": "$tomorrow", "risk": CAR}
      request_quote    | 201 | POST /quotes                       |                 | {"starts": "$tomorrow", "risk": HOME}
      request_quote    | 201 | POST /quotes                       |                 | {"starts": "$tomorrow", "risk": JOURNEY}
      request_quote    | 422 | POST /quotes                       |                 | {"starts": "$yesterday", "risk": CAR}
      request_quote    | 400 | POST /quotes                       |                 | {"starts": "$tomorrow", "risk": {"product": "boat"}}
      request_quote    | 400 | POST /quotes                       |                 | {"starts": "tomorrow", "risk": CAR}
      request_quote    | 400 | POST /quotes                       |                 | {"risk":
      get_quote        | 200 | GET /quotes/$quote                 |                 |
      get_quote        | 404 | GET /quotes/$nobody                |                 |
      get_quote        | 400 | GET /quotes/cheap                  |                 |
      accept_quote     | 201 | POST /quotes/$quote/acceptance     |                 | {"holder": "$person", "payment": DEBIT}
      accept_quote     | 201 | POST /quotes/$quote/acceptance     |                 | {"holder": "$person", "payment": {"card_token": "tok_12345678", "expires": "2031-12"}}
      accept_quote     | 404 | POST /quotes/$nobody/acceptance    |                 | {"holder": "$person", "payment": DEBIT}
      accept_quote     | 409 | POST /quotes/$taken/acceptance     |                 | {"holder": "$person", "payment": DEBIT}
      accept_quote     | 422 | POST /quotes/$quote/acceptance     |                 | {"holder": "$nobody", "payment": DEBIT}
      accept_quote     | 422 | POST /quotes/$journey/acceptance   |                 | {"holder": "$person", "instalments": "monthly", "payment": DEBIT}
      accept_quote     | 400 | POST /quotes/$quote/acceptance     |                 | {"holder": "$person", "payment": {"cash": true}}
      accept_quote     | 400 | POST /quotes/$quote/acceptance     |                 | {"holder": "$person", "payment": {"iban": "DE89370400440532013000", "card_token": "tok_12345678", "expires": "2031-12"}}
      list_policies    | 200 | GET /policies?limit=2&product=motor&status=active | |
      list_policies    | 400 | GET /policies?cursor=made-up       |                 |
      list_policies    | 400 | GET /policies?limit=101            |                 |
      get_policy       | 200 | GET /policies/P-100001             |                 |
      get_policy       | 304 | GET /policies/$policy              | If-None-Match: "1" |
      get_policy       | 404 | GET /policies/P-999999             |                 |
      get_policy       | 400 | GET /policies/1                    |                 |
      change_risk      | 200 | PUT /policies/$policy/risk         | If-Match: "1"   | CAR
      change_risk      | 404 | PUT /policies/P-999999/risk        | If-Match: "1"   | CAR
      change_risk      | 409 | PUT /policies/$policy/risk         | If-Match: "1"   | HOME
      change_risk      | 409 | PUT /policies/$cancelled/risk      | If-Match: "2"   | CAR
      change_risk      | 412 | PUT /policies/$policy/risk         | If-Match: "7"   | CAR
      change_risk      | 422 | PUT /policies/$policy/risk         | If-Match: "1"   | {"product": "motor", "driver_born": "2020-01-01", "vehicle": VEHICLE}
      change_risk      | 428 | PUT /policies/$policy/risk         |                 | CAR
      change_risk      | 400 | PUT /policies/$policy/risk         | If-Match: "1"   | {"product": "motor"}
      cancel_policy    | 200 | POST /policies/$policy/cancellation    |             | {"last_day": "$tomorrow", "reason": "sold"}
      cancel_policy    | 404 | POST /policies/P-999999/cancellation   |             | {"last_day": "$tomorrow", "reason": "sold"}
      cancel_policy    | 409 | POST /policies/$cancelled/cancellation |             | {"last_day": "$tomorrow", "reason": "sold"}
      cancel_policy    | 422 | POST /policies/$policy/cancellation    |             | {"last_day": "$yesterday", "reason": "sold"}
      cancel_policy    | 400 | POST /policies/$policy/cancellation    |             | {"last_day": "$tomorrow", "reason": "bored"}
      list_invoices    | 200 | GET /policies/$policy/invoices     |                 |
      list_invoices    | 404 | GET /policies/P-999999/invoices    |                 |
      get_certificate  | 200 | GET /policies/$policy/certificate  |                 |
      get_certificate  | 404 | GET /policies/P-999999/certificate |                 |
      change_payment   | 200 | PUT /policies/$policy/payment      | If-Match: "1"   | {"invoice_to": {"street": "A 1", "postal_code": "123", "city": "B", "country": "DE"}}
      change_payment   | 404 | PUT /policies/P-999999/payment     | If-Match: "1"   | DEBIT
      change_payment   | 409 | PUT /policies/$cancelled/payment   | If-Match: "2"   | DEBIT
      change_payment   | 412 | PUT /policies/$policy/payment      | If-Match: "0"   | DEBIT
      change_payment   | 428 | PUT /policies/$policy/payment      |                 | DEBIT
      change_payment   | 400 | PUT /policies/$policy/payment      | If-Match: "1"   | {"iban": "none"}
      add_person       | 201 | POST /people                       |                 | PERSON
      add_person       | 400 | POST /people                       |                 | {"name": "", "born": "yesterday"}
      get_person       | 200 | GET /people/$person                |                 |
      get_person       | 404 | GET /people/$nobody                |                 |
      replace_person   | 200 | PUT /people/$person                |                 | PERSON
      replace_person   | 404 | PUT /people/$nobody                |                 | PERSON
      replace_person   | 400 | PUT /people/$person                |                 | []
      start_renewal    | 202 | POST /renewals                     |                 | {"ends_until": "2020-01-01"}
      start_renewal    | 400 | POST /renewals                     |                 | {"ends_until": "2020-02-30"}
      get_renewal      | 200 | GET /renewals/$renewal             |                 |
      get_renewal      | 404 | GET /renewals/$nobody              |                 |
      export_portfolio | 200 | GET /portfolio?product=home        |                 |
      export_portfolio | 400 | GET /portfolio?product=boat        |                 |
      """;

  private static final Map<String, String> BODIES =
      Map.of(
          "CAR", Given.CAR,
          "HOME", Given.HOME,
          "JOURNEY", Given.JOURNEY,
          "PERSON", Given.PERSON,
          "DEBIT", Given.DEBIT,
          "VEHICLE", Given.CAR.replaceFirst("(?s).*\"vehicle\": (.*)}\\s*$", "$1"));

  private static TestRequest request(RequestRow row, BrrtClient client) {
    TestRequest request = row.request(client, text -> Given.with(text, client));
    String json = row.body();
    for (Map.Entry<String, String> each : BODIES.entrySet()) {
      json = json.replaceAll("\\b" + each.getKey() + "\\b", each.getValue());
    }
    return json.isEmpty() ? request : request.json(Given.with(json, client));
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
    Coverage.requireAll(rows());
  }
}
