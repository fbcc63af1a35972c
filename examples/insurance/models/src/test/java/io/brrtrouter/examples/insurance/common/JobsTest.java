package io.brrtrouter.examples.insurance.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobsTest {
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch running = new CountDownLatch(1);

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private boolean startSlow(Jobs<String> jobs, UUID id) {
    return jobs.start(
        id,
        "running",
        () -> {
          running.countDown();
          await(gate);
          return "done";
        },
        failure -> "failed: " + failure.getMessage());
  }

  /** Jobs are done in order, so all before have ended when this one has. */
  private static void awaitAll(Jobs<String> jobs) {
    UUID id = UUID.randomUUID();
    while (!jobs.start(id, "running", () -> "done", _ -> "failed")) {
      Thread.onSpinWait();
    }
    while (jobs.find(id).filter("running"::equals).isPresent()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void more_than_may_wait_are_refused_and_not_remembered() {
    Jobs<String> jobs = new Jobs<>("test", 2, 10);
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(UUID.randomUUID());
      assertThat(startSlow(jobs, ids.getLast())).isTrue();
      // From here on the others wait.
      await(running);
    }
    UUID refused = UUID.randomUUID();

    assertThat(startSlow(jobs, refused)).isFalse();
    assertThat(jobs.find(refused)).isEmpty();
    assertThat(ids).allSatisfy(id -> assertThat(jobs.find(id)).contains("running"));
    gate.countDown();
    awaitAll(jobs);
    assertThat(ids).allSatisfy(id -> assertThat(jobs.find(id)).contains("done"));
  }

  @Test
  void a_job_that_fails_has_ended_and_the_next_is_done() {
    Jobs<String> jobs = new Jobs<>("test", 2, 10);
    UUID broken = UUID.randomUUID();
    UUID worse = UUID.randomUUID();

    jobs.start(
        broken,
        "running",
        () -> {
          throw new IllegalStateException("no paper");
        },
        failure -> "failed: " + failure.getMessage());
    jobs.start(
        worse,
        "running",
        () -> {
          throw new StackOverflowError();
        },
        failure -> "failed: " + failure.getMessage());
    awaitAll(jobs);

    assertThat(jobs.find(broken)).contains("failed: no paper");
    assertThat(jobs.find(worse)).contains("failed: null");
  }

  @Test
  void of_those_that_have_ended_the_oldest_are_forgotten() {
    Jobs<String> jobs = new Jobs<>("test", 2, 3);
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(UUID.randomUUID());
      while (!jobs.start(ids.get(i), "running", () -> "done", _ -> "failed")) {
        Thread.onSpinWait();
      }
    }
    awaitAll(jobs);

    // The job that was waited for is the third.
    assertThat(ids.subList(0, 3)).allSatisfy(id -> assertThat(jobs.find(id)).isEmpty());
    assertThat(ids.subList(3, 5)).allSatisfy(id -> assertThat(jobs.find(id)).contains("done"));
  }
}
