package io.brrtrouter.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.kustomize.v1beta1.Kustomization;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests are what Kubernetes takes, and what they name is there. */
class ManifestsTest {
  private static final Set<String> NO_MANIFESTS = Set.of("prometheus-adapter.yaml");

  static Stream<String> files() {
    return Stream.of("kubernetes", "velero")
        .flatMap(each -> Deploy.files(each, ".yaml", ".yml").stream())
        .filter(each -> !NO_MANIFESTS.contains(each.getFileName().toString()))
        .map(each -> Deploy.DIRECTORY.relativize(each).toString());
  }

  static Stream<String> kustomizations() {
    return Deploy.files(".", "kustomization.yaml").stream()
        .map(each -> Deploy.DIRECTORY.relativize(each.normalize()).toString());
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_file_has_nothing_that_its_types_have_not(String file) throws JsonProcessingException {
    assertThat(Manifests.typed(Deploy.read(file))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selectors: {a: b}}}",
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{prot: 1}]}}",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {spec:"
            + " {containers: [{name: a, livenessprobe: {}}]}}}}",
        "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, spec: {endpoint: []}}",
        "{apiVersion: velero.io/v1, kind: Schedule, spec: {cron: '* * * * *'}}",
        "{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, resource: []}",
      })
  void a_misspelt_member_is_found(String manifest) {
    assertThatThrownBy(() -> Manifests.typed(manifest))
        .isInstanceOf(UnrecognizedPropertyException.class);
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void a_kustomization_names_files_that_are_there(String file) throws JsonProcessingException {
    Path directory = Deploy.DIRECTORY.resolve(file).getParent();
    Kustomization kustomization =
        Manifests.of(Kustomization.class, Manifests.typed(Deploy.read(file))).getFirst();
    List<String> named = new ArrayList<>(kustomization.getResources());
    kustomization
        .getPatches()
        .forEach(each -> {
          if (each.getPath() != null) {
            named.add(each.getPath());
          }
        });
    kustomization.getConfigMapGenerator().forEach(each -> named.addAll(each.getFiles()));
    assertThat(named)
        .isNotEmpty()
        .allSatisfy(each -> assertThat(directory.resolve(each)).as(each).exists());
    for (String each : kustomization.getResources()) {
      if (Files.isDirectory(directory.resolve(each))) {
        assertThat(directory.resolve(each).resolve("kustomization.yaml")).exists();
      }
    }
  }

  /** A manifest in no kustomization is one that nobody applies. */
  @Test
  void every_manifest_is_part_of_a_kustomization() throws JsonProcessingException {
    Set<Path> named = new HashSet<>();
    for (String file : kustomizations().toList()) {
      Path directory = Deploy.DIRECTORY.resolve(file).getParent();
      named.add(directory.resolve("kustomization.yaml"));
      Kustomization each =
          Manifests.of(Kustomization.class, Manifests.typed(Deploy.read(file))).getFirst();
      each.getResources().forEach(one -> named.add(directory.resolve(one).normalize()));
      each.getPatches().stream()
          .map(one -> one.getPath())
          .filter(Objects::nonNull)
          .forEach(one -> named.add(directory.resolve(one).normalize()));
    }
    assertThat(Deploy.files("kubernetes", ".yaml", ".yml"))
        .filteredOn(each -> !NO_MANIFESTS.contains(each.getFileName().toString()))
        .allSatisfy(each -> assertThat(named).contains(each));
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void a_patch_is_of_something_there(String file) throws JsonProcessingException {
    Path directory = Deploy.DIRECTORY.resolve(file).getParent();
    Kustomization kustomization =
        Manifests.of(Kustomization.class, Manifests.typed(Deploy.read(file))).getFirst();
    Set<String> there = new HashSet<>();
    for (String each : kustomization.getResources()) {
      collect(directory.resolve(each).normalize(), there);
    }
    for (var patch : kustomization.getPatches()) {
      String text =
          patch.getPath() == null
              ? patch.getPatch()
              : Deploy.read(
                  Deploy.DIRECTORY.relativize(directory.resolve(patch.getPath())).toString());
      assertThat(there).contains(name(Manifests.tree(text)));
    }
  }

  private static void collect(Path at, Set<String> found) throws JsonProcessingException {
    if (Files.isDirectory(at)) {
      String file = Deploy.DIRECTORY.relativize(at.resolve("kustomization.yaml")).toString();
      Kustomization inner =
          Manifests.of(Kustomization.class, Manifests.typed(Deploy.read(file))).getFirst();
      for (String each : inner.getResources()) {
        collect(at.resolve(each).normalize(), found);
      }
    } else {
      Manifests.trees(Deploy.read(Deploy.DIRECTORY.relativize(at).toString()))
          .forEach(each -> found.add(name(each)));
    }
  }

  private static String name(JsonNode manifest) {
    return manifest.path("kind").asText() + "/" + manifest.at("/metadata/name").asText();
  }

  /** What {@code kubectl kustomize} makes of an overlay; skipped where there is no kubectl. */
  @Nested
  class An_overlay {
    private List<Object> built(String overlay) throws Exception {
      Deploy.Outcome outcome =
          Deploy.run(Deploy.DIRECTORY, "kubectl", "kustomize", "kubernetes/overlays/" + overlay);
      assertThat(outcome.status()).as(outcome.output()).isZero();
      return Manifests.typed(outcome.output());
    }

    private record Workload(String name, PodTemplateSpec template) {
      PodSpec pod() {
        return template.getSpec();
      }
    }

    private static List<Workload> workloads(List<Object> all) {
      return Stream.concat(
              Manifests.of(Deployment.class, all).stream()
                  .map(each ->
                      new Workload(each.getMetadata().getName(), each.getSpec().getTemplate())),
              Manifests.of(StatefulSet.class, all).stream()
                  .map(each ->
                      new Workload(each.getMetadata().getName(), each.getSpec().getTemplate())))
          .toList();
    }

    private static <T extends HasMetadata> Set<String> names(Class<T> type, List<Object> all) {
      Set<String> names = new HashSet<>();
      Manifests.of(type, all).forEach(each -> names.add(each.getMetadata().getName()));
      return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void is_in_one_namespace(String overlay) throws Exception {
      List<Object> all = built(overlay);
      Set<String> namespaces = new HashSet<>();
      for (Object each : all) {
        HasMetadata one = (HasMetadata) each;
        namespaces.add(
            one.getKind().equals("Namespace")
                ? one.getMetadata().getName()
                : one.getMetadata().getNamespace());
      }
      assertThat(namespaces).hasSize(1);
      assertThat(all).hasSizeGreaterThan(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void has_what_its_pods_name(String overlay) throws Exception {
      List<Object> all = built(overlay);
      Set<String> maps = names(ConfigMap.class, all);
      Set<String> claims = names(PersistentVolumeClaim.class, all);
      Set<String> accounts = names(ServiceAccount.class, all);
      for (Workload workload : workloads(all)) {
        PodSpec pod = workload.pod();
        if (pod.getServiceAccountName() != null) {
          assertThat(accounts).contains(pod.getServiceAccountName());
        }
        Set<String> volumes = new HashSet<>();
        for (Volume volume : pod.getVolumes()) {
          volumes.add(volume.getName());
          if (volume.getConfigMap() != null) {
            assertThat(maps).contains(volume.getConfigMap().getName());
            Map<String, String> content =
                Manifests.of(ConfigMap.class, all).stream()
                    .filter(each ->
                        each.getMetadata().getName().equals(volume.getConfigMap().getName()))
                    .findFirst()
                    .orElseThrow()
                    .getData();
            for (KeyToPath item : volume.getConfigMap().getItems()) {
              assertThat(content).containsKey(item.getKey());
            }
          }
          if (volume.getPersistentVolumeClaim() != null) {
            assertThat(claims).contains(volume.getPersistentVolumeClaim().getClaimName());
          }
        }
        Manifests.of(StatefulSet.class, all).stream()
            .filter(each -> each.getMetadata().getName().equals(workload.name()))
            .flatMap(each -> each.getSpec().getVolumeClaimTemplates().stream())
            .forEach(each -> volumes.add(each.getMetadata().getName()));
        Set<String> mounted = new HashSet<>();
        pod.getContainers()
            .forEach(container ->
                container.getVolumeMounts().stream()
                    .map(VolumeMount::getName)
                    .forEach(mounted::add));
        assertThat(mounted).as(workload.name()).isEqualTo(volumes);
      }
    }

    /** Secrets of production are no file of a repository; the comment of the overlay names them. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void has_the_secrets_that_its_pods_read(String overlay) throws Exception {
      List<Object> all = built(overlay);
      for (Workload workload : workloads(all)) {
        for (Container container : workload.pod().getContainers()) {
          for (EnvVar variable : container.getEnv()) {
            if (variable.getValueFrom() == null) {
              continue;
            }
            var key = variable.getValueFrom().getSecretKeyRef();
            if (overlay.equals("production")) {
              assertThat(Deploy.read("kubernetes/overlays/production/kustomization.yaml"))
                  .contains(key.getName());
            } else {
              Secret secret =
                  Manifests.of(Secret.class, all).stream()
                      .filter(each -> each.getMetadata().getName().equals(key.getName()))
                      .findFirst()
                      .orElseThrow();
              assertThat(secret.getData()).containsKey(key.getKey());
            }
          }
        }
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void has_services_that_lead_to_ports_of_pods(String overlay) throws Exception {
      List<Object> all = built(overlay);
      assertThat(Manifests.of(Service.class, all)).isNotEmpty();
      for (Service service : Manifests.of(Service.class, all)) {
        List<Workload> behind =
            workloads(all).stream()
                .filter(each ->
                    each.template()
                        .getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(service.getSpec().getSelector().entrySet()))
                .toList();
        assertThat(behind).as(service.getMetadata().getName()).hasSize(1);
        for (ServicePort port : service.getSpec().getPorts()) {
          assertThat(port(behind.getFirst().pod(), port.getTargetPort()))
              .as(service.getMetadata().getName())
              .isPositive();
        }
      }
    }

    /** {@return the number of a port of the only container, or -1} */
    private static int port(PodSpec pod, IntOrString named) {
      return pod.getContainers().getFirst().getPorts().stream()
          .filter(each ->
              named.getIntVal() != null
                  ? Objects.equals(each.getContainerPort(), named.getIntVal())
                  : named.getStrVal().equals(each.getName()))
          .map(ContainerPort::getContainerPort)
          .findFirst()
          .orElse(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void runs_nothing_as_root_and_bounds_memory(String overlay) throws Exception {
      for (Workload workload : workloads(built(overlay))) {
        assertThat(workload.pod().getSecurityContext().getRunAsNonRoot())
            .as(workload.name())
            .isTrue();
        for (Container container : workload.pod().getContainers()) {
          assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
          assertThat(container.getSecurityContext().getCapabilities().getDrop())
              .containsExactly("ALL");
          assertThat(container.getResources().getLimits()).containsKey("memory");
          assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        }
      }
    }

    @Test
    void of_production_is_read_only_scaled_protected_and_scraped() throws Exception {
      List<Object> all = built("production");
      Deployment deployment = Manifests.of(Deployment.class, all).getFirst();
      Container container = deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
      assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
      assertThat(deployment.getSpec().getReplicas()).isNull();

      HorizontalPodAutoscaler scaler = Manifests.of(HorizontalPodAutoscaler.class, all).getFirst();
      assertThat(scaler.getSpec().getScaleTargetRef().getName())
          .isEqualTo(deployment.getMetadata().getName());
      assertThat(scaler.getSpec().getMetrics())
          .anyMatch(each ->
              each.getPods() != null
                  && each.getPods().getMetric().getName().equals("brrtrouter_requests_in_flight"))
          .anyMatch(
              each -> each.getResource() != null && each.getResource().getName().equals("cpu"));
      assertThat(Deploy.read("kubernetes/prometheus-adapter.yaml"))
          .contains("seriesQuery: brrtrouter_requests_in_flight{");

      assertThat(
              Manifests.of(PodDisruptionBudget.class, all)
                  .getFirst()
                  .getSpec()
                  .getSelector()
                  .getMatchLabels())
          .isEqualTo(labels);
      assertThat(
              Manifests.of(NetworkPolicy.class, all)
                  .getFirst()
                  .getSpec()
                  .getPodSelector()
                  .getMatchLabels())
          .isEqualTo(labels);

      ServiceMonitor monitor = Manifests.of(ServiceMonitor.class, all).getFirst();
      List<Service> scraped =
          Manifests.of(Service.class, all).stream()
              .filter(each ->
                  each.getMetadata()
                      .getLabels()
                      .entrySet()
                      .containsAll(monitor.getSpec().getSelector().getMatchLabels().entrySet()))
              .toList();
      // Two services would be scraped twice.
      assertThat(scraped).hasSize(1);
      assertThat(scraped.getFirst().getSpec().getPorts())
          .extracting(ServicePort::getName)
          .contains(monitor.getSpec().getEndpoints().getFirst().getPort());
    }
  }

  /** The probes of every container name a port that it has. */
  @Test
  void probes_ask_ports_of_their_containers() throws JsonProcessingException {
    int probes = 0;
    for (String file : files().toList()) {
      for (Object each : Manifests.typed(Deploy.read(file))) {
        if (!(each instanceof Deployment deployment) || file.contains("overlays")) {
          continue;
        }
        Container container =
            deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
        for (Probe probe :
            Stream.of(
                    container.getStartupProbe(),
                    container.getReadinessProbe(),
                    container.getLivenessProbe())
                .filter(Objects::nonNull)
                .toList()) {
          HTTPGetAction get = probe.getHttpGet();
          assertThat(container.getPorts())
              .extracting(ContainerPort::getName)
              .as(file)
              .contains(get.getPort().getStrVal());
          probes++;
        }
      }
    }
    assertThat(probes).isGreaterThan(5);
  }
}
