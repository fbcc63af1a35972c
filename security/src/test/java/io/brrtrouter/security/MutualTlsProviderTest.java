package io.brrtrouter.security;

import static io.brrtrouter.security.TestCertificate.credential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.BrrtServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MutualTlsProviderTest {
  private static final Verification UNKNOWN =
      Verification.refused("the client certificate is nobody's that is known here");

  private final TestClock clock = new TestClock();
  @TempDir private Path directory;

  private MutualTlsProviderBuilder builder() {
    return MutualTlsProvider.builder().clock(clock);
  }

  private MutualTlsProvider provider() {
    return builder()
        .distinguishedName("anna", "CN=anna, O=Pets\\, Inc.", List.of("read"))
        .alternativeName("shop", "dns:Shop.example.com", List.of("write"))
        .alternativeName("mail", "email:ben@example.com", List.of())
        .alternativeName("web", "uri:https://example.com/Web", List.of())
        .build();
  }

  private static Verification verify(MutualTlsProvider provider, X509Certificate certificate) {
    Verification verification = provider.verifyOnLoop(credential(certificate), Tokens.REQUEST);
    assertThat(provider.verify(credential(certificate), Tokens.REQUEST)).isEqualTo(verification);
    return verification;
  }

  @Test
  void nobody_guesses_a_certificate() {
    assertThat(provider().resistsGuessing()).isTrue();
  }

  private static String outcome(Verification verification) {
    return switch (verification) {
      case Verification.Accepted accepted -> accepted.subject() + " " + accepted.scopes();
      case Verification.Refused(String reason) -> reason;
      case Verification other -> other.toString();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CN=anna,O=Pets\\, Inc.      |                                  | anna [read]
          CN=Anna,O=Pets\\, Inc.      |                                  | anna [read]
          cn=ANNA, o=pets\\,   inc.   |                                  | anna [read]
          CN=\\ anna\\ ,O=Pets\\, Inc. |                                | anna [read]
          2.5.4.3=anna,O=Pets\\, Inc. |                                  | anna [read]
          CN=ａｎｎａ,O=Pets\\, Inc.  |                                  | anna [read]
          CN=anna,O=Petſ\\, Inc.     |                                  | anna [read]
          CN=аnna,O=Pets\\, Inc.     |                                  | UNKNOWN
          CN=an na,O=Pets\\, Inc.     |                                  | UNKNOWN
          CN=anna,O=Pets\\,Inc.       |                                  | UNKNOWN
          CN=anna+O=Pets\\, Inc.      |                                  | UNKNOWN
          CN=anná,O=Pets\\, Inc.  |                                  | UNKNOWN
          CN=anna,OU=Pets\\, Inc.     |                                  | UNKNOWN
          CN=anna,O=Pets              |                                  | UNKNOWN
          O=Pets\\, Inc.,CN=anna      |                                  | UNKNOWN
          CN=anna,O=Pets\\, Inc.,C=DE |                                  | UNKNOWN
          CN=anna\\,O=Pets\\, Inc.    |                                  | UNKNOWN
          CN=x                        | dns:shop.example.com             | shop [write]
          CN=x                        | dns:SHOP.example.com             | shop [write]
          CN=x                        | dns:*.example.com                | UNKNOWN
          CN=x                        | dns:a.example dns:shop.example.com | shop [write]
          CN=x                        | uri:dns:shop.example.com         | UNKNOWN
          CN=x                        | email:ben@example.com            | mail []
          CN=x                        | email:Ben@example.com            | UNKNOWN
          CN=x                        | uri:https://example.com/Web      | web []
          CN=x                        | uri:https://example.com/web      | UNKNOWN
          CN=x                        | address:127.0.0.1                | UNKNOWN
          CN=anna,O=Pets\\, Inc.      | dns:shop.example.com             | the client certificate is that of more than one
          CN=x                        | dns:shop.example.com email:ben@example.com | the client certificate is that of more than one
          """)
  void a_certificate_is_that_of_whom_it_names(String subject, String names, String expected) {
    TestCertificate certificate = TestCertificate.of(subject);
    for (String name : names == null ? new String[0] : names.split(" ")) {
      String value = name.substring(name.indexOf(':') + 1);
      switch (name.substring(0, name.indexOf(':'))) {
        case "dns" -> certificate.dns(value);
        case "uri" -> certificate.uri(value);
        case "email" -> certificate.email(value);
        default -> certificate.address(value);
      }
    }
    assertThat(outcome(verify(provider(), certificate.make())))
        .isEqualTo(expected.replace("UNKNOWN", outcome(UNKNOWN)));
  }

  @Test
  void claims_are_what_the_certificate_says() throws Exception {
    X509Certificate certificate =
        TestCertificate.of("CN=anna,O=Pets\\, Inc.")
            .dns("a.example")
            .uri("spiffe://x/y")
            .address("127.0.0.1")
            .make();
    String fingerprint =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));

    assertThat(verify(provider(), certificate))
        .isInstanceOfSatisfying(
            Verification.Accepted.class,
            accepted ->
                assertThat(accepted.claims())
                    .hasToString(
                        "{dn=CN=anna,O=Pets\\, Inc., san=[dns:a.example, uri:spiffe://x/y],"
                            + " serial=1267, fingerprint=sha256:"
                            + fingerprint
                            + "}"));
  }

  @Test
  void anybody_gets_in_only_where_that_is_said_and_without_scopes() {
    MutualTlsProvider provider =
        builder().anyTrusted().distinguishedName("anna", "CN=anna", List.of("read")).build();
    assertThat(outcome(verify(provider, TestCertificate.of("CN=ben").make())))
        .isEqualTo("CN=ben []");
    assertThat(outcome(verify(provider, TestCertificate.of("CN=anna").make())))
        .isEqualTo("anna [read]");
    assertThat(outcome(verify(provider, TestCertificate.of("").dns("a.example").make())))
        .isEqualTo("dns:a.example []");
    assertThat(provider.description()).isEqualTo("client certificates, all that TLS trusts");
    assertThat(provider().description()).isEqualTo("4 client certificates");
  }

  @Test
  void a_connection_does_not_outlive_its_certificate() {
    MutualTlsProvider provider = provider();
    X509Certificate certificate = TestCertificate.of("CN=anna,O=Pets\\, Inc.").make();
    assertThat(outcome(verify(provider, certificate))).isEqualTo("anna [read]");
    clock.pass(Duration.ofHours(13));
    assertThat(outcome(verify(provider, certificate)))
        .isEqualTo("the client certificate has expired");
    Instant now = clock.instant();
    assertThat(
            outcome(
                verify(
                    provider,
                    TestCertificate.of("CN=anna,O=Pets\\, Inc.")
                        .between(now.plusSeconds(60), now.plusSeconds(120)))))
        .isEqualTo("the client certificate is not valid yet");
  }

  @Test
  void another_kind_of_credential_is_none() {
    assertThat(provider().verifyOnLoop(new Credential.Bearer("CN=anna"), Tokens.REQUEST))
        .isEqualTo(Verification.refused("a client certificate is needed"));
  }

  @Test
  void what_cannot_be_used_is_refused_by_the_builder() {
    assertThatThrownBy(() -> builder().build())
        .hasMessage(
            "accepts nobody: name subjects with distinguishedName or alternativeName, or accept"
                + " everybody whom TLS trusts with anyTrusted");
    assertThatThrownBy(() -> builder().distinguishedName("anna", "anna", List.of()))
        .hasMessage(
            "distinguishedName = \"anna\" is no distinguished name: write it as RFC 2253 does:"
                + " CN=anna,O=Pets");
    assertThatThrownBy(() -> builder().distinguishedName("anna", "", List.of()))
        .hasMessage("distinguishedName is empty: write it like CN=anna,O=Pets");
    assertThatThrownBy(() -> builder().alternativeName("anna", "ip:127.0.0.1", List.of()))
        .hasMessage(
            "alternativeName = \"ip:127.0.0.1\" does not say of what kind it is: begin it with"
                + " dns:, uri: or email:");
    assertThatThrownBy(() ->
            builder()
                .alternativeName("anna", "dns:a.example", List.of())
                .alternativeName("ben", "dns:A.example", List.of()))
        .hasMessage("alternativeName is that of anna too: give each subject its own");
    assertThatThrownBy(() ->
            builder()
                .distinguishedName("anna", "CN=anna,O=Pets", List.of())
                .distinguishedName("ben", "cn=Anna, o=Pets", List.of()))
        .hasMessage("distinguishedName is that of anna too: give each subject its own");
  }

  private static HttpResponse get(BrrtServer server, X509Certificate... certificates) {
    HttpRequest head =
        new HttpRequest(
            Method.GET,
            "/pets",
            "HTTP/1.1",
            Headers.of(),
            new Peer(new InetSocketAddress(0), true, List.of(certificates)));
    return server.exchange(head, new byte[0]);
  }

  @Test
  void clients_get_in_as_configured() throws IOException {
    Instant now = Clock.systemUTC().instant();
    String yaml =
        """
        security:
          mutual_tls:
            door:
              subjects:
                anna: {dn: "CN=anna,O=Pets", scopes: [read]}
                shop: {san: "dns:shop.example.com"}
        """;
    try (BrrtServer server =
        Served.builder(directory, "{type: mutualTLS}", yaml).startInProcess()) {
      HttpResponse anna =
          get(
              server,
              TestCertificate.of("CN=anna,O=Pets")
                  .between(now.minusSeconds(9), now.plusSeconds(99)));
      assertThat(new String(((Body.Bytes) anna.body()).bytes(), StandardCharsets.UTF_8))
          .startsWith("anna [read] {dn=CN=anna,O=Pets,");
      TestCertificate shop = TestCertificate.of("CN=x").dns("shop.example.com");
      assertThat(get(server, shop.between(now.minusSeconds(9), now.plusSeconds(99))).status())
          .isEqualTo(403);
      assertThat(get(server, shop.between(now.minusSeconds(9), now.minusSeconds(1))).status())
          .isEqualTo(401);
      assertThat(get(server).status()).isEqualTo(401);
    }
  }
}
