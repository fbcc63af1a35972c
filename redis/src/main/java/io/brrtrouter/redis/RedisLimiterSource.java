package io.brrtrouter.redis;

import io.brrtrouter.server.limit.SharedLimiter;
import io.brrtrouter.server.limit.SharedLimiterSource;
import java.util.Set;

/** Makes the limiter for {@code rate_limit.redis_url}. */
public final class RedisLimiterSource implements SharedLimiterSource {
  /** Called by {@link java.util.ServiceLoader}. */
  public RedisLimiterSource() {}

  @Override
  public Set<String> schemes() {
    return Set.of("redis", "rediss");
  }

  @Override
  public SharedLimiter open(Settings settings) {
    return new RedisLimiter(settings);
  }
}
