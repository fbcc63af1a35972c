package io.brrtrouter.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A schema that cannot be compiled")
class SchemaProblemsTest {

  /** A block of problems.txt. */
  private record Block(String title, String schema, String problems) {
    static Block parse(String text) {
      List<String> lines = text.lines().toList();
      return new Block(
          lines.get(0),
          lines.get(1).substring("schema ".length()),
          String.join("\n", lines.subList(2, lines.size())));
    }

    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Block> blocks() throws IOException {
    try (InputStream in = SchemaProblemsTest.class.getResourceAsStream("problems.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n\n")).skip(1).map(Block::parse).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void hasEveryProblemReported(Block block) {
    SchemaException exception = failure(resource(block.schema));
    assertThat(
            exception.problems().stream()
                .map(p -> p.source() + " | " + p.keyword() + " | " + p.message())
                .collect(Collectors.joining("\n")))
        .isEqualTo(block.problems);
  }

  private static SchemaException failure(SchemaResource resource) {
    SchemaCompiler compiler = SchemaCompiler.builder().build();
    return catchThrowableOfType(
        SchemaException.class, () -> compiler.compile(resource, "", View.PLAIN));
  }

  private static SchemaResource resource(String schema) {
    return new SchemaResource(
        Schemas.URI_OF_TESTS,
        Schemas.json(schema),
        List.of(""),
        pointer -> new SourceLocation("#" + pointer, 0, 0));
  }

  @Test
  void hasItsProblemsInDocumentOrder() {
    SchemaResource resource =
        new SchemaResource(
            Schemas.URI_OF_TESTS,
            Schemas.json("{\"type\": 1, \"minimum\": \"a\", \"pattern\": 2}"),
            List.of(""),
            pointer ->
                new SourceLocation("a.json", pointer.startsWith("/t") ? 3 : 2, pointer.length()));
    assertThat(failure(resource))
        .hasMessage(
            """
            a.json:2:8: "minimum" must be a number
            a.json:2:8: "pattern" must be a string
            a.json:3:5: 1 is not a type; use "string", "number", "integer", "boolean", "array", \
            "object" or "null\"\
            """);
  }

  @Test
  void leavesTheCompilerUsable() {
    SchemaCompiler compiler = SchemaCompiler.builder().build();
    SchemaResource resource =
        SchemaResource.of(
            Schemas.URI_OF_TESTS,
            Schemas.json(
                """
                {"$defs": {"bad": {"properties": {"a": {"$ref": "#/$defs/good"}, "b": 1}},
                           "good": {"type": "string"}}}\
                """));
    assertThat(
            catchThrowableOfType(
                SchemaException.class, () -> compiler.compile(resource, "/$defs/bad", View.PLAIN)))
        .hasMessageContaining("a schema must be an object, true or false");
    CompiledSchema good = compiler.compile(resource, "/$defs/good", View.PLAIN);
    assertThat(good.isValid(Schemas.json("\"x\""))).isTrue();
    assertThat(good.isValid(Schemas.json("1"))).isFalse();
  }
}
