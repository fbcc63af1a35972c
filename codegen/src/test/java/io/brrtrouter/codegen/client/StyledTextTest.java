package io.brrtrouter.codegen.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Clients write what {@code docs/parameters.md} says servers read. */
class StyledTextTest {

  /** {@return the rows of the specification's own examples} */
  static List<List<String>> examples() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("brrt.root", ".."), "docs/parameters.md"));
    String table = page.substring(page.indexOf("\n## The specification's own examples"));
    return table
        .substring(0, table.indexOf("\n## Paths"))
        .lines()
        .filter(line -> line.matches("\\| (path|query|header|cookie) .*"))
        .map(line -> List.of(line.substring(2).split(" \\| ")))
        .toList();
  }

  private static JsonNode json(String text) {
    return Values.tree(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void there_are_examples() throws IOException {
    assertThat(examples()).hasSizeGreaterThan(40);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void writes_the_examples_of_the_specification(List<String> row) {
    Style style = Style.valueOf(row.get(1).replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
    boolean explode = row.get(2).equals("true");
    JsonNode read = json(row.get(5).replaceAll("^`|`( \\|)?$", ""));
    JsonNode value = read.isNull() ? Values.orEmpty("p", null) : read;
    String sent = row.get(4).replace("`", "");

    String text =
        switch (row.getFirst()) {
          case "path" -> StyledText.path("color", style, explode, value);
          case "query" -> String.join("&", StyledText.query("color", style, explode, false, value));
          case "cookie" -> String.join("; ", StyledText.cookie("color", style, explode, value));
          default -> StyledText.header("color", explode, value);
        };

    assertThat(text).isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          SPACE_DELIMITED | ["a b"]        | query parameter "p" cannot have an item with " ", which separates items and has no escape in its style
          DEEP_OBJECT    | {"a[b":1}       | query parameter "p" cannot have a member "a[b": names in brackets have no escape in its style
          DEEP_OBJECT    | {"a":{"b":null}} | query parameter "p" cannot have a null, which no text stands for
          FORM           | null            | query parameter "p" cannot have a null, which no text stands for
          FORM           | [null]          | query parameter "p" cannot have a null, which no text stands for
          SIMPLE         | {"a":null}      | header parameter "p" cannot have a null, which no text stands for
          SIMPLE         | ["a,b"]         | header parameter "p" cannot have an item with ",", which separates items and has no escape in its style
          SIMPLE         | [""]            | header parameter "p" cannot have an item that is empty or begins or ends with a space, and has no escape in its style
          SIMPLE         | {"a=b":1}       | header parameter "p" cannot have a member "a=b": "=" in names has no escape in its style
          """)
  void refuses_what_would_be_read_as_something_else(Style style, String value, String problem) {
    assertThatThrownBy(
            () -> {
              if (style == Style.SIMPLE) {
                StyledText.header("p", value.startsWith("{"), json(value));
              } else {
                StyledText.query("p", style, false, false, json(value));
              }
            })
        .hasMessage(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          {"a":[],"b":{"c":""},"d":[1,2]} | p%5Ba%5D=&p%5Bb%5D%5Bc%5D=&p%5Bd%5D=1&p%5Bd%5D=2
          [1]                               | p=%5B1%5D
          """)
  void members_of_deep_objects_have_brackets(String value, String sent) {
    JsonNode tree = json(value);
    assertThat(
            String.join(
                "&",
                StyledText.query(
                    "p", Style.DEEP_OBJECT, true, false, tree.isArray() ? json("\"[1]\"") : tree)))
        .isEqualTo(sent);
  }
}
