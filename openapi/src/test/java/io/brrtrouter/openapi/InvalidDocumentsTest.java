package io.brrtrouter.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What users are told about broken documents. Each folder below {@code invalid/} has an {@code
 * input.yaml} or {@code input.json}, perhaps further files, and in {@code expected.txt} the whole
 * text of all findings. Adding a case is adding a folder.
 */
class InvalidDocumentsTest {
  private static final Path FOLDERS = resource("/invalid");

  private static Path resource(String name) {
    try {
      return Path.of(InvalidDocumentsTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<String> folders() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDERS)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void says_what_is_wrong_and_where(String folder) throws IOException {
    Path directory = FOLDERS.resolve(folder);
    Path yaml = directory.resolve("input.yaml");
    Path input = Files.exists(yaml) ? yaml : directory.resolve("input.json");

    List<Finding> findings = OpenApiLoader.load(input, LoadOptions.defaults()).findings();

    String told =
        findings.stream()
            .map(finding -> finding.toString().replace(directory + "/", ""))
            .collect(Collectors.joining("\n", "", "\n"));
    assertThat(told).isEqualTo(Files.readString(directory.resolve("expected.txt")));
  }

  @Test
  void there_are_enough_cases() throws IOException {
    assertThat(folders()).hasSizeGreaterThan(100);
  }
}
