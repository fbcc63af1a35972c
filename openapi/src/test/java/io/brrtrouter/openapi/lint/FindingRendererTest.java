package io.brrtrouter.openapi.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingRendererTest {
  private static final Finding UNDECLARED =
      new Finding(
          "path-parameter-undeclared",
          Severity.ERROR,
          new SourceLocation("no such/petstore.yaml", 41, 9),
          "parameter \"petId\" is in the path template but not declared",
          "add it under \"parameters\"");
  private static final Finding WHOLE_FILE =
      new Finding(
          "file-unreadable",
          Severity.WARNING,
          new SourceLocation("a,b:c.yaml", 0, 0),
          "100% of it\nis unreadable",
          "");

  @Nested
  class Text {
    @TempDir Path directory;

    @Test
    void says_that_there_is_nothing_to_say() {
      assertThat(FindingRenderer.text(List.of())).isEqualTo("no findings\n");
    }

    @Test
    void shows_the_line_with_a_caret_and_the_fix() throws IOException {
      String file = write("paths:\n  /pets/{petId}:\r\n    get: {}\n");

      assertThat(FindingRenderer.text(List.of(at(file, 2, 3))))
          .isEqualTo(
              """
              %1$s:2:3: error[some-rule]: something is wrong
                  2 |   /pets/{petId}:
                    |   ^
                fix: do it right
              1 error
              """
                  .formatted(file));
    }

    @Test
    void does_without_a_line_it_cannot_read() {
      assertThat(FindingRenderer.text(List.of(UNDECLARED, WHOLE_FILE)))
          .isEqualTo(
              """
              no such/petstore.yaml:41:9: error[path-parameter-undeclared]: parameter "petId" is in the path template but not declared
                fix: add it under "parameters"
              a,b:c.yaml: warning[file-unreadable]: 100%% of it\uFFFDis unreadable
              1 error, 1 warning
              """
                  .formatted());
    }

    @Test
    void keeps_tabs_before_the_caret() throws IOException {
      String file = write("\t{\t\"a\": 1}\n");

      assertThat(FindingRenderer.text(List.of(at(file, 1, 4))))
          .contains("    1 | \t{\t\"a\": 1}\n      | \t \t^\n");
    }

    @Test
    void shows_part_of_a_long_line() throws IOException {
      String file = write("x".repeat(500) + "Y" + "z".repeat(500));

      assertThat(FindingRenderer.text(List.of(at(file, 1, 501))))
          .contains(
              "    1 | ..." + "x".repeat(60) + "Y" + "z".repeat(59) + "...\n",
              "      | " + " ".repeat(63) + "^\n");
    }

    @Test
    void counts_characters_not_code_units() throws IOException {
      String file = write("\uD83D\uDC31\uD83D\uDC31: x\n");

      assertThat(FindingRenderer.text(List.of(at(file, 1, 5)))).contains("      |     ^\n");
    }

    @Test
    void shows_no_line_of_what_is_no_text() throws IOException {
      Path file = directory.resolve("picture.yaml");
      Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', 26, 0, 0, 0, 13, (byte) 0xFF, 'R'});
      assertThat(FindingRenderer.text(List.of(at(file.toString(), 1, 1))))
          .isEqualTo(
              file + ":1:1: error[some-rule]: something is wrong\n  fix: do it right\n1 error\n");
    }

    @Test
    void never_lets_a_document_command_the_terminal() throws IOException {
      String file = write("a: \u001B[2J\u0007\n");

      assertThat(FindingRenderer.text(List.of(at(file, 1, 1))))
          .contains("    1 | a: \uFFFD[2J\uFFFD\n");
    }

    @Test
    void points_past_the_end_of_a_line_at_most_once() throws IOException {
      String file = write("abc\n");

      assertThat(FindingRenderer.text(List.of(at(file, 1, 99)))).contains("      |    ^\n");
      assertThat(FindingRenderer.text(List.of(at(file, 9, 1)))).doesNotContain("|");
    }

    @Test
    void counts_in_words() {
      assertThat(FindingRenderer.summary(List.of(WHOLE_FILE, WHOLE_FILE))).isEqualTo("2 warnings");
      assertThat(FindingRenderer.summary(List.of(WHOLE_FILE, UNDECLARED, UNDECLARED)))
          .isEqualTo("2 errors, 1 warning");
    }

    private String write(String text) throws IOException {
      return Files.writeString(directory.resolve("doc.yaml"), text).toString();
    }

    private static Finding at(String file, int line, int column) {
      return new Finding(
          "some-rule",
          Severity.ERROR,
          new SourceLocation(file, line, column),
          "something is wrong",
          "do it right");
    }
  }

  @Test
  void writes_JSON() {
    assertThat(FindingRenderer.json(List.of(UNDECLARED)))
        .isEqualTo(
            """
            {
              "findings" : [ {
                "rule" : "path-parameter-undeclared",
                "severity" : "error",
                "file" : "no such/petstore.yaml",
                "line" : 41,
                "column" : 9,
                "message" : "parameter \\"petId\\" is in the path template but not declared",
                "fix" : "add it under \\"parameters\\""
              } ],
              "errors" : 1,
              "warnings" : 0
            }
            """);
  }

  @Test
  void writes_GitHub_annotations() {
    assertThat(FindingRenderer.github(List.of(UNDECLARED, WHOLE_FILE)))
        .isEqualTo(
            """
            ::error file=no such/petstore.yaml,line=41,col=9,title=path-parameter-undeclared::parameter "petId" is in the path template but not declared; add it under "parameters"
            ::warning file=a%2Cb%3Ac.yaml,title=file-unreadable::100%25 of it%0Ais unreadable
            1 error, 1 warning
            """);
  }

  @Test
  void shows_no_controls_and_nothing_that_reorders_lines() {
    Finding hostile =
        new Finding(
            "rule",
            Severity.ERROR,
            new SourceLocation("a\u202eb.yaml", 0, 0),
            "\u001b[2J\u0000\u0007\u009b \u200f\u2066 \u2028x",
            "\u061c\u2069");
    assertThat(FindingRenderer.text(List.of(hostile)))
        .isEqualTo(
            """
            a\uFFFDb.yaml: error[rule]: \uFFFD[2J\uFFFD\uFFFD\uFFFD \uFFFD\uFFFD \uFFFDx
              fix: \uFFFD\uFFFD
            1 error
            """);
    assertThat(FindingRenderer.github(List.of(hostile)))
        .isEqualTo(
            """
            ::error file=a\uFFFDb.yaml,title=rule::\uFFFD[2J\uFFFD\uFFFD\uFFFD \uFFFD\uFFFD \uFFFDx; \uFFFD\uFFFD
            1 error
            """);
  }

  @Test
  void writes_SARIF() {
    assertThat(FindingRenderer.sarif(List.of(UNDECLARED, WHOLE_FILE), "1.2.3"))
        .isEqualTo(
            """
            {
              "$schema" : "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
              "version" : "2.1.0",
              "runs" : [ {
                "tool" : {
                  "driver" : {
                    "name" : "brrt",
                    "version" : "1.2.3",
                    "rules" : [ {
                      "id" : "file-unreadable",
                      "shortDescription" : {
                        "text" : "The file is not there, is a directory or may not be read."
                      },
                      "fullDescription" : {
                        "text" : "The file is not there, is a directory or may not be read.",
                        "markdown" : "the file is not there, is a directory or may not be read"
                      },
                      "help" : {
                        "text" : "Fix: check path and permissions.",
                        "markdown" : "Fix: check path and permissions"
                      },
                      "defaultConfiguration" : {
                        "level" : "error"
                      }
                    }, {
                      "id" : "path-parameter-undeclared",
                      "shortDescription" : {
                        "text" : "Each template expression has a path parameter of that name, in the path item or in every operation (section 3.5)."
                      },
                      "fullDescription" : {
                        "text" : "Each template expression has a path parameter of that name, in the path item or in every operation (section 3.5).",
                        "markdown" : "Each template expression has a path parameter of that name, in the path item or in every operation (section 3.5)."
                      },
                      "help" : {
                        "text" : "Fix: declare it: {name: petId, in: path, required: true, schema: ...}.",
                        "markdown" : "Fix: declare it: `{name: petId, in: path, required: true, schema: ...}`."
                      },
                      "defaultConfiguration" : {
                        "level" : "error"
                      }
                    } ]
                  }
                },
                "columnKind" : "unicodeCodePoints",
                "results" : [ {
                  "ruleId" : "path-parameter-undeclared",
                  "ruleIndex" : 1,
                  "level" : "error",
                  "message" : {
                    "text" : "parameter \\"petId\\" is in the path template but not declared; add it under \\"parameters\\""
                  },
                  "locations" : [ {
                    "physicalLocation" : {
                      "artifactLocation" : {
                        "uri" : "no%20such/petstore.yaml"
                      },
                      "region" : {
                        "startLine" : 41,
                        "startColumn" : 9
                      }
                    }
                  } ]
                }, {
                  "ruleId" : "file-unreadable",
                  "ruleIndex" : 0,
                  "level" : "warning",
                  "message" : {
                    "text" : "100% of it\\nis unreadable"
                  },
                  "locations" : [ {
                    "physicalLocation" : {
                      "artifactLocation" : {
                        "uri" : "./a,b:c.yaml"
                      }
                    }
                  } ]
                } ]
              } ]
            }
            """);
  }
}
