package io.brrtrouter.security;

import static io.brrtrouter.security.JwksKeys.ALGORITHMS;
import static io.brrtrouter.security.JwksKeys.ALL;
import static io.brrtrouter.security.JwksKeys.ANY_AUDIENCE;
import static io.brrtrouter.security.JwksKeys.ANY_ISSUER;
import static io.brrtrouter.security.JwksKeys.AUD;
import static io.brrtrouter.security.JwksKeys.CACHE_TTL;
import static io.brrtrouter.security.JwksKeys.CA_FILE;
import static io.brrtrouter.security.JwksKeys.CLAIMS_CACHE;
import static io.brrtrouter.security.JwksKeys.COOKIE_NAME;
import static io.brrtrouter.security.JwksKeys.DISCOVERY_URL;
import static io.brrtrouter.security.JwksKeys.FETCHING;
import static io.brrtrouter.security.JwksKeys.HMAC_SECRET;
import static io.brrtrouter.security.JwksKeys.HMAC_SECRET_FILE;
import static io.brrtrouter.security.JwksKeys.ISS;
import static io.brrtrouter.security.JwksKeys.JWKS_FILE;
import static io.brrtrouter.security.JwksKeys.JWKS_URL;
import static io.brrtrouter.security.JwksKeys.KEYS;
import static io.brrtrouter.security.JwksKeys.LEEWAY;
import static io.brrtrouter.security.JwksKeys.LIMITS;
import static io.brrtrouter.security.JwksKeys.MAX_AGE;
import static io.brrtrouter.security.JwksKeys.REQUIRED_CLAIMS;
import static io.brrtrouter.security.JwksKeys.REQUIRE_EXPIRY;
import static io.brrtrouter.security.JwksKeys.REVOKED_FILE;
import static io.brrtrouter.security.JwksKeys.SCOPE_CLAIMS;
import static io.brrtrouter.security.JwksKeys.SUBJECT_CLAIM;
import static io.brrtrouter.security.JwksKeys.TYPES;

import io.brrtrouter.security.jose.InvalidKeySetException;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.scheme.SchemeSetting;
import io.brrtrouter.server.scheme.SchemeSettings;
import io.brrtrouter.server.scheme.SecuritySource;
import io.brrtrouter.server.scheme.UnusableSettingsException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes providers of {@code security.jwks}: JSON Web Tokens of schemes that take a bearer token.
 * The server finds it by itself.
 */
public final class JwksSource implements SecuritySource {
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
    Attempts attempts =
        Attempts.at(settings, ALL, settings.scheme().takesBearerToken(), "no bearer token");
    JwtProviderBuilder builder = JwtProvider.builder().scheme(settings.name());
    keys(settings, builder, attempts);
    secret(settings, builder, attempts);
    issuerAndAudience(settings, builder, attempts);
    claims(settings, builder, attempts);
    settings
        .get(REVOKED_FILE)
        .ifPresent(file ->
            attempts.read(
                REVOKED_FILE,
                "name a file with a jti or sub:SUBJECT in each line, an empty one until a token is revoked",
                () -> builder.revokedFile(Path.of(file))));
    builder.claimsCacheSize(settings.get(CLAIMS_CACHE)).limits(LIMITS.limits(settings));
    return attempts.provider(builder::mistakes, builder::build);
  }

  private static void keys(SchemeSettings settings, JwtProviderBuilder builder, Attempts attempts) {
    settings.get(JWKS_URL).ifPresent(url -> attempts.call(() -> builder.jwksUrl(url)));
    settings
        .get(DISCOVERY_URL)
        .or(() -> discovery(settings, attempts))
        .ifPresent(url -> attempts.call(() -> builder.discovery(url)));
    settings.get(JWKS_FILE).ifPresent(file -> builder.jwksFile(Path.of(file)));
    builder
        .cacheTtl(settings.get(CACHE_TTL))
        .staleFor(settings.get(FETCHING.stale()))
        .refetchInterval(settings.get(FETCHING.refetch()))
        .timeout(settings.get(FETCHING.timeout()));
    AskingKeys.authorities(settings, CA_FILE, attempts, builder::sslContext);
  }

  /** The document itself says where an OpenID provider describes itself. */
  private static Optional<URI> discovery(SchemeSettings settings, Attempts attempts) {
    boolean given =
        settings.get(JWKS_URL).isPresent()
            || settings.get(JWKS_FILE).isPresent()
            || settings.get(HMAC_SECRET).isPresent()
            || settings.get(HMAC_SECRET_FILE).isPresent();
    Optional<String> url =
        settings.scheme().openIdConnectUrl().or(settings.scheme()::oauth2MetadataUrl);
    if (given || url.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new URI(url.get()));
    } catch (URISyntaxException _) {
      attempts.refuse(
          Option.DISCOVERY,
          settings.mistake(
              "would take its keys from where the document says, and that is no URL",
              "correct it there, or set discovery_url"));
      return Optional.empty();
    }
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
        "name a file with the secret in base64url (RFC 4648 section 5), 32 octets or more",
        () -> builder.hmacSecretFile(Path.of(inFile.get())));
  }

  private static void decode(
      String secret, SchemeSetting<?> setting, JwtProviderBuilder builder, Attempts attempts) {
    byte[] octets;
    try {
      octets = SharedSecret.decode(secret);
    } catch (InvalidKeySetException _) {
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
    age(settings.at(MAX_AGE), builder, attempts);
    attempts.call(() -> builder.subjectClaim(settings.get(SUBJECT_CLAIM)));
    attempts.call(() -> builder.scopeClaims(settings.get(SCOPE_CLAIMS).toArray(String[]::new)));
    settings
        .get(REQUIRED_CLAIMS)
        .forEach(claim -> attempts.call(() -> builder.requiredClaim(claim)));
    settings.get(COOKIE_NAME).ifPresent(name -> attempts.call(() -> builder.cookieName(name)));
  }

  private static void age(
      SchemeSetting<Duration> age, JwtProviderBuilder builder, Attempts attempts) {
    if (age.value().isZero()) {
      return;
    }
    if (age.value().compareTo(Duration.ofSeconds(1)) < 0) {
      attempts.refuse(
          age.mistake("is less than a second", "set it to 1 s or more, or to 0 for any time"));
      return;
    }
    builder.maxTokenAge(age.value());
  }
}
