package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.tls.TlsConfig;
import io.brrtrouter.server.tls.TlsException;
import io.brrtrouter.server.tls.TlsIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What could be read of a configuration that has mistakes.
 *
 * @param values the settings; those with mistakes are at their defaults
 * @param misread names of settings and sections that have mistakes; an empty one for all
 */
record SoundSettings(ConfigValues values, Set<String> misread) {
  /** Copies the names. */
  SoundSettings {
    misread = Set.copyOf(misread);
  }

  /** {@return what else is wrong, in what the settings name} */
  List<Finding> mistakes(Path document, List<Path> directories) {
    List<Finding> mistakes = new ArrayList<>();
    if (isSound("tls") && TlsKeys.contradictions(values).isEmpty()) {
      TlsKeys.read(values).ifPresent(tls -> mistakes.addAll(tls(tls)));
    }
    if (!misread.contains("")) {
      Loaded loaded =
          OpenApiLoader.load(document, DocumentKeys.options(values).withRoots(directories));
      if (!loaded.hasErrors()) {
        loaded.api().ifPresent(api -> mistakes.addAll(providers(api)));
      }
    }
    return mistakes;
  }

  private List<Finding> tls(TlsConfig tls) {
    try {
      TlsIdentity.load(tls).close();
      return List.of();
    } catch (TlsException refused) {
      return TlsKeys.findings(values, refused);
    }
  }

  private List<Finding> providers(OpenApi api) {
    SecuritySetup setup = new SecuritySetup(values, SecurityKeys.SOURCES, System.getenv());
    try (SecurityUpkeep _ = setup.tryOut(api, this::isSound)) {
      return setup.findings().stream()
          .filter(finding -> finding.severity() == Severity.ERROR)
          .toList();
    }
  }

  /**
   * {@return whether a section has no mistake} One below it, or in its own name, may be why
   * something else seems wrong.
   */
  boolean isSound(String section) {
    return misread.stream()
        .noneMatch(name ->
            name.isEmpty()
                || name.equals(section)
                || name.startsWith(section + ".")
                || section.startsWith(name + "."));
  }
}
