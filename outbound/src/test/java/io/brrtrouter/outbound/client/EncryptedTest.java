package io.brrtrouter.outbound.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.brrtrouter.outbound.address.AddressPolicy;
import io.brrtrouter.outbound.address.HostRule;
import io.brrtrouter.outbound.address.PortRange;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EncryptedTest {
  private X509Bundle authority;
  private HttpsServer server;

  @BeforeEach
  void serve() throws Exception {
    CertificateBuilder any =
        new CertificateBuilder()
            .ecp256()
            .notBefore(Instant.now().minus(Duration.ofDays(1)))
            .notAfter(Instant.now().plus(Duration.ofDays(1)));
    authority =
        any.copy().subject("CN=authority").setIsCertificateAuthority(true).buildSelfSigned();
    X509Bundle own =
        any.copy()
            .subject("CN=hooks.example")
            .addSanDnsName("hooks.example")
            .buildIssuedBy(authority);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own.toKeyStore(new char[0]), new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private SSLContext trusting() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {authority.toTrustManager()}, null);
    return context;
  }

  private Outcome ask(String host, @Nullable SSLContext tls) {
    Duration patience = Duration.ofSeconds(60);
    AddressPolicy policy =
        new AddressPolicy(
            false,
            List.of(new PortRange(1, 65535)),
            List.of(HostRule.parse("127.0.0.1").orElseThrow()),
            List.of());
    try (HookClient client =
        new HookClient(
            policy,
            new HookClient.Limits(patience, patience, patience, 1, 1),
            _ -> List.of(InetAddress.getLoopbackAddress()),
            tls)) {
      return client.send(
          new Outgoing(
              "POST",
              URI.create("https://" + host + ":" + server.getAddress().getPort() + "/"),
              List.of(),
              new byte[] {1}));
    }
  }

  @Test
  void a_receiver_with_a_certificate_of_a_trusted_authority_is_sent_to() throws Exception {
    assertThat(ask("hooks.example", trusting()))
        .isEqualTo(new Outcome.Answered(204, Optional.empty(), ""));
  }

  @Test
  void one_with_a_certificate_of_another_name_is_not() throws Exception {
    assertThat(ask("other.example", trusting()))
        .asInstanceOf(type(Outcome.Failed.class))
        .satisfies(failed -> {
          assertThat(failed.reason()).isEqualTo(Outcome.Reason.TRANSPORT);
          assertThat(failed.message()).contains("SSL").contains("other.example");
        });
  }

  @Test
  void one_with_a_certificate_of_an_unknown_authority_is_not() {
    assertThat(ask("hooks.example", null))
        .asInstanceOf(type(Outcome.Failed.class))
        .satisfies(failed -> {
          assertThat(failed.reason()).isEqualTo(Outcome.Reason.TRANSPORT);
          assertThat(failed.message()).contains("SSL");
        });
  }
}
