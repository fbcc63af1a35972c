package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Configuration that changes while requests are handed on. */
@Timeout(120)
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
          Thread.onSpinWait();
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
        Thread.onSpinWait();
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
  void event_streams_end_well_when_they_are_to() throws Exception {
    String end = WATCHING + "http: {streams_on_reload: end}\n";
    CountDownLatch gone = new CountDownLatch(1);
    try (RawService service =
            RawService.reading((head, in, out, socket) -> {
              out.write(
                  RawService.octets(
                      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n"));
              out.flush();
              awaitEnd(in);
              gone.countDown();
            });
        Gateway gateway =
            Gateway.start(directory, Gateway.DOCUMENT, end + Gateway.config(service.url()));
        Socket client = gateway.connect()) {
      client
          .getOutputStream()
          .write(RawService.octets("GET /api/events HTTP/1.1\r\nHost: a\r\n\r\n"));
      InputStream in = new BufferedInputStream(client.getInputStream());
      assertThat(RawService.head(in)).startsWith("HTTP/1.1 200 ");
      assertThat(in.readNBytes(14)).asString().isEqualTo("9\r\ndata: 1\n\n\r\n");

      gateway.configure(end + "problems:\n  base: \"urn:two:\"\n" + Gateway.config(service.url()));

      assertThat(in.readNBytes(5)).asString().isEqualTo("0\r\n\r\n");
      assertThat(gone.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void awaitEnd(InputStream in) {
    try {
      while (in.read() >= 0) {}
    } catch (IOException reset) {
      // It has ended too.
    }
  }

  /** What is said of one generation is said before anything of the next. */
  @Test
  void a_service_of_a_document_that_was_registered_is_of_use() throws Exception {
    String more =
        """
        openapi: 3.1.1
        info: { title: More, version: 1.0.0 }
        paths:
          /more:
            get:
              operationId: more
              x-service: named
              responses: { default: { description: whatever it is, content: { "*/*": {} } } }
        """;
    BlockingQueue<String> said = new LinkedBlockingQueue<>();
    Logger log = (Logger) LoggerFactory.getLogger("io.brrtrouter.server.reload");
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            said.add(event.getFormattedMessage());
          }
        };
    appender.start();
    log.addAppender(appender);
    try (RawService service = RawService.text("ok");
        Gateway gateway =
            Gateway.start(
                directory, Gateway.DOCUMENT, WATCHING + services(service.url(), "named"))) {
      gateway.server.registerFrom(Files.writeString(directory.resolve("more.yaml"), more));

      List<String> lines = new ArrayList<>();
      for (String other : List.of("unnamed", "later")) {
        gateway.configure(
            WATCHING + "# moves what follows\n" + services(service.url(), "named", other));
        while (lines.stream().noneMatch(line -> line.contains("services." + other + " is for"))) {
          lines.add(said.take());
        }
      }
      assertThat(lines).noneMatch(line -> line.contains("services.named is for"));
      assertThat(Gateway.body(gateway.ask("GET", "/more"))).isEqualTo("ok");
    } finally {
      log.detachAppender(appender);
    }
  }

  private static String services(String url, String... more) {
    StringBuilder config = new StringBuilder(Gateway.config(url));
    for (String name : more) {
      config.append("  ").append(name).append(":\n    url: [\"").append(url).append("\"]\n");
    }
    return config.toString();
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
        Thread.onSpinWait();
      }
      assertThat(Gateway.body(gateway.ask("GET", "/api/items/7"))).isEqualTo("ok");
    }
  }
}
