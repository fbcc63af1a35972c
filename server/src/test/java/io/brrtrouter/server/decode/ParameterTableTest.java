package io.brrtrouter.server.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.decode.MarkdownTable.Row;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Executes every row of {@code docs/parameters.md}. */
class ParameterTableTest {
  private static final String PAGE = "docs/parameters.md";

  private static final TestSchemas SCHEMAS = TestSchemas.of(rowsWith("name"));

  private static List<Row> rowsWith(String heading) {
    return MarkdownTable.read(PAGE).stream().filter(row -> row.has(heading)).toList();
  }

  static Stream<Row> rows() {
    return rowsWith("sent").stream();
  }

  @Test
  void pageIsThere() {
    assertThat(rows().count()).isGreaterThanOrEqualTo(400);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decodesAsThePageSays(Row row) {
    assertThat(decode(row)).isEqualTo(row.cell("value").replace("<br>", "\n"));
  }

  private static String decode(Row row) {
    TestParameter parameter = TestParameter.of(row, SCHEMAS);
    DecodedParameters decoded =
        parameter.decode(row.code("sent"), !row.cell("sent").equals("*nothing*"));
    if (!decoded.violations().isEmpty()) {
      return "**400** " + text(decoded.violations());
    }
    @Nullable JsonNode value = parameter.valueIn(decoded);
    return value == null ? "*absent*" : "`" + value + "`";
  }

  static String text(List<RequestViolation> violations) {
    return String.join("\n", violations.stream().map(ParameterTableTest::text).toList());
  }

  private static String text(RequestViolation violation) {
    String place = violation.pointer().isEmpty() ? "" : " at `" + violation.pointer() + "`";
    return violation.keyword() + place + ": " + violation.message();
  }
}
