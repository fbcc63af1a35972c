package io.brrtrouter.server.scheme;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.config.ConfigKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Every section of {@code security} that something on the class path makes providers of.
 *
 * @param sources who makes them, in the order of the reference
 * @param findings what is wrong with others that are there
 */
public record SecuritySources(List<SecuritySource> sources, List<Finding> findings) {
  private static final String ARTIFACT = "brrtrouter-security";

  /** The sections that another artifact of ours brings along. */
  private static final List<String> OF_ARTIFACT =
      List.of("jwks", "basic", "introspection", "remote_api_keys", "mutual_tls", "spiffe");

  /** Copies both. */
  public SecuritySources {
    sources = List.copyOf(sources);
    findings = List.copyOf(findings);
  }

  /** {@return those that are there} */
  public static SecuritySources installed() {
    List<SecuritySource> all = new ArrayList<>(List.of(new ApiKeySource()));
    ServiceLoader.load(SecuritySource.class).forEach(all::add);
    return of(all);
  }

  static SecuritySources of(List<SecuritySource> all) {
    List<SecuritySource> sound = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    Set<String> sections = new HashSet<>();
    for (SecuritySource source : all) {
      List<Finding> wrong = wrong(source, sections);
      if (wrong.isEmpty()) {
        sound.add(source);
      }
      findings.addAll(wrong);
    }
    return new SecuritySources(sound, findings);
  }

  private static List<Finding> wrong(SecuritySource source, Set<String> sections) {
    List<Finding> wrong = new ArrayList<>();
    String prefix = SchemeKeys.SECURITY + source.section() + ".<scheme>.";
    if (!sections.add(source.section())) {
      wrong.add(
          finding(
              source,
              "declares the section security.%s, which another declares already"
                  .formatted(source.section()),
              "give it another name, or take one of them off the class path"));
    }
    for (ConfigKey<?> key : source.keys()) {
      if (!key.name().startsWith(prefix)) {
        wrong.add(
            finding(
                source,
                "declares the setting " + key.name() + ", which is not one of its section",
                "begin its name with " + prefix));
      }
    }
    return wrong;
  }

  private static Finding finding(SecuritySource source, String what, String fix) {
    String name = source.getClass().getName();
    return new Finding(
        "config-declaration", Severity.ERROR, new SourceLocation(name, 0, 0), "it " + what, fix);
  }

  /** {@return their settings} */
  public List<ConfigKey<?>> keys() {
    return sources.stream().<ConfigKey<?>>flatMap(each -> each.keys().stream()).toList();
  }

  /** {@return the artifact to add for each section that is known and not there, by its name} */
  public Map<String, String> elsewhere() {
    Map<String, String> elsewhere = new LinkedHashMap<>();
    OF_ARTIFACT.forEach(section -> elsewhere.put(SchemeKeys.SECURITY + section, ARTIFACT));
    sources.forEach(source -> elsewhere.remove(SchemeKeys.SECURITY + source.section()));
    return elsewhere;
  }
}
