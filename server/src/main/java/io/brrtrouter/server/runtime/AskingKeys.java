package io.brrtrouter.server.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings about asking somebody else about credentials, which several sections have.
 *
 * @param timeout how long an answer may take
 * @param cacheTtl how long a good credential is not asked about again
 * @param negativeCacheTtl how long a bad one
 * @param cacheSize credentials whose answers are kept
 * @param authorities certificates to trust
 */
record AskingKeys(
    ConfigKey<Duration> timeout,
    ConfigKey<Duration> cacheTtl,
    ConfigKey<Duration> negativeCacheTtl,
    ConfigKey<Integer> cacheSize,
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
        section.integer(
            "cache_size", 0, MOST_KEPT, 10_000, "Answers that are kept, the seldom used go first."),
        section.file(
            "ca_file", "PEM certificates to trust when asking, in place of those the JDK trusts."));
  }

  List<ConfigKey<?>> all() {
    return List.of(timeout, cacheTtl, negativeCacheTtl, cacheSize, authorities);
  }

  AskingSettings of(ConfigValues values, String scheme) {
    return new AskingSettings(
        values.get(timeout.of(scheme)),
        values.get(cacheTtl.of(scheme)),
        values.get(negativeCacheTtl.of(scheme)),
        values.get(cacheSize.of(scheme)),
        values.get(authorities.of(scheme)).map(Path::of));
  }
}
