package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Services that are at several addresses, not all of which are well. */
@Timeout(120)
class AddressesTest {
  private static final String GET = "/api/items/7";

  @TempDir Path directory;

  private Gateway gateway(String... settings) throws IOException {
    StringBuilder config = new StringBuilder("services:\n  catalog:\n");
    for (String setting : settings) {
      config.append("    ").append(setting).append('\n');
    }
    return Gateway.start(directory, Gateway.DOCUMENT, config.toString());
  }

  private static String dead() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  private static String urls(String... urls) {
    return "url: [\"" + String.join("\", \"", urls) + "\"]";
  }

  @Test
  void one_that_is_dead_does_not_make_the_others_unavailable() throws IOException {
    try (RawService service = RawService.text("there");
        Gateway gateway = gateway(urls(dead(), service.url()), "retry_backoff_ms: 1")) {
      for (int i = 0; i < 100; i++) {
        assertThat(Gateway.body(gateway.ask("GET", GET))).as("request %d", i).isEqualTo("there");
      }
    }
  }

  @Test
  void what_is_sent_once_goes_to_another_where_nobody_listens() throws IOException {
    try (RawService service = RawService.text("there");
        Gateway gateway = gateway(urls(dead(), service.url()), "retry_backoff_ms: 1")) {
      for (int i = 0; i < 10; i++) {
        String collected =
            gateway.raw(
                "POST /api/items/1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        String streamed =
            gateway.raw(
                "POST /api/upload HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + "Content-Type: application/octet-stream\r\nContent-Length: 2\r\n\r\nab");
        assertThat(Gateway.body(collected)).isEqualTo("there");
        assertThat(Gateway.body(streamed)).isEqualTo("there");
      }
      assertThat(service.received).hasSize(20);
      assertThat(service.received.getLast().text()).isEqualTo("ab");
    }
  }

  @Test
  void one_that_is_not_well_gets_no_requests_that_are_sent_once() throws IOException {
    AtomicInteger unwell = new AtomicInteger();
    try (RawService ill =
            RawService.of((request, out, socket) -> {
              unwell.incrementAndGet();
              out.write(RawService.octets("HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno"));
            });
        RawService well = RawService.text("there");
        Gateway gateway =
            gateway(
                urls(ill.url(), well.url()),
                "retries: 0",
                "circuit_window: 4",
                "circuit_open_ms: 3600000")) {
      for (int i = 0; i < 8; i++) {
        gateway.ask("GET", GET);
      }
      assertThat(unwell).hasValue(4);
      for (int i = 0; i < 20; i++) {
        assertThat(Gateway.body(gateway.ask("GET", GET))).isEqualTo("there");
      }
      assertThat(unwell).hasValue(4);
    }
  }

  @Test
  void all_that_are_not_well_make_the_service_unavailable() throws IOException {
    try (Gateway gateway =
        gateway(urls(dead(), dead()), "retries: 0", "circuit_window: 2", "circuit_open_ms: 5000")) {
      for (int i = 0; i < 4; i++) {
        assertThat(Gateway.status(gateway.ask("GET", GET))).isEqualTo(502);
      }
      String answer = gateway.ask("GET", GET);

      assertThat(Gateway.status(answer)).isEqualTo(503);
      assertThat(RawService.field(answer, "Retry-After")).isEqualTo("5");
    }
  }

  /** While one request waits at the first address, another one has its turn. */
  @Test
  void a_second_attempt_goes_elsewhere_whatever_others_do() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch other = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    try (RawService ill =
            RawService.of((request, out, socket) -> {
              if (asked.incrementAndGet() == 1) {
                begun.countDown();
                other.await();
              }
              out.write(RawService.octets("HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno"));
            });
        RawService well = RawService.text("there");
        Gateway gateway =
            gateway(
                urls(ill.url(), well.url()),
                "retries: 1",
                "retry_backoff_ms: 0",
                "circuit_failure_percent: 0")) {
      FutureTask<String> first = new FutureTask<>(() -> gateway.ask("GET", GET));
      Thread.ofVirtual().start(first);
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Gateway.body(gateway.ask("GET", GET))).isEqualTo("there");
      other.countDown();

      assertThat(Gateway.body(first.get(60, TimeUnit.SECONDS))).isEqualTo("there");
    } finally {
      other.countDown();
    }
  }
}
