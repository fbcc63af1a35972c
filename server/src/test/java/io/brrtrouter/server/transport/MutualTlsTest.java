package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.tls.ClientAuth;
import io.netty.pkitesting.X509Bundle;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that show a certificate, or none, by what the server wants. */
class MutualTlsTest extends ServerTest {
  private final TlsFolder folder = new TlsFolder();

  @org.junit.jupiter.api.AfterEach
  void watchNoMore() {
    folder.close();
  }

  private static TestCertificates certificate(String kind) {
    return switch (kind) {
      case "none" -> TestCertificates.trusting();
      case "untrusted" -> shown(TestCertificates.untrusted("CN=client"));
      case "ended" -> shown(TestCertificates.ended("CN=client"));
      default -> shown(TestCertificates.issued("CN=client"));
    };
  }

  private static TestCertificates shown(X509Bundle certificate) {
    return TestCertificates.showing(certificate);
  }

  @ParameterizedTest(name = "{0}, a client with {1} certificate over {2}: {3}")
  @CsvSource({
    "NONE, none, TLSv1.3, served",
    "NONE, trusted, TLSv1.3, served",
    "NONE, untrusted, TLSv1.3, served",
    "WANT, none, TLSv1.3, served",
    "WANT, trusted, TLSv1.3, known",
    "WANT, untrusted, TLSv1.3, refused",
    "WANT, ended, TLSv1.3, refused",
    "NEED, none, TLSv1.3, refused",
    "NEED, trusted, TLSv1.3, known",
    "NEED, untrusted, TLSv1.3, refused",
    "NEED, ended, TLSv1.3, refused",
    "WANT, none, TLSv1.2, served",
    "WANT, trusted, TLSv1.2, known",
    "WANT, untrusted, TLSv1.2, refused",
    "NEED, none, TLSv1.2, refused",
    "NEED, trusted, TLSv1.2, known",
    "NEED, untrusted, TLSv1.2, refused",
    "NEED, ended, TLSv1.2, refused",
  })
  void who_a_client_is(ClientAuth wanted, String kind, String version, String expected)
      throws Exception {
    settings.protocols = () -> folder.protocols(wanted);
    restart();
    assertThat(outcome(certificate(kind), version)).isEqualTo(expected);
    if (expected.equals("refused")) {
      assertThat(server.decided).hasValue(0);
    }
  }

  /** In TLS 1.3 a client learns that it is refused when it reads. */
  private String outcome(TestCertificates certificates, String version) throws Exception {
    try (RawClient client = certificates.client(server.transport.port(), 0, version)) {
      client.send("GET /a" + END);
      assertThat(client.read().status()).isEqualTo(200);
      client.send("GET /b" + END).read();
    } catch (SSLException | SocketException | EOFException refused) {
      return "refused";
    }
    HttpRequest first = server.nextRequest();
    assertThat(server.nextRequest().peer()).isSameAs(first.peer());
    if (first.peer().certificates().isEmpty()) {
      return "served";
    }
    assertThat(first.peer().certificates().getFirst().getSubjectX500Principal())
        .hasToString("CN=client");
    return "known";
  }

  /** The second connection resumes the session of the first, and no certificate is verified. */
  @Test
  void a_session_ends_with_the_certificate_it_began_with() throws Exception {
    settings.protocols = () -> folder.protocols(ClientAuth.NEED);
    restart();
    Instant end = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
    TestCertificates client = shown(TestCertificates.ending("CN=client", end));
    TestCertificates other = shown(TestCertificates.ending("CN=client", end));
    assertThat(outcome(client, "TLSv1.3")).isEqualTo("known");
    assertThat(outcome(other, "TLSv1.2")).isEqualTo("known");
    eventually("the certificates have ended", () -> Instant.now().isAfter(end));
    assertThat(outcome(client, "TLSv1.3")).isEqualTo("refused");
    assertThat(outcome(other, "TLSv1.2")).isEqualTo("refused");
  }

  /** The handshake looks at what it needs only, and what it does not need may be old. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void an_old_certificate_of_the_authority_that_is_sent_too_does_not_count(String version)
      throws Exception {
    settings.protocols = () -> folder.protocols(ClientAuth.NEED);
    restart();
    TestCertificates client = TestCertificates.showingOldAuthority("CN=client");
    assertThat(outcome(client, version)).isEqualTo("known");
    try (RawClient again = client.client(server.transport.port(), 0, version)) {
      assertThat(again.send("GET /c" + END).read().status()).isEqualTo(200);
      assertThat(server.nextRequest().peer().certificates()).as("sent too").hasSize(2);
    }
    assertThat(outcome(client, version)).as("resumed").isEqualTo("known");
  }

  @Test
  void a_session_that_ends_so_is_told_of_and_closed_in_order() throws Exception {
    settings.protocols = () -> folder.protocols(ClientAuth.NEED);
    settings.linger = Duration.ofMinutes(5);
    restart();
    Instant end = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
    TestCertificates client = shown(TestCertificates.ending("CN=client", end));
    assertThat(outcome(client, "TLSv1.3")).isEqualTo("known");
    eventually("the certificate has ended", () -> Instant.now().isAfter(end));
    for (int i = 0; i < 3; i++) {
      try (RawClient again = client.client(server.transport.port(), 0, "TLSv1.3")) {
        again.send("GET /a" + END);
        assertThat(again.isEnded()).as("close_notify, and no reset").isTrue();
      }
    }
    assertThat(folder.failures())
        .hasSize(3)
        .allMatch(failure -> failure instanceof CertificateExpiredException);
    assertThat(server.decided).as("of the first connection").hasValue(2);
    eventually(
        "who has gone is not waited for any longer", () -> server.transport.connections() == 0);
  }

  @Test
  void other_authorities_count_from_the_next_connection_on() throws Exception {
    settings.protocols = () -> folder.protocols(ClientAuth.NEED);
    restart();
    TestCertificates stranger = shown(TestCertificates.untrusted("CN=client"));
    assertThat(outcome(stranger, "TLSv1.3")).isEqualTo("refused");
    folder.watch();
    folder.put(
        "clients.pem",
        TestCertificates.AUTHORITY.getCertificatePEM()
            + TestCertificates.STRANGER.getCertificatePEM());
    eventually(
        "trusted",
        () -> {
          try {
            return outcome(stranger, "TLSv1.3").equals("known");
          } catch (IOException | InterruptedException e) {
            return false;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  /** Looking at a certificate takes a thread, and the client does not wait for that in TLS 1.3. */
  @Test
  void a_request_behind_a_certificate_is_answered_though_its_client_sends_no_more()
      throws Exception {
    Patient trust = new Patient();
    settings.protocols = () -> new Protocols(Optional.of(trust.tls()), true, Optional.empty());
    restart();
    try (CapturedLog log = new CapturedLog("io.netty.handler.ssl");
        trust;
        RawClient client = certificate("trusted").client(server.transport.port(), 0, "TLSv1.3")) {
      client.send("GET /a" + END).endCarrier();
      eventually("the server knows that no more comes", () -> server.ended() == 1);
      assertThat(trust.looking.await(20, TimeUnit.SECONDS)).isTrue();
      trust.close();
      assertThat(client.read().body()).isEqualTo("GET /a ");
      assertThat(server.nextRequest().peer().certificates()).isNotEmpty();
      assertThat(client.isEnded()).isTrue();
      eventually("it is closed", () -> server.transport.connections() == 0);
      assertThat(log.about("")).isEmpty();
    }
  }

  /** Trusts every client, but only when the test lets it. */
  private static final class Patient extends X509ExtendedTrustManager implements AutoCloseable {
    private final CountDownLatch looking = new CountDownLatch(1);
    private final CountDownLatch decided = new CountDownLatch(1);

    Tls tls() {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
            TestCertificates.SERVER.toKeyManagerFactory().getKeyManagers(),
            new TrustManager[] {this},
            null);
        return new Tls(() -> engine(context), (_, _) -> {});
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private static SSLEngine engine(SSLContext context) {
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(false);
      engine.setNeedClientAuth(true);
      return engine;
    }

    /** Waits for nobody any more: trusts from now on. */
    @Override
    public void close() {
      decided.countDown();
    }

    private void look() throws CertificateException {
      looking.countDown();
      try {
        decided.await();
      } catch (InterruptedException e) {
        throw new CertificateException(e);
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      look();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      look();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      look();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("it is a server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("it is a server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("it is a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[] {TestCertificates.AUTHORITY.getCertificate()};
    }
  }
}
