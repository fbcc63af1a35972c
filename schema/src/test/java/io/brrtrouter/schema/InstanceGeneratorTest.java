package io.brrtrouter.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("A generated instance")
class InstanceGeneratorTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static String generate(String schema, View view) {
    SchemaCompiler compiler = SchemaCompiler.builder().assertFormats(true).build();
    SchemaResource resource = SchemaResource.of(URI.create("urn:test"), MAPPER.readTree(schema));
    return InstanceGenerator.generate(resource, "", view, compiler)
        .map(JsonNode::toString)
        .orElse("nothing");
  }

  static Stream<String> lines() throws IOException {
    try (InputStream in = InstanceGeneratorTest.class.getResourceAsStream("instances.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void isTheFirstThatFits(String line) {
    String[] cells = line.split(" => ");
    assertThat(generate(cells[0], View.PLAIN)).isEqualTo(cells[1]);
  }

  @Nested
  class LeavesOutWhatTheViewDrops {
    private static final String SCHEMA =
        """
        {"required": ["id", "secret"],
         "properties": {
           "id": {"type": "integer", "readOnly": true},
           "secret": {"allOf": [{"type": "string", "writeOnly": true}]},
           "name": {"type": "string"}}}
        """;

    @Test
    void inARequest() {
      assertThat(generate(SCHEMA, View.REQUEST))
          .isEqualTo("{\"secret\":\"string\",\"name\":\"string\"}");
    }

    @Test
    void inAResponse() {
      assertThat(generate(SCHEMA, View.RESPONSE)).isEqualTo("{\"id\":1,\"name\":\"string\"}");
    }

    @Test
    void evenFromAnExample() {
      assertThat(
              generate(
                  "{\"properties\": {\"id\": {\"readOnly\": true}}, \"example\": {\"id\": 1, \"a\": 2}}",
                  View.REQUEST))
          .isEqualTo("{\"a\":2}");
    }
  }

  @Test
  void followsReferencesToOtherDocuments() {
    SchemaResource pet =
        SchemaResource.of(
            URI.create("https://example.com/pet"),
            MAPPER.readTree("{\"$defs\": {\"name\": {\"const\": \"Rex\"}}}"));
    SchemaResource order =
        SchemaResource.of(
            URI.create("https://example.com/order"),
            MAPPER.readTree(
                "{\"a\": {\"properties\": {\"pet\": {\"$ref\": \"pet#/$defs/name\"}}}}"));
    SchemaCompiler compiler = SchemaCompiler.builder().resource(pet).build();
    Optional<JsonNode> instance = InstanceGenerator.generate(order, "/a", View.PLAIN, compiler);
    assertThat(instance).hasToString("Optional[{\"pet\":\"Rex\"}]");
  }

  @Test
  void doesNotGrowWithoutEnd() {
    // Every level has two ways to every deeper one.
    StringBuilder schema = new StringBuilder("{\"$ref\": \"#/$defs/a0\", \"$defs\": {");
    for (int i = 0; i < 30; i++) {
      String next = "{\"$ref\": \"#/$defs/a" + (i + 1) + "\"}";
      schema.append("\"a").append(i).append("\": {\"properties\": {\"l\": ");
      schema.append(next).append(", \"r\": ").append(next).append("}},");
    }
    schema.append("\"a30\": {\"type\": \"null\"}}}");
    assertThat(generate(schema.toString(), View.PLAIN))
        .startsWith("{\"l\":{\"l\":{")
        .hasSizeLessThan(5_000);
  }

  /** Twelve levels of five ways each, all of which end at the same impossible text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"anyOf\": [%s]}",
        "{\"required\": [\"x\"], \"type\": \"object\", \"properties\": {\"x\": {\"anyOf\": [%s]}}}"
      })
  void isGivenUpWhereThereIsNone(String level) {
    StringBuilder schema = new StringBuilder("{\"$ref\": \"#/$defs/a0\", \"$defs\": {");
    for (int i = 0; i < 12; i++) {
      String way = "{\"$ref\": \"#/$defs/a" + (i + 1) + "\"}";
      String ways = String.join(",", Collections.nCopies(5, way));
      schema.append("\"a").append(i).append("\": ").append(String.format(level, ways)).append(",");
    }
    schema.append("\"a12\": {\"type\": \"string\", \"pattern\": \"^a$\", \"minLength\": 2}}}");
    assertThat(generate(schema.toString(), View.PLAIN)).isEqualTo("nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"string\", \"minLength\": 50000000}",
        "{\"type\": \"string\", \"minLength\": 5000000000}",
        "{\"type\": \"string\", \"minLength\": 70000, \"pattern\": \"^a+$\"}",
        "{\"type\": \"array\", \"minItems\": 10000000, \"items\": {\"type\": \"null\"}}",
        "{\"type\": \"array\", \"contains\": {\"const\": 1}, \"minContains\": 10000000}",
        "{\"type\": \"array\", \"prefixItems\": [{}], \"contains\": {\"const\": 1}, \"minContains\": 2147483647}",
        "{\"type\": \"array\", \"minItems\": 900, \"items\": {\"type\": \"array\", \"minItems\": 900, \"items\": {\"type\": \"string\"}}}",
        "{\"type\": \"array\", \"minItems\": 900, \"items\": {\"type\": \"string\", \"minLength\": 60000}}",
        "{\"type\": \"array\", \"minItems\": 900, \"uniqueItems\": true, \"items\": {\"type\": \"string\", \"pattern\": \"^a{3000}$\"}}",
        "{\"type\": \"array\", \"minItems\": 900, \"uniqueItems\": true, \"items\": {\"type\": \"string\", \"pattern\": \"^(a|b)*c(a|b){9}$\", \"minLength\": 2000}}",
        "{\"type\": \"object\", \"minProperties\": 10000000, \"additionalProperties\": {\"type\": \"string\", \"minLength\": 5000}}",
        "{\"type\": \"object\", \"minProperties\": 900, \"propertyNames\": {\"pattern\": \"^a{50}$\"}}"
      })
  @Timeout(60)
  void isGivenUpWhereItWouldBeHuge(String schema) {
    assertThat(Effort.of(() -> assertThat(generate(schema, View.PLAIN)).isEqualTo("nothing")))
        .isLessThan(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({"minLength, 60000, 60002", "maxLength, 3, 5"})
  void isAsLongAsTheSchemaAsksUpTo64Ki(String keyword, int length, int written) {
    String schema = "{\"type\": \"string\", \"%s\": %d}".formatted(keyword, length);
    assertThat(generate(schema, View.PLAIN)).hasSize(written);
  }

  @Test
  void isRefusedForASchemaThatDoesNotCompile() {
    assertThatThrownBy(() -> generate("{\"$ref\": \"#/nowhere\"}", View.PLAIN))
        .isInstanceOf(SchemaException.class);
  }
}
