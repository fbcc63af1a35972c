package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.openapi.model.ServiceExtension;
import io.brrtrouter.server.auth.DevelopmentProvider;
import io.brrtrouter.server.auth.SecurityOptions;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.dispatch.ApiCompiler;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.CompiledApi;
import io.brrtrouter.server.dispatch.DispatchOptions;
import io.brrtrouter.server.dispatch.Fallback;
import io.brrtrouter.server.dispatch.Gate;
import io.brrtrouter.server.dispatch.ServedOperation;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.limit.RateLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says in words who may call the operations of a document, and what would become of a request: for
 * a person who wonders. It compiles what a server with the same configuration would compile, and
 * asks that. Serves nothing. Not safe for use by several threads.
 */
public final class SecurityExplanation implements AutoCloseable {
  private final ServerConfig config;
  private final SecuritySetup setup;
  private final SecurityUpkeep upkeep;
  private final RateLimits limits;
  private final LastJudgement last = new LastJudgement();
  private final Compilation compilation;

  /** What keeps the server from starting, of which an explanation can do without. */
  private final List<Finding> unverified;

  /**
   * Compiles a document.
   *
   * @param loaded the document as read
   * @param config the configuration
   */
  public SecurityExplanation(Loaded loaded, ServerConfig config) {
    this.config = config;
    Assembly assembly =
        new Assembly(
            config,
            Fixtures.of(new ReadyEndpoint(() -> Readiness.STARTING), ServerConfig.defaults()));
    this.setup = assembly.setup();
    assembly.secure(loaded, Map.of(), setup);
    if (!config.asksForCertificates()) {
      setup.refuseCertificates();
    }
    this.upkeep = setup.upkeep();
    RateLimitSetup counts = new RateLimitSetup(config.rateLimit());
    this.limits =
        loaded
            .api()
            .map(api -> new RateLimits(counts.rules(api), RateLimits.Counting.alone(1)))
            .orElse(RateLimits.NONE);
    DispatchOptions options =
        assembly.options(List.of(), List.of(last), Fallback.MOCK, setup, limits, List.of());
    // Who looks at a document has not always configured who verifies.
    SecurityOptions partly =
        new SecurityOptions(setup.providers(), false, config.security().lenient());
    DispatchOptions lenient = options.toBuilder().security(partly).build();
    Compilation compiled = ApiCompiler.compile(loaded, lenient, Map.of(), Map.of());
    this.unverified = errors(ApiCompiler.compile(loaded, options, Map.of(), Map.of()));
    unverified.removeAll(compiled.findings());
    this.compilation = counts.judge(setup.judgeWithoutScopes(compiled));
  }

  /** {@return what keeps the document from being served like this} */
  public List<Finding> errors() {
    return errors(compilation);
  }

  private static List<Finding> errors(Compilation compilation) {
    List<Finding> errors = new ArrayList<>(compilation.findings());
    errors.removeIf(finding -> finding.severity() != Severity.ERROR);
    return errors;
  }

  /** {@return what would be served, where there are no {@link #errors}} */
  public List<ServedOperation> operations() {
    return compiled().operations();
  }

  private CompiledApi compiled() {
    return switch (compilation) {
      case Compilation.Compiled(CompiledApi api, var _) -> api;
      case Compilation.Refused _ -> throw new IllegalStateException("there are errors");
    };
  }

  /**
   * {@return who may call an operation, a line each}
   *
   * @param served one of {@link #operations}
   */
  public List<String> requirements(ServedOperation served) {
    Operation operation = served.operation();
    List<SecurityRequirement> alternatives = operation.security();
    if (alternatives.isEmpty()) {
      return List.of("Anybody may call it: it has no security requirement.");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        alternatives.size() == 1
            ? "Who calls it must satisfy this:"
            : "Who calls it must satisfy one of these " + alternatives.size() + ", in this order:");
    alternatives.stream()
        .filter(each -> !each.schemes().isEmpty())
        .forEach(each -> lines.add("  - " + alternative(each)));
    if (operation.takesCredentials() && !operation.demandsCredentials()) {
      lines.add(
          "  - nothing: anybody may, "
              + (config.security().lenient()
                  ? "whatever credential comes along"
                  : "unless a credential comes along that is not good"));
    }
    OperationExtension.STEP_UP
        .of(operation)
        .ifPresent(value -> lines.add("The token must tell of an authentication as in " + value));
    return lines;
  }

  /**
   * {@return what else keeps requests from an operation, a line each}
   *
   * @param served one of {@link #operations}
   */
  public List<String> surroundings(ServedOperation served) {
    AccessRules rules = new AccessRules(served.method(), compiled().access(served), config);
    return List.of(rules.forgery(), rules.pages(), rules.counts(), rules.address());
  }

  /**
   * {@return which other service answers an operation, and where that is; empty where none does}
   *
   * @param served one of {@link #operations}
   */
  public Optional<String> service(ServedOperation served) {
    return ServiceExtension.of(served.operation())
        .map(ServiceExtension::service)
        .map(name ->
            "The service \"%s\" answers it, unless code does: %s."
                .formatted(
                    name,
                    config
                        .service(name)
                        .map(addresses -> "at " + addresses)
                        .orElse("no services." + name + " says where it is")));
  }

  private String alternative(SecurityRequirement requirement) {
    List<String> parts = new ArrayList<>();
    requirement
        .schemes()
        .forEach((name, scopes) -> {
          SecurityScheme scheme = compiled().document().components().securitySchemes().get(name);
          String where = scheme == null ? "not declared" : where(scheme);
          String granting =
              scopes.isEmpty() ? "" : ", which grants " + String.join(" and ", scopes);
          parts.add(name + " (" + where + granting + ", " + verifier(name) + ")");
        });
    return String.join(" and ", parts);
  }

  private static String where(SecurityScheme scheme) {
    return switch (scheme.type()) {
      case "apiKey" ->
          "a key in the %s %s"
              .formatted(scheme.in().orElseThrow().word(), scheme.name().orElse(""));
      case "http" -> "HTTP " + scheme.scheme().orElse("") + " in Authorization";
      case "mutualTLS" -> "a client certificate";
      default -> "a bearer token in Authorization";
    };
  }

  private String verifier(String name) {
    SecurityProvider provider = setup.providers().get(name);
    if (provider == null) {
      return "which nothing configured verifies";
    }
    return provider.equals(DevelopmentProvider.NO_CERTIFICATES)
        ? "but " + provider.description()
        : "verified by " + provider.description();
  }

  /**
   * {@return what would become of a request, a line each} May block, because providers may.
   *
   * @param request its head; one without {@code Host} names this machine
   */
  public List<String> judge(HttpRequest request) {
    List<String> lines =
        new ArrayList<>(
            new Verdict(config, new Gate(compiled(), 1), last, setup.providers().keySet())
                .of(request));
    if (!setup.ungranted().isEmpty()) {
      lines.add("A start refuses this configuration:");
      tell(setup.ungranted(), lines);
    }
    if (!unverified.isEmpty()) {
      lines.add("Providers that code gives cannot be seen here; without any, a start says this:");
      tell(unverified, lines);
    }
    return lines;
  }

  private static void tell(List<Finding> findings, List<String> lines) {
    FindingRenderer.entries(findings).forEach(entry -> entry.lines().forEach(lines::add));
  }

  @Override
  public void close() {
    upkeep.close();
  }
}
