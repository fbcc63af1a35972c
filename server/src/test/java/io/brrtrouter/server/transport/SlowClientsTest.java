package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Promise 4: slow connections do not slow a healthy client down, not even one whose requests take
 * no time by themselves.
 *
 * <p>A client asks a server with slow connections and one without in turns, so that whatever else
 * the machine does falls on both alike. It may fall on the slowest of some hundred requests to one
 * of them more than on those to the other, this time or that: so this is done many times over, and
 * what counts is the ratio in the middle of all.
 */
@Isolated // it compares times
class SlowClientsTest extends ServerTest {
  private static final int SLOW = 1_000;

  /** Of each round; beyond 99 of 100 there are four. */
  private static final int REQUESTS = 400;

  /** To compile the code that is measured. */
  private static final int WARM_UP = 2_000;

  private static final int ROUNDS = 31;

  /** Slow clients are to be there to the end, however long the machine takes. */
  @Override
  void configure(Settings changed) {
    changed.head = Duration.ofMinutes(10);
    changed.body = Duration.ofMinutes(10);
    changed.requestsPerConnection = 1_000_000;
  }

  @Test
  void a_thousand_slow_connections_do_not_double_the_time_of_a_healthy_client() throws Exception {
    List<RawClient> slow = new ArrayList<>();
    Thread dribbling = Thread.ofPlatform().unstarted(() -> dribble(slow));
    try (TestServer quiet = new TestServer(settings);
        RawClient alone = quiet.client();
        RawClient among = client()) {
      quiet.forgets = true;
      server.forgets = true;
      connect(slow);
      dribbling.start();
      compare(alone, among, WARM_UP);

      double[] ratios = new double[ROUNDS];
      long[][] micros = new long[2][ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        long[][] nanos = compare(alone, among, REQUESTS);
        long usual = slowestButFew(nanos[0]);
        long crowded = slowestButFew(nanos[1]);
        ratios[round] = (double) crowded / usual;
        micros[0][round] = usual / 1_000;
        micros[1][round] = crowded / 1_000;
      }
      Arrays.sort(ratios);
      Arrays.sort(micros[0]);
      Arrays.sort(micros[1]);
      String told =
          "99 of 100 answers within %d us alone and %d us among slow ones, %.2f times as long (in the middle of %d rounds; a quarter of them below %.2f, a quarter above %.2f)"
              .formatted(
                  micros[0][ROUNDS / 2],
                  micros[1][ROUNDS / 2],
                  ratios[ROUNDS / 2],
                  ROUNDS,
                  ratios[ROUNDS / 4],
                  ratios[ROUNDS * 3 / 4]);
      System.out.println("Slow clients: " + told);

      assertThat(dribbling.isAlive()).as("slow clients go on").isTrue();
      assertThat(server.refused).as("slow clients told to hurry").hasValue(0);
      assertThat(server.transport.connections()).isEqualTo(SLOW + 1);
      assertThat(ratios[ROUNDS / 2]).as(told).isLessThanOrEqualTo(2);
    } finally {
      dribbling.interrupt();
      dribbling.join();
      for (RawClient client : slow) {
        client.reset();
      }
    }
  }

  private void connect(List<RawClient> slow) throws IOException {
    // At random, or each event loop would have connections of one kind.
    Random random = new Random(4);
    int bodies = 0;
    for (int i = 0; i < SLOW; i++) {
      boolean body = random.nextBoolean();
      bodies += body ? 1 : 0;
      slow.add(
          client()
              .send(
                  !body
                      ? "GET /a HTTP/1.1\r\nHost: x\r\nA: "
                      : "POST /a" + AND + "Content-Length: 90000\r\n\r\n"));
    }
    int expected = bodies;
    eventually("all are there", () -> server.decided.get() == expected);
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

  /** {@return the times of requests to one server and to the other, in turns} */
  private static long[][] compare(RawClient one, RawClient other, int requests) throws IOException {
    long[][] nanos = new long[2][requests];
    for (int i = 0; i < requests; i++) {
      nanos[0][i] = time(one);
      nanos[1][i] = time(other);
    }
    return nanos;
  }

  private static long time(RawClient client) throws IOException {
    long began = System.nanoTime();
    client.send("GET /a" + END).read();
    return System.nanoTime() - began;
  }

  /** {@return the time within which 99 of 100 requests are answered} */
  private static long slowestButFew(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length * 99 / 100];
  }
}
