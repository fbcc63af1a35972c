package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {
  private static final String SHOP =
      """
      openapi: 3.1.1
      info: {title: Shop, version: "1"}
      servers: [{url: https://example.org/v1}]
      paths:
        /orders:
          get:
            operationId: list_orders
            security: [{key: [read]}, {token: [orders], key: []}, {}]
            responses: {"204": {description: none}}
          post:
            operationId: order
            security: [{key: [write]}]
            responses: {"204": {description: ordered}}
        /goods:
          get:
            operationId: list_goods
            responses: {"204": {description: none}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          token: {type: http, scheme: bearer}
      """;

  private static final String CONFIG =
      """
      security:
        api_keys:
          key:
            keys:
              ann: {key: ann-key-0123456789, scopes: [read]}
              ben: {key: ben-key-0123456789, scopes: [write]}
      """;

  private static final String UNSEEN =
      "Providers that code gives cannot be seen here; without any, a start says this:\n";

  /** The configuration has nothing for the other scheme of the shop. */
  private static final String WITHOUT_TOKEN =
      UNSEEN
          + """
          shop.yaml:21:12: error[security-without-provider]: nothing verifies the credentials of security scheme "token", which operation "list_orders" takes
             21 |     token: {type: http, scheme: bearer}
                |            ^
            fix: configure security.jwks.token.jwks_url or security.introspection.token.introspection_url, give a provider in code with security("token", ...), or try it out on this machine with --dev-security
          """;

  private static final String WITHOUT_BANK =
      UNSEEN
          + """
          bank.yaml:11:14: error[security-without-provider]: nothing verifies the credentials of security scheme "session", which 2 operations take, "pay" the first
             11 |     session: {type: apiKey, in: cookie, name: session}
                |              ^
            fix: configure security.api_keys.session.key or security.remote_api_keys.session.verify_url, give a provider in code with security("session", ...), or try it out on this machine with --dev-security
          bank.yaml:12:13: error[security-without-provider]: nothing verifies the credentials of security scheme "office", which operation "pay" takes
             12 |     office: {type: http, scheme: basic}
                |             ^
            fix: configure security.basic.office.users_file, give a provider in code with security("office", ...), or try it out on this machine with --dev-security
          """;

  @TempDir Path directory;
  private CommandBench bench;
  private String document;
  private String config;

  @BeforeEach
  void prepare() throws IOException {
    bench = new CommandBench(directory, Map.of());
    document = bench.write("shop.yaml", SHOP);
    config = bench.write("config.yaml", CONFIG);
  }

  @Test
  void tells_which_service_answers_and_where_it_is() throws IOException {
    String handed =
        bench.write(
            "handed.yaml",
            """
            openapi: 3.1.1
            info: { title: Shop, version: '1' }
            paths:
              /item: { get: { operationId: item, x-service: catalog, responses: { '200': { description: it } } } }
              /price: { get: { operationId: price, x-service: prices, responses: { '200': { description: it } } } }
            """);
    String services =
        bench.write("services.yaml", "services: { catalog: { url: [\"http://a:81/b\"] } }\n");
    assertThat(bench.execute("explain", handed, "item", "--config", services)).isZero();
    assertThat(bench.execute("explain", handed, "price", "--config", services)).isZero();
    assertThat(bench.out())
        .contains(
            "GET /item (item)\nThe service \"catalog\" answers it, unless code does: at http://a:81/b.\n")
        .contains(
            "The service \"prices\" answers it, unless code does: no services.prices says where it is.\n");
  }

  @Test
  void tells_who_may_call_an_operation() {
    assertThat(bench.execute("explain", document, "list_orders", "--config", config)).isZero();
    assertThat(bench.out())
        .isEqualTo(
            """
            GET /v1/orders (list_orders)
            Who calls it must satisfy one of these 3, in this order:
              - key (a key in the header X-Key, which grants read, verified by 2 keys)
              - token (HTTP bearer in Authorization, which grants orders, which nothing configured verifies) and key (a key in the header X-Key, verified by 2 keys)
              - nothing: anybody may, unless a credential comes along that is not good
            Forged by another site (CSRF): cannot be; browsers add none of these credentials by themselves
            From pages of other origins (CORS): nothing is said about pages of other origins, and none of them can read an answer
            Rate limits: 100 refused credentials in 60 s from one address to all operations together
            The client's address: that of who is connected
            By the configuration alone, the request would be let in. Anybody may call it, and no credential was refused.
              key: no credential
              token: no credential
            """
                + WITHOUT_TOKEN);
    assertThat(bench.err()).isEmpty();
  }

  /** RFC 9470, from the document to the verdict about a token that has no {@code acr}. */
  @Test
  void tells_that_an_operation_asks_for_a_stronger_authentication() throws IOException {
    String step =
        bench.write(
            "step.yaml",
            SHOP.replace("[{key: [write]}]", "[{token: []}]")
                .replace(
                    "operationId: order",
                    "operationId: order\n      x-brrtrouter-step-up: {acrValues: [gold], maxAge: 60}"));
    assertThat(
            bench.execute(
                "explain",
                step,
                "order",
                "--dev-security",
                "--header=Authorization: Bearer development-only"))
        .isZero();
    assertThat(bench.out())
        .contains(
            "\nThe token must tell of an authentication as in"
                + " {\"acrValues\":[\"gold\"],\"maxAge\":60}\n",
            "The request would be refused with 401.",
            "401. The token is good, but the token has no acr that says how its user authenticated",
            "error=\"insufficient_user_authentication\"",
            "acr_values=\"gold\", max_age=\"60\"\n");
  }

  /** A start refuses it; whoever asks why learns both. */
  @Test
  void tells_of_scopes_that_nobody_has() throws IOException {
    String readers = bench.write("readers.yaml", CONFIG.replaceFirst("(?m)^ *ben: .*\n", ""));
    assertThat(
            bench.execute(
                "explain",
                document,
                "order",
                "--config",
                readers,
                "--header=X-Key: ann-key-0123456789"))
        .isZero();
    assertThat(bench.out())
        .contains(
            "refused with 403.",
            "A start refuses this configuration:\n",
            "readers.yaml:3:5: error[security-scope-source]: security.api_keys.key grants nobody"
                + " \"write\", without which nobody may call operation \"order\"\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list_goods", "GET /goods", "GET /v1/goods"})
  void knows_an_operation_by_its_names(String operation) {
    assertThat(bench.execute("explain", document, operation)).isZero();
    assertThat(bench.out())
        .startsWith(
            """
            GET /v1/goods (list_goods)
            Anybody may call it: it has no security requirement.
            Forged by another site (CSRF):\
            """);
  }

  private static final String BANK =
      """
      openapi: 3.1.1
      info: {title: Bank, version: "1"}
      paths:
        /pay:
          post: {operationId: pay, security: [{session: []}, {office: []}], responses: {"204": {description: paid}}}
          get: {operationId: paid, x-cors: false, security: [{session: []}], responses: {"204": {description: seen}}}
        /open:
          get: {operationId: open, responses: {"204": {description: seen}}}
      components:
        securitySchemes:
          session: {type: apiKey, in: cookie, name: session}
          office: {type: http, scheme: basic}
      """;

  private static final String GUARDS =
      """
      cors: {origins: [https://app.test], allow_credentials: true}
      security: {csrf: {trusted_origins: [https://old.test], allow_same_site: true}}
      rate_limit: {enabled: true, requests: 5, window_secs: 10, routes: {open: 0}}
      http: {trusted_proxies: [10.0.0.0/8], forwarded_header: forwarded}
      """;

  /** {@return what is said of an operation of the bank between its requirements and the verdict} */
  private String surroundings(String operation, String settings) throws IOException {
    String bank = bench.write("bank.yaml", BANK);
    String guards = bench.write("guards.yaml", settings);
    assertThat(bench.execute("explain", bank, operation, "--config", guards)).isZero();
    String out = bench.out();
    return out.substring(out.indexOf("Forged"), out.indexOf("equest would be"));
  }

  @Test
  void tells_what_else_keeps_requests_out() throws IOException {
    assertThat(surroundings("pay", GUARDS))
        .isEqualTo(
            """
            Forged by another site (CSRF): refused when the browser has added the cookie session or HTTP basic; trusted: hosts of the same site, https://old.test
            From pages of other origins (CORS): https://app.test, which may send credentials of the browser and the header fields Content-Type, Authorization; others are refused
            Rate limits: 100 refused credentials in 60 s from one address to all operations together; 50 requests in 10 s from one address, before credentials are looked at; 5 requests in 10 s by one subject or key, or from one address where there is neither
            The client's address: what 10.0.0.0/8 say in Forwarded
            By the configuration alone, the r\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          origins: ['*']                                              | all, which may send the header fields Content-Type, Authorization, but no credentials of the browser
          origins: ['*', 'https://a.test'], allowed_headers: ['*']    | all, which may send any header field other than Authorization, but no credentials of the browser
          origins: ['*'], allowed_headers: ['*', authorization]       | all, which may send any header field, but no credentials of the browser
          origins: ['https://a.test'], allowed_headers: []            | https://a.test, which may send the header fields that any page may, but no credentials of the browser; others are refused
          origins: ['https://a.test'], refuse_unlisted: false         | https://a.test, which may send the header fields Content-Type, Authorization, but no credentials of the browser; others cannot read the answer
          """)
  void tells_what_pages_may_send(String cors, String pages) throws IOException {
    assertThat(surroundings("pay", "cors: {" + cors + "}"))
        .contains("\nFrom pages of other origins (CORS): " + pages + "\n");
  }

  @Test
  void tells_how_many_may_be_sent_at_once() throws IOException {
    String shop =
        bench.write(
            "shop.yaml",
            SHOP.replace(
                "operationId: order",
                "operationId: order\n      x-brrtrouter-rate-limit: {requests: 5, burst: 3, key: ip}"));
    bench.execute("explain", shop, "order", "--config", config);
    assertThat(bench.out())
        .contains(" get a 429); 3 requests at once, 5 in 60 s from one address\n");
  }

  /** Those of API keys count, but keep no key from being looked at. */
  @ParameterizedTest
  @ValueSource(strings = {"--config=config.yaml", "--dev-security"})
  void tells_of_refused_credentials_whether_they_keep_good_ones_out_or_not(String flag) {
    String providers = flag.replace("config.yaml", config);
    bench.execute("explain", document, "order", providers);
    assertThat(bench.out())
        .contains(
            "\nRate limits: 100 refused credentials in 60 s from one address to all operations together (beyond them good ones are"
                + " let in, and others get a 429)\n");
  }

  @Test
  void tells_of_no_refused_credentials_where_any_number_may_be() throws IOException {
    String any = bench.write("any.yaml", CONFIG + "rate_limit: {auth_failures: 0}\n");
    bench.execute("explain", document, "order", "--config", any);
    assertThat(bench.out()).contains("\nRate limits: none\n");
  }

  @Test
  void tells_who_is_trusted_where_nobody_is() throws IOException {
    assertThat(surroundings("pay", "{}"))
        .contains(
            "added the cookie session or HTTP basic; nobody is trusted by"
                + " security.csrf.trusted_origins or security.csrf.allow_same_site\n");
  }

  @Test
  void tells_that_a_credential_that_is_not_good_is_ignored() throws IOException {
    String lenient =
        bench.write(
            "config.yaml", CONFIG.replace("security:", "security:\n  invalid_credentials: ignore"));
    bench.execute(
        "explain", document, "list_orders", "--config", lenient, "--header=X-Key: no-such-key");
    assertThat(bench.out())
        .contains(
            """
            By the configuration alone, the request would be let in. Anybody may call it, and security.invalid_credentials is ignore: what is not good does not count.
              key: refused: the key is not known
              token: no credential
            """);
  }

  @Test
  void tells_what_is_let_through() throws IOException {
    assertThat(surroundings("paid", GUARDS))
        .startsWith(
            """
            Forged by another site (CSRF): let in, because GET changes nothing
            From pages of other origins (CORS): nothing is said about pages of other origins, and none of them can read an answer
            """);
  }

  @Test
  void tells_that_nothing_is_limited() throws IOException {
    assertThat(surroundings("open", GUARDS)).contains("Rate limits: none\n");
  }

  @Test
  void tells_that_a_guard_is_off() throws IOException {
    assertThat(surroundings("pay", "security: {csrf: {enabled: false}}"))
        .startsWith(
            "Forged by another site (CSRF): let in, because security.csrf.enabled is false\n");
  }

  @Test
  void tells_that_a_request_is_forged() throws IOException {
    String bank = bench.write("bank.yaml", BANK);
    assertThat(
            bench.execute(
                "explain",
                bank,
                "pay",
                "--header=Cookie: session=1",
                "--header=Sec-Fetch-Site: cross-site"))
        .isZero();
    assertThat(bench.out())
        .endsWith(
            "By the configuration alone, the request would be refused with 403. A page of another site"
                + " sent the request, and the browser added the credential that lets it in: a cookie, a"
                + " password or a client certificate. Of such pages the server trusts those in"
                + " security.csrf.trusted_origins.\n"
                + WITHOUT_BANK);
  }

  @Test
  void tells_that_an_origin_is_refused() throws IOException {
    String bank = bench.write("bank.yaml", BANK);
    String guards = bench.write("guards.yaml", GUARDS);
    bench.execute("explain", bank, "pay", "--config", guards, "--header=Origin: https://evil.test");
    assertThat(bench.out())
        .endsWith(
            "By the configuration alone, the request would be refused with 403. Pages of the origin that the request comes from"
                + " may not use this API.\n"
                + WITHOUT_BANK);
  }

  @Test
  void explains_the_server_that_a_variable_configures() throws IOException {
    bench = new CommandBench(directory, Map.of("BRRTR_CONFIG", config));
    assertThat(bench.execute("explain", document, "order", "--header=X-Key: ann-key-0123456789"))
        .isZero();
    assertThat(bench.out())
        .contains("verified by 2 keys)")
        .endsWith("  key: accepted as ann, scopes [read]\n" + WITHOUT_TOKEN);
  }

  /** The same as a start says. */
  @Test
  void says_what_contradicts_the_configuration() throws IOException {
    String bank =
        bench.write("bank.yaml", BANK.replace("x-cors: false", "x-cors: {allowCredentials: true}"));
    String guards = bench.write("guards.yaml", "cors: {origins: ['*']}");
    assertThat(bench.execute("explain", bank, "pay", "--config", guards)).isEqualTo(1);
    assertThat(bench.err())
        .contains(
            "error[extension-value]: x-cors does not go with the configuration: cors.origins has"
                + " \"*\", and allow_credentials is true")
        .endsWith("bank.yaml cannot be served; correct the errors above\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Host: localhost            | let in. Satisfied: key says it is developer.
          Host: evil.test            | refused with 403. The server accepts credentials for development, which everybody knows, so only this machine may ask
          Origin: https://evil.test  | refused with 403. The server accepts credentials for development, which everybody knows, so pages of other sites may not ask
          Origin: http://localhost:1 | let in. Satisfied: key says it is developer.
          """)
  void explains_that_credentials_for_development_are_for_this_machine(
      String field, String verdict) {
    assertThat(
            bench.execute(
                "explain",
                document,
                "order",
                "--dev-security",
                "--header=X-Key: development-only",
                "--header=" + field))
        .isZero();
    assertThat(bench.out()).contains("The request would be " + verdict);
  }

  @Test
  void tells_what_has_nothing_to_do_with_credentials() {
    bench.execute("explain", document, "order", "--header=Content-Length: 99999999");
    assertThat(bench.out())
        .contains(
            "The request would be refused with 413. The body may have at most 1048576 octets.\n");
  }

  @Nested
  class A_client_certificate {
    private static final String DOOR =
        """
        openapi: 3.1.1
        info: {title: Door, version: "1"}
        paths:
          /door:
            get: {operationId: door, security: [{certificate: []}], responses: {"204": {description: in}}}
        components:
          securitySchemes:
            certificate: {type: mutualTLS}
        """;

    private String door;

    @BeforeEach
    void document() throws IOException {
      door = bench.write("door.yaml", DOOR);
    }

    private String settings(String clientAuth, String authorities) throws IOException {
      return bench.write(
          "door-config.yaml",
          """
          tls: {certificate_file: server.pem, key_file: server.key, client_auth: %s, client_ca_file: %s}
          security: {mutual_tls: {certificate: {subjects: {ann: {dn: CN=ann}}}}}
          """
              .formatted(clientAuth, authorities));
    }

    /** {@return a file with a certificate that vouches for itself} */
    private String certificate(String name) throws Exception {
      Path store = directory.resolve(name + ".p12");
      Path file = directory.resolve(name + ".pem");
      String[] common = {"-keystore", store.toString(), "-storepass", "changeit", "-alias", name};
      keytool(common, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name);
      keytool(common, "-exportcert", "-rfc", "-file", file.toString());
      return file.toString();
    }

    private void keytool(String[] common, String... more) throws Exception {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
      command.addAll(List.of(more));
      command.addAll(List.of(common));
      Process keytool =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("keytool.log").toFile())
              .start();
      assertThat(keytool.waitFor()).isZero();
    }

    private String explain(String config, String certificate) {
      assertThat(
              bench.execute(
                  "explain", door, "door", "--config", config, "--client-cert", certificate))
          .isZero();
      String out = bench.out();
      return out.substring(out.indexOf("The client's address"));
    }

    @Test
    void lets_nobody_in_in_development_mode() {
      assertThat(bench.execute("explain", door, "door", "--dev-security")).isZero();
      assertThat(bench.out())
          .contains(
              "  - certificate (a client certificate, but nobody gets in with a certificate in"
                  + " development mode)\n")
          .doesNotContain("cannot be seen here");
    }

    @Test
    void has_a_fix_without_development_credentials_where_nobody_verifies_it() {
      assertThat(bench.execute("explain", door, "door")).isZero();
      assertThat(bench.out())
          .endsWith(
              "\n  fix: configure tls.client_ca_file and security.mutual_tls.certificate, give a"
                  + " provider in code with security(\"certificate\", ...), or try out what needs no"
                  + " certificate with --dev-security\n");
    }

    @Test
    void is_asked_for_where_there_is_none() throws Exception {
      String config = settings("want", certificate("authority"));
      assertThat(bench.execute("explain", door, "door", "--config", config)).isZero();
      assertThat(bench.out())
          .endsWith(
              """
              The request would be refused with 401. The request carries no credential that satisfies the operation's security requirements: present a client certificate in the TLS handshake; see the WWW-Authenticate fields.
                certificate: no credential: present a client certificate in the TLS handshake
                WWW-Authenticate: ClientCertificate realm="Door"
              """);
    }

    @Test
    void is_whose_it_is() throws Exception {
      String ann = certificate("ann");
      assertThat(explain(settings("want", ann), ann))
          .isEqualTo(
              """
              The client's address: that of who is connected
              The request would be let in. Satisfied: certificate says it is ann.
                certificate: accepted as ann, scopes []
              """);
    }

    @Test
    void of_somebody_else_is_refused_by_name() throws Exception {
      String bob = certificate("bob");
      assertThat(explain(settings("want", bob), bob))
          .contains("The request would be refused with 401. ")
          .contains("  certificate: refused: ")
          .contains("CN=bob");
    }

    @Test
    void that_nobody_vouches_for_does_not_connect() throws Exception {
      assertThat(explain(settings("want", certificate("authority")), certificate("ann")))
          .contains(
              "The connection would be refused: nobody in tls.client_ca_file vouches for the client's"
                  + " certificate: ");
    }

    @Test
    void is_missing_where_it_is_needed() throws Exception {
      String config = settings("need", certificate("authority"));
      assertThat(bench.execute("explain", door, "door", "--config", config)).isZero();
      assertThat(bench.out())
          .endsWith(
              "The connection would be refused: tls.client_auth is need, and the client presents no"
                  + " certificate.\n");
    }

    @Test
    void is_not_seen_by_a_server_that_asks_for_none() throws Exception {
      assertThat(
              bench.execute("explain", document, "list_goods", "--client-cert", certificate("ann")))
          .isZero();
      assertThat(bench.out())
          .endsWith(
              """
              The server asks for no client certificate, so it would not see this one.
              The request would be let in. Anybody may call it.
              Providers that code gives cannot be seen here; without any, a start says this:
              shop.yaml:20:10: error[security-without-provider]: nothing verifies the credentials of security scheme "key", which 2 operations take, "list_orders" the first
                 20 |     key: {type: apiKey, in: header, name: X-Key}
                    |          ^
                fix: configure security.api_keys.key.key or security.remote_api_keys.key.verify_url, give a provider in code with security("key", ...), or try it out on this machine with --dev-security
              """
                  + WITHOUT_TOKEN.substring(UNSEEN.length()));
    }

    @Test
    void is_needed_by_a_scheme_that_nobody_could_satisfy() throws IOException {
      String config =
          bench.write(
              "door-config.yaml",
              "security: {mutual_tls: {certificate: {subjects: {ann: {dn: CN=ann}}}}}");
      assertThat(bench.execute("explain", door, "door", "--config", config)).isEqualTo(1);
      assertThat(bench.err())
          .contains("needs certificates of clients, but the server asks for none");
    }

    @Test
    void is_in_a_file_that_has_one() {
      assertThat(bench.execute("explain", document, "order", "--client-cert", config)).isEqualTo(1);
      assertThat(bench.err())
          .isEqualTo(
              "brrt: config.yaml has no certificate; it is a PEM file with \"-----BEGIN"
                  + " CERTIFICATE-----\" in it\n");
    }
  }

  @Test
  void says_what_is_wrong_with_limits_and_proxies() throws IOException {
    String broken =
        bench.write(
            "broken.yaml",
            "{rate_limit: {enabled: true, routes: {ordr: 1}}, http: {trusted_proxies: [127.0.0.1]}}");
    assertThat(bench.execute("explain", document, "order", "--config", broken, "--dev-security"))
        .isEqualTo(1);
    assertThat(bench.err())
        .contains(
            "security.development is on, and by http.trusted_proxies proxies hand on the requests of"
                + " others",
            "rate_limit.routes.ordr is for a handler that no operation has\n  fix: did you mean"
                + " order?\n");
  }

  /** The other errors show the line that they are about. */
  @Test
  void does_not_show_a_secret_that_is_none() throws IOException {
    String broken = bench.write("broken.yaml", "{rate_limit: {redis_url: 'http://:pass-1234@h'}}");
    assertThat(bench.execute("explain", document, "order", "--config", broken)).isEqualTo(1);
    assertThat(bench.err())
        .contains("broken.yaml:1:26: error[config-value]: rate_limit.redis_url cannot be this")
        .doesNotContain("pass-1234");
  }

  @Test
  void says_that_a_document_is_not_there() {
    assertThat(bench.execute("explain", "nowhere.yaml", "order")).isNotZero();
    assertThat(bench.err()).startsWith("brrt: ").contains("nowhere.yaml");
  }

  @Test
  void tells_why_a_request_is_refused() {
    assertThat(
            bench.execute(
                "explain",
                document,
                "order",
                "--config",
                config,
                "--header",
                "X-Key: bob-key-0123456789"))
        .isZero();
    assertThat(bench.out())
        .endsWith(
            """
            The request would be refused with 401. The credential of security scheme key is refused: the key is not known; see the WWW-Authenticate fields.
              key: refused: the key is not known
              WWW-Authenticate: ApiKey realm="Shop", in="header", name="X-Key"
            """
                + WITHOUT_TOKEN);
  }

  @Test
  void tells_what_is_missing() {
    bench.execute(
        "explain", document, "order", "--config", config, "--header=X-Key: ann-key-0123456789");
    assertThat(bench.out())
        .endsWith(
            """
            The request would be refused with 403. The credentials are good, but do not grant write.
              key: accepted as ann, scopes [read]
            """
                + WITHOUT_TOKEN)
        .doesNotContain("0123456789");
  }

  @Test
  void explains_the_credentials_for_development() {
    bench.execute(
        "explain", document, "order", "--dev-security", "--header", "X-Key: development-only");
    assertThat(bench.out())
        .contains("verified by development credentials, which everybody knows")
        .contains("The request would be let in. Satisfied: key says it is developer.");
  }

  @Test
  void says_what_is_wrong_with_an_operation_that_is_none() {
    assertThat(bench.execute("explain", document, "list_order")).isEqualTo(2);
    assertThat(bench.err())
        .isEqualTo(
            "brrt: shop.yaml has no operation \"list_order\"; did you mean \"list_orders\"?\n");
  }

  @Test
  void says_what_is_wrong_with_a_provider() throws IOException {
    String broken = bench.write("broken.yaml", "security: {api_keys: {key: {key: short}}}");
    assertThat(bench.execute("explain", document, "order", "--config", broken)).isEqualTo(1);
    assertThat(bench.err())
        .isEqualTo(
            """
            broken.yaml:1:34: error[security-provider]: security.api_keys.key.key has 5 characters; fewer than 16 can be guessed
              fix: use a random one of at least 16 characters; brrt hash --generate makes one with its hash
            1 error
            brrt: the configuration cannot be used; correct the errors above
            """);
  }

  @Test
  void refuses_a_header_field_that_is_none() {
    assertThat(bench.execute("explain", document, "order", "--header", "X-Key")).isEqualTo(2);
    assertThat(bench.err())
        .isEqualTo("brrt: --header takes a name, a colon and a value, not \"X-Key\"\n");
  }
}
