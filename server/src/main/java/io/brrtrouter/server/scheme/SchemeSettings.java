package io.brrtrouter.server.scheme;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.model.OAuthFlow;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigName;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.config.PlainSecret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Predicate;

/** What one section of {@code security} says about one security scheme. Immutable. */
public final class SchemeSettings {
  private static final SourceLocation NOWHERE = new SourceLocation("", 0, 0);
  private static final String UNFIT = " is for a scheme of type ";

  private final ConfigValues values;
  private final String section;
  private final String name;
  private final SecurityScheme scheme;
  private final Map<String, String> environment;

  /**
   * Puts together what is known.
   *
   * @param values all settings
   * @param section the section below {@code security}
   * @param name the name of the scheme as the configuration has it
   * @param scheme the scheme as the document declares it
   * @param environment the environment variables
   */
  public SchemeSettings(
      ConfigValues values,
      String section,
      String name,
      SecurityScheme scheme,
      Map<String, String> environment) {
    this.values = values;
    this.section = section;
    this.name = name;
    this.scheme = scheme;
    this.environment = environment;
  }

  /**
   * {@return the name of the scheme as the configuration has it} In an environment variable nothing
   * tells capitals from small letters.
   */
  public String name() {
    return name;
  }

  /** {@return the scheme as the document declares it} */
  public SecurityScheme scheme() {
    return scheme;
  }

  /**
   * {@return the value of a setting}
   *
   * @param key one of {@link SecuritySource#keys}
   * @param names what stands for further parts of its name in angle brackets
   * @param <T> its type
   */
  public <T> T get(ConfigKey<T> key, String... names) {
    return at(key, names).value();
  }

  /**
   * {@return a setting}
   *
   * @param key one of {@link SecuritySource#keys}
   * @param names what stands for further parts of its name in angle brackets
   * @param <T> its type
   */
  public <T> SchemeSetting<T> at(ConfigKey<T> key, String... names) {
    List<String> all = new ArrayList<>(List.of(name));
    all.addAll(List.of(names));
    return new SchemeSetting<>(values, key.of(all.toArray(String[]::new)));
  }

  /**
   * {@return the names that users gave to members of a part of the section, in order}
   *
   * @param part the part, {@code users} for example
   */
  public SequencedSet<String> names(String part) {
    return values.names(path() + "." + part);
  }

  /**
   * {@return the value of an environment variable, one that a setting names for example}
   *
   * @param variable the name
   */
  public Optional<String> variable(String variable) {
    return Optional.ofNullable(environment.get(variable));
  }

  /**
   * {@return all that a provider can be made of, for comparing: equal where equal ones would be
   * made, wherever it stands in configuration and document}
   */
  public Object substance() {
    return new Substance(section, name, values.below(path()), withoutPlaces(scheme), environment);
  }

  private record Substance(
      String section,
      String name,
      List<Map.Entry<String, Object>> settings,
      SecurityScheme scheme,
      Map<String, String> environment) {}

  /** Nobody is verified by a description. */
  private static SecurityScheme withoutPlaces(SecurityScheme scheme) {
    Map<String, OAuthFlow> flows = new LinkedHashMap<>();
    scheme.flows().forEach((name, flow) -> flows.put(name, withoutPlaces(flow)));
    return new SecurityScheme(
        NOWHERE,
        scheme.type(),
        Optional.empty(),
        scheme.name(),
        scheme.in(),
        scheme.scheme(),
        scheme.bearerFormat(),
        flows,
        scheme.openIdConnectUrl(),
        scheme.oauth2MetadataUrl(),
        scheme.deprecated(),
        scheme.extensions());
  }

  private static OAuthFlow withoutPlaces(OAuthFlow flow) {
    Map<String, String> scopes = new LinkedHashMap<>();
    flow.scopes().keySet().forEach(scope -> scopes.put(scope, ""));
    return new OAuthFlow(
        NOWHERE,
        flow.authorizationUrl(),
        flow.deviceAuthorizationUrl(),
        flow.tokenUrl(),
        flow.refreshUrl(),
        scopes,
        flow.extensions());
  }

  /** {@return where the section of the scheme is} */
  public SourceLocation place() {
    return values.section(path());
  }

  /**
   * {@return an error about the scheme as a whole, at the place of its section}
   *
   * @param what what is wrong, the rest of a sentence that begins with the name of the section
   * @param fix one clause that says what would be right
   */
  public Finding mistake(String what, String fix) {
    return new Finding(SchemeSetting.RULE, Severity.ERROR, place(), path() + " " + what, fix);
  }

  /**
   * {@return the error that a scheme is of a type whose credentials are others}
   *
   * @param takes what such a scheme does not take: {@code no API key} for example
   */
  public Finding unfit(String takes) {
    return mistake(
        UNFIT.strip()
            + " "
            + scheme.type()
            + scheme.scheme().map(each -> " with " + each).orElse("")
            + ", which takes "
            + takes,
        "configure it in " + sectionsFor(scheme));
  }

  /**
   * {@return whether an error is one of {@link #unfit}: there is nothing to be configured here}
   *
   * @param mistake an error about these settings
   */
  public boolean isUnfit(Finding mistake) {
    return mistake.message().startsWith(path() + UNFIT);
  }

  private static String sectionsFor(SecurityScheme scheme) {
    return switch (scheme.type()) {
      case "apiKey" -> "security.api_keys or security.remote_api_keys";
      case "mutualTLS" -> "security.mutual_tls or security.spiffe";
      default ->
          scheme.takesBearerToken()
              ? "security.jwks, security.introspection or security.spiffe"
              : scheme.scheme().orElse("").equalsIgnoreCase("basic")
                  ? "security.basic"
                  : "code, with security(...) of the builder";
    };
  }

  /**
   * {@return a warning for each secret of the scheme that stands in the configuration file itself}
   * Who may read the file, or its history, has it.
   *
   * @param hashed tells whether a value only stands for a secret, which nobody learns from it
   * @param instead what may stand there instead, one clause; empty for none
   */
  public List<Finding> plainSecrets(Predicate<String> hashed, String instead) {
    return values.inForce().stream()
        .filter(key -> key.secret() && key.isBelow(path()) && values.isInFile(key))
        .filter(key -> !hashed.test(written(key)))
        .map(key -> plain(key, instead))
        .toList();
  }

  private <T> String written(ConfigKey<T> key) {
    return key.type().render(values.get(key));
  }

  private Finding plain(ConfigKey<?> key, String instead) {
    List<String> ways = new ArrayList<>();
    if (!instead.isEmpty()) {
      ways.add(instead);
    }
    ConfigKey<?> file = values.key(key.name() + "_file");
    if (file != null) {
      ways.add("name a file that has it with " + ConfigName.last(file.name()));
    }
    return PlainSecret.warning(key.name(), key, values, ways);
  }

  private String path() {
    return SchemeKeys.SECURITY + section + "." + ConfigName.segment(name);
  }
}
