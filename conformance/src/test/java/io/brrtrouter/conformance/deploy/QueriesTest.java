package io.brrtrouter.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of every panel, rule, alert and page of the runbook returns data: a real Prometheus
 * is asked, which scrapes a pet store that serves and refuses. Skipped where there is no
 * Prometheus.
 */
class QueriesTest {
  /** Figures of a module, which nothing has without it. */
  private static final Set<String> OF_LOGGING = Set.of("brrtrouter_log_lines_dropped_total");

  private static final Pattern BLOCK = Pattern.compile("```promql\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LABELS = Pattern.compile("label_values\\((.*), (\\w+)\\)");

  /** How an alert compares a signal. */
  private static final Pattern COMPARED =
      Pattern.compile("(.*?)\\s*(?:>|<|==|>=|<=|!=)\\s*-?[0-9.]+", Pattern.DOTALL);

  /** Long enough for a machine that is busy; nothing is measured by it. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @Test
  void return_data(@TempDir Path shops, @TempDir Path gateways, @TempDir Path own)
      throws Exception {
    Deploy.program("prometheus");
    Map<String, String> open = queries();
    assertThat(open).hasSizeGreaterThan(100);
    List<String> awaited =
        open.values().stream()
            .filter(each -> !Files.isDirectory(Deploy.ROOT.resolve("logging")))
            .filter(each -> OF_LOGGING.stream().anyMatch(each::contains))
            .distinct()
            .toList();
    try (ScrapedShop shop = new ScrapedShop(shops);
        ScrapedGateway gateway = new ScrapedGateway(gateways);
        ScrapingPrometheus prometheus =
            new ScrapingPrometheus(own, shop.address(), gateway.address())) {
      shop.open();
      shop.hurry();
      Instant end = Instant.now().plus(PATIENCE);
      while (!remaining(open, awaited).isEmpty() && Instant.now().isBefore(end)) {
        shop.round();
        gateway.round();
        shop.edit();
        // Prometheus looks once a second; there is no use in asking faster.
        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        for (Map.Entry<String, String> each : List.copyOf(open.entrySet())) {
          if (prometheus.answers(each.getValue())) {
            open.remove(each.getKey());
          }
        }
      }
      assertThat(remaining(open, awaited)).isEmpty();
    }
  }

  private static Map<String, String> remaining(Map<String, String> open, List<String> awaited) {
    Map<String, String> left = new LinkedHashMap<>(open);
    left.values().removeAll(awaited);
    return left;
  }

  /** {@return all queries by where they stand} */
  private static Map<String, String> queries() throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    for (Path file : Deploy.files("grafana/dashboards", ".json")) {
      JsonNode board = Manifests.tree(Files.readString(file));
      String name = String.valueOf(file.getFileName());
      board
          .path("panels")
          .forEach(panel -> {
            if (panel.at("/datasource/type").asText().equals("prometheus")) {
              assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
              panel
                  .path("targets")
                  .forEach(target ->
                      all.put(
                          name
                              + ": "
                              + panel.path("title").asText()
                              + " "
                              + target.path("refId").asText(),
                          replaced(target.path("expr").asText())));
            }
          });
      board
          .at("/annotations/list")
          .forEach(each ->
              all.put(
                  name + ": annotation " + each.path("name").asText(),
                  replaced(each.path("expr").asText())));
      board
          .at("/templating/list")
          .forEach(each -> {
            Matcher labels = LABELS.matcher(each.at("/query/query").asText());
            assertThat(labels.matches()).as(each.path("name").asText()).isTrue();
            all.put(
                name + ": variable " + each.path("name").asText(),
                "count by (%s) (%s)".formatted(labels.group(2), replaced(labels.group(1))));
          });
    }
    RulesTest.rules("signals.yml")
        .forEach(rule -> {
          String name = rule.path("record").asText();
          all.put("signal " + name, rule.path("expr").asText());
          all.put("recorded " + name, name);
        });
    RulesTest.rules("alerts.yml")
        .forEach(rule -> {
          int number = 0;
          for (String part : rule.path("expr").asText().split("\\sand\\s", -1)) {
            Matcher compared = COMPARED.matcher(part.strip());
            assertThat(compared.matches()).as(part).isTrue();
            all.put("alert " + rule.path("alert").asText() + " " + ++number, compared.group(1));
          }
        });
    int number = 0;
    for (Matcher block = BLOCK.matcher(page()); block.find(); ) {
      all.put("docs/operations.md, block " + ++number, block.group(1).strip());
    }
    assertThat(number).as("queries of the runbook").isGreaterThan(10);
    return all;
  }

  private static String page() throws IOException {
    return Files.readString(Deploy.ROOT.resolve("docs/operations.md"));
  }

  /** A query as Grafana sends it when all is chosen. */
  private static String replaced(String query) {
    return query
        .replace("$__rate_interval", "30s")
        .replace("$job", ".*")
        .replace("$instance", ".*")
        .replace("$operation", ".*");
  }

  /** The boards can be provisioned: they name data sources that are, and nothing twice. */
  @Test
  void stand_in_boards_that_Grafana_takes() throws IOException {
    List<String> sources = new ArrayList<>();
    Manifests.tree(Deploy.read("grafana/datasources.yml"))
        .path("datasources")
        .forEach(each -> sources.add(each.path("uid").asText()));
    List<String> boards = new ArrayList<>();
    for (Path file : Deploy.files("grafana/dashboards", ".json")) {
      JsonNode board = Manifests.tree(Files.readString(file));
      boards.add(board.path("uid").asText());
      List<Integer> ids = new ArrayList<>();
      List<String> places = new ArrayList<>();
      for (JsonNode panel : board.path("panels")) {
        ids.add(panel.path("id").asInt());
        JsonNode at = panel.path("gridPos");
        assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
        for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
          for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
            places.add(x + "," + y);
          }
        }
        if (!panel.path("type").asText().equals("row")) {
          assertThat(sources).contains(panel.at("/datasource/uid").asText());
          assertThat(panel.path("description").asText()).isNotBlank();
        }
      }
      assertThat(ids).doesNotHaveDuplicates();
      assertThat(places).as("panels of " + file).doesNotHaveDuplicates();
      assertThat(Deploy.read("grafana/kustomization.yaml")).contains(file.getFileName().toString());
    }
    assertThat(boards).hasSize(4).doesNotHaveDuplicates();
  }
}
