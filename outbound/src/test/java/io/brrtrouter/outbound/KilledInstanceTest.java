package io.brrtrouter.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.outbound.TestReceiver.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class KilledInstanceTest {
  @TempDir private Path directory;

  @Test
  void what_a_killed_process_was_sending_another_one_sends_again() throws Exception {
    String file = directory.resolve("deliveries").toString();
    AtomicInteger requests = new AtomicInteger();
    CountDownLatch killed = new CountDownLatch(1);
    try (TestReceiver receiver =
        TestReceiver.answering((exchange, _) -> {
          if (requests.getAndIncrement() == 0) {
            killed.await();
          }
          exchange.sendResponseHeaders(204, -1);
        })) {
      Process dying =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  DyingInstance.class.getName(),
                  file,
                  receiver.url().toString())
              .inheritIO()
              .start();
      Received first = receiver.next();
      assertThatThrownBy(() -> Deliveries.builder().file(Path.of(file)).signatures().open())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(file)
          .hasMessageContaining("(outbound.database) are open in another process");
      dying.destroyForcibly().waitFor();
      killed.countDown();

      Told told = new Told();
      try (Deliveries other =
          Deliveries.builder()
              .file(Path.of(file))
              .http(true)
              .allow("127.0.0.1")
              .signatures()
              .listener(told)
              .clock(() -> Instant.now().plus(Duration.ofHours(1)))
              .open()) {
        Received second = receiver.next();
        assertThat(second.headers().get("Idempotency-Key"))
            .isEqualTo(first.headers().get("Idempotency-Key"));
        Delivery delivered = told.next("delivered").delivery();
        assertThat(other.attempts(delivered.id()))
            .extracting(attempt -> attempt.error().orElse(""))
            .isEqualTo(
                List.of(
                    "lost: the instance that made it ended, or was too slow to say how it ended",
                    ""));
      }
    }
  }
}
