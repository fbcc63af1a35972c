package io.brrtrouter.security;

import static io.brrtrouter.security.Tokens.claims;
import static io.brrtrouter.security.Tokens.verify;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.brrtrouter.server.auth.Verification;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys over TLS from a server whose certificate the JDK does not know. */
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private final String token = TestKey.P256.token("ES256", claims());
  @TempDir private Path directory;
  private SSLContext context;
  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    KeyStore store = store();
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    byte[] set = TestKey.keySet(TestKey.P256.namedJwk()).getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/keys",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, set.length);
            exchange.getResponseBody().write(set);
          }
        });
    server.start();
  }

  /** A certificate that says of itself that it is 127.0.0.1, in a store that trusts it too. */
  private KeyStore store() throws Exception {
    Path file = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=keys",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    store.setCertificateEntry("trusted", store.getCertificate("server"));
    return store;
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private JwtProviderBuilder builder() {
    URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    return Tokens.builder(new TestClock()).jwksUrl(url);
  }

  @Test
  void a_server_that_is_trusted_is_believed() {
    try (JwtProvider provider = builder().sslContext(context).build()) {
      assertThat(verify(provider, token)).isInstanceOf(Verification.Accepted.class);
    }
  }

  @Test
  void a_server_that_nobody_knows_is_not() {
    try (JwtProvider provider = builder().build()) {
      assertThat(verify(provider, token)).isInstanceOf(Verification.Unavailable.class);
    }
  }
}
