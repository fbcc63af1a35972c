package io.brrtrouter.conformance.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.runtime.StartupException;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Operations that a client's certificate satisfies, over TLS as it is. */
class ClientCertificateTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Certificates, version: "1"}
      paths:
        /named:
          get: {operationId: named, security: [{machine: [read]}], responses: {"200": {description: ok}}}
        /workload:
          get: {operationId: workload, security: [{workload: []}], responses: {"200": {description: ok}}}
        /open:
          get: {operationId: open, responses: {"200": {description: ok}}}
      components:
        securitySchemes:
          machine: {type: mutualTLS}
          workload: {type: mutualTLS}
      """;

  private static final String CONFIG =
      """
      port: 0
      tls:
        certificate_file: %1$s/server.pem
        key_file: %1$s/server.key
        client_auth: %2$s
        client_ca_file: %1$s/authority.pem
      security:
        mutual_tls:
          machine:
            subjects:
              press: {dn: "CN=press", scopes: [read]}
              lathe: {san: "dns:lathe.example.com"}
        spiffe:
          workload: {trust_domain: example.com}
      endpoints: {security_decisions: /why}
      """;

  private final CertificateBuilder any = new CertificateBuilder().ecp256();

  @TempDir Path directory;
  private X509Bundle authority;

  @BeforeEach
  void issue() throws Exception {
    authority =
        any.copy().subject("CN=authority").setIsCertificateAuthority(true).buildSelfSigned();
    X509Bundle server =
        any.copy().subject("CN=server").addSanIpAddress("127.0.0.1").buildIssuedBy(authority);
    write("authority.pem", authority.getCertificatePathPEM());
    write("server.pem", server.getCertificatePathPEM());
    write("server.key", server.getPrivateKeyPEM());
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(directory.resolve(name), text);
  }

  private BrrtServer.Builder builder(String clientAuth) throws Exception {
    write("api.yaml", DOCUMENT);
    String config = CONFIG.formatted(directory, clientAuth);
    write(
        "config.yaml",
        clientAuth.equals("none") ? config.replaceAll(" *client_ca_file.*\n", "") : config);
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(directory.resolve("api.yaml"))
            .config(
                ServerConfig.read(
                    Optional.of(directory.resolve("config.yaml")), Map.of(), Map.of()))
            .output(new PrintStream(OutputStream.nullOutputStream()));
    for (String operation : List.of("named", "workload", "open")) {
      builder.handler(
          operation,
          request ->
              io.brrtrouter.server.http.HttpResponse.text(
                  200, request.principal().map(each -> each.subject()).orElse("anybody")));
    }
    return builder;
  }

  private String ask(BrrtServer server, String path, @Nullable X509Bundle own) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager[] keys = own == null ? null : own.toKeyManagerFactory().getKeyManagers();
    context.init(keys, new TrustManager[] {authority.toTrustManager()}, null);
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      String challenge = response.headers().firstValue("WWW-Authenticate").orElse("");
      return response.statusCode()
          + " "
          + (response.statusCode() == 200 ? response.body() : challenge);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"want", "need"})
  void a_certificate_says_who_it_is(String clientAuth) throws Exception {
    X509Bundle press = any.copy().subject("CN=press").buildIssuedBy(authority);
    X509Bundle lathe =
        any.copy().subject("CN=x").addSanDnsName("lathe.example.com").buildIssuedBy(authority);
    X509Bundle other = any.copy().subject("CN=other").buildIssuedBy(authority);
    X509Bundle workload =
        any.copy()
            .subject("CN=w")
            .addSanUriName("spiffe://example.com/billing")
            .setKeyUsage(true, CertificateBuilder.KeyUsage.digitalSignature)
            .buildIssuedBy(authority);
    try (BrrtServer server = builder(clientAuth).start()) {
      assertThat(ask(server, "/named", press)).isEqualTo("200 press");
      assertThat(ask(server, "/named", lathe)).startsWith("403 ");
      assertThat(ask(server, "/named", other))
          .isEqualTo("401 ClientCertificate realm=\"Certificates\"");
      assertThat(ask(server, "/workload", workload)).isEqualTo("200 spiffe://example.com/billing");
      assertThat(ask(server, "/workload", press)).startsWith("401 ");
      assertThat(ask(server, "/open", press)).isEqualTo("200 anybody");
    }
  }

  /**
   * TLS trusts it, and whoever runs the server sees in figures and decisions that nobody else does.
   */
  @Test
  void one_that_is_nobodys_is_counted_and_told() throws Exception {
    X509Bundle press = any.copy().subject("CN=press").buildIssuedBy(authority);
    X509Bundle other = any.copy().subject("CN=other,O=Pets").buildIssuedBy(authority);
    try (BrrtServer server = builder("need").start()) {
      assertThat(ask(server, "/named", other)).startsWith("401 ");
      assertThat(ask(server, "/named", other)).startsWith("401 ");
      assertThat(ask(server, "/named", press)).isEqualTo("200 press");

      String figures = ask(server, "/metrics", press);
      assertThat(figures)
          .contains("\nbrrtrouter_refusals_total{problem=\"unauthenticated\"} 2.0\n")
          .contains("\nbrrtrouter_tls_handshakes_refused_total{reason=\"untrusted\"} 0.0\n")
          .doesNotContain("CN=");
      JsonNode decisions = new JsonMapper().readTree(ask(server, "/why", press).substring(4));
      assertThat(decisions.size()).isEqualTo(3);
      assertThat(decisions.get(0).get("outcome").stringValue()).isEqualTo("allowed");
      assertThat(decisions.get(2).get("outcome").stringValue()).isEqualTo("unauthenticated");
      assertThat(decisions.get(2).get("schemes").get("machine").stringValue())
          .isEqualTo(
              "refused: the client certificate is nobody's that is known here, CN=other,O=Pets");
    }
  }

  @Test
  void without_one_only_public_operations_answer() throws Exception {
    try (BrrtServer server = builder("want").start()) {
      assertThat(ask(server, "/named", null)).startsWith("401 ");
      assertThat(ask(server, "/open", null)).isEqualTo("200 anybody");
    }
  }

  @Test
  void a_server_that_asks_for_none_does_not_start() throws Exception {
    BrrtServer.Builder builder = builder("none");
    assertThat(catchThrowable(builder::start))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(
            "error[security-provider]: security scheme \"machine\" needs certificates of clients,"
                + " but the server asks for none")
        .hasMessageContaining("set tls.client_auth to want or need");
  }
}
