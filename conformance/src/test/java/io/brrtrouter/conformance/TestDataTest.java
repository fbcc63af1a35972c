package io.brrtrouter.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/** What a test does whose data may not be there. */
class TestDataTest {
  @TempDir Path directory;

  @Test
  void is_skipped_without_its_data() {
    assertThatThrownBy(() -> TestData.require(directory, "suite", false))
        .isInstanceOf(TestAbortedException.class)
        .hasMessage("Assumption failed: test data is missing: " + directory.resolve("suite"));
  }

  @Test
  void fails_without_the_data_that_BRRT_DATA_promises() {
    assertThatThrownBy(() -> TestData.require(directory, "suite", true))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("BRRT_DATA is set, so the data must be there")
        .hasMessageContaining(directory.resolve("suite").toString());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void finds_what_is_there(boolean promised) throws IOException {
    Path suite = Files.createDirectory(directory.resolve("suite"));

    assertThat(TestData.require(directory, "suite", promised)).isEqualTo(suite);
  }
}
