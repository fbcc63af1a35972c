package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigName;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.scheme.SecuritySource;
import io.brrtrouter.server.scheme.SecuritySources;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;

/**
 * Finds scopes that the configuration grants for a security scheme, though its operations ask for
 * others only: a word that is misspelt here lets nobody in. Where they ask for none at all, scopes
 * are for handlers and nobody can tell a mistake.
 *
 * @param values the configuration
 * @param sources which settings there are
 * @param document the document
 * @param schemes the scheme that a name of the configuration means
 */
record UnaskedScopes(
    ConfigValues values,
    SecuritySources sources,
    OpenApi document,
    Function<String, Optional<String>> schemes) {
  private static final String SCOPES = "scopes";

  /** {@return a warning for each} */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (SecuritySource source : sources.sources()) {
      for (String name : values.names("security." + source.section())) {
        String section = "security." + source.section() + "." + ConfigName.segment(name);
        schemes.apply(name).ifPresent(scheme -> inSection(section, scheme, findings));
      }
    }
    return findings;
  }

  private void inSection(String section, String scheme, List<Finding> findings) {
    SequencedSet<String> asked = asked(scheme);
    if (asked.isEmpty()) {
      return;
    }
    for (ConfigKey<?> key : values.inForce()) {
      if (key.isBelow(section)
          && ConfigName.last(key.name()).equals(SCOPES)
          && values.get(key) instanceof List<?> granted) {
        granted.stream()
            .map(String::valueOf)
            .filter(scope -> !asked.contains(scope))
            .forEach(scope -> findings.add(finding(key, scope, scheme, asked)));
      }
    }
  }

  private SequencedSet<String> asked(String scheme) {
    SequencedSet<String> asked = new LinkedHashSet<>();
    for (Operation operation : document.operations()) {
      for (SecurityRequirement requirement : operation.security()) {
        asked.addAll(requirement.schemes().getOrDefault(scheme, List.of()));
      }
    }
    return asked;
  }

  private Finding finding(
      ConfigKey<?> key, String scope, String scheme, SequencedSet<String> asked) {
    return new Finding(
        "security-scope-unasked",
        Severity.WARNING,
        values.place(key),
        "%s grants \"%s\", which no operation asks of security scheme \"%s\""
            .formatted(key.name(), scope, scheme),
        Spelling.nearest(scope, asked)
            .map(near -> "did you mean " + near + "?")
            .orElse("they ask for " + String.join(", ", asked)));
  }
}
