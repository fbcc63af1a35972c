package io.brrtrouter.conformance.deploy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.kustomize.v1beta1.Kustomization;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads manifests into the types of Kubernetes: a member that a type does not have, a value of
 * another type and a member twice are errors. The types themselves keep members that they do not
 * know, so that is turned off.
 */
final class Manifests {
  /** The types are annotated for an older Jackson than the one that reads YAML here. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .annotationIntrospector(new NothingElse())
          .build();

  private static final Map<String, Class<?>> TYPES =
      Map.ofEntries(
          Map.entry("v1/ConfigMap", ConfigMap.class),
          Map.entry("v1/Namespace", Namespace.class),
          Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
          Map.entry("v1/Secret", Secret.class),
          Map.entry("v1/Service", Service.class),
          Map.entry("v1/ServiceAccount", ServiceAccount.class),
          Map.entry("apps/v1/Deployment", Deployment.class),
          Map.entry("apps/v1/StatefulSet", StatefulSet.class),
          Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
          Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("rbac.authorization.k8s.io/v1/Role", Role.class),
          Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class),
          Map.entry("kustomize.config.k8s.io/v1beta1/Kustomization", Kustomization.class),
          Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
          Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
          Map.entry("velero.io/v1/Schedule", Velero.Schedule.class),
          Map.entry("velero.io/v1/BackupStorageLocation", Velero.BackupStorageLocation.class));

  /** Types of Kubernetes take what they know and nothing else. */
  private static final class NothingElse extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated member) {
      return false;
    }

    @Override
    public JsonIgnoreProperties.Value findPropertyIgnoralByName(
        MapperConfig<?> config, Annotated member) {
      return super.findPropertyIgnoralByName(config, member).withoutIgnoreUnknown();
    }
  }

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Manifests() {}

  /** {@return the documents of a file, as they stand there} */
  static List<JsonNode> trees(String yaml) {
    try (var values =
        YAML.readerFor(tools.jackson.databind.JsonNode.class)
            .<tools.jackson.databind.JsonNode>readValues(yaml)) {
      List<JsonNode> all = new ArrayList<>();
      while (values.hasNextValue()) {
        tools.jackson.databind.JsonNode value = values.nextValue();
        if (!value.isNull() && !value.isMissingNode()) {
          all.add(MAPPER.readTree(value.toString()));
        }
      }
      return all;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return the only document of a file} */
  static JsonNode tree(String yaml) {
    List<JsonNode> all = trees(yaml);
    if (all.size() != 1) {
      throw new IllegalArgumentException(all.size() + " documents");
    }
    return all.getFirst();
  }

  /** {@return the manifests of a file, each of the type that it says} */
  static List<Object> typed(String yaml) throws JsonProcessingException {
    List<Object> all = new ArrayList<>();
    for (JsonNode each : trees(yaml)) {
      all.add(MAPPER.treeToValue(each, type(each)));
    }
    return all;
  }

  /** {@return the manifests of one type among these} */
  static <T> List<T> of(Class<T> type, List<Object> all) {
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static Class<?> type(JsonNode manifest) {
    String name = manifest.path("apiVersion").asText() + "/" + manifest.path("kind").asText();
    return Optional.<Class<?>>ofNullable(TYPES.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no type is known for " + name));
  }
}
