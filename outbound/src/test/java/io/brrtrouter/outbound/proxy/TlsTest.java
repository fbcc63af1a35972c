package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections to services that are encrypted. */
@Timeout(120)
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path directory;

  private KeyStore pair(String name, String address) throws Exception {
    Path file = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + address)
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private Path pem(String name, String what, byte[] octets) throws Exception {
    return Files.writeString(
        directory.resolve(name),
        "-----BEGIN "
            + what
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets)
            + "\n-----END "
            + what
            + "-----\n");
  }

  private static HttpsServer server(KeyStore own, KeyStore trusted) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, PASSWORD);
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    authorities.setCertificateEntry("client", trusted.getCertificate("it"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              exchange.getRequestURI().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void trust_whom_they_are_told_to_and_show_who_asks() throws Exception {
    KeyStore own = pair("service", "ip:127.0.0.1");
    KeyStore other = pair("other", "dns:other.example");
    KeyStore client = pair("client", "dns:gateway");
    Certificate certificate = client.getCertificate("it");
    Key key = client.getKey("it", PASSWORD);
    String identity =
        "client_cert_file: \"%s\"\n    client_key_file: \"%s\""
            .formatted(
                pem("client.pem", "CERTIFICATE", certificate.getEncoded()),
                pem("client.key", "PRIVATE KEY", key.getEncoded()));
    String trusted =
        "ca_file: \"%s\""
            .formatted(pem("service.pem", "CERTIFICATE", own.getCertificate("it").getEncoded()));
    String misplaced =
        "ca_file: \"%s\""
            .formatted(pem("other.pem", "CERTIFICATE", other.getCertificate("it").getEncoded()));
    HttpsServer service = server(own, client);
    HttpsServer foreign = server(other, client);
    String url = "https://127.0.0.1:" + service.getAddress().getPort() + "/base";
    try {
      assertThat(status(url, trusted, identity)).isEqualTo("200 /base/v2/items/7?a=b");
      assertThat(status(url, trusted)).startsWith("502 ");
      assertThat(status(url, identity)).startsWith("502 ");
      assertThat(status(url, misplaced, identity)).startsWith("502 ");
      // Its certificate is trusted, and is for another name.
      assertThat(status("https://127.0.0.1:" + foreign.getAddress().getPort(), misplaced, identity))
          .startsWith("502 ");
    } finally {
      service.stop(0);
      foreign.stop(0);
    }
  }

  /** What has come and is not decrypted yet is seen too. */
  @Test
  void nobody_gets_what_somebody_before_did_not_ask_for() throws Exception {
    KeyStore own = pair("service", "ip:127.0.0.1");
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    String trusted =
        "ca_file: \"%s\""
            .formatted(pem("service.pem", "CERTIFICATE", own.getCertificate("it").getEncoded()));
    try (RawService service =
            new RawService(
                context
                    .getServerSocketFactory()
                    .createServerSocket(0, 10, InetAddress.getLoopbackAddress()),
                RestingConnectionsTest.unasked());
        Gateway gateway =
            Gateway.start(
                directory,
                Gateway.DOCUMENT,
                Gateway.config("https://127.0.0.1:" + service.port(), trusted))) {
      for (int i = 0; i < 5; i++) {
        assertThat(Gateway.body(gateway.ask("GET", "/api/items/" + i))).isEqualTo("/v2/items/" + i);
        Thread.sleep(200); // So that it has come, on a busy machine too.
      }
    }
  }

  private String status(String url, String... settings) throws Exception {
    try (Gateway gateway =
        Gateway.start(directory, Gateway.DOCUMENT, Gateway.config(url, settings))) {
      String answer = gateway.ask("GET", "/api/items/7?a=b");
      return Gateway.status(answer) + " " + Gateway.body(answer);
    }
  }

  @Test
  void the_key_is_that_of_the_certificate() throws Exception {
    KeyStore one = pair("one", "ip:127.0.0.1");
    KeyStore two = pair("two", "ip:127.0.0.1");
    Path chain = pem("chain.pem", "CERTIFICATE", one.getCertificate("it").getEncoded());
    Path own = pem("own.pem", "PRIVATE KEY", one.getKey("it", PASSWORD).getEncoded());
    Path other = pem("other.pem", "PRIVATE KEY", two.getKey("it", PASSWORD).getEncoded());

    assertThat(
            ClientTls.context(
                Optional.empty(),
                Optional.of(Files.readString(chain)),
                Optional.of(Files.readString(own))))
        .isNotNull();
    assertThatThrownBy(() ->
            ClientTls.context(
                Optional.empty(),
                Optional.of(Files.readString(chain)),
                Optional.of(Files.readString(other))))
        .isInstanceOf(ClientTls.UnusableException.class)
        .hasMessageContaining("the key of another certificate");
  }
}
