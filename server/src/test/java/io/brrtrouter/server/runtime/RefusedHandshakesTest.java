package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.transport.TestCertificates;
import io.brrtrouter.server.transport.TlsFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an operator gets to know of clients that never get to send a request. Alone: it reads logs.
 */
@Isolated
class RefusedHandshakesTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Handshakes, version: "1"}
      paths:
        /who:
          get:
            operationId: who
            responses: {"200": {description: who, content: {text/plain: {}}}}
      """;

  private final TlsFolder folder = new TlsFolder();
  private final TestCertificates good =
      TestCertificates.showing(TestCertificates.issued("CN=good"));

  @AfterEach
  void close() {
    folder.close();
  }

  private BrrtServer start(String clientAuth) {
    return BrrtServer.builder()
        .document(TestServer.file(DOCUMENT))
        .config(
            ServerConfig.defaults()
                .with("port", "0")
                .with(
                    Map.of(
                        "tls.certificate_file", folder.path("server.pem").toString(),
                        "tls.key_file", folder.path("server.key").toString(),
                        "tls.client_auth", clientAuth,
                        "tls.client_ca_file", folder.path("clients.pem").toString())))
        .handler("who", _ -> HttpResponse.text(200, "you"))
        .output(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
        .start();
  }

  private static TestCertificates client(String kind) {
    return switch (kind) {
      case "missing" -> TestCertificates.trusting();
      case "untrusted" -> TestCertificates.showing(TestCertificates.untrusted("CN=client,O=Pets"));
      case "expired" -> TestCertificates.showing(TestCertificates.ended("CN=client"));
      case "not_yet_valid" -> TestCertificates.showing(TestCertificates.early("CN=client"));
      default -> TestCertificates.showing(TestCertificates.serverOnly("CN=client"));
    };
  }

  /** In TLS 1.3 a client learns that it is refused when it reads. */
  private static boolean isServed(BrrtServer server, TestCertificates client, String version) {
    return isServed(server, client.context(), version);
  }

  private static boolean isServed(BrrtServer server, SSLContext client, String version) {
    try (SSLSocket socket =
        (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", server.port())) {
      socket.setEnabledProtocols(new String[] {version});
      socket
          .getOutputStream()
          .write("GET /who HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() == 'H';
    } catch (IOException refused) {
      return false;
    }
  }

  /** {@return the lines of the metric} */
  private List<String> counted(BrrtServer server) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(good.context()).build()) {
      String all =
          client
              .send(
                  HttpRequest.newBuilder(URI.create(server.url() + "/metrics")).build(),
                  BodyHandlers.ofString())
              .body();
      return all.lines()
          .filter(line -> line.startsWith("brrtrouter_tls_handshakes_refused"))
          .toList();
    }
  }

  private static List<String> expected(String reason, int count) {
    List<String> lines = new ArrayList<>();
    for (String each : List.of("expired", "invalid", "missing", "not_yet_valid", "untrusted")) {
      lines.add(
          "brrtrouter_tls_handshakes_refused_total{reason=\"%s\"} %d.0"
              .formatted(each, each.equals(reason) ? count : 0));
    }
    return lines;
  }

  private void awaitCounted(BrrtServer server, List<String> expected) throws Exception {
    long deadline = System.nanoTime() + 20_000_000_000L;
    List<String> now = counted(server);
    while (!now.equals(expected) && System.nanoTime() < deadline) {
      now = counted(server);
    }
    assertThat(now).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          missing       | it shows no certificate, and tls.client_auth is need; give it one, or let tls.client_auth be want
          untrusted     | its certificate, of CN=client,O=Pets by CN=Test authority, is of no authority in tls.client_ca_file; add the authority, or give the client a certificate of one that is there
          expired       | its certificate, of CN=client and valid until TIME, or one of its chain, has expired; renew that one
          not_yet_valid | its certificate, of CN=client and valid from TIME, or one of its chain, is not valid yet; look at the clocks of both
          invalid       | its certificate, of CN=client, is not accepted: Extended key usage does not permit use for TLS client authentication; issue one that clients of TLS may use
          """)
  void are_counted_and_told_once(String reason, String told) throws Exception {
    for (String version : List.of("TLSv1.3", "TLSv1.2")) {
      try (CapturedLog log = new CapturedLog("io.brrtrouter.server.tls");
          BrrtServer server = start("need")) {
        for (int i = 0; i < 3; i++) {
          assertThat(isServed(server, client(reason), version)).isFalse();
        }
        assertThat(isServed(server, good, version)).isTrue();
        awaitCounted(server, expected(reason, 3));
        assertThat(log.about("the TLS handshake of"))
            .extracting(ILoggingEvent::getFormattedMessage)
            .extracting(line -> line.replaceAll("20\\d\\d-[-0-9T:Z]+", "TIME"))
            .as(version)
            .containsExactly(
                "the TLS handshake of a client at 127.0.0.1 fails: "
                    + told
                    + "; others of which that is true are counted, and told once a minute");
      }
    }
  }

  /** Whoever makes a certificate for himself chooses what stands in it. */
  @Test
  void say_a_name_without_what_a_terminal_would_obey() throws Exception {
    TestCertificates evil =
        TestCertificates.showing(TestCertificates.untrusted("CN=a\\0D\\0AEvil\\1B[2J"));
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.tls");
        BrrtServer server = start("need")) {
      assertThat(isServed(server, evil, "TLSv1.3")).isFalse();
      awaitCounted(server, expected("untrusted", 1));
      assertThat(log.about("the TLS handshake of"))
          .extracting(ILoggingEvent::getFormattedMessage)
          .singleElement()
          .asString()
          .contains("its certificate, of CN=a??Evil?[2J by ")
          .matches("\\P{Cc}*");
    }
  }

  /** Scanners of ports, and clients that do not trust the server. */
  @Test
  void are_not_those_that_fail_for_another_reason() throws Exception {
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.tls");
        BrrtServer server = start("want")) {
      assertThat(isServed(server, TestCertificates.trusting(), "TLSv1.3")).isTrue();
      assertThat(isServed(server, SSLContext.getDefault(), "TLSv1.3")).isFalse();
      try (var socket = new java.net.Socket("127.0.0.1", server.port())) {
        socket.getOutputStream().write(new byte[] {22, 3, 1, 0, 5, 1, 2, 3, 4, 5});
        assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
      }
      awaitCounted(server, expected("none", 0));
      assertThat(log.about("the TLS handshake of")).isEmpty();
    }
  }
}
