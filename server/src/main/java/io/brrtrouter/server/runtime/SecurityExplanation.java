package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.auth.SecurityCheck;
import io.brrtrouter.server.auth.SecurityDecision;
import io.brrtrouter.server.auth.SecurityDomain;
import io.brrtrouter.server.auth.SecurityPlan;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.StepUp;
import io.brrtrouter.server.http.HttpRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says in words who may call an operation, and what would become of a request: for a person who
 * wonders. Serves nothing. Not safe for use by several threads.
 */
public final class SecurityExplanation implements AutoCloseable {
  private final OpenApi api;
  private final Operation operation;
  private final SecuritySetup setup;
  private final SecurityUpkeep upkeep;
  private final SecuritySettings settings;
  private final AccessRules rules;
  private final List<Finding> findings;
  private final String limits;

  /**
   * Finds out who verifies.
   *
   * @param loaded a document without errors
   * @param operation one of its operations
   * @param config the configuration
   */
  public SecurityExplanation(Loaded loaded, Operation operation, ServerConfig config) {
    this.api = loaded.api().orElseThrow();
    this.operation = operation;
    this.settings = config.security();
    this.setup =
        new Assembly(config, new Lifecycle(config, Resources.of(config)))
            .security(loaded, Map.of());
    this.upkeep = setup.upkeep();
    this.rules = new AccessRules(api, operation, config, setup.providers());
    this.findings = new ArrayList<>(setup.findings());
    this.limits = rules.limits(findings);
  }

  /** {@return what is wrong with those who are to verify, with the configuration as it is} */
  public List<Finding> errors() {
    return findings.stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
  }

  /** {@return who may call the operation, a line each} */
  public List<String> requirements() {
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
              + (settings.lenient()
                  ? "whatever credential comes along"
                  : "unless a credential comes along that is not good"));
    }
    OperationExtension.STEP_UP
        .of(operation)
        .ifPresent(value -> lines.add("The token must tell of an authentication as in " + value));
    return lines;
  }

  /** {@return what else keeps requests from the operation, a line each} */
  public List<String> surroundings() {
    return List.of(rules.forgery(), rules.pages(), limits, rules.address());
  }

  private String alternative(SecurityRequirement requirement) {
    List<String> parts = new ArrayList<>();
    requirement
        .schemes()
        .forEach((name, scopes) -> {
          SecurityScheme scheme = api.components().securitySchemes().get(name);
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
    return provider == null ? "which nothing verifies" : "verified by " + provider.description();
  }

  /**
   * {@return what would become of a request, a line each} May block, because providers may.
   *
   * @param request its head
   */
  public List<String> judge(HttpRequest request) {
    Optional<String> refusal = rules.refusal(request);
    if (refusal.isPresent()) {
      return List.of("The request would be refused with 403: " + refusal.get() + ".");
    }
    SecurityDomain domain =
        new SecurityDomain(
            api.components().securitySchemes(),
            setup.providers(),
            api.info().title(),
            settings.lenient());
    Optional<StepUp> stepUp =
        OperationExtension.STEP_UP
            .of(operation)
            .map(value -> StepUp.parse(value, InstantSource.system()));
    SecurityPlan plan =
        SecurityPlan.compile(operation.security(), domain, stepUp.orElse(null), new ArrayList<>());
    SecurityCheck check = plan.check(request);
    SecurityDecision decision = decided(check.decide());
    List<String> lines = new ArrayList<>();
    lines.add("The request would be " + outcome(decision) + ": " + why(decision) + ".");
    check.findings().forEach(finding -> lines.add("  " + finding));
    if (decision instanceof SecurityDecision.Challenged(List<String> challenges, String _)) {
      challenges.forEach(each -> lines.add("  WWW-Authenticate: " + each));
    }
    return lines;
  }

  private static String outcome(SecurityDecision decision) {
    return switch (decision) {
      case SecurityDecision.Granted _ -> "let in";
      case SecurityDecision.Challenged _ -> "refused with 401";
      case SecurityDecision.Denied _ -> "refused with 403";
      case SecurityDecision.Unavailable _ -> "refused with 503";
      case SecurityDecision.NeedsThread _ -> "not decided";
    };
  }

  private static String why(SecurityDecision decision) {
    return switch (decision) {
      case SecurityDecision.Granted(var principals) ->
          principals.isEmpty()
              ? "anybody may, and no credential was refused"
              : "satisfied: "
                  + String.join(" and ", principals.stream().map(each -> each.scheme()).toList());
      case SecurityDecision.Challenged(var _, String detail) -> detail;
      case SecurityDecision.Denied(var _, List<String> missing) ->
          "not granted: " + String.join(", ", missing);
      case SecurityDecision.Unavailable(String scheme) ->
          "whoever verifies " + scheme + " does not answer";
      case SecurityDecision.NeedsThread _ -> "it takes a thread";
    };
  }

  private static SecurityDecision decided(SecurityDecision decision) {
    SecurityDecision settled = decision;
    while (settled instanceof SecurityDecision.NeedsThread(var rest, boolean _)) {
      settled = rest.get();
    }
    return settled;
  }

  @Override
  public void close() {
    upkeep.close();
  }
}
