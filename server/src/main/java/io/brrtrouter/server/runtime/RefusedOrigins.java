package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.server.cors.BrowserRules;
import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.cors.CsrfGuard;
import io.brrtrouter.server.dispatch.CompiledApi;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds origins that are trusted not to forge requests, and whose requests are refused before
 * anybody looks at that: the policy of other origins (CORS) goes first.
 */
final class RefusedOrigins {
  private final ServerConfig config;
  private final CorsPolicy cors;

  /**
   * Begins.
   *
   * @param config the configuration
   * @param cors the policy of the server, which is not always the configuration's
   */
  RefusedOrigins(ServerConfig config, CorsPolicy cors) {
    this.config = config;
    this.cors = cors;
  }

  /** {@return a warning for each origin that some guarded operation of an API refuses} */
  List<Finding> in(CompiledApi api) {
    List<Finding> findings = new ArrayList<>();
    for (String origin : config.csrf().trustedOrigins()) {
      if (cors.refuses(origin) && isGuardedSomewhere(api)) {
        findings.add(finding(origin));
      }
    }
    return findings;
  }

  /** Operations with {@code x-cors: false} refuse nobody. */
  private static boolean isGuardedSomewhere(CompiledApi api) {
    return api.operations().stream()
        .map(served -> api.access(served).browsers())
        .anyMatch(RefusedOrigins::isGuarded);
  }

  private static boolean isGuarded(BrowserRules browsers) {
    return browsers.csrf().scope() == CsrfGuard.Scope.GUARDED && !browsers.cors().isOff();
  }

  private Finding finding(String origin) {
    String list =
        cors == config.cors()
            ? BrowserKeys.ORIGINS.name()
            : "the origins of the CorsPolicy that code gives";
    return new Finding(
        "csrf-origin-refused",
        Severity.WARNING,
        config.values().place(BrowserKeys.TRUSTED_ORIGINS),
        "%s has \"%s\", but requests of its pages are refused before that counts: %s do not have it"
            .formatted(
                BrowserKeys.TRUSTED_ORIGINS.name(),
                origin,
                cors == config.cors() ? "cors.origins and cors.origin_patterns" : list),
        "add it to " + list + ", or remove it");
  }
}
