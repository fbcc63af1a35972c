package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.runtime.ConfigType.bool;
import static io.brrtrouter.server.runtime.ConfigType.integer;
import static io.brrtrouter.server.runtime.ConfigType.list;
import static io.brrtrouter.server.runtime.ConfigType.millis;
import static io.brrtrouter.server.runtime.ConfigType.optional;
import static io.brrtrouter.server.runtime.ConfigType.seconds;
import static io.brrtrouter.server.runtime.ConfigType.text;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings about JSON Web Tokens, for each scheme that takes a bearer token. */
final class JwksKeys {
  static final String SECTION = "security.jwks";

  private static final String SCHEME = SECTION + ".<scheme>.";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);

  static final ConfigKey<Optional<URI>> JWKS_URL =
      url(
          "jwks_url",
          "The key set of who issues the tokens: `https`, or `http` to this machine. One of this,"
              + " `discovery_url`, `jwks_file` and `hmac_secret` is needed.");
  static final ConfigKey<Optional<URI>> DISCOVERY_URL =
      url(
          "discovery_url",
          "Metadata that names the key set and the issuer: OpenID Connect Discovery, or RFC 8414.");
  static final ConfigKey<Optional<String>> JWKS_FILE =
      SecurityKeys.file(SCHEME + "jwks_file", "A file with the key set, read again as it changes.");
  static final ConfigKey<Optional<String>> HMAC_SECRET =
      SecurityKeys.secret(
          SCHEME + "hmac_secret",
          "The secret shared with who issues the tokens (HS256 to HS512), in base64url: at least"
              + " 32 random octets.");
  static final ConfigKey<Optional<String>> HMAC_SECRET_FILE =
      SecurityKeys.file(SCHEME + "hmac_secret_file", "A file with that secret, in base64url.");
  static final ConfigKey<Optional<String>> ISS =
      word("iss", "The issuer, to the letter; needed unless `discovery_url` tells it.");
  static final ConfigKey<Boolean> ANY_ISSUER =
      flag(
          "any_issuer",
          "Accept tokens of every issuer that the keys are of: also those of other tenants where"
              + " they share the keys.");
  static final ConfigKey<List<String>> AUD =
      words("aud", "Names of this service, one of which a token must be for.");
  static final ConfigKey<Boolean> ANY_AUDIENCE =
      flag(
          "any_audience",
          "Accept tokens whoever they are for: also those made for other services, which can use"
              + " them here then.");
  static final ConfigKey<List<String>> ALGORITHMS =
      words("algorithms", "Algorithms that are accepted; all that fit the keys when empty.");
  static final ConfigKey<List<String>> TYPES =
      new ConfigKey<>(
          SCHEME + "types",
          list(text("value of `typ`, or `none`", value -> !value.isBlank())),
          List.of("JWT", "at+jwt", "none"),
          "Types of tokens that are accepted; `at+jwt` alone is for access tokens of RFC 9068 only.");
  static final ConfigKey<Duration> LEEWAY =
      new ConfigKey<>(
          SCHEME + "leeway_secs",
          seconds(Duration.ZERO, Duration.ofMinutes(10)),
          Duration.ofSeconds(30),
          "By how much clocks may differ.");
  static final ConfigKey<Duration> CACHE_TTL =
      new ConfigKey<>(
          SCHEME + "cache_ttl_secs",
          seconds(SECOND, DAY),
          Duration.ofMinutes(5),
          "How long keys are good; they are fetched again in the background before.");
  static final ConfigKey<Duration> STALE =
      new ConfigKey<>(
          SCHEME + "stale_secs",
          seconds(Duration.ZERO, DAY),
          Duration.ofHours(1),
          "How long they are good beyond that while they cannot be fetched.");
  static final ConfigKey<Duration> REFETCH =
      new ConfigKey<>(
          SCHEME + "refetch_secs",
          seconds(SECOND, DAY),
          Duration.ofSeconds(30),
          "How often keys are fetched because a token names one that is not there, at most.");
  static final ConfigKey<Duration> TIMEOUT =
      new ConfigKey<>(
          SCHEME + "timeout_ms",
          millis(Duration.ofMillis(100), Duration.ofSeconds(30)),
          Duration.ofSeconds(2),
          "How long fetching one document may take.");
  static final ConfigKey<Duration> MAX_AGE =
      new ConfigKey<>(
          SCHEME + "max_age_secs",
          seconds(Duration.ZERO, Duration.ofDays(365)),
          Duration.ZERO,
          "How long ago a token may have been issued; 0 for any time.");
  static final ConfigKey<Boolean> REQUIRE_EXPIRY =
      new ConfigKey<>(
          SCHEME + "require_expiry", bool(), true, "Whether a token must say when it expires.");
  static final ConfigKey<List<String>> SCOPE_CLAIMS =
      new ConfigKey<>(
          SCHEME + "scope_claims",
          list(text("claim, or path such as `realm_access.roles`", value -> !value.isBlank())),
          List.of("scope", "scp", "scopes"),
          "Claims that grant scopes or roles, all together.");
  static final ConfigKey<String> SUBJECT_CLAIM =
      new ConfigKey<>(
          SCHEME + "subject_claim",
          text("claim, or path", value -> !value.isBlank()),
          "sub",
          "The claim that says who it is.");
  static final ConfigKey<Optional<String>> COOKIE_NAME =
      word("cookie_name", "A cookie that the token may be in where there is no `Authorization`.");
  static final ConfigKey<Integer> CLAIMS_CACHE =
      new ConfigKey<>(
          SCHEME + "claims_cache_size",
          integer(0, 1_000_000),
          1_000,
          "Tokens whose claims are kept, so that they are not verified again.");
  static final ConfigKey<Optional<String>> REVOKED_FILE =
      SecurityKeys.file(
          SCHEME + "revoked_file",
          "A file with tokens that may not be used any more, read again when it changes: in each"
              + " line a `jti`, or `sub:` and a subject all of whose tokens are meant.");
  static final ConfigKey<Optional<String>> CA_FILE =
      SecurityKeys.file(
          SCHEME + "ca_file",
          "PEM certificates to trust when keys are fetched, in place of those the JDK trusts.");

  static final List<ConfigKey<?>> ALL =
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

  private JwksKeys() {}

  private static ConfigKey<Optional<URI>> url(String name, String description) {
    return new ConfigKey<>(
        SCHEME + name, optional(ConfigType.url()), Optional.empty(), description);
  }

  private static ConfigKey<Optional<String>> word(String name, String description) {
    return new ConfigKey<>(
        SCHEME + name,
        optional(text("text", value -> !value.isBlank())),
        Optional.empty(),
        description);
  }

  private static ConfigKey<List<String>> words(String name, String description) {
    return new ConfigKey<>(
        SCHEME + name, list(text("text", value -> !value.isBlank())), List.of(), description);
  }

  private static ConfigKey<Boolean> flag(String name, String description) {
    return new ConfigKey<>(SCHEME + name, bool(), false, description);
  }

  static JwksSettings of(ConfigValues values, String scheme) {
    return new JwksSettings(
        new JwksSettings.Keys(
            values.get(JWKS_URL.of(scheme)),
            values.get(DISCOVERY_URL.of(scheme)),
            values.get(JWKS_FILE.of(scheme)).map(Path::of),
            values.get(HMAC_SECRET.of(scheme)),
            values.get(HMAC_SECRET_FILE.of(scheme)).map(Path::of),
            values.get(CACHE_TTL.of(scheme)),
            values.get(STALE.of(scheme)),
            values.get(REFETCH.of(scheme)),
            values.get(TIMEOUT.of(scheme)),
            values.get(CA_FILE.of(scheme)).map(Path::of)),
        new JwksSettings.Tokens(
            values.get(ISS.of(scheme)),
            values.get(ANY_ISSUER.of(scheme)),
            values.get(AUD.of(scheme)),
            values.get(ANY_AUDIENCE.of(scheme)),
            values.get(ALGORITHMS.of(scheme)),
            values.get(TYPES.of(scheme)),
            values.get(LEEWAY.of(scheme)),
            values.get(MAX_AGE.of(scheme)),
            values.get(REQUIRE_EXPIRY.of(scheme)),
            values.get(SCOPE_CLAIMS.of(scheme)),
            values.get(SUBJECT_CLAIM.of(scheme))),
        values.get(COOKIE_NAME.of(scheme)),
        values.get(CLAIMS_CACHE.of(scheme)),
        values.get(REVOKED_FILE.of(scheme)).map(Path::of));
  }
}
