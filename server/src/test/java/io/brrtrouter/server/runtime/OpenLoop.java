package io.brrtrouter.server.runtime;

import io.brrtrouter.server.runtime.KeptConnection.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Many clients who do not know each other: requests begin when their time has come, whatever has
 * become of those before. Each has a connection for itself as long as it is on its way, kept for
 * later ones.
 */
final class OpenLoop implements AutoCloseable {
  private static final double SECOND = 1e9;

  private final int port;
  private final Deque<KeptConnection> idle = new ConcurrentLinkedDeque<>();

  OpenLoop(BrrtServer server) {
    this.port = server.port();
  }

  /** What became of one request. */
  private record Sample(int status, @Nullable String retryAfter, long nanos) {}

  /**
   * What became of many.
   *
   * @param seconds how long they were begun and waited for
   * @param answered how long those took that were answered with 200, in ascending order
   * @param refused the same of those that were answered with 503 and {@code Retry-After}
   * @param others how many were answered otherwise, or not at all
   */
  record Outcome(double seconds, long[] answered, long[] refused, int others) {
    double goodput() {
      return answered.length / seconds;
    }

    /** {@return what so many in a hundred of those answered took at most, in milliseconds} */
    double answeredMillis(int percent) {
      return millis(answered, percent);
    }

    double refusedMillis(int percent) {
      return millis(refused, percent);
    }

    private static double millis(long[] sorted, int percent) {
      return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) * percent / 100] / 1e6;
    }
  }

  /**
   * Begins so many requests at equal distances, and waits for all answers.
   *
   * @param target what they ask for
   * @param perSecond how many
   * @param seconds how long
   */
  Outcome run(String target, double perSecond, double seconds) throws InterruptedException {
    Queue<Sample> samples = new ConcurrentLinkedQueue<>();
    List<Thread> all = new ArrayList<>();
    int count = (int) (perSecond * seconds);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + (long) (i / perSecond * SECOND);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      all.add(Thread.startVirtualThread(() -> samples.add(ask(target))));
    }
    for (Thread each : all) {
      each.join();
    }
    return outcome((System.nanoTime() - start) / SECOND, samples);
  }

  /** So many clients each ask again as soon as they have an answer. */
  Outcome keepAsking(String target, int clients, double seconds) throws InterruptedException {
    Queue<Sample> samples = new ConcurrentLinkedQueue<>();
    List<Thread> all = new ArrayList<>();
    long start = System.nanoTime();
    long end = start + (long) (seconds * SECOND);
    for (int i = 0; i < clients; i++) {
      all.add(
          Thread.startVirtualThread(() -> {
            while (System.nanoTime() < end) {
              samples.add(ask(target));
            }
          }));
    }
    for (Thread each : all) {
      each.join();
    }
    return outcome((System.nanoTime() - start) / SECOND, samples);
  }

  private Sample ask(String target) {
    KeptConnection connection = idle.poll();
    try {
      if (connection == null) {
        connection = new KeptConnection(port);
      }
      long begun = System.nanoTime();
      Answer answer = connection.get(target);
      long nanos = System.nanoTime() - begun;
      idle.push(connection);
      return new Sample(answer.status(), answer.headers().get("retry-after"), nanos);
    } catch (IOException failure) {
      return new Sample(0, null, 0);
    }
  }

  private static Outcome outcome(double seconds, Queue<Sample> samples) {
    long[] answered = nanos(samples, 200);
    Queue<Sample> sound = new ConcurrentLinkedQueue<>(samples);
    sound.removeIf(each -> each.status == 503 && !"1".equals(each.retryAfter));
    long[] refused = nanos(sound, 503);
    return new Outcome(
        seconds, answered, refused, samples.size() - answered.length - refused.length);
  }

  private static long[] nanos(Queue<Sample> samples, int status) {
    long[] nanos =
        samples.stream().filter(each -> each.status == status).mapToLong(Sample::nanos).toArray();
    Arrays.sort(nanos);
    return nanos;
  }

  @Override
  public void close() throws IOException {
    for (KeptConnection each : idle) {
      each.close();
    }
  }
}
