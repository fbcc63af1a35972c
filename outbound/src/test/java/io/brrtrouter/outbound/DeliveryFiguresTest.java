package io.brrtrouter.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DeliveryFiguresTest {
  private static final Handler NOTHING = _ -> HttpResponse.of(204);

  @TempDir private Path directory;

  @Test
  void metrics_tell_of_attempts_and_of_what_waits_or_is_dead() throws Exception {
    Path document =
        Files.writeString(
            directory.resolve("openapi.yaml"),
            """
            openapi: 3.1.1
            info: {title: Shelter, version: "1"}
            paths: {/a: {get: {operationId: a, responses: {"204": {description: nothing}}}}}
            """);
    CountDownLatch settled = new CountDownLatch(3);
    ServerConfig config =
        ServerConfig.defaults()
            .declaring(Deliveries.settings())
            .with(
                Map.of(
                    "port", "0",
                    "outbound.database", ":memory:",
                    "outbound.http", "true",
                    "outbound.allowed", "127.0.0.1",
                    "outbound.backoff_ms", "1h"));
    Resources resources = Resources.of(config);
    try (TestReceiver receiver =
        TestReceiver.answering((exchange, received) ->
            exchange.sendResponseHeaders(
                switch (received.target()) {
                  case "/ok" -> 204;
                  case "/no" -> 404;
                  default -> 503;
                },
                -1))) {
      Deliveries deliveries =
          Deliveries.open(
              resources,
              builder ->
                  builder.listener(
                      new DeliveryListener() {
                        @Override
                        public void delivered(Delivery delivery, Attempt attempt) {
                          settled.countDown();
                        }

                        @Override
                        public void failed(Delivery delivery, Attempt attempt) {
                          settled.countDown();
                        }

                        @Override
                        public void dead(Delivery delivery, Attempt attempt) {
                          settled.countDown();
                        }
                      }));
      try (BrrtServer server =
          BrrtServer.builder()
              .document(document)
              .config(config)
              .resources(resources)
              .handler("a", NOTHING)
              .output(new PrintStream(OutputStream.nullOutputStream()))
              .start()) {
        for (String target : List.of("/ok", "/no", "/later")) {
          deliveries.send(Receiver.of(receiver.url(target)), message());
        }
        settled.await();
        assertThat(metrics(server))
            .contains(
                "brrtrouter_delivery_attempts_total{outcome=\"delivered\"} 1.0\n",
                "brrtrouter_delivery_attempts_total{outcome=\"failed\"} 1.0\n",
                "brrtrouter_delivery_attempts_total{outcome=\"dead\"} 1.0\n",
                "# TYPE brrtrouter_deliveries_pending gauge\n",
                "brrtrouter_deliveries_pending 1.0\n",
                "brrtrouter_deliveries_due 0.0\n",
                "brrtrouter_deliveries_dead 1.0\n");
      }
    }
  }

  private static String metrics(BrrtServer server) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(server.url() + "/metrics")).build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  private static OutgoingMessage message() {
    return new OutgoingMessage(
        "adopted", "POST", "", List.of(), Optional.empty(), new byte[] {'1'});
  }

  /** A scrape does not wait for a database that is away. */
  @Test
  void without_a_database_there_are_figures_of_attempts_alone() {
    CountDownLatch never = new CountDownLatch(1);
    DeliveryFigures figures =
        new DeliveryFigures(() -> {
          try {
            never.await();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
          return new DeliveryLog.Backlog(1, 1, 1);
        });
    figures.ended(DeliveryFigures.Ended.DEAD);

    assertThat(figures.measurements())
        .extracting(each -> each.labels() + " " + each.value())
        .containsExactly("{outcome=delivered} 0.0", "{outcome=failed} 0.0", "{outcome=dead} 1.0");
    never.countDown();
  }
}
