package io.brrtrouter.security;

import static io.brrtrouter.security.KeyServer.status;
import static io.brrtrouter.security.TestCertificate.credential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.runtime.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpiffeProvidersTest {
  private static final long NOW = TestClock.START_SECONDS;

  private final TestClock clock = new TestClock();
  @TempDir private Path directory;
  private Path bundle;

  @BeforeEach
  void place() {
    bundle = directory.resolve("bundle.json");
  }

  /** A bundle as a trust domain publishes it, with the authority of its certificates. */
  private static String bundle(String... keys) {
    return "{\"spiffe_sequence\":1,\"spiffe_refresh_hint\":300,\"keys\":["
        + TestKey.P521.jwk("\"use\":\"x509-svid\"", "\"x5c\":[\"MIIB\"]")
        + ","
        + String.join(",", keys)
        + "]}";
  }

  private static String svidKey(TestKey key) {
    return key.jwk("\"use\":\"jwt-svid\"", "\"kid\":\"" + key.kid() + "\"");
  }

  private JwtSvidProviderBuilder builder() {
    return JwtSvidProvider.builder().trustDomain("example.org").audience("pets").clock(clock);
  }

  private JwtSvidProvider provider(String... keys) throws IOException {
    Files.writeString(bundle, bundle(keys));
    return builder().bundleFile(bundle).build();
  }

  private static String outcome(SecurityProviderCall call) throws Exception {
    return switch (call.verify()) {
      case Verification.Accepted accepted -> accepted.subject();
      case Verification.Refused(String reason) -> reason;
      case Verification other -> other.toString();
    };
  }

  private interface SecurityProviderCall {
    Verification verify() throws Exception;
  }

  private static String outcome(JwtSvidProvider provider, String token) throws Exception {
    return outcome(() -> provider.verify(new Credential.Bearer(token), Tokens.REQUEST));
  }

  private static String claims(String claims) {
    return claims
        .replace("SUB", "\"sub\":\"spiffe://example.org/shop/web\"")
        .replace("AUD", "\"aud\":[\"x\",\"pets\"]")
        .replace("EXP", "\"exp\":" + (NOW + 60))
        .replace("LATE", "\"exp\":" + (NOW - 30))
        .replace("JUST", "\"exp\":" + (NOW - 29))
        .replace("SOON", "\"nbf\":" + (NOW + 30))
        .replace("EARLY", "\"nbf\":" + (NOW + 31));
  }

  private static final String GOOD = claims("{SUB,AUD,EXP}");

  @Nested
  class A_JWT_SVID {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            {SUB,AUD,EXP}                                        | spiffe://example.org/shop/web
            {SUB,AUD,JUST}                                       | spiffe://example.org/shop/web
            {SUB,AUD,EXP,SOON}                                   | spiffe://example.org/shop/web
            {SUB,AUD,EXP,EARLY}                                  | the token is not valid yet
            {SUB,"aud":"pets",EXP}                               | spiffe://example.org/shop/web
            {SUB,AUD,EXP,"iss":"https://oidc.example.com"}       | spiffe://example.org/shop/web
            {SUB,AUD,EXP,"iss":"spiffe://example.org"}           | spiffe://example.org/shop/web
            {SUB,AUD,EXP,"iss":"spiffe://other.org"}             | the token is of another trust domain than its subject
            {SUB,AUD,EXP,"iss":"spiffe://example.org/server"}    | the token is of another trust domain than its subject
            {SUB,AUD,EXP,"iss":7}                                | the issuer of the token is not a string
            {SUB,AUD}                                            | the token does not say when it expires
            {SUB,AUD,LATE}                                       | the token has expired
            {SUB,EXP}                                            | the token is not for this audience
            {SUB,EXP,"aud":[]}                                   | the token is not for this audience
            {SUB,EXP,"aud":"pet"}                                | the token is not for this audience
            {AUD,EXP}                                            | the subject of the token is no SPIFFE ID of a workload
            {AUD,EXP,"sub":"anna"}                               | the subject of the token is no SPIFFE ID of a workload
            {AUD,EXP,"sub":"spiffe://example.org"}               | the subject of the token is no SPIFFE ID of a workload
            {AUD,EXP,"sub":"spiffe://example.org/a/../b"}        | the subject of the token is no SPIFFE ID of a workload
            {AUD,EXP,"sub":"spiffe://other.org/shop/web"}        | the workload is not one of those accepted here
            {AUD,EXP,"sub":"spiffe://example.org.evil/shop/web"} | the workload is not one of those accepted here
            """)
    void names_a_workload_and_whom_it_is_for_and_when_it_ends(String claims, String expected)
        throws Exception {
      try (JwtSvidProvider provider = provider(svidKey(TestKey.P256))) {
        assertThat(outcome(provider, TestKey.P256.token("ES256", claims(claims))))
            .isEqualTo(expected);
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\'',
        textBlock =
            """
            RS256 | "typ":"JWT"        | spiffe://example.org/shop/web
            RS512 | "typ":"JOSE"       | spiffe://example.org/shop/web
            PS384 | "cty":"x"          | spiffe://example.org/shop/web
            RS256 | "typ":"at+jwt"     | the type of the token is not accepted
            RS256 | "typ":""           | the type of the token is not accepted
            """)
    void has_a_header_of_the_specification(String algorithm, String more, String expected)
        throws Exception {
      try (JwtSvidProvider provider = provider(svidKey(TestKey.RSA))) {
        String header = "{\"alg\":\"%s\",\"kid\":\"rsa\",%s}".formatted(algorithm, more);
        assertThat(outcome(provider, TestKey.RSA.sign(algorithm, header, GOOD)))
            .isEqualTo(expected);
      }
    }

    @Test
    void is_signed_by_an_algorithm_of_the_specification() throws Exception {
      String refused = "the algorithm of the token is not accepted";
      try (JwtSvidProvider provider = provider(svidKey(TestKey.ED25519), svidKey(TestKey.P384))) {
        assertThat(outcome(provider, TestKey.P384.token("ES384", GOOD)))
            .isEqualTo("spiffe://example.org/shop/web");
        assertThat(outcome(provider, TestKey.ED25519.token("EdDSA", GOOD))).isEqualTo(refused);
        String hmac =
            TestKey.hmac("HS256", new byte[32], "{\"alg\":\"HS256\",\"kid\":\"p384\"}", GOOD);
        assertThat(outcome(provider, hmac)).isEqualTo(refused);
        String none = TestKey.base64("{\"alg\":\"none\"}") + "." + TestKey.base64(GOOD) + ".";
        assertThat(outcome(provider, none)).isEqualTo(refused);
      }
    }

    @Test
    void is_signed_with_a_key_for_it() throws Exception {
      String authority = TestKey.P384.jwk("\"use\":\"x509-svid\"", "\"kid\":\"p384\"");
      String signature = TestKey.RSA.jwk("\"use\":\"sig\"", "\"kid\":\"rsa\"");
      try (JwtSvidProvider provider =
          provider(svidKey(TestKey.P256), authority, signature, TestKey.OTHER_RSA.namedJwk())) {
        assertThat(outcome(provider, TestKey.P256.token("ES256", GOOD))).startsWith("spiffe://");
        assertThat(outcome(provider, TestKey.OTHER_RSA.token("RS256", GOOD)))
            .as("a key set says no use")
            .startsWith("spiffe://");
        assertThat(outcome(provider, TestKey.P384.token("ES384", GOOD)))
            .isEqualTo("the key of the token is not known");
        assertThat(outcome(provider, TestKey.RSA.token("RS256", GOOD)))
            .isEqualTo("the key of the token is not known");
        String forged = TestKey.P521.sign("ES512", "{\"alg\":\"ES512\"}", GOOD);
        assertThat(outcome(provider, forged)).isEqualTo("no key is for the algorithm of the token");
      }
    }

    @Test
    @SuppressWarnings("try") // closed early, to see what comes then
    void is_verified_with_the_bundle_of_a_url_and_known_on_the_loop_then() throws Exception {
      try (KeyServer server =
              new KeyServer().on("/bundle", status(200, bundle(svidKey(TestKey.P256))));
          JwtSvidProvider provider =
              builder()
                  .jwksUrl(server.url("/bundle"))
                  .allowedId("spiffe://example.org/shop/*")
                  .build()) {
        Credential good = new Credential.Bearer(TestKey.P256.token("ES256", GOOD));
        assertThat(provider.verify(good, Tokens.REQUEST)).isInstanceOf(Verification.Accepted.class);
        assertThat(provider.verifyOnLoop(good, Tokens.REQUEST))
            .isInstanceOf(Verification.Accepted.class);
        assertThat(
                outcome(
                    provider, TestKey.P256.token("ES256", GOOD.replace("/shop/web", "/bank/web"))))
            .isEqualTo("the workload is not one of those accepted here");
        assertThat(provider.description())
            .isEqualTo("SPIFFE JWT-SVID of example.org, keys from " + server.url("/bundle"));
        provider.close();
        assertThat(provider.verify(good, Tokens.REQUEST))
            .isEqualTo(new Verification.Unavailable("the provider is closed"));
      }
    }
  }

  @Nested
  class An_X509_SVID {
    private static final String WEB = "spiffe://example.org/shop/web";

    private String outcome(TestCertificate certificate) throws Exception {
      X509SvidProvider provider =
          X509SvidProvider.builder()
              .trustDomain("example.org")
              .allowedId("spiffe://example.org/shop/*")
              .clock(clock)
              .build();
      Credential credential = credential(certificate.make());
      assertThat(provider.description())
          .isEqualTo("SPIFFE X.509-SVID of example.org, issued by whomever TLS trusts");
      assertThat(provider.verify(credential, Tokens.REQUEST))
          .isEqualTo(provider.verifyOnLoop(credential, Tokens.REQUEST));
      return SpiffeProvidersTest.outcome(() -> provider.verifyOnLoop(credential, Tokens.REQUEST));
    }

    private static TestCertificate web() {
      return TestCertificate.of("C=US,O=SPIRE").uri(WEB);
    }

    @Test
    void names_its_workload() throws Exception {
      assertThat(outcome(web())).isEqualTo(WEB);
      assertThat(outcome(web().dns("web.example.org").email("a@example.org"))).isEqualTo(WEB);
      assertThat(outcome(web().usage(TestCertificate.SIGNS | TestCertificate.AGREES_KEYS)))
          .isEqualTo(WEB);
    }

    @Test
    void names_one_workload_only() throws Exception {
      String refused =
          "the client certificate does not have exactly one URI among its alternative names";
      assertThat(outcome(web().uri("https://example.org/"))).isEqualTo(refused);
      assertThat(outcome(web().uri(WEB))).isEqualTo(refused);
      assertThat(outcome(TestCertificate.of("CN=" + WEB))).isEqualTo(refused);
      assertThat(outcome(TestCertificate.of("CN=x").dns("spiffe.example.org"))).isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({
      "https://example.org/shop/web,      the client certificate has no SPIFFE ID of a workload",
      "spiffe://example.org,              the client certificate has no SPIFFE ID of a workload",
      "spiffe://example.org/shop/web/,    the client certificate has no SPIFFE ID of a workload",
      "spiffe://example.org/bank/web,     the workload is not one of those accepted here",
      "spiffe://other.org/shop/web,       the workload is not one of those accepted here",
    })
    void names_a_workload_that_is_accepted(String uri, String refused) throws Exception {
      assertThat(outcome(TestCertificate.of("CN=x").uri(uri))).isEqualTo(refused);
    }

    @Test
    void is_no_authority() throws Exception {
      String refused = "the client certificate is not one of a workload";
      assertThat(outcome(web().authority())).isEqualTo(refused);
      assertThat(outcome(web().usage(0))).isEqualTo(refused);
      assertThat(outcome(web().usage(TestCertificate.AGREES_KEYS))).isEqualTo(refused);
      assertThat(outcome(web().usage(TestCertificate.SIGNS | TestCertificate.SIGNS_CERTIFICATES)))
          .isEqualTo(refused);
      assertThat(outcome(web().usage(TestCertificate.SIGNS | TestCertificate.SIGNS_LISTS)))
          .isEqualTo(refused);
    }
  }

  @Nested
  class Authorities_of_the_trust_domain {
    private static final X509Certificate OURS =
        TestCertificate.authority("CN=Ours", TestKey.P384).make();
    private static final X509Certificate THEIRS =
        TestCertificate.authority("CN=Theirs", TestKey.P521).make();
    private static final String REFUSED =
        "the client certificate is not issued by an authority of the trust domain";

    private Path pem;

    @BeforeEach
    void write() throws IOException {
      pem = Files.writeString(directory.resolve("bundle.pem"), TestCertificate.pem(OURS));
    }

    private X509SvidProvider provider() throws UnusableSecretException {
      return X509SvidProvider.builder()
          .trustDomain("example.org")
          .bundleFile(pem)
          .clock(clock)
          .build();
    }

    private static X509Certificate web(String issuer, TestKey key) {
      return An_X509_SVID.web().issuedBy(issuer, key).make();
    }

    private static String outcome(X509SvidProvider provider, X509Certificate... chain)
        throws Exception {
      return SpiffeProvidersTest.outcome(
          () -> provider.verifyOnLoop(credential(chain), Tokens.REQUEST));
    }

    @Test
    void speak_for_it_and_no_others_do_whomever_tls_trusts() throws Exception {
      X509SvidProvider provider = provider();

      assertThat(provider.resistsGuessing()).isTrue();
      assertThat(outcome(provider, web("CN=Ours", TestKey.P384))).isEqualTo(An_X509_SVID.WEB);
      assertThat(outcome(provider, web("CN=Ours", TestKey.P384), OURS)).isEqualTo(An_X509_SVID.WEB);
      assertThat(outcome(provider, web("CN=Theirs", TestKey.P521), THEIRS)).isEqualTo(REFUSED);
      assertThat(outcome(provider, web("CN=Ours", TestKey.P521))).isEqualTo(REFUSED);
      assertThat(provider.description())
          .isEqualTo("SPIFFE X.509-SVID of example.org, authorities in " + pem);
    }

    @Test
    void may_let_others_issue_in_between() throws Exception {
      X509Certificate between =
          TestCertificate.authority("CN=Between", TestKey.P521)
              .issuedBy("CN=Ours", TestKey.P384)
              .make();
      X509SvidProvider provider = provider();

      assertThat(outcome(provider, web("CN=Between", TestKey.P521), between))
          .isEqualTo(An_X509_SVID.WEB);
      assertThat(outcome(provider, web("CN=Between", TestKey.P521))).isEqualTo(REFUSED);
    }

    @Test
    void that_are_exchanged_or_gone_count_for_connections_that_are_open_too() throws Exception {
      X509Certificate ours = web("CN=Ours", TestKey.P384);
      X509Certificate theirs = web("CN=Theirs", TestKey.P521);
      X509SvidProvider provider = provider();
      assertThat(outcome(provider, ours)).isEqualTo(An_X509_SVID.WEB);
      assertThat(outcome(provider, theirs)).isEqualTo(REFUSED);

      Files.writeString(pem, TestCertificate.pem(THEIRS));
      provider.reload();
      assertThat(outcome(provider, ours)).isEqualTo(REFUSED);
      assertThat(outcome(provider, theirs)).isEqualTo(An_X509_SVID.WEB);

      Files.writeString(pem, "-----BEGIN CERTIFICATE-----\nx");
      provider.reload();
      assertThat(outcome(provider, theirs)).as("a broken one").isEqualTo(An_X509_SVID.WEB);

      Files.delete(pem);
      provider.reload();
      assertThat(outcome(provider, theirs)).isEqualTo(REFUSED);
    }

    @Test
    void that_are_none_stop_the_start() throws Exception {
      Files.writeString(pem, "");
      assertThatThrownBy(this::provider)
          .isInstanceOf(UnusableSecretException.class)
          .hasMessage(pem + ": it has no certificate");
    }
  }

  /** SPIFFE binds a bundle to its trust domain: whoever has a key of one speaks for that one. */
  @Test
  void a_second_trust_domain_is_refused() {
    String refused =
        "trustDomain has 2 trust domains, and whoever has a key of one could speak for the others:"
            + " declare a security scheme for each trust domain, each with its own keys";
    assertThatThrownBy(
            () -> X509SvidProvider.builder().trustDomain("a.org").trustDomain("b.org").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(refused);
    assertThatThrownBy(() -> builder().trustDomain("b.org").build())
        .hasMessageStartingWith(refused);
  }

  @Test
  void what_is_missing_is_told() {
    assertThatThrownBy(() -> JwtSvidProvider.builder().build())
        .hasMessage(
            "trustDomain is missing: name the one whose workloads are accepted, example.org for example;"
                + " audience is missing: name this service as its tokens name it;"
                + " has no keys to verify tokens with: set one of jwksUrl and bundleFile");
    assertThatThrownBy(() -> JwtSvidProvider.builder().trustDomain("a").build())
        .hasMessageContaining("audience is missing: name this service as its tokens name it");
    assertThatThrownBy(() -> builder().build())
        .hasMessage("has no keys to verify tokens with: set one of jwksUrl and bundleFile");
    assertThatThrownBy(() -> X509SvidProvider.builder().build())
        .hasMessage(
            "trustDomain is missing: name the one whose workloads are accepted, example.org for example");
  }

  @Nested
  class As_configured {
    @Test
    void tokens_of_workloads_get_in() throws Exception {
      Files.writeString(bundle, bundle(svidKey(TestKey.P256)));
      String yaml =
          "security: {spiffe: {door: {trust_domain: example.org, aud: [pets],"
              + " bundle_file: '%s', cookie_name: svid}}}".formatted(bundle);
      long end = System.currentTimeMillis() / 1000 + 60;
      String token =
          TestKey.P256.token("ES256", claims("{SUB,AUD,\"exp\":" + end + ",\"scope\":\"read\"}"));
      try (Served server = Served.over(directory, "{type: http, scheme: bearer}", yaml)) {
        assertThat(server.get("Authorization", "Bearer " + token).body())
            .startsWith("spiffe://example.org/shop/web [read]");
        assertThat(server.get("Cookie", "svid=" + token).statusCode()).isEqualTo(200);
        var late = server.get("Authorization", "Bearer " + TestKey.P256.token("ES256", GOOD));
        assertThat(late.statusCode()).isEqualTo(401);
      }
    }

    @Test
    void certificates_of_workloads_are_those_of_mutual_tls() {
      String yaml = "security: {spiffe: {door: {trust_domain: example.org}}}";
      // It is taken for this scheme, and only TLS is missing, which conformance tests have.
      assertThatThrownBy(() -> Served.over(directory, "{type: mutualTLS}", yaml).close())
          .isInstanceOf(StartupException.class)
          .hasMessageContaining(
              "security scheme \"door\" needs certificates of clients, but the server asks for none");
    }
  }

  @Test
  void another_kind_of_credential_is_none() throws Exception {
    X509SvidProvider provider = X509SvidProvider.builder().trustDomain("example.org").build();
    assertThat(provider.verify(new Credential.Bearer("x"), Tokens.REQUEST))
        .isEqualTo(Verification.refused("a client certificate is needed"));
    try (JwtSvidProvider tokens = provider(svidKey(TestKey.P256))) {
      assertThat(tokens.verify(new Credential.Basic("spiffe://example.org/x", ""), Tokens.REQUEST))
          .isEqualTo(Verification.refused("a bearer token is needed"));
      assertThat(List.of(tokens.toString(), provider.toString()))
          .noneMatch(text -> text.contains("example.org"));
    }
  }
}
