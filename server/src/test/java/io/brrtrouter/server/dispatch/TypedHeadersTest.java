package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.codec.JsonEncoder;
import io.brrtrouter.schema.codec.JsonTrees;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.TestServer;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Texts of typed responses: what they are, and what is refused because it would be another. */
class TypedHeadersTest {
  private static final JsonEncoder<String> TEXTS = (text, out) -> out.writeString(text);

  private static JsonNode json(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT)
            instanceof ParsedJson.Valid(JsonNode tree)
        ? tree
        : fail(text);
  }

  private static String header(TypedHeaders headers) {
    return headers.build().first("X-H").orElse("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          false | "a,b"             | a,b
          false | 5                 | 5
          false | ["a","b c",true]  | a,b c,true
          false | {"k":"v","n":1.0} | k,v,n,1.0
          true  | {"k":"v=w","n":1} | k=v=w,n=1
          false | []                |
          false | 1E+9999           | 1E+9999
          """)
  void values_are_written_in_simple_style(boolean explode, String value, String text) {
    assertThat(header(new TypedHeaders().set("X-H", explode, JsonTrees::write, json(value))))
        .isEqualTo(text == null ? "" : text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          false | ["a,b"]   | cannot have an item with ",", which separates items and has no escape in its style
          false | {"k":","} | cannot have an item with ",", which separates items and has no escape in its style
          false | [" a"]    | cannot have an item that is empty or begins or ends with a space, and has no escape in its style
          false | [""]      | cannot have an item that is empty or begins or ends with a space, and has no escape in its style
          false | {"a,b":1} | cannot have a member with "," in its name, which is a separator and has no escape in its style
          true  | {"a=b":1} | cannot have a member with "=" in its name, which is a separator and has no escape in its style
          true  | {"a=\\nWARN b":1} | cannot have a member with "=" in its name, which is a separator and has no escape in its style
          false | [null]    | cannot have a null, which no text stands for
          false | "\\u0100" | the value of header X-H has a character beyond Latin-1 at index 0
          """)
  void what_would_be_read_as_another_value_is_refused(
      boolean explode, String value, String problem) {
    assertThatThrownBy(() -> new TypedHeaders().set("X-H", explode, JsonTrees::write, json(value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem);
  }

  @Test
  void json_is_ascii() {
    assertThat(header(new TypedHeaders().setJson("X-H", TEXTS, "caf\u00e9\u007f \ud83d\udc08")))
        .isEqualTo("\"caf\\u00e9\\u007f \\ud83d\\udc08\"");
    assertThat(header(new TypedHeaders().setJsonString("X-H", "\u00e9"))).isEqualTo("\"\\u00e9\"");
    assertThat(header(new TypedHeaders().setJsonString("X-H", new BigDecimal("1.50"))))
        .isEqualTo("\"1.50\"");
    assertThat(header(new TypedHeaders().setJsonString("X-H", (String) null))).isEqualTo("none");
  }

  @Test
  void numbers_have_digits_unless_there_are_too_many() {
    assertThat(header(new TypedHeaders().set("X-H", new BigDecimal("1E+3")))).isEqualTo("1000");
    assertThat(header(new TypedHeaders().set("X-H", new BigDecimal("1E+999999999"))))
        .isEqualTo("1E+999999999");
    assertThat(header(new TypedHeaders().set("X-H", new BigDecimal("1E-999999999"))))
        .isEqualTo("1E-999999999");
  }

  private static ContentBinding.Text<String> text(String mediaType) {
    return new ContentBinding.Text<>("200", mediaType, TEXTS, Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/plain                       | text/plain; charset=utf-8        | 636166c3a9
          text/*                           | text/plain; charset=utf-8        | 636166c3a9
          text/plain; charset=iso-8859-1   | text/plain; charset=iso-8859-1   | 636166e9
          text/plain; Charset="ISO-8859-1" | text/plain; Charset="ISO-8859-1" | 636166e9
          text/csv;CHARSET=UTF-16BE        | text/csv;CHARSET=UTF-16BE        | 00630061006600e9
          """)
  void text_is_written_in_the_charset_it_says(String mediaType, String type, String octets) {
    assertThat(text(mediaType).contentType()).isEqualTo(type);
    assertThat(HexFormat.of().formatHex(text(mediaType).octets("caf\u00e9"))).isEqualTo(octets);
  }

  @Test
  void text_that_its_charset_does_not_have_is_refused() {
    assertThatThrownBy(() -> text("text/plain;charset=iso-8859-1").octets("\u20ac"))
        .hasMessage("cannot have a character that the charset ISO-8859-1 does not have");
    assertThatThrownBy(() -> text("text/plain").octets("\ud800"))
        .hasMessage("cannot have a character that the charset UTF-8 does not have");
    assertThatThrownBy(() -> text("text/plain; charset=nonsense"))
        .hasMessage(
            "\"text/plain; charset=nonsense\" has a charset that nobody can write; utf-8 can be"
                + " written");
    assertThatThrownBy(() -> text("text/plain; charset=ISO-2022-CN"))
        .hasMessage(
            "\"text/plain; charset=ISO-2022-CN\" has a charset that nobody can write; utf-8 can be"
                + " written");
    assertThatThrownBy(() ->
            new ContentBinding.Text<>(
                "200",
                "text/plain",
                TEXTS,
                Optional.empty(),
                "text/plain; charset=utf-8",
                StandardCharsets.ISO_8859_1))
        .hasMessage(
            "\"text/plain; charset=utf-8\" says another charset than ISO-8859-1, in which the text"
                + " is to be written; say that one");
  }

  @ParameterizedTest
  @CsvSource({
    "a, UTF-8, 61",
    "?, UTF-8, 3f",
    "\u00e9?, UTF-8, c3a93f",
    "\u20ac?, UTF-8, e282ac3f",
    "a\ud83d\udc08b, UTF-8, 61f09f908862",
    "a\ud83db, UTF-8, -",
    "\udc08\ud83d, UTF-8, -",
    "\ud83d, UTF-8, -",
    "?\u00e9\udc08, UTF-8, -",
    "\u00e9, ISO-8859-1, e9",
    "\u00e9, US-ASCII, -",
    "\ud83d\udc08, UTF-16, feffd83ddc08"
  })
  void no_character_is_written_as_another(String text, Charset charset, String octets) {
    byte[] written = WrittenText.octets(text, charset);

    assertThat(written == null ? "-" : HexFormat.of().formatHex(written)).isEqualTo(octets);
  }

  /** Answers as generated code would. */
  private record Answers(Supplier<TypedResponse<?>> answer) implements TypedHandler {
    @Override
    public Bindings bindings() {
      return new Bindings(
          "shop.api.Ask",
          new Bindings.OperationName("ask", "GET", "/text"),
          List.of(),
          false,
          List.of(),
          List.of());
    }

    @Override
    public TypedResponse<?> answer(Request request) {
      return answer.get();
    }
  }

  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Texts, version: "1"}
      paths:
        /text:
          get:
            operationId: ask
            responses:
              "200":
                description: text
                headers: {X-H: {schema: {type: array, items: {type: string}}}}
                content: {text/plain; charset=iso-8859-1: {schema: {type: string}}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          header | does not match the document: [header X-H: cannot have an item with ",", which separates items and has no escape in its style (
          body   | does not match the document: [body: cannot have a character that the charset ISO-8859-1 does not have (
          """)
  void what_cannot_be_written_breaks_the_contract(String where, String told) {
    String item = where.equals("header") ? "a,b" : "a";
    String body = where.equals("body") ? "\u20ac" : "a";
    Answers answers =
        new Answers(() ->
            TypedResponse.of(
                200,
                new TypedHeaders()
                    .set("X-H", false, JsonTrees::write, json("[\"" + item + "\"]"))
                    .build(),
                text("text/plain; charset=iso-8859-1"),
                body));
    TestServer server = TestServer.of(DOCUMENT, builder -> builder.handler("ask", answers));

    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.contract")) {
      String id = RequestIds.next();
      HttpResponse response = server.ask("GET", "/text", "", "X-Request-ID", id);

      assertThat(response.status()).isEqualTo(500);
      assertThat(log.about(id).getFirst().getFormattedMessage()).contains(told);
      assertThat(TestServer.text(server.get("/metrics")))
          .contains(
              "brrtrouter_response_breaches_total{method=\"GET\",operation=\"ask\",path=\"/text\"} 1.0");
    }
  }
}
