package io.brrtrouter.conformance.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.brrtrouter.server.router.Match;
import io.brrtrouter.server.router.Router;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Here and not beside the router, whose module does not read the management module. */
@DisplayName("Matching a path")
class MatchAllocationTest {
  private static final int MATCHES = 1000;

  /** Anything that a match allocates is in each of them, what happens now and then is not. */
  private static final int MEASUREMENTS = 10;

  private static final Router<String> ROUTER = router();

  /** Where results go, so that none is optimized away. */
  private static @Nullable Match<String> last;

  private static Router<String> router() {
    Router.Builder<String> builder = Router.builder();
    for (int i = 0; i < 100; i++) {
      builder.add("/api/r" + i, "all").add("/api/r" + i + "/{id}/v{major}.{minor}", "one");
    }
    return builder.add("/{any}/r7/{id}/toys", "other").build();
  }

  /** A match is an object with three references; its offsets are two for each parameter. */
  @ParameterizedTest(name = "{0}: {1} bytes")
  @CsvSource({
    "/api/r42, 24",
    "/api/r42/7/v1.2, 64",
    "/api/r7/7/toys, 56",
    "/api/r7/7/nothing, 0",
    "/api/none, 0"
  })
  void allocatesTheResultAndNothingElse(String path, int bytes) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < MEASUREMENTS; i++) {
      least = Math.min(least, allocated(path));
    }
    assertThat(least).isBetween((long) MATCHES * bytes, (long) MATCHES * bytes + MATCHES - 1);
  }

  private static long allocated(String path) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < MATCHES; i++) {
      last = ROUTER.match(path);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
