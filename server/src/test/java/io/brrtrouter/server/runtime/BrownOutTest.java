package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.OpenLoop.Outcome;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Twice the load that a bounded resource can take, such as a pool of eight connections that are
 * needed for 20 ms each: what an adaptive limit makes of it, and what becomes of it without one.
 * All that is compared was measured in turns, so that a slow machine is slow for each.
 */
@Isolated("it compares how fast the machine is now with how fast it is in a moment")
class BrownOutTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Brown-out, version: "1"}
      paths:
        /limited:
          get:
            operationId: limited
            x-brrtrouter-concurrency: adaptive
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /unlimited:
          get: {operationId: unlimited, responses: {"200": {description: ok, content: {text/plain: {}}}}}
      """;

  private static final int AT_ONCE = 8;
  private static final int MILLIS = 20;
  private static final int ROUNDS = 4;

  private final Semaphore resource = new Semaphore(AT_ONCE, true);

  private final Handler needing =
      _ -> {
        resource.acquire();
        try {
          Thread.sleep(MILLIS);
        } finally {
          resource.release();
        }
        return HttpResponse.text(200, "done");
      };

  private final BrrtServer server =
      BrrtServer.builder()
          .document(TestServer.file(DOCUMENT))
          .config(TestServer.config())
          .handler("limited", needing)
          .handler("unlimited", needing)
          .output(new PrintStream(OutputStream.nullOutputStream()))
          .start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  @Timeout(180)
  void at_twice_what_can_be_answered_most_of_that_is_and_soon() throws Exception {
    try (OpenLoop clients = new OpenLoop(server)) {
      clients.keepAsking("/limited", AT_ONCE, 1); // Loads classes, and teaches the limit.
      Outcome unloaded = clients.keepAsking("/limited", 1, 1);

      List<Outcome> peaks = new ArrayList<>();
      List<Outcome> overloads = new ArrayList<>();
      double peak = 0;
      for (int i = 0; i < ROUNDS; i++) {
        peaks.add(clients.keepAsking("/unlimited", 2 * AT_ONCE, 1));
        peak = mean(peaks);
        overloads.add(clients.run("/limited", 2 * peak, 2));
      }
      double goodput = mean(overloads);
      double slowest =
          overloads.stream()
              .mapToDouble(each -> each.answeredMillis(99))
              .sorted()
              .toArray()[ROUNDS / 2];
      Outcome collapse = clients.run("/unlimited", 2 * peak, 1.5);

      String told =
          "unloaded %.1f ms (p99 %.1f), peak %.0f/s, at twice that %.0f/s with p99 %.1f ms,"
                  .formatted(
                      unloaded.answeredMillis(50),
                      unloaded.answeredMillis(99),
                      peak,
                      goodput,
                      slowest)
              + " refused in %.2f ms, without limit p99 %.1f ms"
                  .formatted(overloads.getLast().refusedMillis(50), collapse.answeredMillis(99));
      assertThat(goodput).as(told).isGreaterThan(0.9 * peak);
      assertThat(slowest).as(told).isLessThan(10 * unloaded.answeredMillis(99));
      for (Outcome each : overloads) {
        assertThat(each.others()).as("neither answered nor told to try again").isZero();
        assertThat(each.refused().length).as(told).isGreaterThan(each.answered().length / 4);
      }
      double soonest =
          overloads.stream().mapToDouble(each -> each.refusedMillis(50)).min().orElseThrow();
      assertThat(soonest).as("without waiting for the resource: " + told).isLessThan(MILLIS);
      // This is what the limit is for: the same load, and everybody waits ever longer.
      assertThat(collapse.others()).isZero();
      assertThat(collapse.answeredMillis(99))
          .as(told)
          .isGreaterThan(10 * unloaded.answeredMillis(50))
          .isGreaterThan(3 * slowest);
    }
  }

  private static double mean(List<Outcome> outcomes) {
    return outcomes.stream().mapToDouble(Outcome::goodput).average().orElseThrow();
  }
}
