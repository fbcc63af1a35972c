package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How connections are made, waited for and closed. */
@Timeout(120)
class ConnectionsTest {
  private static final String GET = "/api/items/7";
  private static final long PATIENCE = 60;

  @TempDir Path directory;

  /** Each request holds its connection until the test lets it go. */
  private static RawService holding(CountDownLatch begun, CountDownLatch end) throws IOException {
    return RawService.of((request, out, socket) -> {
      out.write(RawService.octets("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"));
      out.flush();
      begun.countDown();
      end.await();
      out.write(RawService.octets("ok"));
    });
  }

  private static FutureTask<String> later(Gateway gateway) {
    FutureTask<String> task = new FutureTask<>(() -> gateway.ask("GET", GET));
    Thread.ofVirtual().start(task);
    return task;
  }

  @Test
  void whoever_was_interrupted_while_waiting_for_one_gets_none() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (RawService service = holding(begun, end);
        Gateway gateway =
            Gateway.start(
                directory,
                Gateway.DOCUMENT,
                "http: {handler_deadline_ms: 2000}\n"
                    + Gateway.config(
                        service.url(),
                        "max_connections: 1",
                        "connections_per_client: 2",
                        "connection_wait_ms: 3600000",
                        "retries: 0"))) {
      FutureTask<String> first = later(gateway);
      assertThat(begun.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
      assertThat(Gateway.status(gateway.ask("GET", GET))).as("its deadline passed").isEqualTo(504);
      end.countDown();
      assertThat(Gateway.body(first.get(PATIENCE, TimeUnit.SECONDS))).isEqualTo("ok");

      // On a slow machine one of them may come too late, but not all.
      String answer = gateway.ask("GET", GET);
      for (int i = 0; i < 10 && Gateway.status(answer) != 200; i++) {
        answer = gateway.ask("GET", GET);
      }
      assertThat(Gateway.body(answer)).isEqualTo("ok");
    } finally {
      end.countDown();
    }
  }

  /** Octet by octet, so that no read takes long. */
  @Test
  void a_handshake_is_no_longer_than_a_connection_may_take() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Gateway gateway =
            Gateway.start(
                directory,
                Gateway.DOCUMENT,
                Gateway.config(
                    "https://127.0.0.1:" + server.getLocalPort(),
                    "connect_timeout_ms: 500",
                    "retries: 0"))) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = server.accept()) {
              OutputStream out = socket.getOutputStream();
              out.write(new byte[] {22, 3, 3, 0x40, 0, 2, 0, 0x3f, (byte) 0xfc});
              while (true) {
                out.write(0);
                Thread.sleep(20);
              }
            } catch (IOException | InterruptedException ended) {
              // The gateway has closed it.
            }
          });
      assertThat(Gateway.status(gateway.ask("GET", GET))).isEqualTo(504);
    }
  }

  @Test
  void one_that_nobody_uses_is_closed_though_nobody_asks_again() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (RawService service =
            RawService.reading((head, in, out, socket) -> {
              out.write(RawService.octets("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
              out.flush();
              if (ended(in)) {
                closed.countDown();
              }
            });
        Gateway gateway = Gateway.of(directory, service, "keep_alive_ms: 200")) {
      assertThat(Gateway.body(gateway.ask("GET", GET))).isEqualTo("ok");
      assertThat(closed.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static boolean ended(InputStream in) {
    try {
      return in.read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  /** Knows no address until the test ends, as a name server that does not answer. */
  private static final class Silent implements DnsResolver {
    final CountDownLatch end = new CountDownLatch(1);
    final AtomicInteger asked = new AtomicInteger();

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      asked.incrementAndGet();
      try {
        end.await();
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
      return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  @Test
  void a_name_is_looked_up_no_longer_than_a_connection_may_take() throws Exception {
    Silent silent = new Silent();
    Lookups lookups = new Lookups(silent, Duration.ofMillis(50));
    try {
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> lookups.resolve("catalog.example"))
            .isInstanceOf(UnknownHostException.class)
            .hasCauseInstanceOf(TimeoutException.class);
      }
      assertThat(silent.asked).as("one thread for one name").hasValue(1);
      assertThat(lookups.resolve("127.0.0.1")).as("an address is no name").hasSize(1);
    } finally {
      silent.end.countDown();
    }
  }

  @Test
  void a_name_is_looked_up_again_each_time() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Lookups lookups =
        new Lookups(
            new SystemDefaultDnsResolver() {
              @Override
              public InetAddress[] resolve(String host) throws UnknownHostException {
                if (asked.incrementAndGet() == 1) {
                  throw new UnknownHostException(host);
                }
                return new InetAddress[] {InetAddress.getLoopbackAddress()};
              }
            },
            Duration.ZERO);
    assertThatThrownBy(() -> lookups.resolve("catalog.example"))
        .isInstanceOf(UnknownHostException.class);

    InetAddress[] found = null;
    while (found == null) {
      try {
        found = lookups.resolve("catalog.example");
      } catch (UnknownHostException stillThere) {
        Thread.onSpinWait();
      }
    }
    assertThat(found).containsExactly(InetAddress.getLoopbackAddress());
  }
}
