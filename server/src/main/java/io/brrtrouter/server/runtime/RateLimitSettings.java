package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.config.Masked;
import io.brrtrouter.server.config.PlainSecret;
import io.brrtrouter.server.limit.Quota;
import io.brrtrouter.server.limit.RateLimits;
import io.brrtrouter.server.limit.SharedLimiterSource;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much clients may ask for, as configured.
 *
 * @param enabled whether all operations are limited, or none; when empty, those with a number of
 *     their own, here or in the document
 * @param requests requests of one client to one operation in a window
 * @param window the window
 * @param maxKeys buckets that are kept
 * @param key by what clients are told apart
 * @param routes operations that have their own number, by name of the handler as the configuration
 *     has it
 * @param skipOptions whether {@code OPTIONS} is not limited
 * @param beforeAuthRequests requests of one address to one operation in a window before
 *     authentication, 0 for any
 * @param authFailures credentials of one address that may be refused
 * @param shared where several servers count together
 */
public record RateLimitSettings(
    Optional<Boolean> enabled,
    int requests,
    Duration window,
    int maxKeys,
    RateLimits.Key key,
    Map<String, Route> routes,
    boolean skipOptions,
    int beforeAuthRequests,
    Optional<Quota> authFailures,
    Optional<SharedLimiterSource.Settings> shared) {
  /** How many clients behind one address are taken for usual, each at its limit. */
  private static final int CLIENTS_AT_ADDRESS = 10;

  /** What clients know the quota of refused credentials by. */
  private static final String AUTH_FAILURES = "refused-credentials";

  /**
   * How often one operation may be asked for.
   *
   * @param requests requests of one client in a window, 0 for any
   * @param place where that is configured
   */
  public record Route(int requests, SourceLocation place) {}

  static RateLimitSettings of(ConfigValues values) {
    int requests = values.get(RateLimitKeys.REQUESTS);
    Map<String, Route> routes = new LinkedHashMap<>();
    for (String handler : values.names(RateLimitKeys.ROUTES)) {
      ConfigKey<Optional<Integer>> key = RateLimitKeys.ROUTE.of(handler);
      values.get(key).ifPresent(own -> routes.put(handler, new Route(own, values.place(key))));
    }
    return new RateLimitSettings(
        values.get(RateLimitKeys.ENABLED),
        requests,
        values.get(RateLimitKeys.WINDOW),
        values.get(RateLimitKeys.MAX_KEYS),
        values.get(RateLimitKeys.KEY),
        routes,
        values.get(RateLimitKeys.SKIP_OPTIONS),
        values.get(RateLimitKeys.BEFORE_AUTH).orElse(CLIENTS_AT_ADDRESS * requests),
        authFailures(values),
        values
            .get(RateLimitKeys.REDIS_URL)
            .map(url ->
                new SharedLimiterSource.Settings(
                    URI.create(url),
                    values.get(RateLimitKeys.REDIS_TIMEOUT),
                    values.get(RateLimitKeys.REDIS_PREFIX))));
  }

  /** {@return that the password of Redis stands in the configuration file, if it does} */
  static List<Finding> warnings(ConfigValues values) {
    ConfigKey<Optional<String>> key = RateLimitKeys.REDIS_URL;
    String url = values.get(key).orElse("");
    return values.isInFile(key)
            && Masked.secrets(url).stream().anyMatch(secret -> !secret.isEmpty())
        ? List.of(PlainSecret.warning("the password in " + key.name(), key, values, List.of()))
        : List.of();
  }

  private static Optional<Quota> authFailures(ConfigValues values) {
    int most = values.get(RateLimitKeys.AUTH_FAILURES);
    return most == 0
        ? Optional.empty()
        : Optional.of(
            new Quota(AUTH_FAILURES, most, values.get(RateLimitKeys.AUTH_FAILURES_WINDOW)));
  }
}
