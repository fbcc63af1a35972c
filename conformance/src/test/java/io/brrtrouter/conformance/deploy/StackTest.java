package io.brrtrouter.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.brrtrouter.examples.petstore.PetStore;
import io.brrtrouter.server.runtime.ServerConfig;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compose, kind, Tilt, Kubernetes and the application say the same of each other. */
class StackTest {
  /** The ports of the original, at which each is found on one machine. */
  private static final Map<String, Set<Integer>> PORTS =
      Map.of(
          "petstore", Set.of(8080),
          "grafana", Set.of(3000),
          "loki", Set.of(3100),
          "prometheus", Set.of(9090),
          "jaeger", Set.of(16686),
          "otel-collector", Set.of(4317, 4318, 8889),
          "postgres", Set.of(5432),
          "redis", Set.of(6379));

  /** What members of a service in Compose are used here; others are misspelt or new. */
  private static final Set<String> COMPOSE =
      Set.of(
          "image",
          "build",
          "ports",
          "networks",
          "environment",
          "read_only",
          "tmpfs",
          "cap_drop",
          "security_opt",
          "mem_limit",
          "stop_grace_period",
          "healthcheck",
          "depends_on",
          "command",
          "volumes");

  /** Variables that are no settings of the server. */
  private static final Set<String> OF_LOGBACK = Set.of("LOG_LEVEL");

  /** Modules that read variables which nobody reads without them. */
  private static final Map<String, String> READERS =
      Map.of(
          "LOG_FORMAT", "logging",
          "LOG_OUTPUT", "logging",
          "OTEL_SERVICE_NAME", "otel",
          "OTEL_EXPORTER_OTLP_ENDPOINT", "otel");

  private final JsonNode compose = Manifests.tree(Deploy.read("compose.yaml"));

  private static List<Object> stack() throws IOException {
    Stream.Builder<Object> all = Stream.builder();
    for (String directory : List.of("kubernetes/stack", "kubernetes/base")) {
      for (Path file : Deploy.files(directory, ".yaml")) {
        if (!file.endsWith("kustomization.yaml")) {
          Manifests.typed(Files.readString(file)).forEach(all);
        }
      }
    }
    return all.build().toList();
  }

  private static Map<String, Container> containers(List<Object> stack) {
    Map<String, Container> all = new HashMap<>();
    Manifests.of(Deployment.class, stack)
        .forEach(each ->
            all.put(
                each.getMetadata().getName(),
                each.getSpec().getTemplate().getSpec().getContainers().getFirst()));
    Manifests.of(StatefulSet.class, stack)
        .forEach(each ->
            all.put(
                each.getMetadata().getName(),
                each.getSpec().getTemplate().getSpec().getContainers().getFirst()));
    return all;
  }

  private Map<String, JsonNode> services() {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    compose.path("services").properties().forEach(each -> all.put(each.getKey(), each.getValue()));
    return all;
  }

  @Test
  void compose_has_the_services_of_Kubernetes_with_the_same_images() throws IOException {
    Map<String, String> images = new TreeMap<>();
    containers(stack()).forEach((name, container) -> images.put(name, container.getImage()));
    Map<String, String> composed = new TreeMap<>();
    services()
        .forEach((name, service) ->
            composed.put(name, service.path("image").asText().replace("${IMAGE_PREFIX:-}", "")));
    // Kustomize and Tilt give the application's its tag.
    composed.computeIfPresent("petstore", (name, image) -> image.replace(":dev", ""));
    assertThat(composed).isEqualTo(images);
  }

  @Test
  void images_have_versions_and_no_host() throws IOException {
    services()
        .forEach((name, service) -> {
          if (!name.equals("petstore")) {
            String image = service.path("image").asText();
            assertThat(image).startsWith("${IMAGE_PREFIX:-}").containsPattern(":v?[0-9]");
          }
        });
    Pattern host = Pattern.compile("(?m)^\\s*(?:-\\s*)?image:\\s*[\"']?[\\w-]+[.:][\\w.-]*/");
    for (Path file : Deploy.files(".", ".yaml", ".yml", "Dockerfile", "Tiltfile", ".sh", ".tpl")) {
      String text = Files.readString(file);
      assertThat(host.matcher(text).find()).as(file.toString()).isFalse();
    }
    assertThat(Deploy.read("Dockerfile").lines().filter(line -> line.startsWith("FROM ")))
        .allMatch(line -> line.contains("${IMAGE_PREFIX}") || line.startsWith("FROM sources "));
  }

  @Test
  void compose_has_no_member_that_it_does_not_know_and_no_port_for_other_machines() {
    services()
        .forEach((name, service) -> {
          assertThat(COMPOSE)
              .containsAll(service.properties().stream().map(Map.Entry::getKey).toList());
          service.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
          service
              .path("depends_on")
              .properties()
              .forEach(each -> {
                assertThat(services()).containsKey(each.getKey());
                assertThat(each.getValue().path("condition").asText()).isEqualTo("service_healthy");
                assertThat(services().get(each.getKey()).path("healthcheck").isMissingNode())
                    .isFalse();
              });
          service
              .path("volumes")
              .forEach(volume -> {
                String from = volume.asText().split(":", 2)[0];
                if (from.startsWith("./")) {
                  assertThat(Deploy.DIRECTORY.resolve(from)).as(from).exists();
                } else if (!from.startsWith("/")) {
                  assertThat(compose.path("volumes").has(from)).as(from).isTrue();
                }
              });
        });
  }

  @Test
  void the_ports_are_those_of_the_original() throws IOException {
    Map<String, Set<Integer>> composed = new TreeMap<>();
    services()
        .forEach((name, service) -> {
          Set<Integer> ports = new TreeSet<>();
          service
              .path("ports")
              .forEach(each -> ports.add(Integer.valueOf(each.asText().split(":")[1])));
          if (!ports.isEmpty()) {
            composed.put(name, ports);
          }
        });
    assertThat(composed).isEqualTo(PORTS);
    assertThat(Deploy.read("../justfile")).contains("--port 10351");

    Map<Integer, Integer> mapped = new TreeMap<>();
    Manifests.tree(Deploy.read("kind/cluster.yaml"))
        .at("/nodes/0/extraPortMappings")
        .forEach(each -> {
          assertThat(each.path("listenAddress").asText()).isEqualTo("127.0.0.1");
          mapped.put(each.path("hostPort").asInt(), each.path("containerPort").asInt());
        });
    Map<Integer, Integer> offered = new TreeMap<>();
    Stream<Object> dev =
        Stream.of("kubernetes/overlays/dev/service.yaml", "velero/minio.yml")
            .flatMap(file -> {
              try {
                return Manifests.typed(Deploy.read(file)).stream();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    for (Service each :
        Manifests.of(Service.class, Stream.concat(stack().stream(), dev).toList())) {
      for (ServicePort port : each.getSpec().getPorts()) {
        if (port.getNodePort() != null) {
          offered.put(port.getPort(), port.getNodePort());
        }
      }
    }
    assertThat(mapped).isEqualTo(offered);
    Set<Integer> all = PORTS.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    assertThat(mapped.keySet()).containsAll(all);
  }

  /** A variable with a misspelt name does nothing, and nobody notices. */
  @Test
  void variables_of_the_application_are_read_by_it() throws IOException {
    Map<String, String> composed = new TreeMap<>();
    services()
        .get("petstore")
        .path("environment")
        .properties()
        .forEach(each -> composed.put(each.getKey(), each.getValue().asText()));
    List<EnvVar> variables = containers(stack()).get("petstore").getEnv();
    assertThat(variables.stream().map(EnvVar::getName))
        .containsExactlyInAnyOrderElementsOf(composed.keySet());
    for (EnvVar each : variables) {
      if (each.getValue() != null && !each.getName().equals("BRRTR_SHUTDOWN_DELAY_MS")) {
        assertThat(each.getValue()).as(each.getName()).isEqualTo(composed.get(each.getName()));
      }
    }
    ServerConfig config =
        ServerConfig.read(Optional.empty(), composed, Map.of(), new PetStore().settings());
    assertThat(config.warnings()).isEmpty();
    String sources = sources();
    for (String name : composed.keySet()) {
      String reader = READERS.getOrDefault(name, "server");
      if (!name.startsWith("BRRTR_")
          && !OF_LOGBACK.contains(name)
          && Files.isDirectory(Deploy.ROOT.resolve(reader))) {
        assertThat(sources).as(name).contains('"' + name + '"');
      }
    }
  }

  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String module : List.of("server", "logging", "otel")) {
      Path directory = Deploy.ROOT.resolve(module).resolve("src/main");
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.walk(directory)) {
          for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
            all.append(Files.readString(file));
          }
        }
      }
    }
    return all.toString();
  }

  @Test
  void the_end_has_time_for_the_drain() throws IOException {
    Deployment deployment =
        Manifests.of(Deployment.class, stack()).stream()
            .filter(each -> each.getMetadata().getName().equals("petstore"))
            .findFirst()
            .orElseThrow();
    Map<String, String> values = new HashMap<>();
    var pod = deployment.getSpec().getTemplate().getSpec();
    pod.getContainers()
        .getFirst()
        .getEnv()
        .forEach(each -> values.put(each.getName(), each.getValue()));
    long delay = Long.parseLong(values.get("BRRTR_SHUTDOWN_DELAY_MS"));
    long drain = Long.parseLong(values.get("BRRTR_SHUTDOWN_DRAIN_MS"));
    assertThat(drain).isEqualTo(20_000);
    assertThat(pod.getTerminationGracePeriodSeconds() * 1_000).isGreaterThan(delay + drain + 5_000);
    assertThat(compose.at("/services/petstore/stop_grace_period").asText()).isEqualTo("30s");
    // Readiness is seen to fail before connections end.
    var ready = pod.getContainers().getFirst().getReadinessProbe();
    assertThat(ready.getPeriodSeconds() * ready.getFailureThreshold() * 1_000L)
        .isLessThanOrEqualTo(delay);
  }

  /** The paths are asked of the settings, which have them as defaults. */
  @Test
  void probes_and_scrapes_ask_endpoints_of_the_server() throws IOException {
    String settings = Files.readString(Deploy.ROOT.resolve("docs/configuration.md"));
    Container container = containers(stack()).get("petstore");
    assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/ready");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/ready");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/health");
    Map<String, String> used =
        Map.of("health", "/health", "ready", "/ready", "metrics", "/metrics");
    used.forEach((name, path) ->
        assertThat(settings)
            .containsPattern("`endpoints." + name + "` \\|[^|]*\\| `" + path + "`"));
    assertThat(Deploy.read("prometheus/prometheus.yml")).contains("metrics_path: /metrics");
    assertThat(compose.at("/services/petstore/healthcheck/test").toString())
        .contains("GET /ready ");
  }

  @Test
  void configurations_name_services_that_are_there() throws IOException {
    Set<String> names = new TreeSet<>(services().keySet());
    names.add("petstore-pods");
    assertThat(
            Manifests.of(Service.class, stack()).stream().map(each -> each.getMetadata().getName()))
        .containsExactlyInAnyOrderElementsOf(
            names.stream().filter(each -> !each.equals("alloy")).toList());
    Pattern url =
        Pattern.compile(
            "(?:https?|redis|postgresql)://([a-z][a-z-]*)[:/]|endpoint: ([a-z-]+):[0-9]+");
    for (Path file :
        Stream.of("prometheus", "grafana", "loki", "alloy", "otel-collector")
            .flatMap(each -> Deploy.files(each, ".yml", ".alloy").stream())
            .toList()) {
      var found = url.matcher(Files.readString(file));
      while (found.find()) {
        String name = found.group(1) == null ? found.group(2) : found.group(1);
        assertThat(names).as(file + ": " + found.group()).contains(name);
      }
    }
    assertThat(Deploy.read("prometheus/prometheus.yml")).contains("names: [petstore-pods]");
    assertThat(compose.at("/services/petstore/networks/default/aliases/0").asText())
        .isEqualTo("petstore-pods");
  }

  @Test
  void Tilt_knows_every_workload_and_syncs_what_is_there() throws IOException {
    String tilt = Deploy.read("Tiltfile");
    Set<String> resources =
        Pattern.compile("k8s_resource\\('([^']+)'")
            .matcher(tilt)
            .results()
            .map(each -> each.group(1))
            .collect(Collectors.toSet());
    assertThat(resources).isEqualTo(containers(stack()).keySet());
    List<String> synced =
        Pattern.compile("sync\\('([^']+)', '/src/([^']+)'\\)")
            .matcher(tilt)
            .results()
            .map(each -> {
              assertThat("../" + each.group(2)).isEqualTo(each.group(1));
              return each.group(1);
            })
            .toList();
    assertThat(synced)
        .isNotEmpty()
        .allSatisfy(each -> assertThat(Deploy.DIRECTORY.resolve(each)).exists());
    assertThat(tilt).contains("kustomize('kubernetes/overlays/dev')", "target='dev'");
    assertThat(Deploy.read("Dockerfile")).contains(" AS dev\n", " AS runtime\n", "WORKDIR /src\n");
    assertThat(Deploy.read("Dockerfile"))
        .contains("CMD [\"./brrt\", \"run\", \"examples/petstore\", \"--watch\"]");
    assertThat(tilt).contains("allow_k8s_contexts('kind-brrtrouter')");
    assertThat(Manifests.tree(Deploy.read("kind/cluster.yaml")).path("name").asText())
        .isEqualTo("brrtrouter");
  }

  @Test
  void recipes_are_those_that_the_guide_names() throws IOException {
    Set<String> recipes =
        Deploy.read("../justfile")
            .lines()
            .map(Pattern.compile("^([a-z][a-z-]*)(?: [^:]*)?:(?!=).*$")::matcher)
            .filter(each -> each.matches())
            .map(each -> each.group(1))
            .collect(Collectors.toSet());
    assertThat(recipes).contains("dev-up", "dev-status", "dev-down", "docs", "test", "load");
    String guide = Files.readString(Deploy.ROOT.resolve("docs/local-development.md"));
    assertThat(recipes)
        .filteredOn(each -> !each.equals("default"))
        .allSatisfy(each -> assertThat(guide).contains("`just " + each));
  }
}
