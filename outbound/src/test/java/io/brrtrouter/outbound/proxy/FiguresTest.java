package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is told of services: figures, readiness, and the log where a response comes to no end. */
@Timeout(120)
class FiguresTest {
  private static final String GET = "/api/items/7";

  @TempDir private Path directory;

  /** All that is logged, by whichever test: each looks for its own service. */
  private static final class Log extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final ConcurrentLinkedQueue<ILoggingEvent> all = new ConcurrentLinkedQueue<>();

    Log() {
      root().addAppender(this);
      start();
    }

    private static Logger root() {
      return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
      event.prepareForDeferredProcessing();
      all.add(event);
    }

    List<ILoggingEvent> about(RawService service) {
      String authority = service.url().replaceFirst("^http://([^/]*).*", "$1");
      return all.stream().filter(event -> event.getFormattedMessage().contains(authority)).toList();
    }

    @Override
    public void close() {
      root().detachAppender(this);
    }
  }

  @Test
  void outcomes_retries_and_circuits_are_counted_by_service() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }
    try (RawService service = RawService.text("well");
        Gateway gateway =
            Gateway.start(
                directory,
                Gateway.DOCUMENT,
                Gateway.config(
                        service.url(),
                        "retries: 1",
                        "retry_backoff_ms: 0",
                        "circuit_window: 2",
                        "circuit_failure_percent: 100",
                        "circuit_open_ms: 10 min")
                    .replace("\"]", "\", \"http://127.0.0.1:" + nobody + "/b\"]"))) {
      assertThat(Gateway.body(gateway.ask("GET", "/ready"))).isEqualTo("{\"status\":\"ready\"}");
      for (int i = 0; i < 4; i++) {
        assertThat(Gateway.body(gateway.ask("GET", GET))).isEqualTo("well");
      }
      String metrics = gateway.ask("GET", "/metrics");
      assertThat(metrics)
          .contains("# TYPE brrtrouter_service_requests_total counter\n")
          .contains(requests("answered", 4), requests("bad_gateway", 0))
          .contains("brrtrouter_service_retries_total{service=\"catalog\"} 2.0\n")
          .contains("brrtrouter_service_responses_cut_off_total{service=\"catalog\"} 0.0\n")
          .contains(
              "brrtrouter_service_circuit_open{address=\"127.0.0.1:"
                  + nobody
                  + "/b\",service=\"catalog\"} 1.0\n");
      assertThat(metrics).containsPattern("circuit_open\\{address=\"[^\"]+\",[^}]+} 0.0\n");
      assertThat(gateway.ask("GET", "/ready"))
          .startsWith("HTTP/1.1 200")
          .endsWith(
              "{\"status\":\"ready\",\"openCircuits\":[{\"service\":\"catalog\",\"open\":1,\"urls\":2}]}");
    }
  }

  private static String requests(String outcome, int count) {
    return "brrtrouter_service_requests_total{outcome=\"%s\",service=\"catalog\"} %d.0\n"
        .formatted(outcome, count);
  }

  @Test
  void what_is_no_answer_is_counted_by_its_problem() throws Exception {
    try (RawService service = RawService.once("nonsense\r\n\r\n");
        Gateway gateway = Gateway.of(directory, service, "retries: 0")) {
      assertThat(Gateway.status(gateway.ask("GET", GET))).isEqualTo(502);
      assertThat(gateway.ask("GET", "/metrics"))
          .contains(requests("answered", 0), requests("bad_gateway", 1));
    }
  }

  @Test
  void a_pause_within_a_response_is_a_line_that_names_address_and_setting() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Log log = new Log();
        RawService service =
            RawService.of((request, out, socket) -> {
              out.write(RawService.octets("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegun"));
              out.flush();
              end.await();
            });
        Gateway gateway =
            Gateway.of(directory, service, "idle_timeout_ms: 100", "checked_bytes: 0")) {
      assertThat(Gateway.body(gateway.ask("GET", GET))).isEqualTo("begun");
      assertThat(log.about(service))
          .singleElement()
          .satisfies(event -> {
            assertThat(event.getLevel()).hasToString("WARN");
            assertThat(event.getThrowableProxy()).isNull();
            assertThat(event.getFormattedMessage())
                .matches(
                    "request \\S+: service catalog at 127\\.0\\.0\\.1:\\d+ has paused within its response"
                        + " for 100 ms \\(idle_timeout_ms\\); the response is cut off");
          });
      assertThat(gateway.ask("GET", "/metrics"))
          .contains(requests("answered", 1))
          .contains("brrtrouter_service_responses_cut_off_total{service=\"catalog\"} 1.0\n");
    } finally {
      end.countDown();
    }
  }

  @Test
  void a_response_that_breaks_off_is_a_line_that_names_the_address() throws Exception {
    try (Log log = new Log();
        RawService service = RawService.once("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegun");
        Gateway gateway = Gateway.of(directory, service, "checked_bytes: 0")) {
      assertThat(Gateway.body(gateway.ask("GET", GET))).isEqualTo("begun");
      assertThat(log.about(service))
          .singleElement()
          .satisfies(event -> {
            assertThat(event.getLevel()).hasToString("WARN");
            assertThat(event.getThrowableProxy()).isNull();
            assertThat(event.getFormattedMessage())
                .contains(" broke off its response: ConnectionClosedException: ")
                .endsWith("; the response is cut off");
          });
    }
  }
}
