package io.brrtrouter.server.service;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.config.ConfigKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Who makes services of what is configured.
 *
 * @param source who does; nothing where nobody on the class path can
 * @param findings what is wrong with those that are there
 */
public record ServiceSources(Optional<ServiceSource> source, List<Finding> findings) {
  /** The artifact of ours that has one. */
  public static final String ARTIFACT = "brrtrouter-outbound";

  /** Copies the list. */
  public ServiceSources {
    findings = List.copyOf(findings);
  }

  /** {@return those that are there} */
  public static ServiceSources installed() {
    List<ServiceSource> all = new ArrayList<>();
    ServiceLoader.load(ServiceSource.class).forEach(all::add);
    return of(all);
  }

  static ServiceSources of(List<ServiceSource> all) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      ServiceSource source = all.get(i);
      if (i > 0) {
        findings.add(
            finding(
                source,
                "makes services, as " + all.getFirst().getClass().getName() + " does",
                "take one of them off the class path"));
      }
      for (ConfigKey<?> key : source.keys()) {
        if (!key.name().startsWith(ServiceSettings.PREFIX)) {
          findings.add(
              finding(
                  source,
                  "declares the setting " + key.name() + ", which is not one of its section",
                  "begin its name with " + ServiceSettings.PREFIX));
        }
      }
    }
    return new ServiceSources(
        findings.isEmpty() ? all.stream().findFirst() : Optional.empty(), findings);
  }

  private static Finding finding(ServiceSource source, String what, String fix) {
    String name = source.getClass().getName();
    return new Finding(
        "config-declaration", Severity.ERROR, new SourceLocation(name, 0, 0), "it " + what, fix);
  }

  /** {@return the settings} */
  public List<ConfigKey<?>> keys() {
    return source.map(ServiceSource::keys).orElse(List.of());
  }

  /** {@return the artifact to add for the section, if nobody here knows it} */
  public Map<String, String> elsewhere() {
    return source.isPresent() ? Map.of() : Map.of(ServiceSettings.SECTION, ARTIFACT);
  }
}
