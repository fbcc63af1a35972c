package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.DevelopmentProvider;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.config.ConfigName;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.scheme.SchemeSettings;
import io.brrtrouter.server.scheme.SecuritySource;
import io.brrtrouter.server.scheme.SecuritySources;
import io.brrtrouter.server.scheme.UnusableSettingsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds out who verifies the security schemes of a document: what code gives, else what is
 * configured, else the credentials for development where they are asked for.
 */
final class SecuritySetup {
  private final SecuritySettings settings;
  private final ConfigValues values;
  private final SecuritySources sources;
  private final Map<String, String> environment;
  private final Map<String, SecurityProvider> providers = new LinkedHashMap<>();

  /** What gives the provider of each scheme, for messages. */
  private final Map<String, String> givenBy = new HashMap<>();

  /** Those made here, which nobody else can close. */
  private final List<SecurityProvider> made = new ArrayList<>();

  private final List<Finding> findings = new ArrayList<>();

  /** Schemes whose clients stand in the configuration. */
  private final Map<String, UngrantedScopes.Closed> closed = new HashMap<>();

  /** What nobody may ever call. */
  private List<Finding> ungranted = List.of();

  private final Making making;
  private Map<String, SecurityScheme> schemes = Map.of();

  /** Makes the provider of a scheme, or knows one that was made of the same. */
  @FunctionalInterface
  private interface Making {
    SecurityProvider provider(SecuritySource source, SchemeSettings scheme)
        throws UnusableSettingsException;
  }

  /**
   * Begins without providers; what is made has to be closed with {@link #upkeep}.
   *
   * @param values the configuration
   * @param sources who makes providers of it
   * @param environment variables that it may name
   */
  SecuritySetup(ConfigValues values, SecuritySources sources, Map<String, String> environment) {
    this(values, sources, environment, Optional.empty());
  }

  /**
   * Begins without providers.
   *
   * @param values the configuration
   * @param sources who makes providers of it
   * @param environment variables that it may name
   * @param claim has those of other generations, and what is made; without one, what is made has to
   *     be closed with {@link #upkeep}
   */
  SecuritySetup(
      ConfigValues values,
      SecuritySources sources,
      Map<String, String> environment,
      Optional<SharedParts.Claim> claim) {
    this.making = claim.<Making>map(SecuritySetup::claiming).orElse(this::made);
    this.settings = SecuritySettings.of(values);
    this.values = values;
    this.sources = sources;
    this.environment = Map.copyOf(environment);
    findings.addAll(sources.findings());
  }

  private static Making claiming(SharedParts.Claim claim) {
    return (source, scheme) ->
        claim.get(scheme.substance(), SecurityProvider.class, () -> source.provider(scheme));
  }

  private SecurityProvider made(SecuritySource source, SchemeSettings scheme)
      throws UnusableSettingsException {
    SecurityProvider provider = source.provider(scheme);
    made.add(provider);
    return provider;
  }

  /**
   * Puts them together.
   *
   * @param given providers that code gives
   * @param document the document
   * @param loopback whether the server listens on a loopback address only
   */
  void assemble(Map<String, SecurityProvider> given, OpenApi document, boolean loopback) {
    schemes = document.components().securitySchemes();
    given.forEach((name, provider) -> {
      if (schemes.containsKey(name)) {
        providers.put(name, provider);
        givenBy.put(name, "code");
      } else {
        error(
            document.location(),
            "a provider is given for security scheme \"" + name + "\", which is not declared",
            nearest(name));
      }
    });
    configured(_ -> true);
    findings.addAll(new UnaskedScopes(values, sources, document, this::declared).findings());
    ungranted = new UngrantedScopes(document, closed).findings();
    if (settings.development()) {
      development(document, loopback);
    }
  }

  /**
   * Makes what is configured, only to see whether it can be made.
   *
   * @param document the document
   * @param counts whether a section counts, by its name
   * @return what has to be closed
   */
  SecurityUpkeep tryOut(OpenApi document, Predicate<String> counts) {
    schemes = document.components().securitySchemes();
    configured(counts);
    return upkeep();
  }

  private void configured(Predicate<String> counts) {
    for (SecuritySource source : sources.sources()) {
      for (String name : values.names("security." + source.section())) {
        String section = "security." + source.section() + "." + ConfigName.segment(name);
        if (counts.test(section)) {
          configured(source, name, section);
        }
      }
    }
  }

  /** Refuses what no request over a socket can satisfy: a certificate that nobody is asked for. */
  void refuseCertificates() {
    schemes.forEach((name, scheme) -> {
      SecurityProvider provider = providers.get(name);
      boolean verified = provider != null && !provider.equals(DevelopmentProvider.NO_CERTIFICATES);
      if (scheme.type().equals("mutualTLS") && verified) {
        error(
            scheme.location(),
            "security scheme \""
                + name
                + "\" needs certificates of clients, but the server asks for none",
            "set tls.client_auth to want or need, and tls.client_ca_file");
      }
    });
  }

  /** Whoever asks why a request was refused must not be somebody who wants to get in. */
  void refuseDecisions(SourceLocation place, String path) {
    error(
        place,
        "endpoints.security_decisions = "
            + path
            + " tells why requests are refused, but the server does not listen on a loopback"
            + " address only",
        "listen on 127.0.0.1, or turn it off");
  }

  /** Takes what else is wrong with what is configured. */
  void add(List<Finding> mistakes) {
    findings.addAll(mistakes);
  }

  /** Refuses a configuration in which others could do what this machine only may. */
  void refuse(SourceLocation place, String message, String fix) {
    error(place, message, fix);
  }

  private void configured(SecuritySource source, String name, String section) {
    Optional<String> scheme = declared(name);
    if (scheme.isEmpty()) {
      error(
          values.section(section),
          section + " is for a security scheme that the document does not declare",
          nearest(name));
      return;
    }
    SecurityScheme declared = Objects.requireNonNull(schemes.get(scheme.get()));
    provide(
        source,
        new SchemeSettings(values, source.section(), name, declared, environment),
        scheme.get(),
        section);
  }

  private void provide(SecuritySource source, SchemeSettings scheme, String name, String section) {
    Optional<SecurityProvider> provider = Optional.empty();
    List<Finding> warnings = List.of();
    try {
      provider = Optional.of(making.provider(source, scheme));
      warnings = settings.development() ? List.of() : source.warnings(scheme);
    } catch (UnusableSettingsException unusable) {
      findings.addAll(unusable.findings());
      if (unusable.findings().stream().anyMatch(scheme::isUnfit)) {
        // Whoever else is configured may verify it.
        providers.putIfAbsent(name, SecuritySetup::unusable);
        return;
      }
    }
    String other = givenBy.putIfAbsent(name, section);
    if (other != null) {
      error(
          values.section(section),
          section + " is one provider too many: " + other + " verifies this scheme already",
          "keep one of them");
      return;
    }
    // What is said is said: nobody needs to hear that the scheme has no provider either.
    providers.put(name, provider.orElse(SecuritySetup::unusable));
    findings.addAll(warnings);
    provider
        .flatMap(_ -> source.granted(scheme))
        .ifPresent(granted ->
            closed.put(
                name, new UngrantedScopes.Closed(section, values.section(section), granted)));
  }

  private static Verification unusable(Credential credential, HttpRequest request) {
    throw new IllegalStateException("not usable");
  }

  /** {@return the scheme that a name of the configuration means} A variable has capitals only. */
  private Optional<String> declared(String name) {
    if (schemes.containsKey(name)) {
      return Optional.of(name);
    }
    String capitals = ConfigName.inVariable(name);
    List<String> alike =
        schemes.keySet().stream()
            .filter(each -> ConfigName.inVariable(each).equals(capitals))
            .toList();
    return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
  }

  private String nearest(String name) {
    return Spelling.nearest(name, schemes.keySet())
        .map(near -> "did you mean " + near + "?")
        .orElse(
            schemes.isEmpty()
                ? "the document declares none"
                : "it declares " + String.join(", ", schemes.keySet()));
  }

  private void development(OpenApi document, boolean loopback) {
    if (!loopback) {
      error(
          values.place(SecurityKeys.DEVELOPMENT),
          "security.development is on, but the server does not listen on a loopback address only:"
              + " everybody knows the credentials for development",
          "listen on 127.0.0.1, or configure providers");
    }
    SequencedSet<String> names = new LinkedHashSet<>();
    schemes.forEach((name, scheme) -> {
      if (scheme.type().equals("mutualTLS")) {
        // Nobody gets in with a certificate, but everything else of the document can be tried out.
        providers.putIfAbsent(name, DevelopmentProvider.NO_CERTIFICATES);
      } else if (providers.putIfAbsent(name, developer(name, scheme, document)) == null) {
        names.add(name);
      }
    });
    if (loopback) {
      findings.add(names.isEmpty() ? unneeded() : everybodyKnows(names, document));
    }
  }

  private static Finding everybodyKnows(SequencedSet<String> names, OpenApi document) {
    return new Finding(
        "security-development",
        Severity.WARNING,
        document.location(),
        "security scheme%s %s accept%s the credentials for development, which everybody"
                .formatted(
                    names.size() == 1 ? "" : "s",
                    String.join(", ", names),
                    names.size() == 1 ? "s" : "")
            + " knows: \""
            + DevelopmentProvider.SECRET
            + "\" as key, token, or password of user "
            + DevelopmentProvider.USER,
        "");
  }

  /** It is said even so: with one more scheme in the document, everybody gets in there. */
  private Finding unneeded() {
    boolean needed = providers.containsValue(DevelopmentProvider.NO_CERTIFICATES);
    return new Finding(
        "security-development",
        Severity.WARNING,
        values.place(SecurityKeys.DEVELOPMENT),
        "security.development is on, but no security scheme needs the credentials for development:"
            + " nobody gets in with them",
        needed ? "" : "leave it out");
  }

  private static SecurityProvider developer(String name, SecurityScheme scheme, OpenApi document) {
    Set<String> scopes = new LinkedHashSet<>();
    scheme.flows().values().forEach(flow -> scopes.addAll(flow.scopes().keySet()));
    for (Operation operation : document.operations()) {
      for (SecurityRequirement requirement : operation.security()) {
        scopes.addAll(requirement.schemes().getOrDefault(name, List.of()));
      }
    }
    return new DevelopmentProvider(List.copyOf(scopes));
  }

  private void error(SourceLocation place, String message, String fix) {
    findings.add(new Finding("security-provider", Severity.ERROR, place, message, fix));
  }

  /** {@return who verifies, by name of the scheme} */
  Map<String, SecurityProvider> providers() {
    return providers;
  }

  /** {@return what is wrong or odd} */
  List<Finding> findings() {
    return findings;
  }

  /** {@return what keeps them up to date and closes those that were made here} */
  SecurityUpkeep upkeep() {
    return new SecurityUpkeep(providers.values(), made, settings.reload());
  }

  /** {@return scopes that operations need and that nobody has, each an error} */
  List<Finding> ungranted() {
    return ungranted;
  }

  /** {@return what compiling gives, with what is wrong or odd about those who verify} */
  Compilation judge(Compilation compilation) {
    List<Finding> wrong = new ArrayList<>(findings);
    wrong.addAll(ungranted);
    return judged(compilation, wrong);
  }

  /** {@return the same for who asks what would become of a request that nobody may send} */
  Compilation judgeWithoutScopes(Compilation compilation) {
    return judged(compilation, findings);
  }

  private static Compilation judged(Compilation compilation, List<Finding> findings) {
    List<Finding> all = new ArrayList<>(compilation.findings());
    all.addAll(findings);
    boolean refused = findings.stream().anyMatch(each -> each.severity() == Severity.ERROR);
    return switch (compilation) {
      case Compilation.Compiled compiled when !refused ->
          new Compilation.Compiled(compiled.api(), all);
      case Compilation.Compiled _, Compilation.Refused _ -> new Compilation.Refused(all);
    };
  }
}
