package io.brrtrouter.server.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How somebody else is asked about credentials, as configured.
 *
 * @param timeout how long an answer may take
 * @param cacheTtl how long a credential that is good is not asked about again
 * @param negativeCacheTtl how long one that is not
 * @param cacheSize credentials whose answers are kept
 * @param authorities PEM certificates to trust when asking
 */
public record AskingSettings(
    Duration timeout,
    Duration cacheTtl,
    Duration negativeCacheTtl,
    int cacheSize,
    Optional<Path> authorities) {}
