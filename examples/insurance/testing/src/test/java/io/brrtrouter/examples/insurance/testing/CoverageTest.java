package io.brrtrouter.examples.insurance.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.openapi.model.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table has to have, and what it may not have. */
class CoverageTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.0
      info: { title: Claims, version: '1' }
      paths:
        /claims:
          get: { operationId: list_claims, responses: { '200': { description: All. }, '503': { description: Busy. } } }
          post: { operationId: report_claim, responses: { '201': { description: New. }, 4XX: { description: Wrong. } } }
        /claims/{id}.json:
          get: { operationId: get_claim, responses: { '200': { description: One. }, default: { description: Else. } } }
      """;

  private static final String WHOLE =
      """
      list_claims  | 200 | GET /claims?open=true |  |
      list_claims  | 400 | GET /claims?open=yes  |  |
      report_claim | 201 | POST /claims          |  | {}
      report_claim | 422 | POST /claims          |  | {}
      get_claim    | 200 | GET /claims/1.json    |  |
      get_claim    | 404 | GET /claims/2.json    |  |
      """;

  @TempDir Path directory;

  private List<Operation> operations = List.of();

  @BeforeEach
  void load() throws IOException {
    operations =
        Coverage.operations(Files.writeString(directory.resolve("openapi.yaml"), DOCUMENT));
  }

  @Test
  void a_table_of_everything_is_enough() {
    assertThatCode(() -> Coverage.requireAll(operations, RequestRow.of(WHOLE)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          list_claims | 400 | POST /claims      | |; but was: "report_claim"
          list_claims | 200 | GET /claims/1     | |; but was: "nothing"
          get_claim   | 200 | GET /claims/1xjson| |; but was: "nothing"
          list_claims | 409 | GET /claims       | |; 409 is not declared
          report_claim| 500 | POST /claims      | |; 500 is not declared
          """)
  void a_row_is_a_request_to_its_operation_and_a_status_of_it(String row, String problem) {
    assertThatThrownBy(() -> Coverage.requireAll(operations, RequestRow.of(WHOLE + row)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "list_claims  \\| 200, list_claims 200",
    "report_claim \\| 422, report_claim 4XX",
    "get_claim    \\| 404, get_claim default"
  })
  void every_declared_status_has_a_row(String row, String missing) {
    String table = WHOLE.replaceAll("(?m)^" + row + ".*\\n", "");

    assertThatThrownBy(() -> Coverage.requireAll(operations, RequestRow.of(table)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("could not find the following element(s):\n  [\"" + missing + "\"]");
  }
}
