package io.brrtrouter.conformance.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.conformance.Results;
import io.brrtrouter.conformance.Suite;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.BooleanNode;

/** The parsing suite: what is JSON is accepted, what is not is refused. */
@DisplayName("The JSON parsing suite")
class JsonParsingSuiteTest {
  private static final String DIRECTORY = "json-test-suite/test_parsing";

  /** RFC 8259 section 4 leaves duplicate names to the receiver; we refuse them. */
  private static final Set<String> REFUSED_DUPLICATES =
      Set.of("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");

  @Test
  void isAnsweredExactlyByTheReaderAndByASchema() {
    CompiledSchema anything =
        SchemaCompiler.builder()
            .build()
            .compile(
                SchemaResource.of(URI.create("urn:brrt:any"), BooleanNode.TRUE), "", View.PLAIN);
    List<String> wrong = new ArrayList<>();
    int passed = 0;
    for (Path file : SuiteFiles.files(DIRECTORY)) {
      String name = file.getFileName().toString();
      byte[] text = SuiteFiles.bytes(file);
      ParsedJson read = JsonReader.read(text, JsonLimits.DEFAULT);
      ParsedJson parsed = anything.parse(text, JsonLimits.DEFAULT);
      boolean accepted = read instanceof ParsedJson.Valid;
      if (!read.equals(parsed) || mustDiffer(name, accepted)) {
        wrong.add(name + " " + read);
      } else {
        passed++;
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(passed).isEqualTo(318);
    Results.record(
        Suite.JSON_PARSING,
        passed - REFUSED_DUPLICATES.size(),
        REFUSED_DUPLICATES.stream()
            .sorted()
            .map(name -> name + ": duplicate members are refused, RFC 8259 section 4.")
            .toList());
  }

  private static boolean mustDiffer(String name, boolean accepted) {
    if (REFUSED_DUPLICATES.contains(name)) {
      return accepted;
    }
    return switch (name.charAt(0)) {
      case 'y' -> !accepted;
      case 'n' -> accepted;
      default -> false;
    };
  }

  @Test
  void namesThePlaceAndTheReasonOfEveryRefusal() {
    for (Path file : SuiteFiles.files(DIRECTORY)) {
      if (JsonReader.read(SuiteFiles.bytes(file), JsonLimits.DEFAULT)
          instanceof ParsedJson.Malformed malformed) {
        assertThat(malformed.message()).as("%s", file).doesNotContain("cannot be read");
        assertThat(malformed.line()).as("%s", file).isPositive();
        assertThat(malformed.column()).as("%s", file).isPositive();
      }
    }
  }
}
