package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configuration that changes while requests are handed on. */
class ReloadTest {
  private static final String WATCHING = "watch: true\n";
  private static final long PATIENCE = 60;

  @TempDir Path directory;

  @Test
  void no_request_is_lost_and_the_other_service_answers() throws Exception {
    try (RawService first = RawService.text("first");
        RawService second = RawService.text("second");
        Gateway gateway =
            Gateway.start(directory, Gateway.DOCUMENT, WATCHING + Gateway.config(first.url()))) {
      AtomicBoolean over = new AtomicBoolean();
      AtomicInteger answered = new AtomicInteger();
      List<FutureTask<String>> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        FutureTask<String> client =
            new FutureTask<>(() -> {
              while (!over.get()) {
                String body = Gateway.body(gateway.ask("GET", "/api/items/7"));
                if (!body.equals("first") && !body.equals("second")) {
                  return body;
                }
                answered.incrementAndGet();
              }
              return "all";
            });
        Thread.ofVirtual().start(client);
        clients.add(client);
      }
      for (int i = 0; i < 4; i++) {
        boolean even = i % 2 == 0;
        gateway.configure(WATCHING + Gateway.config((even ? second : first).url()));
        while (!Gateway.body(gateway.ask("GET", "/api/items/7"))
            .equals(even ? "second" : "first")) {
          Thread.sleep(10);
        }
      }
      over.set(true);
      for (FutureTask<String> client : clients) {
        assertThat(client.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo("all");
      }
      assertThat(answered).hasPositiveValue();
    }
  }

  /** Other settings do not matter to the connections of a service, nor to its circuit. */
  @Test
  void connections_outlive_generations_that_have_the_same_service() throws Exception {
    String one = "problems:\n  base: \"urn:one:\"\n";
    String two = "problems:\n  base: \"urn:two:\"\n";
    try (RawService service = RawService.text("ok");
        Gateway gateway =
            Gateway.start(
                directory, Gateway.DOCUMENT, WATCHING + one + Gateway.config(service.url()));
        Socket client = gateway.connect()) {
      ask(client);
      gateway.configure(WATCHING + two + Gateway.config(service.url()));
      while (!gateway.ask("GET", "/nowhere").contains("urn:two:")) {
        Thread.sleep(10);
      }
      ask(client);

      assertThat(service.connections).hasValue(1);
    }
  }

  private static void ask(Socket client) throws Exception {
    client
        .getOutputStream()
        .write(RawService.octets("GET /api/items/7 HTTP/1.1\r\nHost: a\r\n\r\n"));
    InputStream in = new BufferedInputStream(client.getInputStream());
    assertThat(RawService.head(in)).startsWith("HTTP/1.1 200 ");
    assertThat(in.readNBytes(2)).hasSize(2);
  }

  @Test
  void a_configuration_that_lacks_the_service_is_not_taken() throws Exception {
    try (RawService service = RawService.text("ok");
        Gateway gateway =
            Gateway.start(
                directory,
                Gateway.DOCUMENT,
                WATCHING + "endpoints:\n  ready: /ready\n" + Gateway.config(service.url()))) {
      gateway.configure(WATCHING + "endpoints:\n  ready: /ready\n");
      while (!gateway.ask("GET", "/ready").contains("service-settings")) {
        Thread.sleep(10);
      }
      assertThat(Gateway.body(gateway.ask("GET", "/api/items/7"))).isEqualTo("ok");
    }
  }
}
