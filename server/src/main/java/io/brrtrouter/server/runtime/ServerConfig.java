package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.source.DocumentLimits;
import io.brrtrouter.openapi.source.DocumentReader;
import io.brrtrouter.openapi.source.ReadResult;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigName;
import io.brrtrouter.server.config.ConfigReader;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.config.PlainSecret;
import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.cors.CsrfPolicy;
import io.brrtrouter.server.decode.DecodeLimits;
import io.brrtrouter.server.decode.FormLimits;
import io.brrtrouter.server.dispatch.Compression;
import io.brrtrouter.server.dispatch.DispatchLimits;
import io.brrtrouter.server.dispatch.ReloadPolicy;
import io.brrtrouter.server.dispatch.ResponseCheckMode;
import io.brrtrouter.server.dispatch.SecurityHeaders;
import io.brrtrouter.server.http.TrustedProxies;
import io.brrtrouter.server.service.ServiceSettings;
import io.brrtrouter.server.tls.ClientAuth;
import io.brrtrouter.server.tls.TlsConfig;
import io.brrtrouter.server.tls.TlsProblem;
import io.brrtrouter.server.transport.ProxySources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How the server is set up, apart from the document. Each setting has a default, and is taken from
 * the command line, else the environment, else the file, else that default. {@code
 * docs/configuration.md} lists them. Immutable.
 */
public final class ServerConfig {
  private static final ServerConfig DEFAULTS =
      new ServerConfig(
          ConfigValues.defaults(ConfigKeys.ALL), List.of(), List.of(), ConfigSources.NONE);

  /** Who says that examples answer. */
  private static final String EXAMPLES = "brrt serve";

  private final ConfigValues values;
  private final List<Finding> warnings;

  /** The settings of the application. */
  private final List<ConfigKey<String>> declared;

  private final ConfigSources sources;
  private final HttpSettings http;
  private final BodySettings bodies;
  private final JsonLimits json;
  private final FormSettings forms;
  private final EndpointSettings endpoints;
  private final SecuritySettings security;
  private final CorsPolicy cors;
  private final TrustedProxies trustedProxies;
  private final RateLimitSettings rateLimit;

  private ServerConfig(
      ConfigValues values,
      List<Finding> warnings,
      List<ConfigKey<String>> declared,
      ConfigSources sources) {
    this.values = values;
    this.sources = sources;
    this.declared = List.copyOf(declared);
    this.warnings = List.copyOf(warnings);
    this.http = HttpSettings.of(values);
    this.bodies = BodySettings.of(values);
    this.json = jsonLimits(values);
    this.forms = FormSettings.of(values);
    this.endpoints = EndpointSettings.of(values);
    this.security = SecuritySettings.of(values);
    this.cors = BrowserKeys.cors(values).build();
    this.trustedProxies =
        new TrustedProxies(values.get(ProxyKeys.TRUSTED), values.get(ProxyKeys.HEADER));
    this.rateLimit = RateLimitSettings.of(values);
  }

  private static JsonLimits jsonLimits(ConfigValues values) {
    return new JsonLimits(
        values.get(ConfigKeys.JSON_DEPTH),
        values.get(ConfigKeys.JSON_STRING),
        values.get(ConfigKeys.JSON_NAME),
        values.get(ConfigKeys.JSON_NUMBER),
        values.get(ConfigKeys.JSON_TOKENS),
        values.get(ConfigKeys.JSON_MEMBERS),
        values.get(ConfigKeys.JSON_EXPONENT));
  }

  /** {@return every setting at its default} */
  public static ServerConfig defaults() {
    return DEFAULTS;
  }

  /**
   * Reads the configuration from its sources.
   *
   * @param file the file; without one, its settings are at their defaults
   * @param environment environment variables: {@code PORT} and those that begin with {@code
   *     BRRTR_}, for example {@code BRRTR_HTTP_MAX_REQUESTS}; others are left alone, and variables
   *     that settings name ({@code key_env}) are those of the process
   * @param flags values from the command line by dotted name, {@code port} for example
   * @return the configuration, with warnings about unknown variables
   * @throws ConfigException if a source has an error, with all errors of all sources
   */
  public static ServerConfig read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    return read(file, environment, flags, List.of());
  }

  /**
   * Reads the configuration of a server and the application in it.
   *
   * @param file as for {@link #read(Optional, Map, Map)}
   * @param environment as for that
   * @param flags as for that
   * @param declared the settings of the application, see {@link BrrtApplication#settings}
   * @return the configuration, with warnings about unknown variables
   * @throws ConfigException if a source has an error, with all errors of all sources, or a declared
   *     setting stands in the way of the server's
   */
  public static ServerConfig read(
      Optional<Path> file,
      Map<String, String> environment,
      Map<String, String> flags,
      List<DeclaredSetting> declared) {
    ServerConfig start = defaults().declaring(declared);
    ConfigReader reader = reader(start.values);
    Map<Path, String> contents = new HashMap<>();
    file.ifPresent(path -> read(path, reader, contents));
    reader.environment(environment);
    reader.flags(flags);
    ConfigSources sources =
        new ConfigSources(file, environment, flags, declared, contents, List.of());
    return finish(reader, List.of(), start.declared, sources);
  }

  /**
   * Reads how documents are loaded, for who reads documents that a server is to serve. Nothing else
   * that a configuration has counts, be it right or wrong.
   *
   * @param file the file; without one, its settings are at their defaults
   * @param environment environment variables: those that begin with {@code BRRTR_DOCUMENT_}
   * @return limits of documents, without further directories
   * @throws ConfigException if the settings about documents have errors, or nobody can tell, with
   *     these errors
   */
  public static LoadOptions loadOptions(Optional<Path> file, Map<String, String> environment) {
    ConfigReader reader = reader(defaults().values);
    file.ifPresent(path -> read(path, reader, new HashMap<>()));
    reader.environment(environment);
    List<Finding> wrong = reader.findings(DocumentKeys.SECTION);
    if (!wrong.isEmpty()) {
      throw new ConfigException(wrong);
    }
    return DocumentKeys.options(reader.values());
  }

  private static void read(Path path, ConfigReader reader, Map<Path, String> contents) {
    ReadResult result = DocumentReader.read(path, DocumentLimits.DEFAULT);
    contents.put(path.toAbsolutePath().normalize(), result.digest());
    switch (result) {
      case ReadResult.Sound(var document, var _) -> reader.file(document);
      case ReadResult.Broken(var document, var broken, var _) -> {
        List<Finding> mistakes = broken.stream().filter(each -> !isEmptyFile(each)).toList();
        if (!mistakes.isEmpty()) {
          reader.broken(mistakes);
        }
        document.ifPresent(reader::file);
      }
    }
  }

  private static ConfigReader reader(ConfigValues values) {
    Map<String, String> elsewhere = new LinkedHashMap<>(SecurityKeys.SOURCES.elsewhere());
    elsewhere.putAll(ServiceKeys.SOURCES.elsewhere());
    return new ConfigReader(values, elsewhere);
  }

  /** No document can be empty, but a configuration can. */
  private static boolean isEmptyFile(Finding finding) {
    return finding.rule().equals("document-empty");
  }

  private static ServerConfig finish(
      ConfigReader reader,
      List<Finding> earlier,
      List<ConfigKey<String>> declared,
      ConfigSources sources) {
    List<Finding> findings = new ArrayList<>(earlier);
    findings.addAll(SecurityKeys.SOURCES.findings());
    findings.addAll(ServiceKeys.SOURCES.findings());
    findings.addAll(reader.findings());
    SoundSettings sound = new SoundSettings(reader.values(), reader.misread());
    findings.addAll(Contradictions.in(sound));
    if (findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
      throw new ConfigException(findings, sound, sources.contents());
    }
    return new ServerConfig(reader.values(), findings, declared, sources);
  }

  /**
   * {@return the configuration as its sources have it now, with what code has changed}
   *
   * @throws ConfigException if a source has an error
   */
  ServerConfig readAgain() {
    return sources.read();
  }

  /** {@return the files it was read from, by absolute path, with the digests of their contents} */
  Map<Path, String> contents() {
    return sources.contents();
  }

  /** {@return the settings that only a start takes} */
  List<ConfigKey<?>> restartSettings() {
    return RestartSettings.with(declared);
  }

  /**
   * {@return this configuration, but with the values of another one where only a start takes them}
   *
   * @param running the configuration the server was started with
   * @throws ConfigException if the two do not go together
   */
  ServerConfig keepingThoseOf(ServerConfig running) {
    ConfigValues mixed = values.keeping(restartSettings(), running.values);
    List<Finding> contradictions = Contradictions.in(new SoundSettings(mixed, Set.of()));
    if (contradictions.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
      throw new ConfigException(contradictions, null, contents());
    }
    return new ServerConfig(mixed, warnings, declared, sources);
  }

  /**
   * {@return this configuration with settings of an application, at their defaults}
   *
   * @param settings what {@link BrrtApplication#settings} says
   * @throws ConfigException if one of them stands in the way of another or of the server's
   */
  public ServerConfig declaring(List<DeclaredSetting> settings) {
    List<ConfigKey<String>> keys = settings.stream().map(DeclaredSetting::key).toList();
    List<Finding> clashes = Declarations.clashes(values.keys(), keys);
    if (!clashes.isEmpty()) {
      throw new ConfigException(clashes);
    }
    List<ConfigKey<String>> all = new ArrayList<>(declared);
    all.addAll(keys);
    return new ServerConfig(
        values.declaring(keys), warnings, all, sources.then(config -> config.declaring(settings)));
  }

  /**
   * {@return this configuration with settings of an application, at their values in tests}
   *
   * @param settings what {@link BrrtApplication#settings} says
   * @throws ConfigException if one of them stands in the way of another or of the server's
   */
  public ServerConfig declaringInTests(List<DeclaredSetting> settings) {
    return declaring(settings.stream().map(DeclaredSetting::tested).toList());
  }

  /**
   * {@return this configuration, with examples that answer where nobody has asked for that: what
   * another service is to answer is refused then, once any service is configured, because nobody
   * shall take examples for what a service says}
   */
  public ServerConfig servingExamples() {
    return with("mock", "true", EXAMPLES);
  }

  /** {@return whether examples answer, and nobody has asked for that} */
  boolean servesExamples() {
    return mock() && values.source(ConfigKeys.MOCK).equals(EXAMPLES);
  }

  /**
   * {@return the addresses of a service, without credentials; empty if it is not configured}
   *
   * @param name the name that a document has for it
   */
  public Optional<String> service(String name) {
    return ServiceSettings.named(values, name).map(ServiceSettings::addresses);
  }

  /**
   * Reads where services are, for who lists what a document serves. Nothing else that a
   * configuration has counts, be it right or wrong.
   *
   * @param file the file; without one, what variables say counts
   * @param environment environment variables: those that begin with {@code BRRTR_SERVICES_}
   * @return tells the addresses of a service by the name that a document has for it, without
   *     credentials; empty where it is not configured
   */
  public static Function<String, Optional<String>> services(
      Optional<Path> file, Map<String, String> environment) {
    ConfigReader reader = reader(defaults().values);
    file.ifPresent(path -> read(path, reader, new HashMap<>()));
    reader.environment(environment);
    ConfigValues read = reader.values();
    return name -> ServiceSettings.named(read, name).map(ServiceSettings::addresses);
  }

  /** {@return a warning for each secret of the application that stands in the file itself} */
  List<Finding> plainSecrets() {
    List<Finding> warnings = new ArrayList<>();
    for (ConfigKey<String> key : declared) {
      if (key.secret() && values.isInFile(key) && !values.get(key).isEmpty()) {
        ConfigKey<?> file = values.key(key.name() + "_file");
        warnings.add(
            PlainSecret.warning(
                key.name(),
                key,
                values,
                file == null ? List.of() : List.of("name a file that has it with " + file.name())));
      }
    }
    return warnings;
  }

  /**
   * {@return the names of settings that have other values than in an earlier configuration, but for
   * those that only a start takes}
   *
   * @param earlier that one
   */
  List<String> changedSince(ServerConfig earlier) {
    Set<ConfigKey<?>> all = new LinkedHashSet<>(values.inForce());
    all.addAll(earlier.values.inForce());
    restartSettings().forEach(all::remove);
    return all.stream()
        .filter(key -> !values.get(key).equals(earlier.values.get(key)))
        .map(ConfigKey::name)
        .toList();
  }

  /** {@return the names of the settings of the application} */
  List<String> declaredNames() {
    return declared.stream().map(ConfigKey::name).toList();
  }

  /** {@return the settings of the application, with their values} */
  DeclaredValues declaredValues() {
    return new DeclaredValues(declared, values);
  }

  /**
   * {@return this configuration with one setting changed}
   *
   * @param name the dotted name, {@code http.max_requests} for example
   * @param value the value as in an environment variable
   * @throws ConfigException if there is no such setting or it does not take the value
   */
  public ServerConfig with(String name, String value) {
    return with(name, value, "code");
  }

  /**
   * {@return this configuration with several settings changed}
   *
   * @param changes values as in environment variables, by dotted name
   * @throws ConfigException if one is no setting or does not take its value, with all errors
   */
  public ServerConfig with(Map<String, String> changes) {
    ConfigReader reader = reader(values);
    changes.forEach((name, value) -> reader.given(name, value, "code"));
    return finish(reader, warnings, declared, sources.then(config -> config.with(changes)));
  }

  /**
   * {@return this configuration with one setting changed}
   *
   * @param name the dotted name, {@code http.max_requests} for example
   * @param value the value as in an environment variable
   * @param source where the value comes from, as {@link #settings} tells it
   * @throws ConfigException if there is no such setting or it does not take the value
   */
  public ServerConfig with(String name, String value, String source) {
    ConfigReader reader = reader(values);
    reader.given(name, value, source);
    return finish(
        reader, warnings, declared, sources.then(config -> config.with(name, value, source)));
  }

  /** {@return the address to listen on} */
  public String host() {
    return values.get(ConfigKeys.HOST);
  }

  /** {@return the port to listen on, 0 for a free one} */
  public int port() {
    return values.get(ConfigKeys.PORT);
  }

  /** {@return whether operations without a handler answer from their examples} */
  public boolean mock() {
    return values.get(ConfigKeys.MOCK);
  }

  /** {@return whether changed files are taken while the server runs} */
  public boolean watch() {
    return values.get(ConfigKeys.WATCH);
  }

  /** {@return whether a changed document is taken that breaks clients of the one before} */
  public boolean allowBreaking() {
    return values.get(ConfigKeys.ALLOW_BREAKING);
  }

  /** {@return connections and requests} */
  public HttpSettings http() {
    return http;
  }

  /** {@return whether figures have the original's names too} */
  public boolean originalMetricNames() {
    return values.get(ConfigKeys.ORIGINAL_NAMES);
  }

  /** {@return whether a flight recording tells of virtual threads} */
  public boolean flightRecording() {
    return values.get(ConfigKeys.FLIGHT_RECORDING);
  }

  /** {@return which responses are compressed} */
  public Compression compression() {
    return CompressionKeys.of(values);
  }

  /** {@return what becomes of streams when another generation serves} */
  public ReloadPolicy reload() {
    return new ReloadPolicy(
        values.get(ConfigKeys.STREAMS_ON_RELOAD), values.get(ConfigKeys.KEPT_GENERATIONS));
  }

  /** {@return how long deciding on a request may take} */
  Duration decisionTimeout() {
    return values.get(ConfigKeys.DECISION_TIMEOUT);
  }

  /** {@return whether HTTP/2 is spoken} */
  boolean http2() {
    return values.get(ConfigKeys.HTTP2);
  }

  /** {@return who tells where connections come from, if somebody does} */
  Optional<ProxySources> proxies() {
    return values.get(ConfigKeys.PROXY_PROTOCOL)
        ? Optional.of(new ProxySources(values.get(ConfigKeys.PROXY_PROTOCOL_FROM)))
        : Optional.empty();
  }

  /** {@return whether clients are asked for certificates} */
  boolean asksForCertificates() {
    return tls().filter(tls -> tls.clientAuth() != ClientAuth.NONE).isPresent();
  }

  /** {@return how connections are encrypted, if they are} */
  Optional<TlsConfig> tls() {
    return TlsKeys.read(values);
  }

  /** {@return what a file of TLS has, at the setting that names it} */
  Finding finding(TlsProblem problem, Severity severity) {
    return TlsKeys.finding(values, problem, severity);
  }

  /** {@return request bodies in memory} */
  public BodySettings bodies() {
    return bodies;
  }

  /** {@return limits of JSON bodies} */
  public JsonLimits json() {
    return json;
  }

  /**
   * {@return how documents are loaded}
   *
   * @param directories further directories that they may refer to
   */
  public LoadOptions loadOptions(List<Path> directories) {
    return DocumentKeys.options(values).withRoots(directories);
  }

  /** {@return the limits the dispatcher keeps} */
  DispatchLimits dispatchLimits() {
    return new DispatchLimits(
        bodies.maxBytes(),
        bodies.ceilingBytes(),
        http.handlerDeadline().toMillis(),
        new DecodeLimits(
            json,
            new FormLimits(forms.maxFields(), forms.maxParts(), forms.maxPartHeaderBytes()),
            values.get(ConfigKeys.MAX_VIOLATIONS)));
  }

  /** {@return limits of forms and queries} */
  public FormSettings forms() {
    return forms;
  }

  /** {@return whether query parameters that nobody declares are violations} */
  public boolean strictQuery() {
    return values.get(ConfigKeys.STRICT_QUERY);
  }

  /** {@return what the {@code type} of every problem starts with} */
  public String problemBase() {
    return values.get(ConfigKeys.PROBLEM_BASE);
  }

  /** {@return what happens to responses of handlers, unless their operation says otherwise} */
  public ResponseCheckMode responseCheck() {
    return values.get(ConfigKeys.RESPONSE_CHECK);
  }

  /** {@return paths of the built-in endpoints} */
  public EndpointSettings endpoints() {
    return endpoints;
  }

  /**
   * {@return whether something is configured to verify the credentials of a security scheme}
   *
   * @param scheme its name in the document
   */
  public boolean verifies(String scheme) {
    return SecurityKeys.SOURCES.sources().stream()
        .flatMap(source -> values.names("security." + source.section()).stream())
        .anyMatch(name -> ConfigName.inVariable(name).equals(ConfigName.inVariable(scheme)));
  }

  /** {@return who verifies credentials} */
  public SecuritySettings security() {
    return security;
  }

  /** {@return which pages of other origins may use the API} */
  public CorsPolicy cors() {
    return cors;
  }

  /** {@return whom requests with credentials that browsers add are taken from} */
  public CsrfPolicy csrf() {
    return BrowserKeys.csrf(values);
  }

  /** {@return what every response tells browsers} */
  public SecurityHeaders securityHeaders() {
    return BrowserKeys.headers(values);
  }

  /** {@return who may say for whom it forwards a request} */
  public TrustedProxies trustedProxies() {
    return trustedProxies;
  }

  /** {@return how much clients may ask for} */
  public RateLimitSettings rateLimit() {
    return rateLimit;
  }

  /** {@return how long a server that stops still accepts connections while readiness fails} */
  public Duration shutdownDelay() {
    return values.get(ConfigKeys.SHUTDOWN_DELAY);
  }

  /** {@return time for requests in flight to finish when the server stops} */
  public Duration drain() {
    return values.get(ConfigKeys.DRAIN);
  }

  /** {@return what is odd about the sources but did not keep them from being used} */
  public List<Finding> warnings() {
    List<Finding> all = new ArrayList<>(warnings);
    all.addAll(RateLimitSettings.warnings(values));
    all.addAll(CompressionKeys.warnings(values));
    all.addAll(LogKeys.warnings(values));
    return List.copyOf(all);
  }

  /** {@return every setting in force with its source, secrets masked, in the reference's order} */
  public List<Setting> settings() {
    Stream<ConfigKey<?>> others =
        values.inForce().stream().filter(key -> !key.isBelow(ServiceSettings.SECTION));
    Stream<ConfigKey<?>> ofServices =
        values.names(ServiceSettings.SECTION).stream()
            .flatMap(name -> ServiceKeys.ALL.stream().map(key -> key.of(name)));
    return Stream.concat(others, ofServices).<Setting>map(key -> Setting.of(key, values)).toList();
  }

  /** {@return every setting there is, in the order of the reference} */
  public static List<ConfigKey<?>> reference() {
    return ConfigKeys.ALL;
  }

  /** {@return the environment variables it was read from, those of others included} */
  Map<String, String> environment() {
    return sources.environment();
  }

  /** {@return the values of all settings} */
  ConfigValues values() {
    return values;
  }
}
