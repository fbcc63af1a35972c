package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers that read their files again, badly. */
class SecurityUpkeepTest {
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final String LOG = "io.brrtrouter.server.security";

  /** Counts how often it reads, after doing what a test wants. */
  private static class Counting implements SecurityProvider {
    final CountDownLatch often = new CountDownLatch(5);

    @Override
    public Verification verify(Credential credential, HttpRequest request) {
      return Verification.refused("nobody");
    }

    @Override
    public void reload() {
      often.countDown();
    }

    void awaitOften() throws InterruptedException {
      assertThat(often.await(30, TimeUnit.SECONDS)).as("read again and again").isTrue();
    }
  }

  private static SecurityUpkeep upkeep(SecurityProvider... providers) {
    return new SecurityUpkeep(List.of(providers), List.of(), PAUSE);
  }

  private static class Hanging extends Counting {
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public void reload() {
      try {
        end.await();
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      }
      super.reload();
    }
  }

  @Test
  void one_that_hangs_keeps_nobody_else_from_his_files_and_is_told_once() throws Exception {
    Hanging hanging = new Hanging();
    Counting other = new Counting();
    try (CapturedLog log = new CapturedLog(LOG);
        SecurityUpkeep _ = upkeep(hanging, other)) {
      other.awaitOften();
      assertThat(log.next(Hanging.class.getName()).getFormattedMessage())
          .matches(
              "\\S+Hanging has not finished reading its files again for \\d+ ms; until it has, what it"
                  + " knows stays in force, whatever is changed there");
      assertThat(hanging.often.getCount()).as("never twice at once").isEqualTo(5);
      assertThat(log.about(Hanging.class.getName())).hasSize(1);
      hanging.end.countDown();
      hanging.awaitOften();
    }
  }

  private static final class Failing extends Counting {
    private final Throwable failure;

    Failing(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public void reload() {
      super.reload();
      throw Failing.<RuntimeException>unchecked(failure);
    }

    @SuppressWarnings("unchecked") // as Kotlin and Lombok throw what is not declared
    private static <T extends Throwable> T unchecked(Throwable failure) throws T {
      throw (T) failure;
    }
  }

  private static Throwable failure(String kind) {
    return switch (kind) {
      case "IllegalState" -> new IllegalStateException("lost");
      case "NoClassDef" -> new NoClassDefFoundError("lost");
      case "Assertion" -> new AssertionError("lost");
      case "Stack" -> new StackOverflowError("lost");
      case "Memory" -> new OutOfMemoryError("lost, for a test");
      default -> new InterruptedException("lost");
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"IllegalState", "NoClassDef", "Assertion", "Stack", "Memory", "Interrupted"})
  void one_that_fails_is_asked_again_and_told_once(String kind) throws Exception {
    Failing failing = new Failing(failure(kind));
    Counting other = new Counting();
    try (CapturedLog log = new CapturedLog(LOG);
        SecurityUpkeep _ = upkeep(failing, other)) {
      failing.awaitOften();
      other.awaitOften();
      assertThat(
              log.about("Failing failed to read its files again").stream()
                  .filter(line -> line.getLevel() == Level.ERROR)
                  .filter(line -> line.getThrowableProxy().getClassName().contains(kind)))
          .hasSize(1);
    }
  }

  @Test
  void one_of_two_schemes_never_reads_twice_at_once() throws Exception {
    AtomicInteger reading = new AtomicInteger();
    AtomicReference<String> wrong = new AtomicReference<>("");
    Counting shared =
        new Counting() {
          @Override
          public void reload() {
            if (reading.incrementAndGet() > 1) {
              wrong.set("two at once");
            }
            Thread.yield();
            reading.decrementAndGet();
            super.reload();
          }
        };
    try (SecurityUpkeep _ = upkeep(shared, shared)) {
      shared.awaitOften();
      assertThat(wrong).hasValue("");
    }
  }

  @Test
  void closing_ends_what_still_reads() throws Exception {
    AtomicReference<Thread> thread = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    Hanging hanging =
        new Hanging() {
          @Override
          public void reload() {
            thread.set(Thread.currentThread());
            begun.countDown();
            super.reload();
          }
        };
    upkeepUntil(begun, hanging);
    assertThat(thread.get().join(Duration.ofSeconds(30))).isTrue();
  }

  private static void upkeepUntil(CountDownLatch begun, SecurityProvider provider)
      throws InterruptedException {
    try (SecurityUpkeep _ = upkeep(provider)) {
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
