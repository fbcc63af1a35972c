package io.brrtrouter.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chart for services of {@code brrt new}; rendered where there is a Helm. */
class HelmTest {
  private static final String CHART = "helm/brrt-service/";
  private static final Pattern VALUE = Pattern.compile("\\.Values((?:\\.[A-Za-z]+)+)");

  /** A value that the schema does not know cannot be set, and one that is no default is nothing. */
  @Test
  void its_schema_has_its_values() {
    JsonNode values = Manifests.tree(Deploy.read(CHART + "values.yaml"));
    JsonNode schema = Manifests.tree(Deploy.read(CHART + "values.schema.json"));
    compare(values, schema, "");
  }

  private static void compare(JsonNode values, JsonNode schema, String at) {
    JsonNode properties = schema.path("properties");
    values
        .properties()
        .forEach(each -> {
          assertThat(properties.has(each.getKey())).as(at + each.getKey()).isTrue();
          if (each.getValue().isObject() && !schema.path("additionalProperties").asBoolean(true)) {
            JsonNode inner = properties.path(each.getKey());
            if (inner.has("properties")) {
              compare(each.getValue(), inner, at + each.getKey() + ".");
            }
          }
        });
  }

  @Test
  void its_templates_use_values_that_it_has() throws Exception {
    JsonNode values = Manifests.tree(Deploy.read(CHART + "values.yaml"));
    int used = 0;
    for (Path file : Deploy.files(CHART + "templates", ".yaml", ".tpl")) {
      Matcher value = VALUE.matcher(Files.readString(file));
      while (value.find()) {
        assertThat(values.at(value.group(1).replace('.', '/')).isMissingNode())
            .as(value.group())
            .isFalse();
        used++;
      }
    }
    assertThat(used).isGreaterThan(20);
  }

  @Test
  void its_manifests_are_what_Kubernetes_takes() throws Exception {
    Deploy.Outcome outcome =
        Deploy.run(
            Deploy.DIRECTORY,
            "helm",
            "template",
            "shop",
            CHART,
            "--set=image.repository=somewhere/shop",
            "--set-string=image.tag=1",
            "--set=serviceMonitor.enabled=true",
            "--set=autoscaling.requestsInFlight=50",
            "--set=networkPolicy.egressPorts={5432}",
            "--set=settingsFromSecrets={shop-database}",
            "--set-string=settings.BRRTR_HTTP_MAX_IN_FLIGHT=500");
    assertThat(outcome.status()).as(outcome.output()).isZero();
    List<Object> all = Manifests.typed(outcome.output());
    Deployment deployment = Manifests.of(Deployment.class, all).getFirst();
    Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
    var pod = deployment.getSpec().getTemplate().getSpec();
    Container container = pod.getContainers().getFirst();
    Map<String, String> variables = new HashMap<>();
    for (EnvVar each : container.getEnv()) {
      variables.put(each.getName(), each.getValue());
    }
    assertThat(variables)
        .containsEntry("BRRTR_HTTP_MAX_IN_FLIGHT", "500")
        .containsEntry("BRRTR_SHUTDOWN_DRAIN_MS", "20000");
    assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(35);
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
    assertThat(Manifests.of(Service.class, all).getFirst().getSpec().getSelector())
        .isEqualTo(labels);
    assertThat(
            Manifests.of(HorizontalPodAutoscaler.class, all)
                .getFirst()
                .getSpec()
                .getScaleTargetRef()
                .getName())
        .isEqualTo(deployment.getMetadata().getName());
    assertThat(Manifests.of(PodDisruptionBudget.class, all)).hasSize(1);
    assertThat(Manifests.of(NetworkPolicy.class, all)).hasSize(1);
    assertThat(Manifests.of(ServiceMonitor.class, all)).hasSize(1);
  }

  @Test
  void without_an_image_and_with_a_misspelt_value_there_is_nothing() throws Exception {
    assertThat(Deploy.run(Deploy.DIRECTORY, "helm", "template", "shop", CHART).output())
        .contains("image.repository");
    assertThat(
            Deploy.run(
                    Deploy.DIRECTORY,
                    "helm",
                    "template",
                    "shop",
                    CHART,
                    "--set=image.repository=a/b",
                    "--set-string=image.tag=1",
                    "--set=replica=3")
                .output())
        .contains("replica");
  }
}
