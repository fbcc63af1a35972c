package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Promise 4: slow connections do not slow a healthy client down. */
@Isolated // it compares times
class SlowClientsTest extends ServerTest {
  private static final int SLOW = 1_000;
  private static final int HEALTHY_REQUESTS = 400;
  private static final int ROUNDS = 5;

  /** What two times of a loaded machine may differ by without a reason. */
  private static final Duration NOISE = Duration.ofMillis(5);

  @Test
  void a_thousand_slow_connections_do_not_double_the_time_of_a_healthy_client() throws Exception {
    List<String> rounds = new ArrayList<>();
    boolean kept = false;
    for (int round = 0; round < ROUNDS && !kept; round++) { // one undisturbed round is enough
      long alone = slowestButFew();
      long among = amongSlowOnes();
      rounds.add("%.1f ms alone, %.1f ms among slow ones".formatted(alone / 1e6, among / 1e6));
      kept = among <= 2 * alone + NOISE.toNanos();
    }
    assertThat(kept).as("%s", rounds).isTrue();
  }

  private long amongSlowOnes() throws Exception {
    List<RawClient> slow = new ArrayList<>();
    Thread dribbling = Thread.ofPlatform().unstarted(() -> dribble(slow));
    try {
      int before = server.decided.get();
      for (int i = 0; i < SLOW; i++) {
        slow.add(
            client()
                .send(
                    i % 2 == 0
                        ? "GET /a HTTP/1.1\r\nHost: x\r\nA: "
                        : "POST /a" + AND + "Content-Length: 90000\r\n\r\n"));
      }
      eventually("all are there", () -> server.decided.get() == before + SLOW / 2);
      dribbling.start();
      return slowestButFew();
    } finally {
      dribbling.interrupt();
      dribbling.join();
      for (RawClient client : slow) {
        client.reset();
      }
      eventually("all have gone", () -> server.transport.connections() == 0);
    }
  }

  /** Each sends a letter about twice a second. */
  private static void dribble(List<RawClient> clients) {
    try {
      while (true) {
        for (RawClient client : clients) {
          if (Thread.currentThread().isInterrupted()) {
            return;
          }
          client.send("x");
          LockSupport.parkNanos(Duration.ofMillis(500).toNanos() / SLOW);
        }
      }
    } catch (IOException e) {
      throw new AssertionError("a slow client was cut off too early", e);
    }
  }

  /** {@return the time within which 99 of 100 requests of one client are answered} */
  private long slowestButFew() throws IOException {
    long[] nanos = new long[HEALTHY_REQUESTS];
    try (RawClient client = client()) {
      for (int i = 0; i < nanos.length; i++) {
        long began = System.nanoTime();
        client.send("GET /a" + END).read();
        nanos[i] = System.nanoTime() - began;
      }
    }
    Arrays.sort(nanos);
    return nanos[nanos.length * 99 / 100];
  }
}
