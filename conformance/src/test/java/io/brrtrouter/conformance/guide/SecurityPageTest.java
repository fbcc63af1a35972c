package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The threats of {@code docs/security.md} are answered by tests that there are. */
class SecurityPageTest {
  private static final Path ROOT = Path.of(System.getProperty("brrt.root"));
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)`");
  private static final Pattern SHOWN_BY = Pattern.compile("`[A-Z]\\w*Test`(, `[A-Z]\\w*Test`)*");

  /** A method that runs as a test; {@code extends} one that has such methods counts too. */
  private static final Pattern METHOD =
      Pattern.compile(
          "^\\s*@(org\\.junit\\.jupiter\\.api\\.)?(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b",
          Pattern.MULTILINE);

  /**
   * A row of the table.
   *
   * @param asset what is at stake: its own cell, or the last one above that has something in it
   * @param threat what may happen to it
   * @param answer what keeps it from happening
   * @param shownBy the tests, in backticks
   */
  private record Row(String asset, String threat, String answer, String shownBy) {
    List<String> tests() {
      return TEST.matcher(shownBy).results().map(match -> match.group(1)).toList();
    }
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    String asset = "";
    for (String line :
        Files.readAllLines(ROOT.resolve("docs/security.md")).stream()
            .dropWhile(each -> !each.startsWith("| asset"))
            .skip(2)
            .takeWhile(each -> each.startsWith("|"))
            .toList()) {
      String[] cells = line.split("\\|", -1);
      assertThat(cells).as(line).hasSize(6);
      asset = cells[1].isBlank() ? asset : cells[1].strip();
      rows.add(new Row(asset, cells[2].strip(), cells[3].strip(), cells[4].strip()));
    }
    return rows;
  }

  /** {@return the sources of tests, by the names of their classes; modules may share a name} */
  private static Map<String, List<String>> sources() throws IOException {
    Map<String, List<String>> sources = new TreeMap<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
            String name = String.valueOf(each.getFileName());
            return name.equals("target") || name.equals("node_modules") || name.startsWith(".git")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes attributes)
              throws IOException {
            String name = each.getFileName().toString();
            if (name.endsWith("Test.java")) {
              sources
                  .computeIfAbsent(
                      name.substring(0, name.length() - ".java".length()), _ -> new ArrayList<>())
                  .add(Files.readString(each));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return sources;
  }

  @Test
  void every_threat_has_an_asset_an_answer_and_tests() throws IOException {
    assertThat(rows())
        .hasSizeGreaterThan(50)
        .allSatisfy(row -> {
          assertThat(row.asset()).as(row.toString()).isNotBlank();
          assertThat(row.threat()).as(row.toString()).isNotBlank();
          assertThat(row.answer()).as(row.toString()).isNotBlank();
          assertThat(row.shownBy()).as(row.toString()).matches(SHOWN_BY);
          assertThat(row.tests()).as(row.toString()).doesNotHaveDuplicates();
        });
    assertThat(rows().stream().map(Row::threat).toList()).doesNotHaveDuplicates();
  }

  static Stream<String> namedTests() throws IOException {
    return rows().stream().flatMap(row -> row.tests().stream()).distinct().sorted();
  }

  @ParameterizedTest
  @MethodSource("namedTests")
  void every_class_that_is_named_has_tests(String name) throws IOException {
    assertThat(sources().getOrDefault(name, List.of()))
        .isNotEmpty()
        .allSatisfy(source -> assertThat(METHOD.matcher(source).find()).as(name).isTrue());
  }

  /** What limits are for, and what a client that means harm does, as patterns of a row's threat. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // limits
        "huge targets",
        "huge .*header fields",
        "trailers",
        "chunk extensions",
        "huge .*bodies",
        "too many parameters",
        "too many .*parts",
        "JSON that is deep",
        "many members",
        "long numbers",
        "duplicate member",
        "more violations",
        "a pattern that takes",
        "document that expands",
        "document that .* is deep",
        "slow heads",
        "slow bodies",
        "idle connections",
        "a handler that never ends",
        "write stall",
        "more connections",
        "more requests in flight",
        "HTTP/2: streams that are reset",
        "WebSockets: .*without end",
        "WebSockets: clients that say nothing",
        "huge tokens",
        "key sets of many keys",
        "the verifier is down",
        "unknown key ids",
        "clocks that differ",
        "a stop or a reload loses",
        "too many requests of one client",
        // requests
        "`Content-Length` beside `Transfer-Encoding`",
        "two lengths",
        "folded fields",
        "bare LF",
        "odd chunks",
        "NUL",
        "dot segments",
        "absolute targets",
        "HTTP/0\\.9",
        "`Expect`",
        "pipelined",
        "half closed",
        "early closed",
        // credentials and keys
        "small order",
        "not on its curve",
        "control characters in tokens, subjects",
        "refused handshakes",
        "weak algorithm",
        "`none`",
        "meant for another service",
        "used after they were revoked",
        "measured by the time",
        "guessed",
        "key set that an attacker names",
        "in `X-Forwarded-For`",
        "PROXY protocol",
        "a page of another site",
        "opens a WebSocket",
        "pages of other origins",
        "framed",
        "sent in clear text",
        "secrets or paths"
      })
  void has_a_row_for(String threat) throws IOException {
    Pattern pattern = Pattern.compile(threat);
    List<String> texts = rows().stream().map(row -> row.asset() + " " + row.threat()).toList();

    assertThat(texts).anyMatch(text -> pattern.matcher(text).find());
  }
}
