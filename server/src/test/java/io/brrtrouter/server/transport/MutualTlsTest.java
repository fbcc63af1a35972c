package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.tls.ClientAuth;
import io.netty.pkitesting.X509Bundle;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertificateExpiredException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLException;
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
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void a_session_ends_with_the_certificate_it_began_with(String version) throws Exception {
    settings.protocols = () -> folder.protocols(ClientAuth.NEED);
    restart();
    Instant end = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
    TestCertificates client = shown(TestCertificates.ending("CN=client", end));
    assertThat(outcome(client, version)).isEqualTo("known");
    eventually("the certificate has ended", () -> Instant.now().isAfter(end));
    assertThat(outcome(client, version)).isEqualTo("refused");
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

  @org.junit.jupiter.api.Test
  void a_session_that_ends_so_is_told_of_and_closed_in_order() throws Exception {
    settings.protocols = () -> folder.protocols(ClientAuth.NEED);
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
  }

  @org.junit.jupiter.api.Test
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
}
