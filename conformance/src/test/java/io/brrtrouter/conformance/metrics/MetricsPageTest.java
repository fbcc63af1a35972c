package io.brrtrouter.conformance.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names in tables of the page, and names of a server, are the same. */
@DisplayName("The page on metrics")
class MetricsPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern ROW = Pattern.compile("^\\| `([a-z0-9_]+)` \\| (\\w+) \\|");
  private static final Set<String> RECORDED =
      Set.of("jvm_virtual_threads_pinned_total", "jvm_virtual_thread_stack_depth_frames");

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/metrics.md"), UTF_8);
  }

  /** What rows of one part of the page say: name and kind. */
  private static Map<String, String> rows(String part) {
    return part.lines()
        .map(ROW::matcher)
        .filter(row -> row.find())
        .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
  }

  private static Set<String> names(String part) {
    return new TreeSet<>(rows(part).keySet());
  }

  private static String section(String heading) throws IOException {
    return Arrays.stream(page().split("\n## ", -1))
        .filter(each -> each.startsWith(heading + "\n"))
        .findFirst()
        .orElseThrow();
  }

  private static String always() throws IOException {
    return page().substring(0, page().indexOf("\n## Only with something else"));
  }

  /** Lets each figure occur that only occurs when something happens. */
  private static Scrape used(MeasuredServer server) {
    for (String path : new String[] {"/orders?limit=11", "/orders", "/mine", "/slow"}) {
      if (path.equals("/slow")) {
        server.slow.countDown();
      }
      Scrape.send(
          HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
          BodyHandlers.discarding());
    }
    return server.scrape();
  }

  @Test
  void hasTheNamesAndKindsOfARunningServer(@TempDir Path directory) throws IOException {
    try (MeasuredServer server = new MeasuredServer(directory, Map.of())) {
      Scrape seen = used(server);
      Set<String> missing = new TreeSet<>(names(always()));
      missing.removeAll(seen.names());
      // Only what happens to WebSockets and reloads, which no plain request brings about.
      assertThat(missing)
          .isSubsetOf(
              "brrtrouter_websockets_open",
              "brrtrouter_websocket_messages_total",
              "brrtrouter_reloads_total");
      Set<String> told = names(always());
      told.addAll(names(section("Only with something else"))); // What logs is here too.
      assertThat(told).containsAll(seen.names());
      rows(always())
          .forEach((name, kind) ->
              assertThat(seen.types().getOrDefault(name, kind)).as(name).isEqualTo(kind));
    }
  }

  @Test
  void hasTheNamesOfTheOriginal(@TempDir Path directory) throws IOException {
    Set<String> plain;
    try (MeasuredServer server = new MeasuredServer(directory, Map.of())) {
      plain = used(server).names();
    }
    try (MeasuredServer server =
        new MeasuredServer(directory, Map.of("metrics.original_names", "true"))) {
      Scrape seen = used(server);
      Set<String> more = seen.names();
      more.removeAll(plain);
      assertThat(names(section("Names of the original"))).isEqualTo(more);
      assertThat(seen.value("brrtrouter_requests_total{path=\"/orders\",status=\"200\"}"))
          .isEqualTo(1);
      assertThat(seen.value("brrtrouter_requests_total{path=\"/orders\",status=\"400\"}"))
          .isEqualTo(1);
      assertThat(seen.value("brrtrouter_path_requests_total{path=\"/orders\"}")).isEqualTo(2);
      assertThat(seen.value("brrtrouter_auth_failures_total")).isEqualTo(1);
      assertThat(seen.value("brrtrouter_active_requests")).isEqualTo(1);
      assertThat(seen.value("brrtrouter_request_duration_seconds_count"))
          .isEqualTo(seen.value("brrtrouter_top_level_requests_total"))
          .isEqualTo(4);
    }
  }

  @Test
  void hasTheNamesOfAFlightRecording(@TempDir Path directory) throws IOException {
    try (MeasuredServer server =
        new MeasuredServer(directory, Map.of("metrics.flight_recording", "true"))) {
      assertThat(used(server).names()).contains("jvm_virtual_threads_pinned_total");
    }
  }

  /** Services, webhooks, keys and TLS have tests of their own, in their modules. */
  @Test
  void namesNothingThatNoSourceHas() throws IOException {
    Set<String> left = names(section("Only with something else"));
    assertThat(left).containsAll(RECORDED);
    for (String module : new String[] {"server", "security", "outbound", "logging"}) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/main/java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          String text = Files.readString(file, UTF_8);
          left.removeIf(name -> text.contains("\"" + name + "\""));
        }
      }
    }
    assertThat(left).isEmpty();
  }
}
