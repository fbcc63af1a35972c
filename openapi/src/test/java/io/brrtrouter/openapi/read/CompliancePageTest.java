package io.brrtrouter.openapi.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page on compliance")
class CompliancePageTest {

  @Test
  void hasARowForEachConstructOfTheLoadReport() throws IOException {
    Path page = Path.of(System.getProperty("brrt.root", ".."), "docs/compliance.md");
    String rows =
        Arrays.stream(Feature.values())
            .map(CompliancePageTest::row)
            .collect(Collectors.joining("\n"));
    assertThat(Files.readString(page)).contains(rows + "\n");
  }

  @Test
  void tellsConstructsApart() {
    assertThat(Arrays.stream(Feature.values()).map(Feature::title)).doesNotHaveDuplicates();
  }

  private static String row(Feature feature) {
    return "| %s | %s | %s |"
        .formatted(
            feature.title(), feature.treatment().name().toLowerCase(Locale.ROOT), feature.note());
  }
}
