package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.limit.Client;
import io.brrtrouter.server.limit.Quota;
import io.brrtrouter.server.limit.RateLimits;
import io.brrtrouter.server.limit.SharedLimiter;
import io.brrtrouter.server.limit.Standing;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What several servers refuse of one address counts for all of them. */
class SharedRefusalsTest {
  private static final Quota THREE = new Quota("guesses", 3, Duration.ofSeconds(60));
  private static final Client ADDRESS = Client.at(InetAddress.getLoopbackAddress());

  private final AtomicLong now = new AtomicLong(1_000_000_000);
  private final AtomicLong taken = new AtomicLong();
  private boolean silent;

  /** Counts up to three for all. */
  private final class Counter implements SharedLimiter {
    @Override
    public Optional<Standing> take(String key, Quota quota, Duration patience) throws IOException {
      if (silent) {
        throw new IOException("silent");
      }
      long left = 3 - taken.incrementAndGet();
      return Optional.of(
          new Standing(quota, left >= 0, Math.max(0, left), Duration.ofSeconds(20).toNanos()));
    }

    @Override
    public void close() {}
  }

  private RateLimits server() {
    return new RateLimits(
        new RateLimits.Rules(
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(THREE),
            true),
        new RateLimits.Counting(10, Optional.of(new Counter()), Duration.ofSeconds(1)),
        now::get);
  }

  private static void refuse(RateLimits server) {
    server.refused(ADDRESS);
    assertThat(server.sharesRefusals()).isTrue();
    server.shareRefused(ADDRESS);
  }

  @Test
  void an_address_that_others_have_refused_too_often_is_barred_after_one_more() {
    RateLimits one = server();
    RateLimits other = server();
    refuse(one);
    refuse(one);
    assertThat(one.barred(ADDRESS)).isNull();
    assertThat(other.barred(ADDRESS)).isNull();
    refuse(other);
    assertThat(other.barred(ADDRESS))
        .satisfies(standing -> assertThat(standing.retryAfter()).isEqualTo(20));
    now.addAndGet(Duration.ofSeconds(21).toNanos());
    assertThat(other.barred(ADDRESS)).isNull();
  }

  @Test
  void without_an_answer_each_server_counts_for_itself() {
    silent = true;
    RateLimits one = server();
    refuse(one);
    one.refused(ADDRESS);
    assertThat(one.barred(ADDRESS)).isNull();
    one.refused(ADDRESS);
    assertThat(one.barred(ADDRESS)).isNotNull();
  }
}
