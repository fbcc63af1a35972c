package io.brrtrouter.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("Verdict, explanation and parsing")
class ThreeWaysAgreeTest {

  @Test
  void agreeOnRandomSchemasAndInstances() {
    int valid = 0;
    int judged = 0;
    for (long seed = 0; seed < 1000; seed++) {
      RandomSchemas random = new RandomSchemas(seed);
      ObjectNode document = random.document();
      CompiledSchema schema =
          SchemaCompiler.builder()
              .build()
              .compile(SchemaResource.of(URI.create("urn:random"), document), "", View.PLAIN);
      for (int i = 0; i < 8; i++) {
        JsonNode instance = random.instance();
        boolean verdict = schema.isValid(instance);
        Violations violations = schema.check(instance, 100);
        byte[] text = instance.toString().getBytes(StandardCharsets.UTF_8);
        ParsedJson parsed = schema.parse(text, JsonLimits.DEFAULT);
        String what = "seed " + seed + ": " + document + " on " + instance;
        assertThat(violations.isEmpty()).as(what).isEqualTo(verdict);
        assertThat(violations.list())
            .as(what)
            .noneMatch(v -> v.evaluationPath().isEmpty() && !document.isBoolean());
        assertThat(parsed instanceof ParsedJson.Valid).as(what).isEqualTo(verdict);
        if (parsed instanceof ParsedJson.Invalid invalid) {
          assertThat(invalid.violations().list()).as(what).hasSameSizeAs(violations.list());
        }
        judged++;
        valid += verdict ? 1 : 0;
      }
    }
    assertThat(valid).isBetween(judged / 10, judged * 9 / 10);
  }
}
