package io.brrtrouter.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.http.TrustedProxies;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Here and not beside the rooms, whose module does not read the management module. */
@DisplayName("What browsers are told")
class BrowserFieldsAllocationTest {
  private static final int TIMES = 1000;

  /** Anything that one call allocates is in each of them, what happens now and then is not. */
  private static final int MEASUREMENTS = 10;

  /** Where results go, so that none is optimized away. */
  private static @Nullable Object last;

  private static long leastAllocated(Supplier<?> call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < MEASUREMENTS; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int j = 0; j < TIMES; j++) {
        last = call.get();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com",
        "https://evil.example",
        "https://api.example.com",
        "http://api.example.com:80"
      })
  void isKnownOfAListedOriginAndOfNoneWithoutMakingAnything(String origin) {
    CorsPolicy policy = CorsPolicy.builder().origins("https://app.example.com").build();
    HttpRequest head =
        new HttpRequest(
            Method.GET,
            "/",
            "HTTP/1.1",
            Headers.of("Host", "api.example.com", "Origin", origin),
            Peer.of(InetSocketAddress.createUnresolved("client", 1)));

    assertThat(leastAllocated(() -> policy.judge(head, TrustedProxies.NONE))).isLessThan(TIMES);
  }

  /** An array of 16 references with its head, and an object with one reference. */
  @Test
  void isAddedWithTheResultAndNothingElse() {
    Headers response = Headers.of("Content-Type", "application/json");
    Headers security = Headers.of("A", "1", "B", "2", "C", "3", "D", "4");
    Headers cors = Headers.of("E", "5", "Vary", "Origin");

    assertThat(leastAllocated(() -> response.plus(security, cors, "X-Request-ID", "id")))
        .isBetween(TIMES * 96L, TIMES * 97L - 1);
  }
}
