package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.TestServer;
import io.netty.pkitesting.CertificateBuilder;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Alone: it reads a log that servers of other tests write to. */
@Isolated
class RefusedCertificatesTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Certificates, version: "1"}
      paths:
        /it:
          get:
            operationId: it
            security: [{machine: []}]
            responses: {"200": {description: ok}}
      components:
        securitySchemes:
          machine: {type: mutualTLS}
      """;

  private static final String LOGGER = "io.brrtrouter.test.certificates";

  private final AtomicLong now = new AtomicLong();
  private final RefusedCertificates certificates =
      new RefusedCertificates(LoggerFactory.getLogger(LOGGER), now::get);

  @Test
  void each_is_told_once_in_a_minute() {
    CapturedLog.logger(LOGGER).setLevel(Level.INFO);
    try (CapturedLog log = new CapturedLog(LOGGER)) {
      certificates.tell("CN=a: unknown");
      certificates.tell("CN=a: unknown");
      certificates.tell("CN=b: unknown");
      now.set(TimeUnit.SECONDS.toNanos(60));
      certificates.tell("CN=a: unknown");

      assertThat(log.about("certificate").stream().map(Object::toString).toList())
          .containsExactly(
              "[INFO] a client certificate is not accepted: CN=a: unknown",
              "[INFO] a client certificate is not accepted: CN=b: unknown",
              "[INFO] a client certificate is not accepted: CN=a: unknown");
    }
  }

  /** Two servers of a process know nothing of each other. */
  @Test
  void each_server_tells_of_them_without_what_a_terminal_would_obey() throws Exception {
    X509Certificate certificate =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=a\\0D\\0AEvil\\1B[2J")
            .setIsCertificateAuthority(true)
            .buildSelfSigned()
            .getCertificate();
    HttpRequest request =
        new HttpRequest(
            Method.GET,
            "/it",
            "HTTP/1.1",
            Headers.of(),
            new Peer(new InetSocketAddress("127.0.0.1", 4711), true, List.of(certificate)));
    Logger logger = CapturedLog.logger("io.brrtrouter.server.security");
    try (CapturedLog log = new CapturedLog(logger.getName())) {
      logger.setLevel(Level.INFO);
      for (int i = 0; i < 2; i++) {
        try (BrrtServer server =
            BrrtServer.builder()
                .document(TestServer.file(DOCUMENT))
                .config(TestServer.config())
                .handler("it", _ -> HttpResponse.text(200, "it"))
                .security("machine", (_, _) -> Verification.refused("it is not listed"))
                .output(new PrintStream(OutputStream.nullOutputStream()))
                .startInProcess()) {
          for (int j = 0; j < 3; j++) {
            assertThat(server.exchange(request, new byte[0]).status()).isEqualTo(401);
          }
        }
      }

      assertThat(log.about("CN=a"))
          .extracting(ILoggingEvent::getFormattedMessage)
          .hasSize(2)
          .allSatisfy(line ->
              assertThat(line)
                  .startsWith("a client certificate is not accepted: CN=a??Evil?[2J")
                  .matches("\\P{Cc}*"));
    } finally {
      logger.setLevel(null);
    }
  }
}
