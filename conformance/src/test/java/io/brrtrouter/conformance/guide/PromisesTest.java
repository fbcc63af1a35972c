package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each of the ten promises has a test that says which one it keeps. */
class PromisesTest {
  private static final Pattern PROMISE =
      Pattern.compile("/\\*\\*(?:(?!\\*/).)*?\\bPromise (\\d+)\\b");

  @Test
  void each_is_named_by_a_test() throws IOException {
    TreeSet<Integer> named = new TreeSet<>();
    Files.walkFileTree(
        Path.of(System.getProperty("brrt.root")),
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
            if (each.getFileName().toString().endsWith("Test.java")) {
              String source = Files.readString(each).replace('\n', ' ');
              PROMISE
                  .matcher(source)
                  .results()
                  .forEach(match -> named.add(Integer.valueOf(match.group(1))));
            }
            return FileVisitResult.CONTINUE;
          }
        });

    assertThat(named).containsExactlyElementsOf(IntStream.rangeClosed(1, 10).boxed().toList());
  }
}
