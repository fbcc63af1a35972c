package io.brrtrouter.security;

import static io.brrtrouter.server.config.ConfigType.bool;
import static io.brrtrouter.server.config.ConfigType.integer;
import static io.brrtrouter.server.config.ConfigType.list;
import static io.brrtrouter.server.config.ConfigType.millis;
import static io.brrtrouter.server.config.ConfigType.seconds;
import static io.brrtrouter.server.config.ConfigType.text;

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
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Makes providers of {@code security.jwks}: JSON Web Tokens of schemes that take a bearer token.
 * The server finds it by itself.
 */
public final class JwksSource implements SecuritySource {
  private static final SchemeKeys KEYS = new SchemeKeys("jwks");

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);

  private static final ConfigKey<Optional<URI>> JWKS_URL =
      KEYS.url(
              "jwks_url",
              "The key set of who issues the tokens: `https`, or `http` to this machine. One of this,"
                  + " `discovery_url`, `jwks_file` and `hmac_secret` is needed.")
          .alsoCalled("jwks_uri", "url", "key_url", "keys_url");
  private static final ConfigKey<Optional<URI>> DISCOVERY_URL =
      KEYS.url(
              "discovery_url",
              "Metadata that names the key set and the issuer: OpenID Connect Discovery, or RFC 8414.")
          .alsoCalled("discovery", "metadata_url", "well_known", "oidc_url", "openid_connect_url");
  private static final ConfigKey<Optional<String>> JWKS_FILE =
      KEYS.file("jwks_file", "A file with the key set, read again as it changes.")
          .alsoCalled("file", "keys_file");
  private static final ConfigKey<Optional<String>> HMAC_SECRET =
      KEYS.secret(
              "hmac_secret",
              "The secret shared with who issues the tokens (HS256 to HS512), in base64url: at least"
                  + " 32 random octets.")
          .alsoCalled("secret", "shared_secret", "signature", "key");
  private static final ConfigKey<Optional<String>> HMAC_SECRET_FILE =
      KEYS.file("hmac_secret_file", "A file with that secret, in base64url.")
          .alsoCalled("secret_file");
  private static final ConfigKey<Optional<String>> ISS =
      KEYS.word("iss", "The issuer, to the letter; needed unless `discovery_url` tells it.")
          .alsoCalled("issuer", "issuer_url", "auth_url");
  private static final ConfigKey<Boolean> ANY_ISSUER =
      KEYS.flag(
          "any_issuer",
          "Accept tokens of every issuer that the keys are of: also those of other tenants where"
              + " they share the keys.");
  private static final ConfigKey<List<String>> AUD =
      KEYS.words("aud", List.of(), "Names of this service, one of which a token must be for.")
          .alsoCalled("audience", "audiences");
  private static final ConfigKey<Boolean> ANY_AUDIENCE =
      KEYS.flag(
          "any_audience",
          "Accept tokens whoever they are for: also those made for other services, which can use"
              + " them here then.");
  private static final ConfigKey<List<String>> ALGORITHMS =
      KEYS.words(
              "algorithms",
              List.of(),
              "Algorithms that are accepted; all that fit the keys when empty.")
          .alsoCalled("algorithm", "alg", "algs");
  private static final ConfigKey<List<String>> TYPES =
      KEYS.key(
              "types",
              list(text("value of `typ`, or `none`", value -> !value.isBlank())),
              List.of("JWT", "at+jwt", "none"),
              "Types of tokens that are accepted; `at+jwt` alone is for access tokens of RFC 9068 only.")
          .alsoCalled("type", "typ");
  private static final ConfigKey<Duration> LEEWAY =
      KEYS.key(
              "leeway_secs",
              seconds(Duration.ZERO, Duration.ofMinutes(10)),
              Duration.ofSeconds(30),
              "By how much clocks may differ.")
          .alsoCalled("leeway", "clock_skew", "clock_skew_secs", "leeway_ms");
  private static final ConfigKey<Duration> CACHE_TTL =
      KEYS.key(
              "cache_ttl_secs",
              seconds(SECOND, DAY),
              Duration.ofMinutes(5),
              "How long keys are good; they are fetched again in the background before.")
          .alsoCalled("cache_ttl", "ttl", "ttl_secs");
  private static final ConfigKey<Duration> STALE =
      KEYS.key(
          "stale_secs",
          seconds(Duration.ZERO, DAY),
          Duration.ofHours(1),
          "How long they are good beyond that while they cannot be fetched.");
  private static final ConfigKey<Duration> REFETCH =
      KEYS.key(
          "refetch_secs",
          seconds(SECOND, DAY),
          Duration.ofSeconds(30),
          "How often keys are fetched because a token names one that is not there, at most.");
  private static final ConfigKey<Duration> TIMEOUT =
      KEYS.key(
              "timeout_ms",
              millis(Duration.ofMillis(100), Duration.ofSeconds(30)),
              Duration.ofSeconds(2),
              "How long fetching one document may take.")
          .alsoCalled("timeout", "timeout_secs");
  private static final ConfigKey<Duration> MAX_AGE =
      KEYS.key(
              "max_age_secs",
              seconds(Duration.ZERO, Duration.ofDays(365)),
              Duration.ZERO,
              "How long ago a token may have been issued; 0 for any time.")
          .alsoCalled("max_age", "max_token_age");
  private static final ConfigKey<Boolean> REQUIRE_EXPIRY =
      KEYS.key("require_expiry", bool(), true, "Whether a token must say when it expires.");
  private static final ConfigKey<List<String>> SCOPE_CLAIMS =
      KEYS.key(
              "scope_claims",
              list(text("claim, or path such as `realm_access.roles`", value -> !value.isBlank())),
              List.of("scope", "scp", "scopes"),
              "Claims that grant scopes or roles, all together.")
          .alsoCalled("scope_claim", "scopes", "roles");
  private static final ConfigKey<String> SUBJECT_CLAIM =
      KEYS.key(
              "subject_claim",
              text("claim, or path", value -> !value.isBlank()),
              "sub",
              "The claim that says who it is.")
          .alsoCalled("subject", "sub");
  private static final ConfigKey<Optional<String>> COOKIE_NAME =
      KEYS.word(
              "cookie_name", "A cookie that the token may be in where there is no `Authorization`.")
          .alsoCalled("cookie");
  private static final ConfigKey<Integer> CLAIMS_CACHE =
      KEYS.key(
          "claims_cache_size",
          integer(0, 1_000_000),
          1_000,
          "Tokens whose claims are kept, so that they are not verified again.");
  private static final ConfigKey<Optional<String>> REVOKED_FILE =
      KEYS.file(
          "revoked_file",
          "A file with tokens that may not be used any more, read again when it changes: in each"
              + " line a `jti`, or `sub:` and a subject all of whose tokens are meant.");
  private static final ConfigKey<Optional<String>> CA_FILE =
      KEYS.file(
              "ca_file",
              "PEM certificates to trust when keys are fetched, in place of those the JDK trusts.")
          .alsoCalled("ca", "ca_cert");

  private static final List<ConfigKey<?>> ALL =
      List.of(
          JWKS_URL,
          DISCOVERY_URL,
          JWKS_FILE,
          HMAC_SECRET,
          HMAC_SECRET_FILE,
          ISS,
          ANY_ISSUER,
          AUD,
          ANY_AUDIENCE,
          ALGORITHMS,
          TYPES,
          LEEWAY,
          CACHE_TTL,
          STALE,
          REFETCH,
          TIMEOUT,
          MAX_AGE,
          REQUIRE_EXPIRY,
          SCOPE_CLAIMS,
          SUBJECT_CLAIM,
          COOKIE_NAME,
          CLAIMS_CACHE,
          REVOKED_FILE,
          CA_FILE);

  /** For {@link java.util.ServiceLoader}. */
  public JwksSource() {}

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
    if (!settings.scheme().takesBearerToken()) {
      throw new UnusableSettingsException(List.of(settings.unfit("no bearer token")));
    }
    JwtProviderBuilder builder = JwtProvider.builder();
    Attempts attempts = new Attempts(settings, ALL);
    keys(settings, builder, attempts);
    secret(settings, builder, attempts);
    issuerAndAudience(settings, builder, attempts);
    claims(settings, builder, attempts);
    settings
        .get(REVOKED_FILE)
        .ifPresent(file ->
            attempts.read(
                REVOKED_FILE,
                "put an empty file there until a token is revoked",
                () -> builder.revokedFile(Path.of(file))));
    builder.claimsCacheSize(settings.get(CLAIMS_CACHE));
    return attempts.provider(builder::mistakes, builder::build);
  }

  private static void keys(SchemeSettings settings, JwtProviderBuilder builder, Attempts attempts) {
    settings.get(JWKS_URL).ifPresent(url -> attempts.call(() -> builder.jwksUrl(url)));
    settings
        .get(DISCOVERY_URL)
        .or(() -> discovery(settings))
        .ifPresent(url -> attempts.call(() -> builder.discovery(url)));
    settings.get(JWKS_FILE).ifPresent(file -> builder.jwksFile(Path.of(file)));
    builder
        .cacheTtl(settings.get(CACHE_TTL))
        .staleFor(settings.get(STALE))
        .refetchInterval(settings.get(REFETCH))
        .timeout(settings.get(TIMEOUT));
    AskingKeys.authorities(settings, CA_FILE, attempts, builder::sslContext);
  }

  /** The document itself says where an OpenID provider describes itself. */
  private static Optional<URI> discovery(SchemeSettings settings) {
    boolean given =
        settings.get(JWKS_URL).isPresent()
            || settings.get(JWKS_FILE).isPresent()
            || settings.get(HMAC_SECRET).isPresent()
            || settings.get(HMAC_SECRET_FILE).isPresent();
    return given
        ? Optional.empty()
        : settings
            .scheme()
            .openIdConnectUrl()
            .or(settings.scheme()::oauth2MetadataUrl)
            .map(URI::create);
  }

  private static void secret(
      SchemeSettings settings, JwtProviderBuilder builder, Attempts attempts) {
    Optional<String> inFile = settings.get(HMAC_SECRET_FILE);
    if (inFile.isEmpty()) {
      settings
          .get(HMAC_SECRET)
          .ifPresent(secret -> decode(secret, settings.at(HMAC_SECRET), builder, attempts));
      return;
    }
    if (settings.get(HMAC_SECRET).isPresent()) {
      attempts.refuse(
          Option.HMAC_SECRET,
          settings
              .at(HMAC_SECRET)
              .mistake("and hmac_secret_file are there, and one only can count", "take one out"));
      return;
    }
    attempts.comesFrom(Option.HMAC_SECRET, HMAC_SECRET_FILE);
    attempts.read(
        HMAC_SECRET_FILE,
        "name a file with the secret in base64url",
        () ->
            decode(
                SecretFile.read(Path.of(inFile.get())),
                settings.at(HMAC_SECRET_FILE),
                builder,
                attempts));
  }

  /** RFC 4648 section 5, with or without padding. */
  private static void decode(
      String secret, SchemeSetting<?> setting, JwtProviderBuilder builder, Attempts attempts) {
    byte[] octets;
    try {
      octets = Base64.getUrlDecoder().decode(secret);
    } catch (IllegalArgumentException _) {
      attempts.refuse(
          Option.HMAC_SECRET,
          setting.mistake(
              "is not base64url", "write it in letters, digits, - and _ (RFC 4648 section 5)"));
      return;
    }
    attempts.call(() -> builder.hmacSecret(octets));
  }

  private static void issuerAndAudience(
      SchemeSettings settings, JwtProviderBuilder builder, Attempts attempts) {
    settings.get(ISS).ifPresent(issuer -> attempts.call(() -> builder.issuer(issuer)));
    if (settings.get(ANY_ISSUER)) {
      builder.anyIssuer();
    }
    settings.get(AUD).forEach(audience -> attempts.call(() -> builder.audience(audience)));
    if (settings.get(ANY_AUDIENCE)) {
      builder.anyAudience();
    }
  }

  private static void claims(
      SchemeSettings settings, JwtProviderBuilder builder, Attempts attempts) {
    List<String> algorithms = settings.get(ALGORITHMS);
    if (!algorithms.isEmpty()) {
      attempts.call(() -> builder.algorithms(algorithms.toArray(String[]::new)));
    }
    attempts.call(() ->
        builder.types(
            settings.get(TYPES).stream()
                .map(type -> type.equals("none") ? "" : type)
                .toArray(String[]::new)));
    builder.leeway(settings.get(LEEWAY)).requireExpiry(settings.get(REQUIRE_EXPIRY));
    if (!settings.get(MAX_AGE).isZero()) {
      attempts.call(settings.at(MAX_AGE), () -> builder.maxTokenAge(settings.get(MAX_AGE)));
    }
    attempts.call(() -> builder.subjectClaim(settings.get(SUBJECT_CLAIM)));
    attempts.call(() -> builder.scopeClaims(settings.get(SCOPE_CLAIMS).toArray(String[]::new)));
    settings.get(COOKIE_NAME).ifPresent(name -> attempts.call(() -> builder.cookieName(name)));
  }
}
