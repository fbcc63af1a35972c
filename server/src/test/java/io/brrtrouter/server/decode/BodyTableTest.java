package io.brrtrouter.server.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.server.decode.MarkdownTable.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Executes every row of {@code docs/bodies.md}. */
class BodyTableTest {
  private static final String PAGE = "docs/bodies.md";
  private static final TestSchemas SCHEMAS = TestSchemas.of(rows("name"));

  private static List<Row> rows(String heading) {
    return MarkdownTable.read(PAGE).stream().filter(row -> row.has(heading)).toList();
  }

  static Stream<Row> mediaTypes() {
    return rows("declared").stream();
  }

  static Stream<Row> bodies() {
    return rows("media type").stream();
  }

  static Stream<Row> forms() {
    return rows("form").stream();
  }

  static Stream<Row> multipart() {
    return rows("parts").stream();
  }

  static Stream<Row> mixed() {
    return rows("mixed parts").stream();
  }

  @Test
  void pageIsThere() {
    assertThat(MarkdownTable.read(PAGE)).hasSizeGreaterThan(200);
  }

  @ParameterizedTest
  @MethodSource("mediaTypes")
  void selects(Row row) {
    MediaType media = TestBody.media(Optional.of(SCHEMAS.schema("any")), json("{}"), SCHEMAS);
    BodyDecoder decoder =
        TestBody.decoder(
            Map.of(row.cell("declared"), media), true, SCHEMAS.compiler(), FormLimits.DEFAULT);
    MediaDecoder selected =
        decoder.select(row.cell("sent").equals("*nothing*") ? null : row.code("sent"));
    String kind =
        switch (selected) {
          case null -> "415";
          case JsonBody _ -> "json";
          case FormBody _ -> "form";
          case MultipartBody _ -> "multipart";
          case TextBody _ -> "text";
          case SequenceBody _ -> "items";
          case RawBody _ -> "octets";
          case TypedBody<?> _ -> "typed";
        };
    assertThat(kind).isEqualTo(row.cell("read as"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void decodesBodies(Row row) {
    List<String> words = Arrays.asList(row.cell("media type").split(", "));
    MediaType media =
        words.contains("itemSchema")
            ? TestBody.itemMedia(SCHEMAS.schema(row.cell("schema")))
            : TestBody.media(schema(row), json("{}"), SCHEMAS);
    check(
        row,
        words.getFirst(),
        media,
        !words.contains("optional"),
        TestBody.octets(row.code("body")));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void decodesForms(Row row) {
    MediaType media = TestBody.media(schema(row), json(row.code("encoding")), SCHEMAS);
    byte[] body = TestBody.octets(row.code("form"));
    check(row, "application/x-www-form-urlencoded", media, true, body);
  }

  @ParameterizedTest
  @MethodSource("multipart")
  void decodesMultipartForms(Row row) {
    MediaType media = TestBody.media(schema(row), json(row.code("encoding")), SCHEMAS);
    byte[] body = TestBody.multipart("b", row.code("parts"));
    check(row, "multipart/form-data; boundary=b", media, true, body);
  }

  @ParameterizedTest
  @MethodSource("mixed")
  void decodesOtherMultipart(Row row) {
    MediaType media = TestBody.media(schema(row), json(row.code("encodings")), SCHEMAS);
    byte[] body = TestBody.multipart("b", row.code("mixed parts"));
    check(row, "multipart/mixed; boundary=b", media, true, body);
  }

  private static void check(
      Row row, String contentType, MediaType media, boolean required, byte[] body) {
    String declared = contentType.split(";")[0];
    BodyDecoder decoder = TestBody.decoder(declared, media, required, SCHEMAS.compiler());
    DecodedBody decoded = decoder.decode(Objects.requireNonNull(decoder.select(contentType)), body);
    assertThat(text(decoded)).isEqualTo(row.cell("value").replace("<br>", "\n"));
  }

  private static String text(DecodedBody decoded) {
    return switch (decoded) {
      case DecodedBody.Absent _ -> "*absent*";
      case DecodedBody.Missing _ -> "*missing*";
      case DecodedBody.Value(JsonNode tree, List<Part> parts) ->
          tree != null ? "`" + tree + "`" : parts.isEmpty() ? "*octets*" : "*parts*";
      case DecodedBody.Malformed(int line, int column, String message) ->
          "**malformed** "
              + (line == 0 ? "" : "line " + line + ", column " + column + ": ")
              + message;
      case DecodedBody.TooLarge(String message) -> "**413** " + message;
      case DecodedBody.Bound _, DecodedBody.Drifted _ -> "*typed*";
      case DecodedBody.Invalid(List<RequestViolation> violations, int _) ->
          "**400** " + ParameterTableTest.text(violations);
    };
  }

  private static Optional<Schema> schema(Row row) {
    String name = row.cell("schema");
    return name.equals("*none*") ? Optional.empty() : Optional.of(SCHEMAS.schema(name));
  }

  private static JsonNode json(String text) {
    return TestSchemas.JSON.readTree(text);
  }
}
