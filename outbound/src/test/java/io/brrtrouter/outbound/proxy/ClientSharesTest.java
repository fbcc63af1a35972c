package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.limit.Client;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one client may have of the connections to a service. */
@Timeout(120)
class ClientSharesTest {
  private static final String GET = "/api/items/7";
  private static final String TRUSTING = "http: {trusted_proxies: [127.0.0.0/8]}\n";
  private static final Client ONE = Client.at(InetAddress.ofLiteral("192.0.2.1"));
  private static final Client OTHER = Client.at(InetAddress.ofLiteral("192.0.2.2"));
  private static final long PATIENCE = 60;

  @TempDir Path directory;

  /** Content without end, of which each client reads what it likes. */
  private static RawService endless() throws IOException {
    return RawService.of((request, out, socket) -> {
      if (request.line().contains("short")) {
        out.write(RawService.octets("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        return;
      }
      out.write(RawService.octets("HTTP/1.1 200 OK\r\n\r\n"));
      byte[] some = new byte[64 << 10];
      while (true) {
        out.write(some);
      }
    });
  }

  /** {@return a connection on which the head of a response has come, and nothing more is read} */
  private static Socket slow(Gateway gateway, String address) throws IOException {
    Socket socket = asking(gateway, address);
    assertThat(head(socket)).startsWith("HTTP/1.1 200");
    return socket;
  }

  private static Socket asking(Gateway gateway, String address) throws IOException {
    Socket socket = gateway.connect();
    socket
        .getOutputStream()
        .write(
            RawService.octets(
                "GET "
                    + GET
                    + " HTTP/1.1\r\nHost: shop.example\r\nX-Forwarded-For: "
                    + address
                    + "\r\n\r\n"));
    return socket;
  }

  private static String head(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        return head.toString();
      }
      head.append((char) octet);
    }
    return head.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_connections: 4", "connections_per_client: 2"})
  void who_reads_slowly_leaves_some_for_others(String setting) throws Exception {
    try (RawService service = endless();
        Gateway gateway =
            Gateway.start(
                directory,
                Gateway.DOCUMENT,
                TRUSTING + Gateway.config(service.url(), setting, "connection_wait_ms: 100"));
        Socket _ = slow(gateway, "192.0.2.1")) {
      Socket second = slow(gateway, "192.0.2.1");
      try (Socket third = asking(gateway, "192.0.2.1")) {
        String head = head(third);
        assertThat(Gateway.status(head)).isEqualTo(503);
        assertThat(RawService.field(head, "Retry-After")).isEqualTo("1");
        int length = Integer.parseInt(RawService.field(head, "Content-Length"));
        assertThat(new String(third.getInputStream().readNBytes(length), StandardCharsets.UTF_8))
            .contains("urn:brrtrouter:problem:service-unavailable")
            .contains("requests of this client");
      }
      assertThat(Gateway.body(gateway.ask("GET", "/api/items/short", "X-Forwarded-For: 192.0.2.2")))
          .isEqualTo("ok");

      second.close();

      String again = "";
      while (Gateway.status(again) != 200) { // until the server knows that it has gone
        again = gateway.ask("GET", "/api/items/short", "X-Forwarded-For: 192.0.2.1");
      }
    }
  }

  @Test
  void shares_are_given_back_however_requests_end() throws Exception {
    try (RawService service =
            RawService.of((request, out, socket) -> {
              if (request.line().contains("cut")) {
                socket.close();
              } else {
                out.write(RawService.octets("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
              }
            });
        Gateway gateway =
            Gateway.of(
                directory,
                service,
                "connections_per_client: 1",
                "circuit_failure_percent: 0",
                "retry_on: [connect, '503']",
                "connection_wait_ms: 60000")) {
      for (int i = 0; i < 10; i++) {
        assertThat(Gateway.body(gateway.ask("GET", "/api/items/short"))).isEqualTo("ok");
        assertThat(Gateway.status(gateway.ask("GET", "/api/items/cut"))).isEqualTo(502);
      }
    }
  }

  @Test
  void one_that_is_given_back_is_for_who_waits() throws Exception {
    ClientShares shares = new ClientShares(1);
    assertThat(shares.take(ONE, 0, () -> false)).isTrue();
    assertThat(shares.take(ONE, 0, () -> false)).isFalse();
    assertThat(shares.take(OTHER, 0, () -> false)).as("another client").isTrue();
    FutureTask<Boolean> waiting =
        new FutureTask<>(() -> shares.take(ONE, TimeUnit.SECONDS.toNanos(PATIENCE), () -> false));
    Thread.ofVirtual().start(waiting);

    shares.giveBack(ONE);

    assertThat(waiting.get(PATIENCE, TimeUnit.SECONDS)).isTrue();
    shares.giveBack(ONE);
    shares.giveBack(OTHER);
    assertThat(shares.clients()).as("nobody is remembered").isZero();
  }

  @Test
  void who_is_not_waited_for_any_more_waits_for_none() throws Exception {
    ClientShares shares = new ClientShares(1);
    assertThat(shares.take(ONE, 0, () -> false)).isTrue();
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch asked = new CountDownLatch(1);
    FutureTask<Boolean> waiting =
        new FutureTask<>(() ->
            shares.take(
                ONE,
                Long.MAX_VALUE,
                () -> {
                  asked.countDown();
                  return over.get();
                }));
    Thread.ofVirtual().start(waiting);
    asked.await();

    over.set(true);
    shares.wake(ONE);

    assertThat(waiting.get(PATIENCE, TimeUnit.SECONDS)).isFalse();
    shares.giveBack(ONE);
    assertThat(shares.clients()).isZero();
  }
}
