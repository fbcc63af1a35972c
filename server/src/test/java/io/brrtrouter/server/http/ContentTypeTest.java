package io.brrtrouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypeTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      nullValues = "none",
      value = {
        "application/json | application/json",
        "Application/JSON | application/json",
        "' text/html ' | text/html",
        "text/html;charset=UTF-8 | text/html; charset=UTF-8",
        "text/html ; Charset=\"utf-8\" | text/html; charset=utf-8",
        "a/b; x=\"a;b,c\\\"d\\\\\" | a/b; x=\"a;b,c\\\"d\\\\\"",
        "a/b; x=\"\" | a/b; x=\"\"",
        "a/b;;  ;x=1; | a/b; x=1",
        "a/b;x=1;y=1 | a/b; x=1; y=1",
        "a/b;x=1;x=2 | none",
        "a/b;x=1;y=1;X=\"1\" | none",
        "application/vnd.api+json | application/vnd.api+json",
        "'' | none",
        "text | none",
        "text/ | none",
        "/html | none",
        "text /html | none",
        "text/html x | none",
        "text/html, text/plain | none",
        "text/html;charset | none",
        "text/html;charset= | none",
        "text/html;charset =utf-8 | none",
        "text/html;charset= utf-8 | none",
        "text/html;charset=\"utf-8 | none",
        "text/html;x=\"a\\ | none",
        "text/html;=x | none",
        "text/* | none",
        "*/* | none",
        "té/x | none",
      })
  void parses_a_field_value(String value, @Nullable String expected) {
    assertThat(ContentType.parse(value).map(ContentType::toString).orElse(null))
        .isEqualTo(expected);
  }

  @Test
  void has_parameters_by_name() {
    ContentType type =
        ContentType.parse("multipart/form-data; BOUNDARY=\"a b\"; x=1").orElseThrow();
    assertThat(type.parameter("boundary")).contains("a b");
    assertThat(type.parameter("x")).contains("1");
    assertThat(type.parameter("y")).isEmpty();
    assertThat(type.essence()).isEqualTo("multipart/form-data");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "application/json, true",
    "application/json; charset=utf-8, true",
    "text/json, true",
    "application/problem+json, true",
    "application/json-seq, false",
    "application/jsonp, false",
    "application/xml+jsonx, false",
    "text/plain, false",
  })
  void knows_json_by_its_suffix(String type, boolean json) {
    assertThat(ContentType.parse(type).orElseThrow().isJson()).isEqualTo(json);
  }

  @Test
  void refuses_what_is_none() {
    assertThatThrownBy(() -> new ContentType("text", "*", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("text/* is a range of media types, not one");
    assertThatThrownBy(() -> new ContentType("Text", "html", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a type is a token in lower case, not \"Text\"");
    assertThatThrownBy(() -> new ContentType("text", "", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a subtype is a token in lower case, not \"\"");
    assertThatThrownBy(() -> new ContentType.Parameter("a b", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a parameter name is a token in lower case, not \"a b\"");
  }

  @Nested
  class Ranges {
    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource({
      "text/html, */*, true",
      "text/html, text/*, true",
      "text/html, TEXT/HTML, true",
      "text/html, text/plain, false",
      "text/html, image/*, false",
      "text/html;level=1, text/html, true",
      "text/html, text/html;level=1, false",
      "text/html;level=1, text/html;level=1, true",
      "text/html;level=2, text/html;level=1, false",
      "text/html;charset=UTF-8, text/html;charset=utf-8, true",
      "text/html;level=A, text/html;level=a, false",
      "application/problem+json, application/json, false",
    })
    void contain_media_types(String type, String range, boolean expected) {
      assertThat(
              MediaRange.parse(range).orElseThrow().contains(ContentType.parse(type).orElseThrow()))
          .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        nullValues = "none",
        value = {
          "application/json, application/json",
          "text/html;level=1, text/html;level=1",
          "text/html;level=2, text/html",
          "text/plain, text/*",
          "image/png, */*",
        })
    void the_most_specific_is_chosen(String type, String expected) {
      List<MediaRange> ranges =
          Stream.of("*/*", "text/*", "text/html", "text/html;level=1", "application/json")
              .map(text -> MediaRange.parse(text).orElseThrow())
              .toList();
      assertThat(MediaRange.mostSpecific(ranges, ContentType.parse(type).orElseThrow()))
          .isEqualTo(MediaRange.parse(expected));
    }

    @Test
    void may_contain_nothing() {
      assertThat(MediaRange.mostSpecific(List.of(), ContentType.JSON)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '\'',
        value = {"*/html", "text", "''", "text/html x", "text/html;q", "'text/html,a/b'"})
    void are_refused_when_malformed(String text) {
      assertThat(MediaRange.parse(text)).isEmpty();
    }

    @Test
    void are_written_as_they_are_read() {
      assertThat(MediaRange.parse("text/*; a=\"b c\"").orElseThrow())
          .hasToString("text/*; a=\"b c\"");
      assertThatThrownBy(() -> new MediaRange("*", "html", List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a range of any type has any subtype: */*, not */html");
    }
  }
}
