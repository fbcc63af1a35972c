package io.brrtrouter.openapi.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.model.ExpressionTemplate.Embedded;
import io.brrtrouter.openapi.model.ExpressionTemplate.Literal;
import io.brrtrouter.openapi.model.RuntimeExpression.Message;
import io.brrtrouter.openapi.model.RuntimeExpression.Part;
import io.brrtrouter.openapi.model.RuntimeExpression.Source;
import io.brrtrouter.openapi.model.RuntimeExpression.StatusCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeExpressionTest {
  @ParameterizedTest
  @CsvSource({
    "$url, false",
    "$method, false",
    "$statusCode, true",
    "$request.header.Accept, false",
    "$request.header.x-a!b, false",
    "$request.query.a b, false",
    "$request.query., false",
    "$request.path.id, false",
    "$request.body, false",
    "$request.body#/a~0b/~1/0, false",
    "$request.body#/, false",
    "$response.header.Location, true",
    "$response.body#/id, true"
  })
  void expressions_are_read_and_shown(String text, boolean ofResponse) {
    assertThat(RuntimeExpression.parse(text))
        .get()
        .satisfies(expression -> {
          assertThat(expression).hasToString(text);
          assertThat(expression.ofResponse()).isEqualTo(ofResponse);
        });
  }

  @Test
  void all_of_a_body_can_be_written_in_two_ways() {
    assertThat(RuntimeExpression.parse("$request.body#"))
        .isEqualTo(RuntimeExpression.parse("$request.body"))
        .contains(new Source(Message.REQUEST, Part.BODY, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$",
        "url",
        "$URL",
        "$statuscode",
        "$request",
        "$request.",
        "$request.cookie.a",
        "$request.header.",
        "$request.header.a b",
        "$request.header.ä",
        "$request.bodya",
        "$request.body#a",
        "$request.body#/a~",
        "$request.body#/a~2",
        "$request.body#/~~0",
        "$response.status"
      })
  void what_is_no_expression_is_none(String text) {
    assertThat(RuntimeExpression.parse(text)).isEmpty();
  }

  @Test
  void a_text_has_expressions_in_braces() {
    assertThat(ExpressionTemplate.parse("https://a/{$statusCode}?{$request.path.id}").orElseThrow())
        .satisfies(template -> {
          assertThat(template.pieces())
              .containsExactly(
                  new Literal("https://a/"),
                  new Embedded(new StatusCode()),
                  new Literal("?"),
                  new Embedded(new Source(Message.REQUEST, Part.PATH, "id")));
          assertThat(template.ofResponse()).isTrue();
        });
    assertThat(ExpressionTemplate.parse("https://a/").orElseThrow().pieces())
        .containsExactly(new Literal("https://a/"));
    assertThat(ExpressionTemplate.parse("$request.body#/a{b}").orElseThrow().pieces())
        .as("as a whole, whatever stands in it")
        .containsExactly(new Embedded(new Source(Message.REQUEST, Part.BODY, "/a{b}")));
  }

  @ParameterizedTest
  @CsvSource({
    "{$request.body#/url}, true",
    "$request.body#/url, true",
    "{$request.body#/url}/{$request.path.id}, true",
    "https://example.com, true",
    "https://example.com/{$request.path.id}, true",
    "https://example.com?id={$request.path.id}, true",
    "https://{$request.body#/host}.example/hook, false",
    "https://example.com{$request.path.id}, false",
    "https://example.com:{$request.path.id}/, false",
    "{$url}, true",
    "/hooks/{$request.path.id}, false"
  })
  void a_template_names_the_whole_host_or_not(String text, boolean whole) {
    assertThat(ExpressionTemplate.parse(text).orElseThrow().namesWholeHost()).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "}", "a}", "{a}", "{$url", "{$url}}", "{{$url}}", "{}", "$nothing"})
  void what_is_no_template_is_none(String text) {
    assertThat(ExpressionTemplate.parse(text)).isEmpty();
  }
}
