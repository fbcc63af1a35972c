package io.brrtrouter.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.brrtrouter.schema.JsonLimits;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Reading without a tree agrees with reading a tree")
class JsonInputAgreesTest {

  /** Asserts the same verdict and, for what is accepted, the same value; answers the verdict. */
  private static boolean agrees(byte[] json, JsonLimits limits) {
    Optional<String> expected = Values.described(json, limits);
    Optional<String> read = Values.decode(Values::readAny, json, limits);
    Values.same(read, expected, () -> "reading " + Values.latin1(json) + " within " + limits);
    boolean skipped = Values.decode(Values.SKIPPING, json, limits).isPresent();
    Values.same(
        skipped,
        expected.isPresent(),
        () -> "skipping " + Values.latin1(json) + " within " + limits);
    return expected.isPresent();
  }

  @Test
  void onThePublicTestSuite() throws IOException {
    Path suite = Path.of(System.getProperty("brrt.data", ""), "json-test-suite", "test_parsing");
    assumeTrue(Files.isDirectory(suite), "no test data at " + suite);
    int accepted = 0;
    int refused = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(suite, "*.json")) {
      for (Path file : files) {
        if (agrees(Files.readAllBytes(file), JsonLimits.DEFAULT)) {
          accepted++;
        } else {
          refused++;
        }
      }
    }
    assertThat(accepted).isGreaterThan(95);
    assertThat(refused).isGreaterThan(180);
  }

  @Test
  void onRandomTexts() {
    RandomJson texts = new RandomJson(1);
    int accepted = 0;
    for (int i = 0; i < 40_000; i++) {
      accepted += agrees(texts.valid(), JsonLimits.DEFAULT) ? 1 : 0;
    }
    // Some have a member twice, or an exponent out of range.
    assertThat(accepted).isBetween(25_000, 39_500);
  }

  @Test
  void onDamagedTexts() {
    RandomJson texts = new RandomJson(2);
    int accepted = 0;
    for (int i = 0; i < 120_000; i++) {
      accepted += agrees(texts.mutated(), JsonLimits.DEFAULT) ? 1 : 0;
    }
    assertThat(accepted).isBetween(10_000, 80_000);
  }

  @Test
  void underLowLimits() {
    RandomJson texts = new RandomJson(3);
    Random random = texts.random();
    int accepted = 0;
    for (int i = 0; i < 60_000; i++) {
      JsonLimits limits =
          new JsonLimits(
              1 + random.nextInt(5),
              1 + random.nextInt(30),
              1 + random.nextInt(30),
              1 + random.nextInt(22),
              1 + random.nextInt(30),
              1 + random.nextInt(4),
              1_000);
      accepted += agrees(random.nextInt(4) == 0 ? texts.mutated() : texts.valid(), limits) ? 1 : 0;
    }
    assertThat(accepted).isBetween(10_000, 50_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[",
        "{",
        "\"",
        "\"\\",
        "\"\\u",
        "\"\\ud83d",
        "-",
        "1.",
        "1e",
        "1e+",
        "01",
        "-01",
        "+1",
        ".5",
        "1.2.3",
        "1 2",
        "1,",
        "[1,]",
        "[,1]",
        "{\"a\":1,}",
        "{,}",
        "{\"a\"}",
        "{\"a\",1}",
        "{a:1}",
        "tru",
        "truE",
        "true1",
        "nul",
        "nulll",
        "falsey",
        "[1 2]",
        "[1}",
        "{\"a\":1]",
        "\"a\"\"b\"",
        "\u00a01",
        "\ufeff1",
        "\"\t\"",
        "\"\u007f\"",
        "[1]x",
        "{\"a\":1 \"b\":2}",
        "{\"a\" :1}",
        "{\"a\"::1}",
        "{\"name\":1,\"name\":2}",
        "{\"name\":1,\"nam\\u0065\":2}",
        "{\"x\":1,\"\\u0078\":2}",
        "{\"q\"\\\":1}",
        "{\"q\\\"\\\\\":1}",
        "// 1",
        "NaN",
        "Infinity",
        "0x1",
        "1_000",
        "'a'"
      })
  void atTheEdges(String text) {
    boolean accepted = agrees(Values.utf8(text), JsonLimits.DEFAULT);
    assertThat(accepted)
        .isEqualTo(
            text.equals("\"\u007f\"")
                || text.equals("{\"a\" :1}")
                || text.startsWith("{\"q\\\"\\\\"));
  }

  /** Names whose hashes collide, and depth, must not make reading slow or overflow the stack. */
  @Test
  void onLargeTexts() {
    StringBuilder colliding = new StringBuilder("{");
    for (int i = 0; i < 1 << 12; i++) {
      colliding.append(i == 0 ? "\"" : ",\"");
      for (int bit = 0; bit < 12; bit++) {
        colliding.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      colliding.append("\":0");
    }
    assertThat(agrees(Values.utf8(colliding + "}"), JsonLimits.DEFAULT)).isTrue();
    String deep = "[".repeat(128) + "]".repeat(128);
    assertThat(agrees(Values.utf8(deep), JsonLimits.DEFAULT)).isTrue();
    assertThat(agrees(Values.utf8("[" + deep + "]"), JsonLimits.DEFAULT)).isFalse();
    assertThat(agrees(Values.utf8("[".repeat(1_000_000)), JsonLimits.DEFAULT)).isFalse();
    String deepObject = "{\"name\":".repeat(128) + "1" + "}".repeat(128);
    assertThat(agrees(Values.utf8(deepObject), JsonLimits.DEFAULT)).isTrue();
  }
}
