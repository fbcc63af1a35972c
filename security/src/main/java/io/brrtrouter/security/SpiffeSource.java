package io.brrtrouter.security;

import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.scheme.SchemeKeys;
import io.brrtrouter.server.scheme.SchemeSetting;
import io.brrtrouter.server.scheme.SchemeSettings;
import io.brrtrouter.server.scheme.SecuritySource;
import io.brrtrouter.server.scheme.UnusableSettingsException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes providers of {@code security.spiffe}: workloads, by token or by certificate as the scheme
 * is. The server finds it by itself.
 */
public final class SpiffeSource implements SecuritySource {
  private static final SchemeKeys KEYS = new SchemeKeys("spiffe");

  private static final ConfigKey<List<String>> TRUST_DOMAIN =
      KEYS.words(
              "trust_domain",
              List.of(),
              "The trust domain whose workloads are accepted: by JWT-SVID where the scheme takes a"
                  + " bearer token, by X.509-SVID where it is `mutualTLS`. One only: another needs a"
                  + " scheme of its own, with its own keys.")
          .alsoCalled("trust_domains", "domain", "domains");
  private static final ConfigKey<List<String>> ALLOWED_IDS =
      KEYS.words(
              "allowed_ids",
              List.of(),
              "SPIFFE IDs that are accepted, all of the trust domain when empty; `/*` at the end"
                  + " stands for every path below.")
          .alsoCalled("allowed_id", "ids", "spiffe_ids");
  private static final ConfigKey<List<String>> AUD =
      KEYS.words(
              "aud",
              List.of(),
              "Names of this service, one of which a JWT-SVID must be for; needed for a bearer token.")
          .alsoCalled("audience", "audiences");
  private static final ConfigKey<Optional<URI>> JWKS_URL =
      KEYS.url(
              "jwks_url",
              "The trust bundle, or a key set: `https`, or `http` to this machine. For a bearer token"
                  + " this or `bundle_file` is needed. Where a key says its use, that must be"
                  + " `jwt-svid`.")
          .alsoCalled("jwks_uri", "url", "bundle_url");
  private static final ConfigKey<Optional<String>> BUNDLE_FILE =
      KEYS.file(
              "bundle_file",
              "A file with the trust bundle, read again as it changes: a key set where the scheme"
                  + " takes a bearer token; where it is `mutualTLS`, the authorities of the trust"
                  + " domain as PEM certificates. Without these, every authority that TLS trusts"
                  + " speaks for the trust domain.")
          .alsoCalled("file", "jwks_file", "bundle");
  private static final ConfigKey<Duration> LEEWAY =
      Leeway.key(KEYS, "By how much clocks may differ.");
  private static final ConfigKey<Duration> CACHE_TTL =
      KEYS.renewing(
              "cache_ttl_secs",
              3_600,
              "How long keys are good; they are fetched again in the background before.")
          .alsoCalled("cache_ttl", "ttl");
  private static final FetchKeys FETCHING = FetchKeys.of(KEYS);
  private static final TokenKeys LIMITS = TokenKeys.of(KEYS);
  private static final ConfigKey<Optional<String>> COOKIE_NAME =
      KEYS.word(
              "cookie_name", "A cookie that the token may be in where there is no `Authorization`.")
          .alsoCalled("cookie");
  private static final ConfigKey<Optional<String>> CA_FILE =
      KEYS.file(
              "ca_file",
              "PEM certificates to trust when keys are fetched, in place of those the JDK trusts.")
          .alsoCalled("ca", "ca_cert");

  private static final List<ConfigKey<?>> ALL =
      List.of(
          TRUST_DOMAIN,
          ALLOWED_IDS,
          AUD,
          JWKS_URL,
          BUNDLE_FILE,
          LEEWAY,
          CACHE_TTL,
          FETCHING.stale(),
          FETCHING.refetch(),
          FETCHING.timeout(),
          LIMITS.token(),
          LIMITS.kid(),
          LIMITS.set(),
          LIMITS.keys(),
          COOKIE_NAME,
          CA_FILE);

  /** For {@link java.util.ServiceLoader}. */
  public SpiffeSource() {}

  @Override
  public String section() {
    return KEYS.section();
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return ALL;
  }

  @Override
  public SecurityProvider provider(SchemeSettings settings) throws UnusableSettingsException {
    boolean certificate = settings.scheme().type().equals("mutualTLS");
    Attempts attempts =
        Attempts.at(
            settings,
            ALL,
            certificate || settings.scheme().takesBearerToken(),
            "neither a bearer token nor a certificate");
    return certificate ? certificates(settings, attempts) : tokens(settings, attempts);
  }

  private static SecurityProvider certificates(SchemeSettings settings, Attempts attempts)
      throws UnusableSettingsException {
    refuse(settings.at(AUD), settings.get(AUD).isEmpty(), attempts);
    refuse(settings.at(JWKS_URL), settings.get(JWKS_URL).isEmpty(), attempts);
    refuse(settings.at(COOKIE_NAME), settings.get(COOKIE_NAME).isEmpty(), attempts);
    X509SvidProviderBuilder builder = X509SvidProvider.builder().scheme(settings.name());
    settings.get(TRUST_DOMAIN).forEach(builder::trustDomain);
    settings.get(ALLOWED_IDS).forEach(builder::allowedId);
    settings
        .get(BUNDLE_FILE)
        .ifPresent(file ->
            attempts.read(
                BUNDLE_FILE,
                "name a file with PEM certificates of the authorities of the trust domain",
                () -> builder.bundleFile(Path.of(file))));
    return attempts.provider(builder::mistakes, builder::build);
  }

  private static void refuse(SchemeSetting<?> setting, boolean absent, Attempts attempts) {
    if (!absent) {
      attempts.refuse(
          setting.mistake("is for tokens, and the scheme is of type mutualTLS", "take it out"));
    }
  }

  private static SecurityProvider tokens(SchemeSettings settings, Attempts attempts)
      throws UnusableSettingsException {
    JwtSvidProviderBuilder builder = JwtSvidProvider.builder().scheme(settings.name());
    settings.get(TRUST_DOMAIN).forEach(builder::trustDomain);
    settings.get(ALLOWED_IDS).forEach(builder::allowedId);
    settings.get(AUD).forEach(audience -> attempts.call(() -> builder.audience(audience)));
    settings.get(COOKIE_NAME).ifPresent(name -> attempts.call(() -> builder.cookieName(name)));
    settings.get(JWKS_URL).ifPresent(url -> attempts.call(() -> builder.jwksUrl(url)));
    settings.get(BUNDLE_FILE).ifPresent(file -> builder.bundleFile(Path.of(file)));
    AskingKeys.authorities(settings, CA_FILE, attempts, builder::sslContext);
    builder
        .cacheTtl(settings.get(CACHE_TTL))
        .leeway(settings.get(LEEWAY))
        .staleFor(settings.get(FETCHING.stale()))
        .refetchInterval(settings.get(FETCHING.refetch()))
        .timeout(settings.get(FETCHING.timeout()))
        .limits(LIMITS.limits(settings));
    return attempts.provider(builder::mistakes, builder::build);
  }
}
