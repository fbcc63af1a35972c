package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections to services that were used before, and what clients do to them. */
@Timeout(60)
class RestingConnectionsTest {
  @TempDir Path directory;

  private static String ok(String text) {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
        + text.length()
        + "\r\n\r\n"
        + text;
  }

  /** Answers with the path, and behind the first answer with one that nobody asked for. */
  static RawService.Reading unasked() {
    AtomicInteger asked = new AtomicInteger();
    return (head, in, out, socket) -> {
      out.write(RawService.octets(ok(head.split(" ", 3)[1])));
      out.flush();
      if (asked.getAndIncrement() == 0) {
        TimeUnit.MILLISECONDS.sleep(5);
        out.write(RawService.octets(ok("nobody asked")));
        out.flush();
      }
    };
  }

  /** So that what nobody asked for has come, and the connection has rested long or not. */
  @ParameterizedTest
  @ValueSource(longs = {30, 200})
  void nobody_gets_what_somebody_before_did_not_ask_for(long pause) throws Exception {
    try (RawService service = RawService.reading(unasked());
        Gateway gateway = Gateway.of(directory, service)) {
      for (int i = 0; i < 5; i++) {
        assertThat(Gateway.body(gateway.ask("GET", "/api/items/" + i))).isEqualTo("/v2/items/" + i);
        TimeUnit.MILLISECONDS.sleep(pause);
      }
    }
  }

  /** Nothing was sent on it, so that this is not the second time that it is sent. */
  @ParameterizedTest
  @ValueSource(longs = {0, 100})
  void a_post_takes_another_connection_where_one_has_ended(long pause) throws Exception {
    try (RawService service =
            RawService.of((request, out, socket) -> {
              out.write(RawService.octets(ok("yes")));
              out.flush();
              TimeUnit.MILLISECONDS.sleep(pause / 10);
              socket.close();
            });
        Gateway gateway = Gateway.of(directory, service)) {
      for (int i = 0; i < 5; i++) {
        String answer =
            gateway.raw(
                "POST /api/items/1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        if (pause > 0) {
          assertThat(Gateway.body(answer)).isEqualTo("yes");
        } else {
          assertThat(Gateway.status(answer)).isIn(200, 502); // It may end while it is sent.
        }
        TimeUnit.MILLISECONDS.sleep(pause);
      }
    }
  }

  @Test
  void a_client_that_uploads_slowly_opens_no_circuit() throws Exception {
    try (RawService service =
            RawService.reading((head, in, out, socket) -> {
              if (head.startsWith("GET")) {
                out.write(RawService.octets(ok("well")));
              } else {
                in.readAllBytes();
              }
            });
        Gateway gateway =
            Gateway.of(
                directory,
                service,
                "response_timeout_ms: 200",
                "circuit_window: 2",
                "circuit_failure_percent: 1")) {
      for (int i = 0; i < 4; i++) {
        try (Socket slow = gateway.connect()) {
          assertThat(drip(slow)).isEqualTo("HTTP/1.1 504");
        }
      }
      assertThat(Gateway.body(gateway.ask("GET", "/api/items/1"))).isEqualTo("well");
    }
  }

  /** Sends an octet each 50 ms; {@return how the answer begins} */
  private static String drip(Socket slow) throws Exception {
    OutputStream out = slow.getOutputStream();
    out.write(
        RawService.octets(
            "POST /api/upload HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                + "Content-Type: application/octet-stream\r\nContent-Length: 100000\r\n\r\n"));
    while (slow.getInputStream().available() == 0) {
      out.write('a');
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return new String(slow.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
  }

  @Test
  void a_service_that_does_not_read_uploads_to_their_end_is_well() throws Exception {
    CountDownLatch refused = new CountDownLatch(4);
    try (RawService service =
            RawService.reading((head, in, out, socket) -> {
              if (head.startsWith("GET")) {
                out.write(RawService.octets(ok("well")));
                return;
              }
              out.write(
                  RawService.octets(
                      "HTTP/1.1 413 Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
              out.flush();
              socket.setSoLinger(true, 0);
              socket.close();
              refused.countDown();
            });
        Gateway gateway =
            Gateway.of(directory, service, "circuit_window: 2", "circuit_failure_percent: 1")) {
      for (int i = 0; i < 4; i++) {
        upload(gateway);
      }
      assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(Gateway.body(gateway.ask("GET", "/api/items/1"))).isEqualTo("well");
    }
  }

  private static void upload(Gateway gateway) throws IOException {
    try (Socket client = gateway.connect()) {
      client
          .getOutputStream()
          .write(
              RawService.octets(
                  "POST /api/upload HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                      + "Content-Type: application/octet-stream\r\nContent-Length: 1000000\r\n\r\n"));
      try {
        client.getOutputStream().write(new byte[1_000_000]);
        client.getInputStream().readAllBytes();
      } catch (IOException refusedEarly) {
        // Which is what a client that sends on sees.
      }
    }
  }
}
