package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProblemCatalogueTest {
  private static final Pattern ENTRY =
      Pattern.compile("^### ([a-z-]+)\\n\\n(\\d{3}), \\*([^*]+)\\*", Pattern.MULTILINE);

  @Test
  void the_documentation_lists_exactly_the_catalogue() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("brrt.root")).resolve("docs/problems.md"));

    List<String> documented =
        ENTRY
            .matcher(page)
            .results()
            .map(entry -> entry.group(1) + " " + entry.group(2) + " " + entry.group(3))
            .toList();

    assertThat(documented)
        .containsExactlyElementsOf(
            Arrays.stream(ProblemType.values())
                .map(type -> type.slug() + " " + type.status() + " " + type.title())
                .toList());
  }
}
