package io.brrtrouter.conformance.deploy;

import com.sun.net.httpserver.HttpServer;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * What the pet store has not: TLS with certificates of clients, tokens, a service behind, a breach.
 */
final class ScrapedGateway implements AutoCloseable {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Gateway, version: "1"}
      paths:
        /mine:
          get: {operationId: mine, security: [{login: []}], responses: {"200": {description: ok}}}
        /stock:
          get:
            operationId: stock
            x-service: stock
            responses: {"200": {description: ok, content: {application/json: {}}}}
        /wrong:
          get:
            operationId: wrong
            responses:
              "200": {description: ok, content: {application/json: {schema: {type: integer}}}}
      components:
        securitySchemes:
          login: {type: http, scheme: bearer}
      """;

  private static final String CONFIG =
      """
      port: 0
      tls:
        certificate_file: %1$s/server.pem
        key_file: %1$s/server.key
        client_auth: want
        client_ca_file: %1$s/authority.pem
      security:
        jwks:
          login: {jwks_url: "%2$s/keys", iss: "https://login.example", aud: gateway}
      services:
        stock: {url: "%2$s"}
      """;

  private final HttpServer behind;
  private final BrrtServer server;
  private final HttpClient client;

  ScrapedGateway(Path directory) throws Exception {
    behind = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] keys = keys().getBytes(StandardCharsets.UTF_8);
    behind.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
          }
        });
    behind.start();
    CertificateBuilder any = new CertificateBuilder().ecp256();
    X509Bundle authority =
        any.copy().subject("CN=authority").setIsCertificateAuthority(true).buildSelfSigned();
    X509Bundle own =
        any.copy().subject("CN=server").addSanIpAddress("127.0.0.1").buildIssuedBy(authority);
    Files.writeString(directory.resolve("authority.pem"), authority.getCertificatePathPEM());
    Files.writeString(directory.resolve("server.pem"), own.getCertificatePathPEM());
    Files.writeString(directory.resolve("server.key"), own.getPrivateKeyPEM());
    Files.writeString(directory.resolve("api.yaml"), DOCUMENT);
    Path config =
        Files.writeString(
            directory.resolve("config.yaml"),
            CONFIG.formatted(directory, "http://127.0.0.1:" + behind.getAddress().getPort()));
    server =
        BrrtServer.builder()
            .document(directory.resolve("api.yaml"))
            .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of()))
            .handler("mine", request -> io.brrtrouter.server.http.HttpResponse.text(200, "yours"))
            .handler(
                "wrong",
                request -> io.brrtrouter.server.http.HttpResponse.json(200, "\"no number\""))
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {authority.toTrustManager()}, null);
    client = HttpClient.newBuilder().sslContext(context).build();
  }

  private static String keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    RSAPublicKey key = (RSAPublicKey) generator.generateKeyPair().getPublic();
    return """
    {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "one", "n": "%s", "e": "%s"}]}
    """
        .formatted(number(key.getModulus()), number(key.getPublicExponent()));
  }

  private static String number(BigInteger value) {
    byte[] octets = value.toByteArray();
    return base64(octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets);
  }

  private static String base64(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /** {@return host and port} */
  String address() {
    return "127.0.0.1:" + server.port();
  }

  /** Asks each operation. */
  void round() throws IOException, InterruptedException {
    String token =
        base64("{\"alg\":\"RS256\",\"kid\":\"one\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + base64("{\"sub\":\"ann\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + base64(new byte[256]);
    for (String path : new String[] {"/mine", "/stock", "/wrong"}) {
      client.send(
          HttpRequest.newBuilder(URI.create("https://" + address() + path))
              .header("Authorization", "Bearer " + token)
              .build(),
          BodyHandlers.discarding());
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
    behind.stop(0);
  }
}
