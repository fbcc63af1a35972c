package io.brrtrouter.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What Prometheus is told: it can be read, alerts fire and are quiet, and each says what to do. */
class RulesTest {
  static Stream<JsonNode> rules(String file) {
    return StreamSupport.stream(
            Manifests.tree(Deploy.read("prometheus/rules/" + file)).path("groups").spliterator(),
            false)
        .flatMap(each -> StreamSupport.stream(each.path("rules").spliterator(), false));
  }

  @Test
  void promtool_finds_nothing_wrong() throws Exception {
    Deploy.Outcome config =
        Deploy.run(
            Deploy.DIRECTORY.resolve("prometheus"),
            "promtool",
            "check",
            "config",
            "prometheus.yml");
    assertThat(config.status()).as(config.output()).isZero();
    Deploy.Outcome rules =
        Deploy.run(
            Deploy.DIRECTORY.resolve("prometheus"),
            "promtool",
            "check",
            "rules",
            "rules/signals.yml",
            "rules/alerts.yml");
    assertThat(rules.status()).as(rules.output()).isZero();
  }

  @Test
  void alerts_fire_and_are_quiet_as_their_tests_say() throws Exception {
    Deploy.Outcome tests =
        Deploy.run(
            Deploy.DIRECTORY.resolve("prometheus/tests"),
            "promtool",
            "test",
            "rules",
            "alerts.yml");
    assertThat(tests.status()).as(tests.output()).isZero();
  }

  @Test
  void each_alert_has_a_test_in_which_it_fires_and_one_in_which_it_is_quiet() {
    Set<String> fires = new HashSet<>();
    Set<String> quiet = new HashSet<>();
    for (JsonNode test : Manifests.tree(Deploy.read("prometheus/tests/alerts.yml")).path("tests")) {
      for (JsonNode each : test.path("alert_rule_test")) {
        (each.path("exp_alerts").isEmpty() ? quiet : fires).add(each.path("alertname").asText());
      }
    }
    List<String> alerts = rules("alerts.yml").map(each -> each.path("alert").asText()).toList();
    assertThat(alerts).hasSizeGreaterThan(15).doesNotHaveDuplicates();
    assertThat(fires).containsExactlyInAnyOrderElementsOf(alerts);
    assertThat(quiet).containsExactlyInAnyOrderElementsOf(alerts);
  }

  /** A page at night leads to the section that helps. */
  @Test
  void each_alert_has_a_section_in_the_runbook() throws Exception {
    String page = Files.readString(Deploy.ROOT.resolve("docs/operations.md"));
    List<String> sections = new ArrayList<>();
    for (JsonNode rule : rules("alerts.yml").toList()) {
      String name = rule.path("alert").asText();
      assertThat(rule.at("/annotations/runbook").asText())
          .isEqualTo("docs/operations.md#" + name.toLowerCase(Locale.ROOT));
      assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
      assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
      sections.add("### " + name);
    }
    assertThat(page.lines().filter(line -> line.startsWith("### ")).toList()).containsAll(sections);
  }

  @Test
  void the_operator_of_Prometheus_gets_the_same_rules() {
    JsonNode resource =
        Manifests.tree(Deploy.read("kubernetes/overlays/production/prometheusrule.yaml"));
    List<JsonNode> groups = new ArrayList<>();
    for (String file : List.of("signals.yml", "alerts.yml")) {
      Manifests.tree(Deploy.read("prometheus/rules/" + file)).path("groups").forEach(groups::add);
    }
    List<JsonNode> there = new ArrayList<>();
    resource.at("/spec/groups").forEach(there::add);
    assertThat(there).isEqualTo(groups);
  }
}
