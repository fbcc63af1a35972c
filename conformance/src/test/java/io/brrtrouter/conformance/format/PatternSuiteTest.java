package io.brrtrouter.conformance.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.conformance.Results;
import io.brrtrouter.conformance.Suite;
import io.brrtrouter.conformance.TestData;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.pattern.EcmaPattern;
import io.brrtrouter.schema.pattern.PatternRefused;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Regular expressions of the official suite and of documents written by others. */
@DisplayName("Regular expressions")
class PatternSuiteTest {
  private static final String SUITE = "json-schema-test-suite/tests/draft2020-12/";

  @ParameterizedTest
  @ValueSource(
      strings = {"pattern.json", "optional/ecmascript-regex.json", "optional/non-bmp-regex.json"})
  void matchWhatThePatternTestsOfTheSuiteSay(String file) throws PatternRefused {
    List<String> wrong = new ArrayList<>();
    int run = 0;
    for (JsonNode group : Documents.read(TestData.require(SUITE + file)).root()) {
      JsonNode source = group.path("schema").path("pattern");
      if (!source.isString()) {
        continue;
      }
      EcmaPattern pattern = EcmaPattern.compile(source.stringValue(), false);
      for (JsonNode test : group.path("tests")) {
        JsonNode data = test.path("data");
        if (data.isString()) {
          run++;
          if (pattern.find(data.stringValue()) != test.path("valid").booleanValue()) {
            wrong.add(pattern + " on " + data);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(run).isGreaterThan(3);
  }

  @Test
  void decideTheSchemasOfTheSuite() {
    List<String> wrong = new ArrayList<>();
    int passed = 0;
    Path file = TestData.require(SUITE + "optional/ecmascript-regex.json");
    for (JsonNode group : Documents.read(file).root()) {
      SchemaResource resource =
          SchemaResource.of(URI.create("urn:suite"), group.required("schema"));
      CompiledSchema schema = SchemaCompiler.builder().build().compile(resource, "", View.PLAIN);
      for (JsonNode test : group.required("tests")) {
        boolean expected = test.required("valid").booleanValue();
        if (schema.isValid(test.required("data")) == expected) {
          passed++;
        } else {
          wrong.add(group.required("description") + " | " + test.required("description"));
        }
      }
    }
    assertThat(wrong).isEmpty();
    Results.record(Suite.SCHEMA_PATTERN, passed, List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"real", "oai-examples", "oai-schema-tests", "json-schema-test-suite/tests"})
  void ofEveryDocumentCompileInLinearTime(String directory) {
    List<String> refused = new ArrayList<>();
    for (Path file : TestData.list(directory)) {
      collect(Documents.read(file).root(), refused);
    }
    assertThat(refused).isEmpty();
  }

  private static void collect(JsonNode node, List<String> refused) {
    JsonNode pattern = node.path("pattern");
    if (pattern.isString()) {
      compile(pattern.stringValue(), refused);
    }
    node.path("patternProperties").propertyNames().forEach(name -> compile(name, refused));
    node.forEach(child -> collect(child, refused));
  }

  private static void compile(String source, List<String> refused) {
    try {
      EcmaPattern.compile(source, false);
    } catch (PatternRefused e) {
      refused.add(source + ": " + e.getMessage());
    }
  }
}
