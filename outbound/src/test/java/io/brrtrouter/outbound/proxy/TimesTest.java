package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Services that do not answer, not in time, or only now and then. */
@Timeout(120)
class TimesTest {
  private static final String GET = "/api/items/7";
  private static final long PATIENCE = 60;

  /** An operation whose responses are collected to be judged. */
  private static final String COLLECTED =
      Gateway.DOCUMENT
          + "  /price:\n"
          + "    get:\n"
          + "      operationId: price\n"
          + "      x-service: catalog\n"
          + "      x-brrtrouter-response-check: enforce\n"
          + "      responses:\n"
          + "        \"200\":\n"
          + "          description: a price\n"
          + "          content: { application/json: { schema: { type: integer } } }\n";

  @TempDir Path directory;

  private static Future<String> later(java.util.concurrent.Callable<String> work) {
    FutureTask<String> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return task;
  }

  private static String ok(String text) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text;
  }

  /** A port at which nobody listens. */
  private static int closed() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What does not come in time is handed back while it comes, though it is wrong. */
  @Test
  void a_response_is_collected_for_so_long() throws Exception {
    CountDownLatch handed = new CountDownLatch(1);
    try (RawService service =
            RawService.of((request, out, socket) -> {
              out.write(
                  RawService.octets("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"));
              while (!handed.await(5, TimeUnit.MILLISECONDS)) {
                out.write(' ');
                out.flush();
              }
              out.write(RawService.octets("\"free\""));
              socket.shutdownOutput();
            });
        Gateway gateway =
            Gateway.start(
                directory, COLLECTED, Gateway.config(service.url(), "collect_timeout_ms: 50"));
        Socket client = gateway.connect()) {
      client
          .getOutputStream()
          .write(
              RawService.octets("GET /api/price HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
      InputStream in = client.getInputStream();
      String head = RawService.head(in);
      handed.countDown();

      assertThat(head).startsWith("HTTP/1.1 200 ");
      assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)).contains("\"free\"");
    }
  }

  @Test
  void nobody_listens() throws IOException {
    try (Gateway gateway =
        Gateway.start(
            directory, Gateway.DOCUMENT, Gateway.config("http://127.0.0.1:" + closed()))) {
      String answer = gateway.ask("GET", GET);

      assertThat(Gateway.status(answer)).isEqualTo(502);
      assertThat(answer).contains("The service \\\"catalog\\\" cannot be reached.");
    }
  }

  @Test
  void a_name_has_no_address() throws IOException {
    try (Gateway gateway =
        Gateway.start(directory, Gateway.DOCUMENT, Gateway.config("http://nobody.invalid"))) {
      assertThat(Gateway.status(gateway.ask("GET", GET))).isEqualTo(502);
    }
  }

  @Test
  void a_response_does_not_begin() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger =
        ((LoggerContext) LoggerFactory.getILoggerFactory())
            .getLogger("io.brrtrouter.outbound.proxy");
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    logger.addAppender(log);
    try (RawService service = RawService.of((request, out, socket) -> end.await());
        Gateway gateway = Gateway.of(directory, service, "response_timeout_ms: 100")) {
      String answer = gateway.ask("GET", GET);

      assertThat(Gateway.status(answer)).isEqualTo(504);
      assertThat(answer).contains("urn:brrtrouter:problem:gateway-timeout");
      assertThat(service.received).hasSize(1);
      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .anyMatch(line -> line.endsWith(": no response in 100 ms (response_timeout_ms)"));
    } finally {
      logger.detachAppender(log);
      end.countDown();
    }
  }

  /** Each octet comes in time, and the head does not. */
  @Test
  void a_head_comes_too_slowly() throws IOException {
    try (RawService service =
            RawService.of((request, out, socket) -> {
              out.write(RawService.octets("HTTP/1.1 200 OK\r\nX: "));
              while (true) {
                out.write('a');
                out.flush();
                Thread.sleep(10);
              }
            });
        Gateway gateway = Gateway.of(directory, service, "response_timeout_ms: 200")) {
      assertThat(Gateway.status(gateway.ask("GET", GET))).isEqualTo(504);
    }
  }

  @Test
  void interim_responses_without_end() throws IOException {
    try (RawService service =
            RawService.of((request, out, socket) -> {
              while (true) {
                out.write(RawService.octets("HTTP/1.1 103 Early Hints\r\n\r\n"));
              }
            });
        Gateway gateway = Gateway.of(directory, service)) {
      assertThat(Gateway.status(gateway.ask("GET", GET))).isEqualTo(502);
    }
  }

  @Test
  void a_response_pauses_for_too_long() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (RawService service =
            RawService.of((request, out, socket) -> {
              out.write(RawService.octets("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegun"));
              out.flush();
              end.await();
            });
        Gateway gateway = Gateway.of(directory, service, "idle_timeout_ms: 100")) {
      String answer = gateway.ask("GET", GET);

      assertThat(Gateway.status(answer)).isEqualTo(200);
      assertThat(Gateway.body(answer)).isEqualTo("begun");
    } finally {
      end.countDown();
    }
  }

  @Test
  void all_takes_too_long_before_a_response() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (RawService service = RawService.of((request, out, socket) -> end.await());
        Gateway gateway = Gateway.of(directory, service, "deadline_ms: 100")) {
      assertThat(Gateway.status(gateway.ask("GET", GET))).isEqualTo(504);
    } finally {
      end.countDown();
    }
  }

  @Test
  void all_takes_too_long_within_a_response() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (RawService service =
            RawService.of((request, out, socket) -> {
              out.write(RawService.octets("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegun"));
              out.flush();
              end.await();
            });
        Gateway gateway = Gateway.of(directory, service, "deadline_ms: 2000")) {
      assertThat(Gateway.body(gateway.ask("GET", GET))).isEqualTo("begun");
    } finally {
      end.countDown();
    }
  }

  @Test
  void connections_are_all_in_use() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    try (RawService service =
            RawService.of((request, out, socket) -> {
              begun.countDown();
              end.await();
              out.write(RawService.octets(ok("first")));
            });
        Gateway gateway =
            Gateway.of(
                directory,
                service,
                "max_connections: 1",
                "connections_per_client: 2",
                "connection_wait_ms: 50")) {
      Future<String> first = later(() -> gateway.ask("GET", GET));
      assertThat(begun.await(PATIENCE, TimeUnit.SECONDS)).isTrue();

      String second = gateway.ask("GET", GET);

      assertThat(Gateway.status(second)).isEqualTo(503);
      assertThat(second).contains("urn:brrtrouter:problem:service-unavailable");
      assertThat(RawService.field(second, "Retry-After")).isEqualTo("1");
      // Slow services keep nobody else waiting.
      assertThat(Gateway.body(gateway.ask("GET", "/api/own"))).isEqualTo("own");
      end.countDown();
      assertThat(Gateway.body(first.get(PATIENCE, TimeUnit.SECONDS))).isEqualTo("first");
      assertThat(Gateway.status(gateway.ask("GET", GET))).isEqualTo(200);
    } finally {
      end.countDown();
    }
  }

  @Test
  void slow_services_hold_no_event_loop() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(100);
    try (RawService service =
            RawService.of((request, out, socket) -> {
              begun.countDown();
              end.await();
              out.write(RawService.octets(ok("late")));
            });
        Gateway gateway = Gateway.of(directory, service, "max_connections: 200")) {
      List<Future<String>> waiting = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        waiting.add(later(() -> gateway.ask("GET", GET)));
      }
      assertThat(begun.await(PATIENCE, TimeUnit.SECONDS)).isTrue();

      assertThat(Gateway.body(gateway.ask("GET", "/api/own"))).isEqualTo("own");

      end.countDown();
      for (Future<String> each : waiting) {
        assertThat(Gateway.body(each.get(PATIENCE, TimeUnit.SECONDS))).isEqualTo("late");
      }
    } finally {
      end.countDown();
    }
  }

  @Nested
  class Attempts {
    /** Fails some times, by closing the connection or with a status, and answers then. */
    private RawService failing(AtomicInteger asked, int times, String status) throws IOException {
      return RawService.of((request, out, socket) -> {
        boolean fails = asked.incrementAndGet() <= times;
        if (fails && status.equals("close")) {
          socket.close();
        } else {
          out.write(
              RawService.octets(
                  fails ? "HTTP/1.1 " + status + " No\r\nContent-Length: 2\r\n\r\nno" : ok("yes")));
        }
      });
    }

    @ParameterizedTest
    @CsvSource({
      // method, occasions, failure, how often, retries, status, asked
      "GET,     '502,503', 503, 1, 1, 200, 2",
      "GET,     '502,503', 503, 2, 1, 503, 2",
      "GET,     '502,503', 503, 3, 3, 200, 4",
      "GET,     '502,503', 504, 1, 3, 504, 1",
      "GET,     '504',     504, 1, 3, 200, 2",
      "GET,     '',        503, 1, 3, 503, 1",
      "GET,     '503',     500, 1, 3, 500, 1",
      "GET,     '503',     503, 1, 0, 503, 1",
      "GET,     connect,   close, 1, 3, 502, 1",
      "PUT,     '503',     503, 1, 1, 200, 2",
      "DELETE,  '503',     503, 1, 1, 200, 2",
      "OPTIONS, '503',     503, 1, 1, 200, 2",
      "POST,    '502,503,504,connect', 503, 1, 5, 503, 1",
      "POST,    '502,503,504,connect', close, 1, 5, 502, 1"
    })
    void are_as_many_as_they_may_be(
        String method,
        String occasions,
        String failure,
        int times,
        int retries,
        int status,
        int count)
        throws IOException {
      AtomicInteger asked = new AtomicInteger();
      try (RawService service = failing(asked, times, failure);
          Gateway gateway =
              Gateway.of(
                  directory,
                  service,
                  "retries: " + retries,
                  "retry_backoff_ms: 1",
                  "retry_on: [" + quoted(occasions) + "]")) {
        boolean body = method.equals("PUT") || method.equals("POST");
        String answer =
            body
                ? gateway.raw(
                    method
                        + " /api/items/7 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
                : gateway.ask(method, GET);

        assertThat(Gateway.status(answer)).isEqualTo(status);
        assertThat(asked).hasValue(count);
        if (body) {
          assertThat(service.received).allMatch(each -> each.text().equals("{}"));
        }
      }
    }

    private String quoted(String occasions) {
      return occasions.isEmpty() ? "" : "\"" + occasions.replace(",", "\", \"") + "\"";
    }

    @Test
    void go_to_the_next_address() throws IOException {
      try (RawService service = RawService.text("there");
          Gateway gateway =
              Gateway.start(
                  directory,
                  Gateway.DOCUMENT,
                  """
                  services:
                    catalog:
                      url: ["http://127.0.0.1:%d", "http://127.0.0.1:%d"]
                      retry_backoff_ms: 1
                  """
                      .formatted(closed(), service.port()))) {
        for (int i = 0; i < 6; i++) {
          assertThat(Gateway.body(gateway.ask("GET", GET))).isEqualTo("there");
        }
      }
    }

    @Test
    void a_streamed_body_is_sent_once() throws IOException {
      AtomicInteger asked = new AtomicInteger();
      try (RawService service = failing(asked, 1, "503");
          Gateway gateway = Gateway.of(directory, service, "retries: 3")) {
        String answer =
            gateway.raw(
                "POST /api/upload HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + "Content-Type: application/octet-stream\r\nContent-Length: 2\r\n\r\nab");

        assertThat(Gateway.status(answer)).isEqualTo(503);
        assertThat(asked).hasValue(1);
      }
    }

    /**
     * The service has closed a connection that rested; nothing of that is the client's business.
     */
    @Test
    void a_connection_that_has_ended_meanwhile_is_replaced() throws Exception {
      try (RawService service =
              RawService.of((request, out, socket) -> {
                out.write(RawService.octets(ok("yes")));
                out.flush();
                socket.close();
              });
          Gateway gateway = Gateway.of(directory, service, "retry_backoff_ms: 1")) {
        for (int i = 0; i < 20; i++) {
          assertThat(Gateway.body(gateway.ask("GET", GET))).isEqualTo("yes");
        }
      }
    }
  }

  @Nested
  class Circuits {
    @Test
    void open_and_close_again() throws Exception {
      AtomicInteger asked = new AtomicInteger();
      java.util.concurrent.atomic.AtomicBoolean well =
          new java.util.concurrent.atomic.AtomicBoolean();
      try (RawService service =
              RawService.of((request, out, socket) -> {
                asked.incrementAndGet();
                out.write(
                    RawService.octets(
                        well.get()
                            ? ok("well")
                            : "HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno"));
              });
          Gateway gateway =
              Gateway.of(
                  directory,
                  service,
                  "retries: 0",
                  "circuit_window: 4",
                  "circuit_failure_percent: 50",
                  "circuit_open_ms: 1500",
                  "circuit_probes: 2")) {
        for (int i = 0; i < 4; i++) {
          assertThat(Gateway.body(gateway.ask("GET", GET))).isEqualTo("no");
        }
        int before = asked.get();

        String answer = gateway.ask("GET", GET);

        assertThat(Gateway.status(answer)).isEqualTo(503);
        assertThat(answer).contains("has failed too often");
        assertThat(RawService.field(answer, "Retry-After")).isEqualTo("2");
        assertThat(asked).hasValue(before);

        well.set(true);
        String later = gateway.ask("GET", GET);
        while (Gateway.status(later) == 503) {
          later = gateway.ask("GET", GET);
        }
        assertThat(Gateway.body(later)).isEqualTo("well");
        for (int i = 0; i < 10; i++) {
          assertThat(Gateway.body(gateway.ask("GET", GET))).isEqualTo("well");
        }
      }
    }

    @Test
    void count_what_is_no_fault_of_clients_only() throws Exception {
      try (RawService service =
              RawService.once("HTTP/1.1 404 None\r\nContent-Length: 2\r\n\r\nno");
          Gateway gateway =
              Gateway.of(directory, service, "circuit_window: 2", "circuit_failure_percent: 1")) {
        for (int i = 0; i < 10; i++) {
          assertThat(Gateway.status(gateway.ask("GET", GET))).isEqualTo(404);
        }
      }
    }
  }

  @Nested
  class Aborts {
    @Test
    void of_a_client_that_waits_end_the_request() throws Exception {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch gone = new CountDownLatch(1);
      try (RawService service =
              RawService.reading((head, in, out, socket) -> {
                begun.countDown();
                awaitEnd(in);
                gone.countDown();
              });
          Gateway gateway = Gateway.of(directory, service)) {
        try (Socket client = gateway.connect()) {
          client
              .getOutputStream()
              .write(RawService.octets("GET /api/items/7 HTTP/1.1\r\nHost: a\r\n\r\n"));
          assertThat(begun.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
          client.setSoLinger(true, 0);
        }
        assertThat(gone.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
      }
    }

    @Test
    void of_a_client_that_reads_end_the_response() throws Exception {
      CountDownLatch gone = new CountDownLatch(1);
      try (RawService service =
              RawService.reading((head, in, out, socket) -> {
                out.write(RawService.octets("HTTP/1.1 200 OK\r\n\r\nbegun"));
                out.flush();
                awaitEnd(in);
                gone.countDown();
              });
          Gateway gateway = Gateway.of(directory, service, "idle_timeout_ms: 0")) {
        try (Socket client = gateway.connect()) {
          client
              .getOutputStream()
              .write(RawService.octets("GET /api/items/7 HTTP/1.1\r\nHost: a\r\n\r\n"));
          InputStream in = client.getInputStream();
          RawService.head(in);
          RawService.line(in);
          assertThat(in.readNBytes(5)).isEqualTo(RawService.octets("begun"));
          client.setSoLinger(true, 0);
        }
        assertThat(gone.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
      }
    }

    /**
     * Nobody knows then whether it still reads, until something is sent to it: what a service gives
     * octet by octet is collected for a while, and handed back after that.
     */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000", "Transfer-Encoding: chunked"})
    void of_a_client_that_closes_while_a_response_is_collected_end_it(String framing)
        throws Exception {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch gone = new CountDownLatch(1);
      boolean chunked = framing.endsWith("chunked");
      try (RawService service =
              RawService.of((request, out, socket) -> {
                out.write(
                    RawService.octets(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                            + framing
                            + "\r\n\r\n"));
                try {
                  while (true) {
                    out.write(RawService.octets(chunked ? "1\r\n \r\n" : " "));
                    out.flush();
                    begun.countDown();
                    Thread.sleep(5);
                  }
                } catch (IOException ended) {
                  gone.countDown();
                  throw ended;
                }
              });
          Gateway gateway =
              Gateway.start(
                  directory,
                  COLLECTED,
                  Gateway.config(service.url(), "collect_timeout_ms: 50", "max_connections: 1"))) {
        try (Socket client = gateway.connect()) {
          client
              .getOutputStream()
              .write(RawService.octets("GET /api/price HTTP/1.1\r\nHost: a\r\n\r\n"));
          assertThat(begun.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
        }
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
  }
}
