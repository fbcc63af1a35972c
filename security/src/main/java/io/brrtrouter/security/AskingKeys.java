package io.brrtrouter.security;

import io.brrtrouter.security.jose.JoseLimits;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigType;
import io.brrtrouter.server.scheme.SchemeKeys;
import io.brrtrouter.server.scheme.SchemeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * The settings about asking somebody else about credentials, which several sections have.
 *
 * @param timeout how long an answer may take
 * @param cacheTtl how long a good credential is not asked about again
 * @param negativeCacheTtl how long a bad one
 * @param cacheSize good credentials whose answers are kept, and as many bad ones
 * @param longest how long a credential may be
 * @param authorities certificates to trust
 */
record AskingKeys(
    ConfigKey<Duration> timeout,
    ConfigKey<Duration> cacheTtl,
    ConfigKey<Duration> negativeCacheTtl,
    ConfigKey<Integer> cacheSize,
    ConfigKey<Integer> longest,
    ConfigKey<Optional<String>> authorities) {
  private static final int MOST_KEPT = 1_000_000;

  /** {@return those of a section, about tokens or keys for example} */
  static AskingKeys in(SchemeKeys section, String credential) {
    return new AskingKeys(
        section.timeout(500, "How long an answer may take; beyond it the request gets a 503."),
        section.keeping(
            "cache_ttl_secs", 60, "How long a good " + credential + " is not asked about again"),
        section.keeping(
            "negative_cache_ttl_secs",
            10,
            "How long a bad " + credential + " is not asked about again"),
        section.key(
            "cache_size",
            ConfigType.integer(0, MOST_KEPT),
            10_000,
            "Good answers that are kept, and as many bad ones beside them; the seldom used go first."),
        section.key(
            "max_" + credential + "_bytes",
            ConfigType.size(JoseLimits.LEAST.token(), JoseLimits.MOST.token()),
            JoseLimits.DEFAULT.token(),
            "Length of a "
                + credential
                + "; a longer one gets a 401. `http.max_header_bytes` bounds it too."),
        section.file(
            "ca_file", "PEM certificates to trust when asking, in place of those the JDK trusts."));
  }

  List<ConfigKey<?>> all() {
    return List.of(timeout, cacheTtl, negativeCacheTtl, cacheSize, longest, authorities);
  }

  /** Lets somebody be asked as it is configured. */
  void set(SchemeSettings settings, Asking asking, Attempts attempts) {
    asking.timeout(settings.get(timeout));
    asking.cacheTtl(settings.get(cacheTtl));
    asking.negativeCacheTtl(settings.get(negativeCacheTtl));
    asking.cacheSize(settings.get(cacheSize));
    asking.longest(longest.name(), settings.get(longest));
    authorities(settings, authorities, attempts, asking::ssl);
  }

  /** Reads the file of authorities, if one is named. */
  static void authorities(
      SchemeSettings settings,
      ConfigKey<Optional<String>> file,
      Attempts attempts,
      Consumer<SSLContext> taker) {
    settings
        .get(file)
        .ifPresent(path ->
            attempts.read(
                file,
                "name a file with PEM certificates",
                () -> taker.accept(TrustedAuthorities.in(Path.of(path)))));
  }
}
