package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.server.dispatch.ApiCompiler;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.DispatchOptions;
import io.brrtrouter.server.dispatch.Fallback;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.service.ServiceSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes what is to be served of documents and configurations.
 *
 * @param given what code gives
 * @param fixtures what outlives generations
 */
record Drafter(GivenParts given, Fixtures fixtures) {

  /**
   * Handlers by name.
   *
   * @param required those that must occur in the document
   * @param spare those that are used where their names occur
   */
  record Handlers(Map<String, Handler> required, Map<String, Handler> spare) {
    /** {@return the names of all} */
    Set<String> names() {
      Set<String> names = new HashSet<>(required.keySet());
      names.addAll(spare.keySet());
      return names;
    }
  }

  /**
   * What is served.
   *
   * @param own the server's document
   * @param registered those that code has registered besides
   */
  record Documents(LintedDocument own, List<Loaded> registered) {
    /** {@return the server's document alone} */
    static Documents of(LintedDocument own) {
      return new Documents(own, List.of());
    }
  }

  /**
   * {@return an attempt to serve a document; one that fails keeps nothing open once its claim is
   * released}
   *
   * @param config the configuration
   * @param documents the document, and those that count as served beside it
   * @param handlers who answers
   * @param further what else is wrong
   * @throws StartupException if what counts for several servers cannot be used
   */
  Draft draft(ServerConfig config, Documents documents, Handlers handlers, List<Finding> further) {
    SharedParts.Claim claim = fixtures.shared().claim();
    boolean whole = false;
    try {
      Draft draft = draft(config, documents, handlers, further, claim);
      whole = true;
      return draft;
    } finally {
      if (!whole) {
        claim.release();
      }
    }
  }

  private Draft draft(
      ServerConfig config,
      Documents documents,
      Handlers handlers,
      List<Finding> further,
      SharedParts.Claim claim) {
    LintedDocument document = documents.own();
    Loaded loaded = document.loaded();
    Assembly assembly = new Assembly(config, fixtures);
    SecuritySetup security = assembly.setup(claim);
    assembly.secure(loaded, given.providers(), security);
    security.add(further);
    if (given.listens() && !config.asksForCertificates()) {
      security.refuseCertificates();
    }
    RateLimitSetup limits = new RateLimitSetup(config.rateLimit(), given.nanoTime());
    StaticSetup statics = new StaticSetup(config, given.files());
    DispatchOptions configured =
        assembly.options(
            given.filters(),
            given.listeners(),
            assembly.fallback(given.fallback()),
            security,
            assembly.limits(loaded, limits, claim),
            statics.mounts());
    ConcurrencySetup concurrency = new ConcurrencySetup(config.values());
    DispatchOptions bounded =
        configured.toBuilder().concurrency(concurrency.options(loaded)).build();
    DispatchOptions options =
        given.cors().map(cors -> bounded.toBuilder().cors(cors).build()).orElse(bounded);
    ServiceSetup services = services(config, options, claim);
    Map<String, Handler> spare = new HashMap<>(services.handlers(loaded, handlers.names()));
    services.complete(documents.registered());
    spare.putAll(handlers.spare());
    Compilation compilation =
        document.compile(read ->
            statics.judge(
                concurrency.judge(
                    limits.judge(
                        security.judge(
                            ServiceSetup.judge(
                                ApiCompiler.compile(read, options, handlers.required(), spare),
                                services.findings()))))));
    return new Draft(
        config, document, security, statics, options, claim, compilation, services.posture());
  }

  /** {@return who makes handlers of other services, with none yet} */
  ServiceSetup services(ServerConfig config, DispatchOptions options, SharedParts.Claim claim) {
    boolean unasked =
        given.fallback().isEmpty()
            && config.servesExamples()
            && !config.values().names(ServiceSettings.SECTION).isEmpty();
    return new ServiceSetup(
        config.values(),
        ServiceKeys.SOURCES,
        options.fallback() != Fallback.NONE && !unasked,
        unasked,
        claim);
  }
}
