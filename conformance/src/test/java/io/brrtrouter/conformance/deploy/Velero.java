package io.brrtrouter.conformance.deploy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of Velero's resources is used here, by the reference of its API {@code velero.io/v1}. */
final class Velero {
  private Velero() {}

  record Metadata(String name, @Nullable String namespace, @Nullable Map<String, String> labels) {}

  record Schedule(String apiVersion, String kind, Metadata metadata, ScheduleSpec spec) {}

  record ScheduleSpec(
      String schedule,
      BackupSpec template,
      @Nullable Boolean useOwnerReferencesInBackup,
      @Nullable Boolean paused) {}

  record BackupSpec(
      List<String> includedNamespaces,
      @Nullable List<String> includedResources,
      @Nullable List<String> excludedResources,
      @Nullable LabelSelector labelSelector,
      @Nullable Boolean includeClusterResources,
      @Nullable Boolean defaultVolumesToFsBackup,
      @Nullable Boolean snapshotVolumes,
      @Nullable String storageLocation,
      String ttl) {}

  record LabelSelector(
      @Nullable Map<String, String> matchLabels, @Nullable List<Expression> matchExpressions) {}

  record Expression(String key, String operator, @Nullable List<String> values) {}

  record BackupStorageLocation(
      String apiVersion, String kind, Metadata metadata, LocationSpec spec) {}

  record LocationSpec(
      String provider,
      ObjectStorage objectStorage,
      @Nullable Map<String, String> config,
      @Nullable Credential credential,
      @Nullable String accessMode,
      @com.fasterxml.jackson.annotation.JsonProperty("default") @Nullable Boolean isDefault) {}

  record ObjectStorage(String bucket, @Nullable String prefix) {}

  record Credential(String name, String key) {}
}
