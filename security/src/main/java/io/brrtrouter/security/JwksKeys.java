package io.brrtrouter.security;

import static io.brrtrouter.server.config.ConfigType.bool;
import static io.brrtrouter.server.config.ConfigType.integer;
import static io.brrtrouter.server.config.ConfigType.list;
import static io.brrtrouter.server.config.ConfigType.seconds;
import static io.brrtrouter.server.config.ConfigType.text;

import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.scheme.SchemeKeys;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings about JSON Web Tokens, for each scheme that takes a bearer token. */
final class JwksKeys {
  static final SchemeKeys KEYS = new SchemeKeys("jwks");

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);

  static final ConfigKey<Optional<URI>> JWKS_URL =
      KEYS.url(
              "jwks_url",
              "The key set of who issues the tokens: `https`, or `http` to this machine. One of this,"
                  + " `discovery_url`, `jwks_file` and `hmac_secret` is needed.")
          .alsoCalled("jwks_uri", "url", "key_url", "keys_url");
  static final ConfigKey<Optional<URI>> DISCOVERY_URL =
      KEYS.url(
              "discovery_url",
              "Metadata that names the key set and the issuer: OpenID Connect Discovery, or RFC 8414.")
          .alsoCalled("discovery", "metadata_url", "well_known", "oidc_url", "openid_connect_url");
  static final ConfigKey<Optional<String>> JWKS_FILE =
      KEYS.file("jwks_file", "A file with the key set, read again as it changes.")
          .alsoCalled("file", "keys_file");
  static final ConfigKey<Optional<String>> HMAC_SECRET =
      KEYS.secret(
              "hmac_secret",
              "The secret shared with who issues the tokens (HS256 to HS512), in base64url: at least"
                  + " 32 random octets.")
          .alsoCalled("secret", "shared_secret", "signature", "key");
  static final ConfigKey<Optional<String>> HMAC_SECRET_FILE =
      KEYS.file(
              "hmac_secret_file",
              "A file with that secret, in base64url, read again as it changes: tokens that are signed"
                  + " with the old secret are not accepted from then on.")
          .alsoCalled("secret_file");
  static final ConfigKey<Optional<String>> ISS =
      KEYS.word("iss", "The issuer, to the letter; needed unless `discovery_url` tells it.")
          .alsoCalled("issuer", "issuer_url", "auth_url");
  static final ConfigKey<Boolean> ANY_ISSUER =
      KEYS.flag(
          "any_issuer",
          "Accept tokens of every issuer that the keys are of: also those of other tenants where"
              + " they share the keys.");
  static final ConfigKey<List<String>> AUD =
      KEYS.words("aud", List.of(), "Names of this service, one of which a token must be for.")
          .alsoCalled("audience", "audiences");
  static final ConfigKey<Boolean> ANY_AUDIENCE =
      KEYS.flag(
          "any_audience",
          "Accept tokens whoever they are for: also those made for other services, which can use"
              + " them here then.");
  static final ConfigKey<List<String>> ALGORITHMS =
      KEYS.words(
              "algorithms",
              List.of(),
              "Algorithms that are accepted; all that fit the keys when empty.")
          .alsoCalled("algorithm", "alg", "algs");
  static final ConfigKey<List<String>> TYPES =
      KEYS.key(
              "types",
              list(text("value of `typ`, or `none`", value -> !value.isBlank())),
              List.of("JWT", "at+jwt", "none"),
              "Types of tokens that are accepted; `at+jwt` alone is for access tokens of RFC 9068 only.")
          .alsoCalled("type", "typ");
  static final ConfigKey<Duration> LEEWAY = Leeway.key(KEYS, "By how much clocks may differ.");
  static final ConfigKey<Duration> CACHE_TTL =
      KEYS.key(
              "cache_ttl_secs",
              seconds(SECOND, DAY),
              Duration.ofMinutes(5),
              "How long keys are good; they are fetched again in the background before.")
          .alsoCalled("cache_ttl", "ttl", "ttl_secs");
  static final FetchKeys FETCHING = FetchKeys.of(KEYS);
  static final ConfigKey<Duration> MAX_AGE =
      KEYS.key(
              "max_age_secs",
              seconds(Duration.ZERO, Duration.ofDays(365)),
              Duration.ZERO,
              "How long ago a token may have been issued; 0 for any time.")
          .alsoCalled("max_age", "max_token_age");
  static final ConfigKey<Boolean> REQUIRE_EXPIRY =
      KEYS.key("require_expiry", bool(), true, "Whether a token must say when it expires.");
  static final ConfigKey<List<String>> SCOPE_CLAIMS =
      KEYS.key(
              "scope_claims",
              list(text("claim, or path such as `realm_access.roles`", value -> !value.isBlank())),
              List.of("scope", "scp", "scopes"),
              "Claims that grant scopes or roles, all together.")
          .alsoCalled("scope_claim", "scopes", "roles");
  static final ConfigKey<String> SUBJECT_CLAIM =
      KEYS.key(
              "subject_claim",
              text("claim, or path", value -> !value.isBlank()),
              "sub",
              "The claim that says who it is.")
          .alsoCalled("subject", "sub");
  static final ConfigKey<List<String>> REQUIRED_CLAIMS =
      KEYS.words(
              "required_claims",
              List.of(),
              "Claims that a token must have beyond these, all of them, each as `name=value` with a"
                  + " name or path: `token_use=access` for example. An array must have the value among"
                  + " its elements.")
          .alsoCalled("required_claim", "claims");
  static final ConfigKey<Optional<String>> COOKIE_NAME =
      KEYS.word(
              "cookie_name", "A cookie that the token may be in where there is no `Authorization`.")
          .alsoCalled("cookie");
  static final ConfigKey<Integer> CLAIMS_CACHE =
      KEYS.key(
          "claims_cache_size",
          integer(0, 1_000_000),
          1_000,
          "Tokens whose claims are kept, so that they are not verified again.");
  static final ConfigKey<Optional<String>> REVOKED_FILE =
      KEYS.file(
          "revoked_file",
          "A file with tokens that may not be used any more, read again when it changes: in each"
              + " line a `jti` (`jti:` before one that has a colon or white space), or `sub:` and a"
              + " subject all of whose tokens are meant: what `subject_claim` names, or `sub` itself."
              + " A line that begins with `#` does not count; an empty file revokes what it did"
              + " before.");
  static final ConfigKey<Optional<String>> CA_FILE =
      KEYS.file(
              "ca_file",
              "PEM certificates to trust when keys are fetched, in place of those the JDK trusts.")
          .alsoCalled("ca", "ca_cert");

  static final TokenKeys LIMITS = TokenKeys.of(KEYS);

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
          FETCHING.stale(),
          FETCHING.refetch(),
          FETCHING.timeout(),
          MAX_AGE,
          REQUIRE_EXPIRY,
          SCOPE_CLAIMS,
          SUBJECT_CLAIM,
          REQUIRED_CLAIMS,
          COOKIE_NAME,
          CLAIMS_CACHE,
          LIMITS.token(),
          LIMITS.kid(),
          LIMITS.set(),
          LIMITS.keys(),
          REVOKED_FILE,
          CA_FILE);

  private JwksKeys() {}
}
