package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.runtime.ConfigType.seconds;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings about SPIFFE identities: JWT-SVIDs of schemes that take a bearer token, X.509-SVIDs
 * of {@code mutualTLS} schemes.
 */
final class SpiffeKeys {
  static final SchemeKeys SECTION = new SchemeKeys("security.spiffe");

  static final ConfigKey<List<String>> TRUST_DOMAINS =
      SECTION.words(
          "trust_domains",
          List.of(),
          "Trust domains whose workloads are accepted: by JWT-SVID where the scheme takes a bearer"
              + " token, by X.509-SVID where it is `mutualTLS`. All of them share the keys.");
  static final ConfigKey<List<String>> ALLOWED_IDS =
      SECTION.words(
          "allowed_ids",
          List.of(),
          "SPIFFE IDs that are accepted, all of the trust domains when empty; `/*` at the end"
              + " stands for every path below.");
  static final ConfigKey<List<String>> AUDIENCES =
      SECTION.words(
          "audiences",
          List.of(),
          "Names of this service, one of which a JWT-SVID must be for; needed for a bearer token.");
  static final ConfigKey<Optional<URI>> JWKS_URL =
      SECTION.url(
          "jwks_url",
          "The trust bundle, or a key set: `https`, or `http` to this machine. For a bearer token"
              + " this or `bundle_file` is needed. Where a key says its use, that must be"
              + " `jwt-svid`.");
  static final ConfigKey<Optional<String>> BUNDLE_FILE =
      SECTION.file("bundle_file", "A file with the trust bundle, read again as it changes.");
  static final ConfigKey<Duration> LEEWAY =
      new ConfigKey<>(
          SECTION.name("leeway_secs"),
          seconds(Duration.ZERO, Duration.ofMinutes(10)),
          Duration.ofSeconds(60),
          "By how much clocks may differ.");
  static final ConfigKey<Duration> CACHE_TTL =
      SECTION.renewing(
          "cache_ttl_secs",
          3_600,
          "How long keys are good; they are fetched again in the background before.");
  static final ConfigKey<Optional<String>> COOKIE_NAME =
      SECTION.word(
          "cookie_name", "A cookie that the token may be in where there is no `Authorization`.");
  static final ConfigKey<Optional<String>> CA_FILE =
      SECTION.file(
          "ca_file",
          "PEM certificates to trust when keys are fetched, in place of those the JDK trusts.");

  static final List<ConfigKey<?>> ALL =
      List.of(
          TRUST_DOMAINS,
          ALLOWED_IDS,
          AUDIENCES,
          JWKS_URL,
          BUNDLE_FILE,
          LEEWAY,
          CACHE_TTL,
          COOKIE_NAME,
          CA_FILE);

  private SpiffeKeys() {}

  static SpiffeSettings of(ConfigValues values, String scheme) {
    return new SpiffeSettings(
        values.get(TRUST_DOMAINS.of(scheme)),
        values.get(ALLOWED_IDS.of(scheme)),
        values.get(AUDIENCES.of(scheme)),
        new SpiffeSettings.Keys(
            values.get(JWKS_URL.of(scheme)),
            values.get(BUNDLE_FILE.of(scheme)).map(Path::of),
            values.get(CACHE_TTL.of(scheme)),
            values.get(CA_FILE.of(scheme)).map(Path::of)),
        values.get(LEEWAY.of(scheme)),
        values.get(COOKIE_NAME.of(scheme)));
  }
}
