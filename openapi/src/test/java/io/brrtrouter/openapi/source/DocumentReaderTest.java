package io.brrtrouter.openapi.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.schema.SourceLocation;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DocumentReaderTest {

  private static LocatedDocument yaml(String text) {
    return read(text, "a.yaml");
  }

  private static LocatedDocument json(String text) {
    return read(text, "a.json");
  }

  private static LocatedDocument read(String text, String name) {
    ReadResult result =
        DocumentReader.read(text.getBytes(UTF_8), Path.of(name), DocumentLimits.DEFAULT);
    assertThat(result).isInstanceOf(ReadResult.Sound.class);
    return ((ReadResult.Sound) result).document();
  }

  private static List<String> problems(byte[] text, String name, DocumentLimits limits) {
    ReadResult result = DocumentReader.read(text, Path.of(name), limits);
    assertThat(result).isInstanceOf(ReadResult.Broken.class);
    return ((ReadResult.Broken) result).findings().stream().map(Finding::toString).toList();
  }

  @Nested
  class Scalars_of_yaml {

    @ParameterizedTest
    @CsvSource({
      "~, null",
      "null, null",
      "Null, null",
      "NULL, null",
      "true, true",
      "True, true",
      "TRUE, true",
      "false, false",
      "False, false",
      "FALSE, false",
      "0, 0",
      "-0, 0",
      "+7, 7",
      "012, 12",
      "0x1F, 31",
      "0xff, 255",
      "0o17, 15",
      "1.0, 1.0",
      "-2.50, -2.50",
      ".5, 0.5",
      "1., 1",
      "1e3, 1E+3",
      "1E-2, 0.01",
      "+1.5e+2, 1.5E+2"
    })
    void follow_the_core_schema(String written, String value) {
      JsonNode node = yaml("a: " + written).root().path("a");
      String text = node.isFloatingPointNumber() ? node.decimalValue().toString() : node.toString();
      assertThat(text).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "yes",
          "no",
          "on",
          "off",
          "y",
          "n",
          "nULL",
          "tRUE",
          "1_000",
          "0b1",
          "0x",
          "0xG",
          "0o8",
          "-0x1",
          "1.2.3",
          "1e",
          "1e+",
          "e3",
          "2026-11-22",
          "12:30",
          "+",
          ".",
          "-.",
          "1 2",
          ".infinity",
          "-.nan",
          "Infinity",
          "NaN",
          "http://a",
          "'1'",
          "\"true\"",
          "!!str 7",
          "! 7"
        })
    void are_text_otherwise(String written) {
      assertThat(yaml("a: " + written).root().path("a").isString()).isTrue();
    }

    @Test
    void lose_no_digit() {
      JsonNode root =
          yaml("a: 9223372036854775807\nb: 9223372036854775808\nc: 0.1234567890123456789012345\n")
              .root();
      assertThat(root.path("a").isLong()).isTrue();
      assertThat(root.path("b").bigIntegerValue()).isEqualTo(new BigInteger("9223372036854775808"));
      assertThat(root.path("c").decimalValue())
          .isEqualTo(new BigDecimal("0.1234567890123456789012345"));
    }

    @Test
    void keep_block_texts() {
      JsonNode root = yaml("a: |\n  one\n  two\nb: >-\n  one\n  two\nc:\n").root();
      assertThat(root.path("a").stringValue()).isEqualTo("one\ntwo\n");
      assertThat(root.path("b").stringValue()).isEqualTo("one two");
      assertThat(root.path("c").isNull()).isTrue();
    }

    @Test
    void accept_core_tags() {
      JsonNode root =
          yaml("a: !!int 7\nb: !!float 7\nc: !!null null\nd: !!bool true\ne: !!seq []\nf: !!map {}")
              .root();
      assertThat(root.toString())
          .isEqualTo("{\"a\":7,\"b\":7,\"c\":null,\"d\":true,\"e\":[],\"f\":{}}");
    }
  }

  @Nested
  class Names {

    @Test
    void are_text_whatever_they_look_like() {
      JsonNode root =
          yaml("200: a\n1.0: b\ntrue: c\nnull: d\n~: e\n'': f\n\"<<\": g\n!!str 1: h").root();
      assertThat(root.propertyNames())
          .containsExactly("200", "1.0", "true", "null", "~", "", "<<", "1");
    }

    @Test
    void may_be_aliases_of_text() {
      assertThat(yaml("&a x: 1\nb: {*a : 2}").root().toString())
          .isEqualTo("{\"x\":1,\"b\":{\"x\":2}}");
    }
  }

  @Nested
  class Aliases {

    @Test
    void share_what_they_repeat() {
      LocatedDocument document = yaml("a: &x\n  b: [1]\nc: *x\nd: [*x]\n");
      JsonNode root = document.root();
      assertThat(root.path("c")).isSameAs(root.path("a"));
      assertThat(root.path("d").path(0)).isSameAs(root.path("a"));
      assertThat(document.locate("/c/b/0")).isEqualTo(document.locate("/a/b/0"));
      assertThat(document.locateName("/c")).isEqualTo(new SourceLocation("a.yaml", 3, 1));
    }

    @Test
    void may_redefine_an_anchor() {
      assertThat(yaml("a: &x 1\nb: *x\nc: &x 2\nd: *x\n").root().toString())
          .isEqualTo("{\"a\":1,\"b\":1,\"c\":2,\"d\":2}");
    }

    @Test
    void count_as_what_they_expand_to() {
      DocumentLimits limits = new DocumentLimits(1000, 10, 10, 8);
      assertThat(problems("a: &x [1, 2, 3]\nb: *x\n".getBytes(UTF_8), "a.yaml", limits))
          .containsExactly(
              "a.yaml:2:4: error[too-many-nodes]: the file holds more than 8 values once its"
                  + " aliases are expanded; split the document into files or use $ref instead of"
                  + " aliases");
    }
  }

  @Nested
  class Positions {

    @Test
    void of_yaml_values_and_names() {
      LocatedDocument document =
          yaml("openapi: 3.1.1\npaths:\n  /pets/{id}:\n    get: {tags: [a, b]}\n");
      assertThat(document.locate("")).hasToString("a.yaml:1:1");
      assertThat(document.locateName("")).hasToString("a.yaml:1:1");
      assertThat(document.locate("/paths/~1pets~1{id}/get/tags/1")).hasToString("a.yaml:4:21");
      assertThat(document.locateName("/paths/~1pets~1{id}")).hasToString("a.yaml:3:3");
      assertThat(document.locateName("/paths/~1pets~1{id}/get/tags/1")).hasToString("a.yaml:4:21");
      assertThat(document.locate("/paths/~1pets~1{id}/put")).hasToString("a.yaml:4:5");
      assertThat(document.locateName("/nowhere/at/all")).hasToString("a.yaml:1:1");
    }

    @Test
    void of_json_values_and_names() {
      LocatedDocument document =
          json(
              "\n{\"a\": [true, null],\r\n \"\\u00e9\":\t{\"\uD83D\uDC36\": \"\uD83D\uDC36\", \"x\": 1}}");
      assertThat(document.locate("")).hasToString("a.json:2:1");
      assertThat(document.locate("/a/1")).hasToString("a.json:2:14");
      assertThat(document.locateName("/a")).hasToString("a.json:2:2");
      assertThat(document.locate("/\u00e9")).hasToString("a.json:3:12");
      assertThat(document.locateName("/\u00e9/x")).hasToString("a.json:3:23");
      assertThat(document.locate("/\u00e9/x")).hasToString("a.json:3:28");
    }

    @Test
    void count_every_kind_of_line_break() {
      assertThat(yaml("a: 1\r\nb: 2\rc: 3\n").locate("/c")).hasToString("a.yaml:3:4");
      assertThat(json("{\r\"a\":\r\n1}").locate("/a")).hasToString("a.json:3:1");
    }

    @Test
    void count_characters_not_code_units() {
      assertThat(yaml("{\uD83D\uDC36: 1, b: 2}").locateName("/b")).hasToString("a.yaml:1:8");
    }

    @Test
    void survive_a_byte_order_mark() {
      assertThat(yaml("\uFEFFa: 1").locate("/a")).hasToString("a.yaml:1:4");
      assertThat(json("\uFEFF{\"a\": 1}").locate("/a")).hasToString("a.json:1:7");
    }
  }

  @Nested
  class Walking {
    private final LocatedDocument document = yaml("a:\n  - x: 1\n  - 2\nb/c~d: true\n");

    @Test
    void down_and_up() {
      LocatedNode x = document.at("/a/0/x");
      assertThat(x).hasToString("a.yaml#/a/0/x");
      assertThat(x.key()).isEqualTo("x");
      assertThat(x.node().intValue()).isEqualTo(1);
      assertThat(x.location()).hasToString("a.yaml:2:8");
      assertThat(x.nameLocation()).hasToString("a.yaml:2:5");
      assertThat(x.parent().nameLocation()).hasToString("a.yaml:2:5");
      assertThat(x.parent().parent().parent().parent()).isNull();
      assertThat(x.document()).isSameAs(document);
    }

    @Test
    void through_escaped_names() {
      assertThat(document.at("/b~1c~0d").pointer()).isEqualTo("/b~1c~0d");
      assertThat(Pointers.tokens("/b~1c~0d/")).containsExactly("b/c~d", "");
      assertThat(Pointers.tokens("")).isEmpty();
      assertThat(Pointers.escape("plain")).isEqualTo("plain");
    }

    @Test
    void ends_where_there_is_nothing() {
      assertThat(document.at("/a/2")).isNull();
      assertThat(document.at("/a/00")).isNull();
      assertThat(document.at("/a/-1")).isNull();
      assertThat(document.at("/a/x/y")).isNull();
      assertThat(document.located().item(0)).isNull();
      assertThat(document.at("/a").member("x")).isNull();
    }

    @Test
    void over_members_and_items() {
      assertThat(document.located().members())
          .extracting(LocatedNode::key)
          .containsExactly("a", "b/c~d");
      assertThat(document.at("/a").items()).extracting(LocatedNode::key).containsExactly("0", "1");
      assertThat(document.located().items()).isEmpty();
      assertThat(document.at("/a").members()).isEmpty();
    }
  }

  @Nested
  class Files_and_limits {
    @TempDir Path directory;

    @Test
    void a_file_is_called_as_told() throws IOException {
      Path file = Files.writeString(directory.resolve("pets.yaml"), "a: 1");
      LocatedDocument document =
          ((ReadResult.Sound) DocumentReader.read(file, "pets.yaml", DocumentLimits.DEFAULT))
              .document();
      assertThat(document.locate("/a")).hasToString("pets.yaml:1:4");
      assertThat(document).hasToString("pets.yaml");
      assertThat(document.path()).isEqualTo(file);
      assertThat(document.uri()).isEqualTo(file.toUri());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_circle_of_links_is_a_finding() throws IOException {
      Path circle = directory.resolve("circle.yaml");
      Files.createSymbolicLink(circle, circle);
      ReadResult result = DocumentReader.read(circle, DocumentLimits.DEFAULT);
      assertThat(((ReadResult.Broken) result).findings())
          .extracting(Finding::toString)
          .containsExactly(
              circle
                  + ": error[file-unreadable]: this file cannot be read: symbolic links on the way"
                  + " to it lead in a circle; check permissions and links");
    }

    @Test
    void an_absent_file_is_a_finding() {
      ReadResult result =
          DocumentReader.read(directory.resolve("none.yaml"), DocumentLimits.DEFAULT);
      assertThat(((ReadResult.Broken) result).document()).isEmpty();
      assertThat(((ReadResult.Broken) result).findings())
          .extracting(Finding::toString)
          .containsExactly(
              directory.resolve("none.yaml")
                  + ": error[file-unreadable]: there is no such file; check the path");
    }

    @Test
    void a_directory_is_a_finding() {
      ReadResult result = DocumentReader.read(directory, DocumentLimits.DEFAULT);
      assertThat(((ReadResult.Broken) result).findings())
          .extracting(Finding::message)
          .containsExactly("this is a directory");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no /dev/zero")
    @Timeout(30)
    void a_device_is_a_finding() {
      ReadResult result = DocumentReader.read(Path.of("/dev/zero"), DocumentLimits.DEFAULT);
      assertThat(((ReadResult.Broken) result).findings().toString())
          .isEqualTo(
              "[/dev/zero: error[file-unreadable]: this is a pipe, a socket or a device, not a"
                  + " file; save what it holds in a file]");
    }

    @Test
    void a_large_file_is_refused_unread() throws IOException {
      DocumentLimits limits = new DocumentLimits(1_000, 10, 10, 10);
      Path file = Files.writeString(directory.resolve("a.yaml"), "a: " + "x".repeat(1_000));
      String message =
          ": error[file-too-large]: the file is larger than 1,000 bytes; split it into several"
              + " files";
      assertThat(((ReadResult.Broken) DocumentReader.read(file, "a.yaml", limits)).findings())
          .extracting(Finding::toString)
          .containsExactly("a.yaml" + message);
      assertThat(problems(Files.readAllBytes(file), "b.yaml", limits))
          .containsExactly("b.yaml" + message);
    }

    @Test
    void json_is_limited_like_yaml() {
      DocumentLimits limits = new DocumentLimits(1_000, 2, 0, 3);
      assertThat(problems("[[[1]]]".getBytes(UTF_8), "a.json", limits))
          .containsExactly(
              "a.json:1:3: error[nesting-too-deep]: values are nested deeper than 2 levels;"
                  + " flatten the document or move parts of it behind a $ref");
      assertThat(problems("[1, 2, 3]".getBytes(UTF_8), "a.json", limits))
          .containsExactly(
              "a.json:1:8: error[too-many-nodes]: the file holds more than 3 values; split the"
                  + " document into files");
    }

    @Test
    void limits_must_make_sense() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new DocumentLimits(0, 1, 1, 1))
          .withMessage("document limits must be at least 1, aliases at least 0");
    }

    @Test
    void broken_files_keep_what_can_be_read() {
      ReadResult result =
          DocumentReader.read(
              "a: 1\na: 2\nb: 3\n".getBytes(UTF_8), Path.of("a.yaml"), DocumentLimits.DEFAULT);
      assertThat(((ReadResult.Broken) result).document().orElseThrow().root().toString())
          .isEqualTo("{\"a\":1,\"b\":3}");
    }
  }

  @Nested
  class Json {

    @Test
    void escapes_are_decoded() {
      assertThat(
              json("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041x\\uD83D\\udc36\uD83D\uDC36\"")
                  .root()
                  .stringValue())
          .isEqualTo("\"\\/\b\f\n\r\tAx\uD83D\uDC36\uD83D\uDC36");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-12, -12", "1.50, 1.50", "1e2, 1E+2", "-0.5E-3, -0.0005"})
    void numbers_are_exact(String written, String value) {
      assertThat(json(written).root().decimalValue()).isEqualTo(new BigDecimal(value));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "{",
          "[1,]",
          "[,1]",
          "{\"a\"}",
          "{\"a\":}",
          "{a: 1}",
          "[1",
          "\"a",
          "\"\\u12\"",
          "\"\\u12G4\"",
          "-",
          "1.",
          ".5",
          "+1",
          "1e",
          "00",
          "tru",
          "nul",
          "[1] 2",
          "'a'",
          "#a",
          "NaN",
          "\"\\ud\u0000\""
        })
    void anything_else_is_refused(String text) {
      assertThat(problems(text.getBytes(UTF_8), "a.json", DocumentLimits.DEFAULT)).hasSize(1);
    }
  }
}
