package io.brrtrouter.schema;

import static io.brrtrouter.schema.Schemas.compile;
import static io.brrtrouter.schema.Schemas.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

@DisplayName("A compiled schema")
class CompiledSchemaTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Test
  void countsTheViolationsItDoesNotReport() {
    CompiledSchema schema = compile("{\"items\": {\"type\": \"string\"}}");
    Violations violations = schema.check(json("[1, 2, 3, 4, 5]"), 2);
    assertThat(violations.list())
        .extracting(Violation::instanceLocation)
        .containsExactly("/0", "/1");
    assertThat(violations.omitted()).isEqualTo(3);
    assertThat(violations.isEmpty()).isFalse();
    assertThat(schema.check(json("[1]"), 0)).isEqualTo(new Violations(List.of(), 1));
    assertThat(schema.check(json("[]"), 0)).isSameAs(Violations.NONE);
  }

  @Test
  void saysWhereAViolatedKeywordIsWritten() {
    SchemaResource resource =
        new SchemaResource(
            URI.create("https://example.com/a%20b"),
            json("{\"properties\": {\"ä b\": {\"$id\": \"inner\", \"not\": {}, \"minimum\": 5}}}"),
            List.of(""),
            pointer -> new SourceLocation("a b.yaml", 7, pointer.length()));
    CompiledSchema schema = SchemaCompiler.builder().build().compile(resource, "", View.PLAIN);
    assertThat(schema.check(json("{\"ä b\": 1}"), 5).list())
        .containsExactly(
            new Violation(
                "/ä b",
                "/properties/ä b/minimum",
                "https://example.com/inner#/minimum",
                new SourceLocation("a b.yaml", 7, "/properties/ä b/minimum".length()),
                "minimum",
                json("5"),
                "must be at least 5"),
            new Violation(
                "/ä b",
                "/properties/ä b/not",
                "https://example.com/inner#/not",
                new SourceLocation("a b.yaml", 7, "/properties/ä b/not".length()),
                "not",
                null,
                "must not match the schema in \"not\""));
  }

  @Test
  void encodesThePointerInTheUri() {
    CompiledSchema schema = compile("{\"properties\": {\"ä %\": {\"type\": \"string\"}}}");
    assertThat(schema.check(json("{\"ä %\": 1}"), 5).list())
        .extracting(Violation::schemaLocation)
        .containsExactly("https://example.com/test#/properties/%C3%A4%20%25/type");
  }

  /** Trees of other readers hold numbers in other nodes. */
  static Stream<Arguments> otherNumbers() {
    return Stream.of(
        Arguments.of("{\"const\": 0.1}", JSON.numberNode(0.1), true),
        Arguments.of("{\"const\": 0.1}", JSON.numberNode(0.1f), true),
        Arguments.of("{\"const\": 7}", JSON.numberNode((short) 7), true),
        Arguments.of("{\"type\": \"integer\"}", JSON.numberNode(3.0), true),
        Arguments.of("{\"type\": \"integer\"}", JSON.numberNode(3.5), false),
        Arguments.of("{\"multipleOf\": 0.1}", JSON.numberNode(0.3), true),
        Arguments.of("{\"multipleOf\": 2}", JSON.numberNode((short) 4), true),
        Arguments.of("{\"minimum\": 9.5}", JSON.numberNode(9.4f), false),
        Arguments.of("{\"minimum\": 9}", JSON.numberNode(new BigDecimal("9.00")), true),
        Arguments.of("{\"uniqueItems\": true}", JSON.arrayNode().add(1).add(1.0), false));
  }

  @ParameterizedTest
  @MethodSource("otherNumbers")
  void takesNumbersByTheirDecimal(String schema, JsonNode instance, boolean valid) {
    assertThat(compile(schema).isValid(instance)).isEqualTo(valid);
  }

  static Stream<JsonNode> strangers() {
    return Stream.of(
        JSON.numberNode(Double.NaN),
        JSON.numberNode(Double.POSITIVE_INFINITY),
        JSON.binaryNode(new byte[] {1}),
        JSON.pojoNode(new Object()),
        MissingNode.getInstance());
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void refusesWhatIsNoJsonValue(JsonNode stranger) {
    CompiledSchema schema = compile("{\"minimum\": 1}");
    assertThat(schema.isValid(stranger)).isFalse();
    assertThat(schema.check(stranger, 5).list())
        .extracting(Violation::message)
        .containsExactly("must be a JSON value");
    assertThat(compile("{}").isValid(stranger)).isTrue();
    assertThat(compile("{}").check(stranger, 5).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {"type": "object", "additionalProperties": false}       | {"a": 1}
          {"type": "object"}                                      | [1]
          {"type": "array"}                                       | {"a": 1}
          {"items": {"type": "object"}}                           | [1]
          {"items": false}                                        | [1]
          {"prefixItems": [{"type": "string"}]}                   | [1]
          {"minItems": 2}                                         | [1]
          {"uniqueItems": true}                                   | [1, 1]
          {"required": ["b"]}                                     | {"a": 1}
          {"minProperties": 2}                                    | {"a": 1}
          {"patternProperties": {"a": false}}                     | {"a": 1}
          {"patternProperties": {"b": {}}, "additionalProperties": {"type": "string"}} | {"a": 1}
          {"properties": {"a": {"properties": {"b": {"type": "string"}}}}} | {"a": {"b": 1}, "c": [1]}
          {"allOf": [{"required": ["b"]}]}                        | {"a": 1}
          {"allOf": [{}], "unevaluatedProperties": false}         | {"a": 1}
          {"allOf": [{}], "unevaluatedItems": false}              | [1]
          {"anyOf": [{"$ref": "#"}, {}], "maxItems": 0}           | [1]
          """)
  void findsViolationsWhileParsing(String schema, String instance) {
    ParsedJson parsed =
        compile(schema)
            .parse(instance.getBytes(java.nio.charset.StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    assertThat(parsed)
        .isEqualTo(
            new ParsedJson.Invalid(json(instance), compile(schema).check(json(instance), 50)));
  }

  @Test
  void reportsFiftyViolationsWhileParsing() {
    String text = "[" + "1,".repeat(59) + "1]";
    ParsedJson.Invalid invalid =
        (ParsedJson.Invalid)
            compile("{\"items\": {\"type\": \"string\"}}")
                .parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    assertThat(invalid.violations().list()).hasSize(50);
    assertThat(invalid.violations().omitted()).isEqualTo(10);
  }

  @Test
  void canBeCompiledAndUsedByManyThreads() throws Exception {
    SchemaCompiler compiler =
        SchemaCompiler.builder()
            .format("even", text -> text.length() % 2 == 0)
            .assertFormats(true)
            .build();
    SchemaResource resource =
        Schemas.resource(
            """
            {"$defs": {"a": {"properties": {"next": {"$ref": "#/$defs/b"}}},
                       "b": {"properties": {"next": {"$ref": "#/$defs/a"}, "e": {"format": "even"}}}}}\
            """);
    Callable<Boolean> work =
        () -> {
          CompiledSchema a = compiler.compile(resource, "/$defs/a", View.PLAIN);
          CompiledSchema b = compiler.compile(resource, "/$defs/b", View.REQUEST);
          return a.isValid(json("{\"next\": {\"e\": \"ab\", \"next\": {\"next\": {\"e\": \"\"}}}}"))
              && !a.isValid(json("{\"next\": {\"next\": {\"next\": {\"e\": \"abc\"}}}}"))
              && !b.isValid(json("{\"e\": \"a\"}"));
        };
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> result :
          executor.invokeAll(IntStream.range(0, 50).mapToObj(i -> work).toList())) {
        assertThat(result.get()).isTrue();
      }
    }
  }

  @Test
  void assertsRegisteredFormatsBeforeItsOwn() {
    CompiledSchema schema =
        SchemaCompiler.builder()
            .format("even", text -> text.length() % 2 == 0)
            .format("date", text -> text.equals("today"))
            .assertFormats(true)
            .build()
            .compile(
                Schemas.resource(
                    "{\"items\": {\"anyOf\": [{\"format\": \"even\"}]}, "
                        + "\"contains\": {\"format\": \"date\"}}"),
                "",
                View.PLAIN);
    assertThat(schema.isValid(json("[\"today\"]"))).isFalse();
    assertThat(schema.isValid(json("[\"today!\"]"))).isFalse();
    assertThat(schema.check(json("[\"today\"]"), 5).list())
        .extracting(Violation::message)
        .containsExactly("must be a valid even");
  }

  @Test
  void mayMatchPatternsWithBacktrackingWhenAllowed() {
    CompiledSchema schema =
        SchemaCompiler.builder()
            .allowBacktrackingPatterns(true)
            .build()
            .compile(Schemas.resource("{\"pattern\": \"^(a|b)\\\\1$\"}"), "", View.PLAIN);
    assertThat(schema.isValid(json("\"aa\""))).isTrue();
    assertThat(schema.isValid(json("\"ab\""))).isFalse();
  }

  @Test
  void takesFormatsAsAnnotationsUnlessAsserted() {
    assertThat(compile("{\"format\": \"date\"}").isValid(json("\"x\""))).isTrue();
    assertThat(compile("{\"format\": \"int32\"}").isValid(json("1e100"))).isTrue();
  }
}
