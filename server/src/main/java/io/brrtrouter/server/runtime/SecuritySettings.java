package io.brrtrouter.server.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Who verifies credentials, as configured. The names of schemes are as the configuration has them;
 * in an environment variable nothing tells capitals from small letters.
 *
 * @param development whether schemes that nothing else verifies accept credentials for development
 * @param lenient whether a credential that is not good is ignored where anybody is let in
 * @param reload how often files with secrets are read again
 * @param apiKeys API keys by name of the scheme
 * @param jwks JSON Web Tokens by name of the scheme
 * @param basic users and passwords by name of the scheme
 * @param introspection who is asked about tokens by name of the scheme
 * @param remoteApiKeys who is asked about API keys by name of the scheme
 * @param mutualTls certificates of clients by name of the scheme
 * @param spiffe workloads by name of the scheme
 */
public record SecuritySettings(
    boolean development,
    boolean lenient,
    Duration reload,
    Map<String, ApiKeys> apiKeys,
    Map<String, JwksSettings> jwks,
    Map<String, BasicSettings> basic,
    Map<String, IntrospectionSettings> introspection,
    Map<String, RemoteApiKeySettings> remoteApiKeys,
    Map<String, MutualTlsSettings> mutualTls,
    Map<String, SpiffeSettings> spiffe) {

  /**
   * The keys of a scheme.
   *
   * @param key the one key or its digest
   * @param keyFile a file with it
   * @param keysDirectory a directory with a file for each client
   * @param scopes scopes that these grant
   * @param clients further keys by name of the client
   */
  public record ApiKeys(
      Optional<String> key,
      Optional<Path> keyFile,
      Optional<Path> keysDirectory,
      List<String> scopes,
      Map<String, Client> clients) {
    /** {@return the scheme without what must not be shown} */
    @Override
    public String toString() {
      return "ApiKeys[hidden]";
    }
  }

  /**
   * A client with a key.
   *
   * @param key the key or its digest
   * @param keyFile a file with it
   * @param keyVariable an environment variable with it
   * @param scopes scopes that it grants
   */
  public record Client(
      Optional<String> key,
      Optional<Path> keyFile,
      Optional<String> keyVariable,
      List<String> scopes) {
    /** {@return the client without what must not be shown} */
    @Override
    public String toString() {
      return "Client[hidden]";
    }
  }

  /** {@return the names of the schemes that are configured, by section of {@code security}} */
  public Map<String, Set<String>> schemes() {
    Map<String, Set<String>> schemes = new LinkedHashMap<>();
    schemes.put("api_keys", apiKeys.keySet());
    schemes.put("jwks", jwks.keySet());
    schemes.put("basic", basic.keySet());
    schemes.put("introspection", introspection.keySet());
    schemes.put("remote_api_keys", remoteApiKeys.keySet());
    schemes.put("mutual_tls", mutualTls.keySet());
    schemes.put("spiffe", spiffe.keySet());
    return schemes;
  }

  static SecuritySettings of(ConfigValues values) {
    Map<String, ApiKeys> apiKeys = new LinkedHashMap<>();
    for (String scheme : values.names(SecurityKeys.API_KEYS)) {
      apiKeys.put(scheme, apiKeys(values, scheme));
    }
    return new SecuritySettings(
        values.get(SecurityKeys.DEVELOPMENT),
        values.get(SecurityKeys.INVALID_CREDENTIALS).equals("ignore"),
        values.get(SecurityKeys.RELOAD),
        apiKeys,
        each(values, JwksKeys.SECTION, JwksKeys::of),
        each(values, BasicKeys.SECTION.section(), BasicKeys::of),
        each(values, IntrospectionKeys.SECTION.section(), IntrospectionKeys::of),
        each(values, RemoteApiKeyKeys.SECTION.section(), RemoteApiKeyKeys::of),
        each(values, MutualTlsKeys.SECTION.section(), MutualTlsKeys::of),
        each(values, SpiffeKeys.SECTION.section(), SpiffeKeys::of));
  }

  private static <T> Map<String, T> each(
      ConfigValues values, String section, BiFunction<ConfigValues, String, T> settings) {
    Map<String, T> schemes = new LinkedHashMap<>();
    for (String scheme : values.names(section)) {
      schemes.put(scheme, settings.apply(values, scheme));
    }
    return schemes;
  }

  private static ApiKeys apiKeys(ConfigValues values, String scheme) {
    Map<String, Client> clients = new LinkedHashMap<>();
    String section = SecurityKeys.API_KEYS + "." + ConfigName.segment(scheme) + ".keys";
    for (String client : values.names(section)) {
      clients.put(
          client,
          new Client(
              values.get(SecurityKeys.CLIENT_KEY.of(scheme, client)),
              values.get(SecurityKeys.CLIENT_KEY_FILE.of(scheme, client)).map(Path::of),
              values.get(SecurityKeys.CLIENT_KEY_ENV.of(scheme, client)),
              values.get(SecurityKeys.CLIENT_SCOPES.of(scheme, client))));
    }
    return new ApiKeys(
        values.get(SecurityKeys.KEY.of(scheme)),
        values.get(SecurityKeys.KEY_FILE.of(scheme)).map(Path::of),
        values.get(SecurityKeys.KEYS_DIR.of(scheme)).map(Path::of),
        values.get(SecurityKeys.KEY_SCOPES.of(scheme)),
        clients);
  }
}
