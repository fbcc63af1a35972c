package io.brrtrouter.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Certificates of clients that somebody who is trusted has signed with what is trusted no more, in
 * handshakes over sockets. What is too weak is for the JDK to say ({@code java.security}); it counts
 * for certificates that lead from the client to an authority. No certificate has the address of the
 * client in it, and none has to.
 */
class WeakClientCertificateTest {
  private static final TestKey ROOT = TestKey.generate("root", "RSA", 2048);
  private static final TestKey MIDDLE = TestKey.generate("middle", "RSA", 2048);
  private static final TestKey STRONG = TestKey.RSA;
  private static final TestKey RSA_1024 = TestKey.generate("1024", "RSA", 1024);
  private static final TestKey RSA_1023 = TestKey.generate("1023", "RSA", 1023);
  private static final TestKey RSA_512 = TestKey.generate("512", "RSA", 512);

  @TempDir private Path directory;
  private X509Certificate root;
  private BrrtServer server;

  private static X509Certificate issue(
      String name, TestKey own, String issuer, TestKey by, String algorithm, boolean authority) {
    Instant now = Instant.now();
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Principal(issuer),
              BigInteger.valueOf(System.nanoTime()),
              Date.from(now.minus(Duration.ofDays(9))),
              Date.from(now.plus(Duration.ofDays(9))),
              new X500Principal(name),
              own.pair().getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      byte[] encoded =
          builder
              .build(new JcaContentSignerBuilder(algorithm).build(by.pair().getPrivate()))
              .getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (Exception impossible) {
      throw new AssertionError(impossible);
    }
  }

  @BeforeEach
  void start() throws IOException {
    root = issue("CN=root", ROOT, "CN=root", ROOT, "SHA256withRSA", true);
    X509Certificate own =
        issue("CN=server", TestKey.OTHER_RSA, "CN=root", ROOT, "SHA256withRSA", false);
    Files.writeString(directory.resolve("root.pem"), TestCertificate.pem(root));
    Files.writeString(directory.resolve("server.pem"), TestCertificate.pem(own));
    Files.writeString(
        directory.resolve("server.key"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(TestKey.OTHER_RSA.pair().getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
    Path config =
        Files.writeString(
            directory.resolve("config.yaml"),
            """
            port: 0
            tls:
              certificate_file: %1$s/server.pem
              key_file: %1$s/server.key
              client_auth: need
              client_ca_file: %1$s/root.pem
            """
                .formatted(directory));
    Path document =
        Files.writeString(
            directory.resolve("api.yaml"),
            """
            openapi: 3.1.1
            info: {title: Weak, version: "1"}
            paths:
              /:
                get: {operationId: ask, responses: {"200": {description: ok}}}
            """);
    server =
        BrrtServer.builder()
            .document(document)
            .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of()))
            .handler("ask", _ -> HttpResponse.text(200, "served"))
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** {@return what a client shows: its own certificate first} */
  private Client client(String kind) {
    return switch (kind) {
      case "SHA-256 and 2048 bits" -> leaf(STRONG, "SHA256withRSA");
      case "SHA-256 and 1024 bits" -> leaf(RSA_1024, "SHA256withRSA");
      case "SHA-256 and 1023 bits" -> leaf(RSA_1023, "SHA256withRSA");
      case "SHA-256 and 512 bits" -> leaf(RSA_512, "SHA256withRSA");
      case "SHA-1" -> leaf(STRONG, "SHA1withRSA");
      case "MD5" -> leaf(STRONG, "MD5withRSA");
      case "an authority between, by SHA-256" -> between("SHA256withRSA");
      case "an authority between, by SHA-1" -> between("SHA1withRSA");
      case "an authority between, by MD5" -> between("MD5withRSA");
      case "one too many, by MD5" -> tooMany("MD5withRSA");
      case "one too many, of 512 bits" -> {
        Client good = leaf(STRONG, "SHA256withRSA");
        yield new Client(
            STRONG,
            List.of(
                good.chain().getFirst(),
                issue("CN=other", RSA_512, "CN=other", ROOT, "SHA256withRSA", true)));
      }
      default -> throw new AssertionError(kind);
    };
  }

  private static Client leaf(TestKey key, String algorithm) {
    return new Client(key, List.of(issue("CN=client", key, "CN=root", ROOT, algorithm, false)));
  }

  private static Client between(String algorithm) {
    return new Client(
        STRONG,
        List.of(
            issue("CN=client", STRONG, "CN=middle", MIDDLE, "SHA256withRSA", false),
            issue("CN=middle", MIDDLE, "CN=root", ROOT, algorithm, true)));
  }

  private static Client tooMany(String algorithm) {
    return new Client(
        STRONG,
        List.of(
            issue("CN=client", STRONG, "CN=root", ROOT, "SHA256withRSA", false),
            issue("CN=root", ROOT, "CN=other", MIDDLE, algorithm, true)));
  }

  @ParameterizedTest(name = "{0} over {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SHA-256 and 2048 bits            | TLSv1.3 | served
          SHA-256 and 2048 bits            | TLSv1.2 | served
          SHA-256 and 1024 bits            | TLSv1.3 | served
          SHA-256 and 1024 bits            | TLSv1.2 | served
          SHA-256 and 1023 bits            | TLSv1.2 | refused
          SHA-256 and 512 bits             | TLSv1.2 | refused
          SHA-1                            | TLSv1.3 | served
          SHA-1                            | TLSv1.2 | served
          MD5                              | TLSv1.3 | refused
          MD5                              | TLSv1.2 | refused
          an authority between, by SHA-256 | TLSv1.3 | served
          an authority between, by SHA-256 | TLSv1.2 | served
          an authority between, by SHA-1   | TLSv1.3 | served
          an authority between, by SHA-1   | TLSv1.2 | served
          an authority between, by MD5     | TLSv1.3 | refused
          an authority between, by MD5     | TLSv1.2 | refused
          one too many, by MD5             | TLSv1.3 | served
          one too many, by MD5             | TLSv1.2 | served
          one too many, of 512 bits        | TLSv1.3 | served
          one too many, of 512 bits        | TLSv1.2 | served
          """)
  void is_let_in_by_what_is_strong(String kind, String version, String expected) throws Exception {
    assertThat(client(kind).outcome(server.port(), version)).isEqualTo(expected);
  }

  /** Shows what it is told to, whether it is accepted or not. */
  private record Client(TestKey key, List<X509Certificate> chain) {
    String outcome(int port, String version) throws Exception {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new Shown(this)}, new TrustManager[] {new Anybody()}, null);
      try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
        socket.setEnabledProtocols(new String[] {version});
        socket.setSoTimeout(20_000);
        socket
            .getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return answer.endsWith("served") ? "served" : "refused";
      } catch (SSLException | SocketException refused) {
        return "refused";
      }
    }
  }

  /** The JDK's own would not show what it takes for weak. */
  private static final class Shown extends X509ExtendedKeyManager {
    private final Client client;

    Shown(Client client) {
      this.client = client;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return Stream.of(types).anyMatch(type -> type.equals("RSA")) ? "own" : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return client.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return client.key().pair().getPrivate();
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {"own"};
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return null;
    }
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
