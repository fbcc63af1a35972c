package io.brrtrouter.openapi.diff;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The forms of changes, one of each rule there is. */
class ChangeRendererTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<Change> ALL =
      ChangeRule.all().stream()
          .map(rule ->
              new Change(
                  rule,
                  List.of("GET /a", "GET /b"),
                  "response 200",
                  ChangeLocation.of(new SourceLocation("old a.yaml", 3, 1)),
                  ChangeLocation.of(new SourceLocation("new.yaml", 4, 2)),
                  "it changed"))
          .toList();

  private static Change added() {
    return new Change(
        OperationRule.OPERATION_ADDED,
        List.of("GET /a"),
        "",
        ChangeLocation.inParent("the path item", new SourceLocation("old.yaml", 7, 5)),
        ChangeLocation.of(new SourceLocation("a,b:c.yaml", 2, 3)),
        "a\033[31m\n::error");
  }

  private static Change removed() {
    return new Change(
        OperationRule.OPERATION_REMOVED,
        List.of("GET /a"),
        "",
        ChangeLocation.of(new SourceLocation("old.yaml", 7, 5)),
        ChangeLocation.inParent("the path item", new SourceLocation("new.yaml", 6, 3)),
        "the operation was removed");
  }

  /** A document that was not read from a file has no lines. */
  private static Change withoutLines() {
    ChangeLocation nowhere = ChangeLocation.of(new SourceLocation("openapi", 0, 0));
    return new Change(
        OperationRule.OPERATION_ID_CHANGED, List.of("GET /a"), "", nowhere, nowhere, "changed");
  }

  @Test
  void a_SARIF_log_has_what_the_standard_requires() {
    CompiledSchema schema =
        SchemaCompiler.builder()
            .assertFormats(true)
            .build()
            .compile(
                SchemaResource.of(
                    URI.create("urn:sarif"),
                    JSON.readTree(
                        Path.of("src/test/resources/sarif-2.1.0-required.json").toFile())),
                "",
                View.PLAIN);

    for (List<Change> changes :
        List.of(ALL, List.<Change>of(), List.of(added(), removed(), withoutLines()))) {
      JsonNode log = JSON.readTree(ChangeRenderer.sarif(changes, "1.2.3"));
      assertThat(schema.check(log, 10).list()).isEmpty();
    }
  }

  @Test
  void a_SARIF_result_points_to_its_rule_and_to_both_places() {
    JsonNode run = JSON.readTree(ChangeRenderer.sarif(ALL, "1.2.3")).path("runs").path(0);

    assertThat(run.path("results").size()).isEqualTo(ChangeRule.all().size());
    for (JsonNode result : run.path("results")) {
      JsonNode rule =
          run.path("tool").path("driver").path("rules").path(result.path("ruleIndex").intValue());
      assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
      assertThat(rule.path("defaultConfiguration").path("level")).isEqualTo(result.path("level"));
      assertThat(result.at("/locations/0/physicalLocation/region/startLine").intValue())
          .isEqualTo(4);
      assertThat(result.at("/relatedLocations/0/physicalLocation/artifactLocation/uri"))
          .hasToString("\"old%20a.yaml\"");
    }
  }

  @Test
  void JSON_has_every_part_and_the_counts() {
    JsonNode json = JSON.readTree(ChangeRenderer.json(ALL.subList(0, 1)));

    assertThat(json)
        .isEqualTo(
            JSON.readTree(
                """
                {
                  "changes": [ {
                    "rule": "operation-removed",
                    "impact": "breaking",
                    "direction": "both",
                    "subjects": [ "GET /a", "GET /b" ],
                    "path": "response 200",
                    "before": { "file": "old a.yaml", "line": 3, "column": 1 },
                    "after": { "file": "new.yaml", "line": 4, "column": 2 },
                    "message": "it changed",
                    "reason": "Requests to it are answered with 404 or 405"
                  } ],
                  "breaking": 1,
                  "risky": 0,
                  "compatible": 0
                }
                """));
  }

  @Test
  void text_and_annotations_hold_nothing_that_a_terminal_or_GitHub_obeys() {
    Change change = added();

    assertThat(ChangeRenderer.text(List.of(change)))
        .isEqualTo(
            """
            a,b:c.yaml:2:3: compatible[operation-added]: GET /a: a\ufffd[31m\ufffd::error
              before: not there; the path item is at old.yaml:7:5
            1 compatible change
            """);
    assertThat(ChangeRenderer.github(List.of(change)))
        .isEqualTo(
            """
            ::notice file=a%2Cb%3Ac.yaml,line=2,col=3,title=operation-added::GET /a: a\ufffd[31m%0A::error; Nobody calls it yet
            1 compatible change
            """);
  }

  @Test
  void what_is_in_one_document_only_has_a_place_in_the_other() {
    assertThat(ChangeRenderer.text(List.of(removed())))
        .isEqualTo(
            """
            old.yaml:7:5: breaking[operation-removed]: GET /a: the operation was removed
              after: not there; the path item is at new.yaml:6:3
              why: Requests to it are answered with 404 or 405
            1 breaking change
            """);
    assertThat(ChangeRenderer.github(List.of(removed())))
        .isEqualTo(
            """
            ::error file=new.yaml,line=6,col=3,title=operation-removed::GET /a: the operation was removed; Requests to it are answered with 404 or 405 (this is the path item; it was at old.yaml:7:5)
            1 breaking change
            """);
    JsonNode change = JSON.readTree(ChangeRenderer.json(List.of(removed()))).at("/changes/0");
    assertThat(change.path("before"))
        .isEqualTo(
            JSON.readTree(
                """
                {"file": "old.yaml", "line": 7, "column": 5}
                """));
    assertThat(change.path("after"))
        .isEqualTo(
            JSON.readTree(
                """
                {"file": "new.yaml", "line": 6, "column": 3, "parent": "the path item"}
                """));
    JsonNode result =
        JSON.readTree(ChangeRenderer.sarif(List.of(added()), "1.2.3")).at("/runs/0/results/0");
    assertThat(result.at("/locations/0/physicalLocation/region/startLine").intValue()).isEqualTo(2);
    assertThat(result.at("/relatedLocations/0/physicalLocation/region/startLine").intValue())
        .isEqualTo(7);
    assertThat(result.at("/relatedLocations/0/message/text").asString())
        .isEqualTo("before: not there; this is the path item");
  }
}
