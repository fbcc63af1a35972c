package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.brrtrouter.server.dispatch.CompiledApi;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.transport.TestCertificates;
import io.brrtrouter.server.transport.TlsFolder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.AlgorithmParameters;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start with TLS says, and what it refuses. */
class TlsStartTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Start, version: "7"}
      paths:
        /who:
          get:
            operationId: who
            responses: {"200": {description: who, content: {text/plain: {}}}}
      """;

  private static final String SERVER = TestCertificates.SERVER.getCertificatePEM();
  private static final String AUTHORITY = TestCertificates.AUTHORITY.getCertificatePEM();

  private final TlsFolder folder = new TlsFolder();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private BrrtServer start(ServerConfig config) {
    return BrrtServer.builder()
        .document(TestServer.file(DOCUMENT))
        .config(config)
        .handler("who", _ -> HttpResponse.text(200, "you"))
        .output(new PrintStream(said, true, StandardCharsets.UTF_8))
        .start();
  }

  private ServerConfig config(String... more) {
    ServerConfig config =
        ServerConfig.defaults()
            .with("port", "0")
            .with(
                Map.of(
                    "tls.certificate_file", folder.path("server.pem").toString(),
                    "tls.key_file", folder.path("server.key").toString()));
    for (int i = 0; i < more.length; i += 2) {
      config = config.with(more[i], more[i + 1]);
    }
    return config;
  }

  private static String answer(BrrtServer server) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(TestCertificates.trusting().context()).build()) {
      return client
          .send(
              java.net.http.HttpRequest.newBuilder(URI.create(server.url() + "/who")).build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void the_address_says_https_and_a_client_of_the_jdk_is_answered() throws Exception {
    try (BrrtServer server = start(config())) {
      assertThat(server.url()).isEqualTo("https://127.0.0.1:" + server.port());
      assertThat(said.toString(StandardCharsets.UTF_8))
          .endsWith("no lint findings\nListening on " + server.url() + "\n");
      assertThat(answer(server)).isEqualTo("you");
    }
  }

  /** Long before {@code tls.reload_secs} has passed; and it makes no new generation. */
  @Test
  @Timeout(60)
  void a_server_that_watches_takes_a_new_certificate_at_once() throws Exception {
    try (BrrtServer server = start(config("watch", "true", "tls.reload_secs", "24 h"))) {
      CompiledApi serving = server.current();
      assertThat(subject(server)).isEqualTo("CN=first server");
      folder.put(TestCertificates.issued("CN=second server"));

      String subject = subject(server);
      while (!subject.equals("CN=second server")) {
        assertThat(subject).isEqualTo("CN=first server");
        subject = subject(server);
      }
      assertThat(server.current()).isSameAs(serving);
    }
  }

  private static String subject(BrrtServer server) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            TestCertificates.trusting()
                .context()
                .getSocketFactory()
                .createSocket("127.0.0.1", server.port())) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    }
  }

  @Test
  void a_certificate_that_has_ended_is_a_warning() {
    folder.put(TestCertificates.ended("CN=old server"));
    try (BrrtServer server = start(config())) {
      assertThat(said.toString(StandardCharsets.UTF_8).replaceAll("20\\d\\d-[-0-9T:Z]+", "TIME"))
          .endsWith(
              """
              no lint findings
              code: warning[config-tls]: tls.certificate_file: %s has a certificate of CN=old server that ended at TIME; clients will not accept it; renew it; the file is read again while the server runs
              Listening on %s
              """
                  .formatted(folder.path("server.pem"), server.url()));
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(content));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa2048", "ecp384", "ed25519", "rsaPss"})
  void keys_of_each_kind_are_read(String kind) throws Exception {
    CertificateBuilder.Algorithm algorithm =
        switch (kind) {
          case "rsa2048" -> CertificateBuilder.Algorithm.rsa2048;
          case "ecp384" -> CertificateBuilder.Algorithm.ecp384;
          case "ed25519" -> CertificateBuilder.Algorithm.ed25519;
          default -> CertificateBuilder.Algorithm.rsa3072;
        };
    folder.put(
        new CertificateBuilder()
            .algorithm(algorithm)
            .subject("CN=" + kind)
            .addSanIpAddress("127.0.0.1")
            .buildIssuedBy(TestCertificates.AUTHORITY));
    try (BrrtServer server = start(config())) {
      assertThat(answer(server)).isEqualTo("you");
    }
  }

  private static String encrypted(X509Bundle certificate, String password) throws Exception {
    String algorithm = "PBEWithHmacSHA256AndAES_256";
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(password.toCharArray())));
    byte[] content = cipher.doFinal(certificate.getKeyPair().getPrivate().getEncoded());
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    return pem(
        "ENCRYPTED PRIVATE KEY", new EncryptedPrivateKeyInfo(parameters, content).getEncoded());
  }

  @Test
  void a_key_may_be_encrypted() throws Exception {
    folder.put("server.key", encrypted(TestCertificates.SERVER, "open sesame"));
    folder.put("password", "open sesame\n");
    try (BrrtServer server =
        start(config("tls.key_password_file", folder.path("password").toString()))) {
      assertThat(answer(server)).isEqualTo("you");
    }
  }

  private String refusal(ServerConfig config) {
    StartupException refused = catchThrowableOfType(StartupException.class, () -> start(config));
    assertThat(refused).as("the server was to refuse").isNotNull();
    assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("Listening");
    return refused.getMessage().replace(folder.path("").toString(), "DIR");
  }

  @Test
  void files_that_are_not_there_are_all_named() {
    String nowhere = folder.path("nowhere.pem").toString();
    assertThat(
            refusal(
                config("tls.certificate_file", nowhere)
                    .with("tls.key_file", nowhere)
                    .with(Map.of("tls.client_auth", "need", "tls.client_ca_file", nowhere))))
        .isEqualTo(
            """
            code: error[config-tls]: tls.certificate_file: there is no file DIR/nowhere.pem
              fix: name a file that can be read
            code: error[config-tls]: tls.key_file: there is no file DIR/nowhere.pem
              fix: name a file that can be read
            code: error[config-tls]: tls.client_ca_file: there is no file DIR/nowhere.pem
              fix: name a file that can be read
            3 errors\
            """);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          server.pem | none    | error[config-tls]: tls.certificate_file: DIR/server.pem has no certificate; fix: it is a PEM file with "-----BEGIN CERTIFICATE-----" in it
          server.pem | key     | error[config-tls]: tls.certificate_file: DIR/server.pem has no certificate; fix: it is a PEM file with "-----BEGIN CERTIFICATE-----" in it
          server.pem | damaged | error[config-tls]: tls.certificate_file: DIR/server.pem has a certificate that cannot be read; fix: write it anew, it is damaged
          server.pem | cut     | error[config-tls]: tls.certificate_file: DIR/server.pem is cut off or damaged: a "-----BEGIN" has no "-----END" of the same name, or the other way round; fix: write it anew
          server.pem | unended | error[config-tls]: tls.certificate_file: DIR/server.pem is cut off or damaged: a "-----BEGIN" has no "-----END" of the same name, or the other way round; fix: write it anew
          server.pem | headless | error[config-tls]: tls.certificate_file: DIR/server.pem is cut off or damaged: a "-----BEGIN" has no "-----END" of the same name, or the other way round; fix: write it anew
          server.pem | dashes  | error[config-tls]: tls.certificate_file: DIR/server.pem is cut off or damaged: a "-----BEGIN" has no "-----END" of the same name, or the other way round; fix: write it anew
          server.pem | mixed   | error[config-tls]: tls.certificate_file: DIR/server.pem is cut off or damaged: a "-----BEGIN" has no "-----END" of the same name, or the other way round; fix: write it anew
          server.pem | letters | error[config-tls]: tls.certificate_file: DIR/server.pem is no PEM file: its base64 is damaged; fix: write it anew
          server.pem | two in one | error[config-tls]: tls.certificate_file: DIR/server.pem has a certificate that cannot be read; fix: write it anew, it is damaged
          server.pem | trusted | error[config-tls]: tls.certificate_file: DIR/server.pem has a certificate in another format than "-----BEGIN CERTIFICATE-----"; fix: convert it with "openssl x509 -in OLD -out NEW", or take it out
          server.key | cut     | error[config-tls]: tls.key_file: DIR/server.key is cut off or damaged: a "-----BEGIN" has no "-----END" of the same name, or the other way round; fix: write it anew
          server.key | legacy  | error[config-tls]: tls.key_file: DIR/server.key has a key in another format than PKCS #8; fix: convert it with "openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW"
          server.key | none    | error[config-tls]: tls.key_file: DIR/server.key has no private key; fix: it is a PEM file with "-----BEGIN PRIVATE KEY-----" in it
          server.key | pkcs1   | error[config-tls]: tls.key_file: DIR/server.key has a key in another format than PKCS #8; fix: convert it with "openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW"
          server.key | odd     | error[config-tls]: tls.key_file: DIR/server.key has a private key that cannot be read; fix: keys are of RSA, of EC, Ed25519 or Ed448
          server.key | other   | error[config-tls]: tls.key_file: DIR/server.key has a key that is not the one of the certificate in DIR/server.pem; fix: give the key and the certificate that were made together
          server.key | rsa     | error[config-tls]: tls.key_file: DIR/server.key has a key that is not the one of the certificate in DIR/server.pem; fix: give the key and the certificate that were made together
          server.key | locked  | error[config-tls]: tls.key_file: DIR/server.key has an encrypted key; fix: name the file with its password by tls.key_password_file
          server.pem | large   | error[config-tls]: tls.certificate_file: DIR/server.pem is larger than 1048576 octets; fix: name a file that can be read
          server.pem | twice   | error[config-tls]: tls.certificate_file: DIR/server.pem has certificate 2 (CN=first server) twice; fix: put the server's certificate first, then the one that issued it, and so on; nothing else
          server.pem | foreign | error[config-tls]: tls.certificate_file: DIR/server.pem has certificate 2 (CN=other), which has not issued the one before it; fix: put the server's certificate first, then the one that issued it, and so on; nothing else
          server.pem | short   | error[config-tls]: tls.certificate_file: DIR/server.pem has an RSA key of 1024 bits; fix: take one of 2048 bits at least, or an elliptic curve
          """)
  void a_file_that_is_not_what_it_should_be_is_refused(String file, String content, String expected)
      throws Exception {
    folder.put(file, content(content));
    assertThat(refusal(config()))
        .isEqualTo("code: " + expected.replace("; fix:", "\n  fix:") + "\n1 error");
  }

  private static String content(String kind) throws Exception {
    return switch (kind) {
      case "none" -> "none";
      case "key" -> TestCertificates.SERVER.getPrivateKeyPEM();
      case "damaged" -> pem("CERTIFICATE", new byte[] {1, 2, 3});
      // A good certificate first, as whoever has a chain or several authorities has it.
      case "cut" -> SERVER + AUTHORITY.substring(0, 400);
      case "unended" -> SERVER + AUTHORITY.substring(0, AUTHORITY.indexOf("-----END"));
      case "headless" -> SERVER + AUTHORITY.substring(40);
      case "dashes" -> SERVER + "-----BEG";
      case "mixed" -> AUTHORITY.substring(0, 400) + "\n" + SERVER;
      case "letters" -> SERVER + AUTHORITY.substring(0, 400) + "?" + AUTHORITY.substring(401);
      case "two in one" ->
          pem(
              "CERTIFICATE",
              joined(
                  TestCertificates.SERVER.getCertificate().getEncoded(),
                  TestCertificates.AUTHORITY.getCertificate().getEncoded()));
      case "trusted" -> SERVER + AUTHORITY.replace("CERTIFICATE", "TRUSTED CERTIFICATE");
      case "legacy" ->
          "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n"
              + "-----END RSA PRIVATE KEY-----\n";
      case "pkcs1" -> pem("RSA PRIVATE KEY", new byte[] {1, 2, 3});
      case "odd" -> pem("PRIVATE KEY", new byte[] {1, 2, 3});
      case "other" -> TestCertificates.issued("CN=other").getPrivateKeyPEM();
      case "rsa" ->
          new CertificateBuilder()
              .rsa2048()
              .subject("CN=rsa")
              .buildIssuedBy(TestCertificates.AUTHORITY)
              .getPrivateKeyPEM();
      case "twice" -> TestCertificates.SERVER.getCertificatePEM().repeat(2);
      case "foreign" ->
          TestCertificates.SERVER.getCertificatePEM()
              + TestCertificates.issued("CN=other").getCertificatePEM();
      case "short" -> {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        yield new CertificateBuilder()
            .rsa2048()
            .publicKey(rsa.generateKeyPair().getPublic())
            .subject("CN=short")
            .buildIssuedBy(TestCertificates.AUTHORITY)
            .getCertificatePEM();
      }
      case "locked" -> encrypted(TestCertificates.SERVER, "password");
      default -> "x".repeat((1 << 20) + 1);
    };
  }

  @Test
  void text_around_certificates_means_nothing() throws Exception {
    folder.put(
        "server.pem",
        "Bag Attributes\r\n  localKeyID: 01\r\nsubject=CN=x--y\r\n"
            + SERVER.replace("\n", "\r\n")
            + "The authority\n==========\n--------------\n"
            + AUTHORITY.strip()
            + AUTHORITY.replace("CERTIFICATE", "X509 CRL"));
    try (BrrtServer server = start(config())) {
      assertThat(answer(server)).isEqualTo("you");
    }
  }

  /** Opening it would wait for somebody who writes into it, for good. */
  @Test
  void what_is_no_file_is_not_opened() throws Exception {
    Files.delete(folder.path("server.key"));
    new ProcessBuilder("mkfifo", folder.path("server.key").toString()).start().waitFor();
    Files.delete(folder.path("server.pem"));
    Files.createDirectory(folder.path("server.pem"));
    assertThat(refusal(config()))
        .isEqualTo(
            """
            code: error[config-tls]: tls.certificate_file: DIR/server.pem is a directory, not a file
              fix: name a file that can be read
            code: error[config-tls]: tls.key_file: DIR/server.key is not a regular file
              fix: name a file that can be read
            2 errors\
            """);
  }

  @Test
  void a_password_that_is_wrong_is_refused_and_not_told() throws Exception {
    folder.put("server.key", encrypted(TestCertificates.SERVER, "right"));
    folder.put("password", "wrong-secret\n");
    String password = folder.path("password").toString();
    assertThat(refusal(config("tls.key_password_file", password)))
        .isEqualTo(
            """
            code: error[config-tls]: tls.key_file: DIR/server.key has a key that its password does not decrypt
              fix: the password is the first line of tls.key_password_file, the encryption PBES2
            1 error\
            """);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          tls.key_file           | k    | tls.key_file = k does nothing without tls.certificate_file; set that too
          tls.key_password_file  | p    | tls.key_password_file = p does nothing without tls.certificate_file; set that too
          tls.client_auth        | need | tls.client_auth = need does nothing without tls.certificate_file; set that too
          tls.client_ca_file     | c    | tls.client_ca_file = c does nothing without tls.certificate_file; set that too
          tls.certificate_file   | c    | tls.certificate_file = c is of no use without its key; set tls.key_file
          tls.client_auth        | some | tls.client_auth cannot be "some"; it takes: none, want, need
          tls.protocols          | SSLv3 | tls.protocols cannot have "SSLv3"; each is: TLSv1.3 or TLSv1.2
          """)
  void a_setting_that_makes_no_sense_by_itself_is_refused(
      String name, String value, String expected) {
    assertThatThrownBy(() -> ServerConfig.defaults().with(name, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(expected.split("; ", 2)[0])
        .hasMessageEndingWith(expected.split("; ", 2)[1]);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tls.client_auth    | want | tls.client_auth = want would trust no client at all
          tls.client_ca_file | c    | tls.client_ca_file = c does nothing while no client is asked for a certificate
          tls.protocols      | ''   | tls.protocols =  leaves no version to speak
          """)
  void settings_that_make_no_sense_together_are_refused(
      String name, String value, String expected) {
    assertThatThrownBy(() -> config(name, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void a_server_in_process_needs_no_files() {
    ServerConfig nowhere = config("tls.key_file", folder.path("nowhere").toString());
    try (BrrtServer server =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(nowhere)
            .mock(true)
            .startInProcess()) {
      assertThat(server).isNotNull();
      assertThat(Optional.of(nowhere).flatMap(ServerConfig::tls)).isPresent();
    }
  }
}
