package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.config.ConfigType.bool;
import static io.brrtrouter.server.config.ConfigType.integer;
import static io.brrtrouter.server.config.ConfigType.millis;
import static io.brrtrouter.server.config.ConfigType.optional;
import static io.brrtrouter.server.config.ConfigType.parsed;
import static io.brrtrouter.server.config.ConfigType.scalar;
import static io.brrtrouter.server.config.ConfigType.seconds;
import static io.brrtrouter.server.config.ConfigType.text;

import io.brrtrouter.openapi.model.RateLimitExtension;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.limit.RateLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings about how much clients may ask for. */
final class RateLimitKeys {
  static final String ROUTES = "rate_limit.routes";

  /** More is no limit, and each takes a nanosecond at least. */
  private static final int MOST_REQUESTS = RateLimitExtension.MOST_REQUESTS;

  /** A bucket takes about 150 bytes. */
  private static final int MOST_KEYS = 10_000_000;

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = RateLimitExtension.LONGEST_WINDOW;

  static final ConfigKey<Optional<Boolean>> ENABLED =
      new ConfigKey<>(
          "rate_limit.enabled",
          optional(bool()),
          Optional.empty(),
          "Whether requests are counted, and refused with a 429 beyond the limit: with `true` those to"
              + " all operations, with `false` none; unless set, those to operations in"
              + " `rate_limit.routes` or with `x-brrtrouter-rate-limit`. Built-in endpoints and preflights are not counted.");
  static final ConfigKey<Integer> REQUESTS =
      new ConfigKey<>(
          "rate_limit.requests",
          integer(1, MOST_REQUESTS),
          100,
          "Requests that one client may send to one operation in a window: at once, if it was quiet"
              + " for a window, and evenly from then on.");
  static final ConfigKey<Duration> WINDOW =
      new ConfigKey<>(
          "rate_limit.window_secs", seconds(SECOND, DAY), Duration.ofMinutes(1), "The window.");
  static final ConfigKey<Integer> MAX_KEYS =
      new ConfigKey<>(
          "rate_limit.max_keys",
          integer(1, MOST_KEYS),
          10_000,
          "Buckets this server keeps, one for each client and operation; beyond it, those go from"
              + " which the least was taken.");
  static final ConfigKey<RateLimits.Key> KEY =
      new ConfigKey<>(
          "rate_limit.key",
          parsed("`subject_then_ip`, `subject` or `ip`", RateLimits.Key::parse),
          RateLimits.Key.SUBJECT_THEN_IP,
          "What a client is: who it is to the security scheme, by its API key where that names nobody,"
              + " or where no credential tells, its address; with `subject`, requests of which no"
              + " credential tells are not limited. Of IPv6 a /64 is one address. See"
              + " `http.trusted_proxies`.");
  static final ConfigKey<Optional<Integer>> ROUTE =
      new ConfigKey<>(
          ROUTES + ".<handler>",
          optional(integer(0, MOST_REQUESTS)),
          Optional.empty(),
          "The same as `rate_limit.requests` for the operation with this handler; 0 for any number. Goes"
              + " before `x-brrtrouter-rate-limit` of an operation.");
  static final ConfigKey<Boolean> SKIP_OPTIONS =
      new ConfigKey<>(
          "rate_limit.skip_options",
          bool(),
          true,
          "Whether `OPTIONS` operations of the document are not counted.");
  static final ConfigKey<Optional<Integer>> BEFORE_AUTH =
      new ConfigKey<>(
          "rate_limit.before_auth_requests",
          optional(integer(0, MOST_REQUESTS)),
          Optional.empty(),
          "Requests from one address in a window to each operation that asks for credentials, counted"
              + " before these are looked at, so that guessing is limited; ten times"
              + " `rate_limit.requests` unless set, 0 for any number. Guesses that are spread over"
              + " operations are bounded by `rate_limit.auth_failures`.");
  static final ConfigKey<Integer> AUTH_FAILURES =
      new ConfigKey<>(
          "rate_limit.auth_failures",
          integer(0, MOST_REQUESTS),
          100,
          "Credentials from one address that may be refused in `rate_limit.auth_failures_window_secs`;"
              + " beyond it passwords, and what takes asking somebody else, get a 429 before anybody"
              + " looks at them. 0 for any number. Counted whatever `rate_limit.enabled` says.");
  static final ConfigKey<Duration> AUTH_FAILURES_WINDOW =
      new ConfigKey<>(
          "rate_limit.auth_failures_window_secs",
          seconds(SECOND, DAY),
          Duration.ofMinutes(1),
          "The window of that.");
  static final ConfigKey<Optional<String>> REDIS_URL =
      new ConfigKey<>(
          "rate_limit.redis_url",
          optional(scalar("`redis://` or `rediss://` URL", RateLimitKeys::isRedis)),
          Optional.empty(),
          "A Redis in which several servers count together. Takes `io.brrtrouter:brrtrouter-redis` on"
              + " the class path. While it does not answer, each server counts for itself.",
          true);
  static final ConfigKey<Duration> REDIS_TIMEOUT =
      new ConfigKey<>(
          "rate_limit.redis_timeout_ms",
          millis(Duration.ofMillis(1), Duration.ofSeconds(10)),
          Duration.ofMillis(100),
          "How long a request waits for it at most, all its questions together.");
  static final ConfigKey<String> REDIS_PREFIX =
      new ConfigKey<>(
          "rate_limit.redis_prefix",
          text("text without white space", RateLimitKeys::isPrefix),
          "brrtrouter:rate-limit:",
          "What the names of all keys in it begin with: servers with the same one count together.");

  static final List<ConfigKey<?>> ALL =
      List.of(
          ENABLED,
          REQUESTS,
          WINDOW,
          MAX_KEYS,
          KEY,
          ROUTE,
          SKIP_OPTIONS,
          BEFORE_AUTH,
          AUTH_FAILURES,
          AUTH_FAILURES_WINDOW,
          REDIS_URL,
          REDIS_TIMEOUT,
          REDIS_PREFIX);

  private RateLimitKeys() {}

  private static boolean isRedis(String text) {
    try {
      URI url = URI.create(text);
      return ("redis".equals(url.getScheme()) || "rediss".equals(url.getScheme()))
          && url.getHost() != null;
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }

  private static boolean isPrefix(String text) {
    return !text.isEmpty() && text.chars().noneMatch(Character::isWhitespace);
  }
}
