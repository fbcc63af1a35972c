package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

  /** As long as the ratio in the middle of all rounds is too large, there are more of them. */
  private static final int MOST_ROUNDS = 3 * ROUNDS;

  private final List<RawClient> slow = new ArrayList<>();

  /** The slow client whose turn it is. */
  private int next;

  /** Slow clients are to be there to the end, however long the machine takes. */
  @Override
  void configure(Settings changed) {
    changed.head = Duration.ofMinutes(10);
    changed.body = Duration.ofMinutes(10);
    changed.requestsPerConnection = 1_000_000;
  }

  @Test
  void a_thousand_slow_connections_do_not_double_the_time_of_a_healthy_client() throws Exception {
    try (TestServer quiet = new TestServer(settings);
        RawClient alone = quiet.client();
        RawClient among = client()) {
      quiet.forgets = true;
      server.forgets = true;
      connect();
      compare(alone, among, WARM_UP);

      Comparison half = new Comparison(50);
      Comparison nearlyAll = new Comparison(99);
      do {
        for (int round = 0; round < ROUNDS; round++) {
          long[][] nanos = compare(alone, among, REQUESTS);
          half.add(nanos);
          nearlyAll.add(nanos);
        }
      } while (nearlyAll.ratio() > 2 && nearlyAll.rounds() < MOST_ROUNDS);
      System.out.println("Slow clients: " + nearlyAll + "; " + half);

      assertThat(server.refused).as("slow clients told to hurry").hasValue(0);
      assertThat(server.transport.connections()).isEqualTo(SLOW + 1);
      assertThat(nearlyAll.ratio()).as(nearlyAll.toString()).isLessThanOrEqualTo(2);
      assertThat(half.ratio()).as(half.toString()).isLessThanOrEqualTo(2);
    } finally {
      for (RawClient client : slow) {
        client.reset();
      }
    }
  }

  private void connect() throws IOException {
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

  /** {@return the times of requests to one server and to the other, in turns} */
  private long[][] compare(RawClient one, RawClient other, int requests) throws IOException {
    long[][] nanos = new long[2][requests];
    for (int i = 0; i < requests; i++) {
      nanos[0][i] = time(one);
      nanos[1][i] = time(other);
    }
    return nanos;
  }

  /**
   * One of the slow ones comes first, whichever server is asked: what that costs the machine falls
   * on both alike. So each sends more than a letter in a second where answers take less than half a
   * millisecond, and on a machine that does much else no fewer for each answer.
   */
  private long time(RawClient client) throws IOException {
    slow.get(next).send("x");
    next = (next + 1) % SLOW;
    long began = System.nanoTime();
    client.send("GET /a" + END).read();
    return System.nanoTime() - began;
  }

  /** Within which times so many of 100 answers of each round came, from the one and the other. */
  private static final class Comparison {
    private final int percent;
    private final List<Long> alone = new ArrayList<>();
    private final List<Long> among = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    private Comparison(int percent) {
      this.percent = percent;
    }

    private void add(long[][] nanos) {
      long usual = quantile(nanos[0]);
      long crowded = quantile(nanos[1]);
      alone.add(usual / 1_000);
      among.add(crowded / 1_000);
      ratios.add((double) crowded / usual);
    }

    private long quantile(long[] nanos) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      return sorted[sorted.length * percent / 100];
    }

    private int rounds() {
      return ratios.size();
    }

    private double ratio() {
      return middle(ratios);
    }

    private static <T extends Comparable<T>> T middle(List<T> values) {
      return values.stream().sorted().toList().get(values.size() / 2);
    }

    @Override
    public String toString() {
      return "%d of 100 answers within %d us alone and %d us among slow ones, %.2f times as long (in the middle of %d rounds)"
          .formatted(percent, middle(alone), middle(among), ratio(), rounds());
    }
  }
}
