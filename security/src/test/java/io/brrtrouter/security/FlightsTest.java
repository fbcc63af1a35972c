package io.brrtrouter.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FlightsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final Flights<String, String> flights = new Flights<>();
  private final AtomicInteger done = new AtomicInteger();
  private final CountDownLatch boarded = new CountDownLatch(1);
  private final CountDownLatch turn = new CountDownLatch(1);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void stop() {
    threads.shutdownNow();
    clients.shutdownNow();
  }

  /** Waits for its turn, and then for its end. */
  private final Flights.Work<String> work =
      begins -> {
        boarded.countDown();
        turn.await();
        if (!begins.getAsBoolean()) {
          return "nobody waits";
        }
        done.incrementAndGet();
        begun.countDown();
        end.await();
        return "done";
      };

  private Future<String> ask(String key, Flights.Work<String> what) {
    return clients.submit(get(key, what));
  }

  private Callable<String> get(String key, Flights.Work<String> what) {
    return () -> flights.get(key, threads, what, PATIENCE);
  }

  private List<Future<String>> ask(String prefix, int from, int to) {
    List<Future<String>> asked = new ArrayList<>();
    CountDownLatch all = new CountDownLatch(to - from);
    for (int i = from; i < to; i++) {
      asked.add(
          ask(
              prefix + i,
              begins -> {
                all.countDown();
                end.await();
                return "done";
              }));
    }
    try {
      all.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
    return asked;
  }

  @Test
  void what_nobody_waits_for_any_more_is_not_begun() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Future<String> only =
        ask(
            "a",
            begins -> {
              boarded.countDown();
              try {
                turn.await();
              } finally {
                interrupted.countDown();
              }
              return "never";
            });
    boarded.await();
    only.cancel(true);
    interrupted.await();
    assertThat(turn.getCount()).as("its waiting ended, its turn never came").isEqualTo(1);
    end.countDown();
    turn.countDown();
    assertThat(get("a", work).call()).as("others have work of their own").isEqualTo("done");
  }

  /** {@return who waits for the work of {@link #work}} */
  private Thread waiting(BlockingQueue<String> answers) {
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                answers.add(get("a", work).call());
              } catch (Exception failed) {
                answers.add(failed.toString());
              }
            });
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return waiting;
  }

  @Test
  void what_is_begun_ends_though_nobody_waits_for_it_and_is_joined_meanwhile() throws Exception {
    BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    turn.countDown();
    Thread first = waiting(answers);
    begun.await();
    first.interrupt();
    assertThat(answers.take()).isEqualTo("java.lang.InterruptedException");
    waiting(answers);
    end.countDown();
    assertThat(answers.take()).isEqualTo("done");
    assertThat(done).hasValue(1);
  }

  @Test
  void whoever_asked_first_may_leave_without_ending_it_for_the_others() throws Exception {
    BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    Thread first = waiting(answers);
    waiting(answers);
    first.interrupt();
    assertThat(answers.take()).isEqualTo("java.lang.InterruptedException");
    turn.countDown();
    end.countDown();
    assertThat(answers.take()).isEqualTo("done");
    assertThat(done).hasValue(1);
  }

  @Test
  void at_most_1024_wait_for_one() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(10);
    List<Future<String>> asked = new ArrayList<>();
    for (int i = 0; i < Flights.MOST_FOR_ONE + 10; i++) {
      asked.add(
          clients.submit(() -> {
            try {
              return get("a", work).call();
            } catch (RejectedExecutionException crowded) {
              refused.incrementAndGet();
              over.countDown();
              return "refused: " + crowded.getMessage();
            }
          }));
    }
    over.await();
    turn.countDown();
    end.countDown();
    List<String> answers = new ArrayList<>();
    for (Future<String> each : asked) {
      answers.add(each.get());
    }
    assertThat(answers).filteredOn("done"::equals).hasSize(Flights.MOST_FOR_ONE);
    assertThat(answers)
        .filteredOn(answer -> !answer.equals("done"))
        .hasSize(10)
        .containsOnly("refused: too many wait for the same");
    assertThat(done).hasValue(1);
  }

  @Test
  void at_most_2048_wait_together_and_there_is_room_when_they_leave() throws Exception {
    List<Future<String>> asked = ask("k", 0, Flights.MOST_TOGETHER);
    assertThatThrownBy(get("one more", work)::call)
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("too many wait");
    end.countDown();
    turn.countDown();
    for (Future<String> each : asked) {
      assertThat(each.get()).isEqualTo("done");
    }
    assertThat(get("one more", work).call()).isEqualTo("done");
  }

  /** One place is free, and whoever else asks is refused every time. */
  @Test
  void who_is_refused_takes_no_place_from_anybody() throws Exception {
    BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    for (int i = 0; i < Flights.MOST_FOR_ONE; i++) {
      waiting(answers);
    }
    ask("k", Flights.MOST_FOR_ONE, Flights.MOST_TOGETHER - 1);
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch asking = new CountDownLatch(1);
    Future<Boolean> refused =
        clients.submit(() -> {
          boolean always = true;
          while (!over.get()) {
            always &= isRefused("a");
            asking.countDown();
            Thread.yield();
          }
          return always;
        });
    asking.await();
    int missed = 0;
    for (int i = 0; i < 20_000; i++) {
      missed += isRefused("b") ? 1 : 0;
    }
    over.set(true);
    assertThat(missed).as("refused though a place was free").isZero();
    assertThat(refused.get()).isTrue();
  }

  private boolean isRefused(String key) throws Exception {
    try {
      flights.get(key, threads, _ -> "done", Duration.ofSeconds(50));
      return false;
    } catch (RejectedExecutionException crowded) {
      return true;
    }
  }

  @Test
  void nobody_waits_for_longer_than_they_have_patience() {
    assertThatThrownBy(() -> flights.get("a", threads, work, Duration.ofMillis(1)))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void a_failure_is_that_of_all_who_wait_and_of_nobody_who_comes_later() throws Exception {
    Flights.Work<String> failing =
        begins -> {
          throw new IllegalStateException("thrown by a test");
        };
    assertThatThrownBy(get("a", failing)::call)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("thrown by a test");
    turn.countDown();
    end.countDown();
    assertThat(get("a", work).call()).isEqualTo("done");
  }

  @Test
  void where_there_is_no_thread_it_has_failed() throws Exception {
    threads.shutdown();
    assertThatThrownBy(get("a", work)::call)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }
}
