package io.brrtrouter.security;

import static io.brrtrouter.server.config.ConfigType.millis;
import static io.brrtrouter.server.config.ConfigType.seconds;

import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.scheme.SchemeKeys;
import java.time.Duration;

/**
 * The settings about fetching key sets, which several sections have.
 *
 * @param stale how long keys are good beyond their time while they cannot be fetched
 * @param refetch how often they are fetched because they do not verify a token
 * @param timeout how long fetching takes
 */
record FetchKeys(
    ConfigKey<Duration> stale, ConfigKey<Duration> refetch, ConfigKey<Duration> timeout) {
  /** {@return those of a section} */
  static FetchKeys of(SchemeKeys section) {
    return new FetchKeys(
        section.key(
            "stale_secs",
            seconds(Duration.ZERO, KeySettings.DAY),
            KeySettings.STALE_FOR,
            "How long they are good beyond that while they cannot be fetched."),
        section.key(
            "refetch_secs",
            seconds(KeySettings.LEAST_REFETCH_INTERVAL, KeySettings.DAY),
            KeySettings.REFETCH_INTERVAL,
            "How often keys are fetched because they do not verify a token, which may be signed with a"
                + " new one, at most."),
        section
            .key(
                "timeout_ms",
                millis(KeySettings.LEAST_TIMEOUT, KeySettings.MOST_TIMEOUT),
                KeySettings.TIMEOUT,
                "How long fetching one document may take.")
            .alsoCalled("timeout", "timeout_secs"));
  }
}
