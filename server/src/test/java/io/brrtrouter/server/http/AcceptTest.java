package io.brrtrouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {

  private static ContentType type(String text) {
    return ContentType.parse(text).orElseThrow();
  }

  /** The example of RFC 9110 section 12.5.1. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "text/plain;format=flowed, 1000",
    "text/plain, 700",
    "text/html, 300",
    "image/jpeg, 500",
    "text/plain;format=fixed, 400",
    "text/html;level=3, 300",
  })
  void weighs_by_the_most_specific_range(String contentType, int weight) {
    Accept accept =
        Accept.parse(
            "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed,"
                + " text/plain;format=fixed;q=0.4, */*;q=0.5");
    assertThat(accept.weight(type(contentType))).isEqualTo(weight);
  }

  @ParameterizedTest(name = "{0} of {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      nullValues = "none",
      value = {
        "*/*                                   | application/json text/html | application/json",
        "text/html                             | application/json text/html | text/html",
        "text/html;q=0.5, application/json     | text/html application/json | application/json",
        "text/html, application/json           | application/json text/html | application/json",
        "text/xml                              | application/json text/html | none",
        "application/json;q=0                  | application/json           | none",
        "application/json;q=0, */*             | application/json text/html | text/html",
        "*/*;q=0                               | application/json           | none",
        "*/*;q=0.1, text/html;q=0              | text/html application/json | application/json",
        "application/*                         | text/html application/json | application/json",
        "application/json; charset=utf-8       | application/json           | none",
        "application/json;q=0.001              | application/json           | application/json",
        "application/json;q=0.0001             | application/json           | application/json",
        "application/json;q=1.001, text/html   | application/json text/html | text/html",
        "application/json;q=2                  | application/json           | application/json",
        "application/json;q=x, text/html       | application/json text/html | text/html",
        "application/json;q=0.5x, text/html    | application/json text/html | text/html",
        "application/json;q=, text/html        | application/json text/html | text/html",
        "application/json;q=1.000;ext=1        | application/json           | application/json",
        "application/json;q=0.;ext, text/html  | application/json text/html | text/html",
        "nonsense, text/html                   | application/json text/html | text/html",
        "a/b x, text/html                      | application/json text/html | text/html",
        "a/b;x=\"text/xml, text/html\"         | text/html                  | none",
        "a/b;x=\"q\\\",c, text/html            | text/html                  | text/html",
        "' , ,text/html'                       | application/json text/html | text/html",
        "nonsense                              | application/json           | application/json",
        "''                                    | application/json           | application/json",
        "text/html, *; q=.2, */*; q=.2         | application/json text/html | text/html",
        "image/gif, *; q=.2                    | application/json           | application/json",
        "TEXT/HTML                             | text/html                  | text/html",
      })
  void chooses_the_greatest_weight(String accept, String offers, @Nullable String expected) {
    List<ContentType> types = Arrays.stream(offers.split(" ")).map(AcceptTest::type).toList();
    assertThat(Accept.parse(accept).choose(types).map(ContentType::toString).orElse(null))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/html;q=0.3, image/png | image/*   | 1000
          text/html;q=0.3, image/png | text/*    | 300
          text/html;q=0.3, image/png | audio/*   | 0
          text/html;q=0.3, image/png | */*       | 1000
          image/*;q=0.5              | image/png | 500
          */*;q=0.1                  | audio/*   | 100
          """)
  void weighs_what_may_be_in_a_range(String accept, String range, int weight) {
    assertThat(Accept.parse(accept).weight(MediaRange.parse(range).orElseThrow()))
        .isEqualTo(weight);
  }

  @Test
  void reads_all_fields_of_a_request() {
    assertThat(Accept.of(Headers.empty())).isSameAs(Accept.ANYTHING);
    assertThat(Accept.of(Headers.of("Accept", "*/*"))).isSameAs(Accept.ANYTHING);
    assertThat(Accept.of(Headers.of("Accept", "text/xml", "Accept", "text/html;q=0.5")))
        .isEqualTo(Accept.parse("text/xml, text/html;q=0.5"));
  }

  @Test
  void refuses_a_weight_out_of_range() {
    assertThatThrownBy(() -> new Accept.Preference(MediaRange.ANY, 1001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a weight is 0 to 1000, not 1001");
  }
}
