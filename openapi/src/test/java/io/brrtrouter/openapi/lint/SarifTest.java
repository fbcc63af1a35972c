package io.brrtrouter.openapi.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.View;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A log has what SARIF 2.1.0 requires, and every rule is described. */
class SarifTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path SCHEMA = Path.of("src/test/resources/sarif-2.1.0-required.json");

  /** One finding of each rule there is. */
  private static List<Finding> findings() {
    return RuleText.all().values().stream()
        .map(rule ->
            new Finding(
                rule.id(), rule.severity(), new SourceLocation("a b.yaml", 3, 1), "wrong", ""))
        .toList();
  }

  private static JsonNode log(List<Finding> findings) {
    return JSON.readTree(FindingRenderer.sarif(findings, "1.2.3"));
  }

  @Test
  void has_the_required_structure() {
    CompiledSchema schema =
        SchemaCompiler.builder()
            .assertFormats(true)
            .build()
            .compile(
                SchemaResource.of(URI.create("urn:sarif"), JSON.readTree(SCHEMA.toFile())),
                "",
                View.PLAIN);

    assertThat(schema.check(log(findings()), 10).list()).isEmpty();
    assertThat(schema.check(log(List.of()), 10).list()).isEmpty();
  }

  @Test
  void results_point_to_the_description_of_their_rule() {
    JsonNode run = log(findings()).path("runs").path(0);

    assertThat(run.path("results").size()).isEqualTo(RuleText.all().size()).isGreaterThan(100);
    for (JsonNode result : run.path("results")) {
      JsonNode rule =
          run.path("tool").path("driver").path("rules").path(result.path("ruleIndex").intValue());
      assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
      assertThat(rule.path("defaultConfiguration").path("level")).isEqualTo(result.path("level"));
    }
  }

  @Test
  void a_rule_nobody_describes_still_has_its_id() {
    Finding finding =
        new Finding("of-tomorrow", Severity.ERROR, new SourceLocation("a", 1, 1), "wrong", "");

    assertThat(log(List.of(finding)).at("/runs/0/tool/driver/rules/0").toString())
        .isEqualTo("{\"id\":\"of-tomorrow\"}");
  }
}
