package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The threats of {@code docs/security.md} are answered by tests that there are. */
class SecurityPageTest {
  private static final Path ROOT = Path.of(System.getProperty("brrt.root"));
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)`");

  private static Set<String> tests() throws IOException {
    Set<String> tests = new TreeSet<>();
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
          public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
            String name = each.getFileName().toString();
            if (name.endsWith("Test.java")) {
              tests.add(name.substring(0, name.length() - ".java".length()));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return tests;
  }

  @Test
  void every_threat_has_an_answer_and_a_test() throws IOException {
    List<String> rows =
        Files.readAllLines(ROOT.resolve("docs/security.md")).stream()
            .dropWhile(line -> !line.startsWith("| asset"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    Set<String> tests = tests();

    assertThat(rows).hasSizeGreaterThan(20);
    assertThat(rows)
        .allSatisfy(row -> {
          String[] cells = row.split("\\|", -1);
          assertThat(cells).as(row).hasSize(6);
          assertThat(cells[2]).as(row).isNotBlank();
          assertThat(cells[3]).as(row).isNotBlank();
          List<String> named =
              TEST.matcher(cells[4]).results().map(match -> match.group(1)).toList();
          assertThat(named).as(row).isNotEmpty();
          assertThat(tests).as(row).containsAll(named);
        });
  }
}
