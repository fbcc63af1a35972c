package io.brrtrouter.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Violations")
class ViolationsTest {

  /** A block of violations.txt. */
  private record Block(String title, String schema, String instance, String violations) {
    static Block parse(String text) {
      List<String> lines = text.lines().filter(line -> !line.startsWith("#")).toList();
      return new Block(
          lines.get(0),
          lines.get(1).substring("schema ".length()),
          lines.get(2).substring("instance ".length()),
          String.join("\n", lines.subList(3, lines.size())));
    }

    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Block> blocks() throws IOException {
    try (InputStream in = ViolationsTest.class.getResourceAsStream("violations.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n\n")).skip(1).map(Block::parse).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void areReportedInFull(Block block) {
    CompiledSchema schema = Schemas.asserting(block.schema);
    assertThat(render(schema.check(Schemas.json(block.instance), 100))).isEqualTo(block.violations);
    assertThat(schema.isValid(Schemas.json(block.instance))).isEqualTo(block.violations.isEmpty());
  }

  private static String render(Violations violations) {
    return violations.list().stream()
        .map(v ->
            String.join(" | ", v.instanceLocation(), v.keyword(), v.message(), v.evaluationPath()))
        .collect(Collectors.joining("\n"));
  }
}
