package io.brrtrouter.conformance.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.brrtrouter.server.auth.Principal;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.Judgement;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Promise 9: no secret appears in a log line, a metric, a trace or a problem.
 *
 * <p>Every kind of secret, right and wrong, goes through a server whose loggers say all they can;
 * none of them is in anything that comes out.
 */
class SecretsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Secrets, version: "1"}
      paths:
        /header:
          get: {operationId: header, security: [{header: []}], responses: {"204": {description: ok}}}
        /query:
          get: {operationId: query, security: [{query: []}], responses: {"204": {description: ok}}}
        /cookie:
          post: {operationId: cookie, security: [{cookie: []}], responses: {"204": {description: ok}}}
        /token:
          get: {operationId: token, security: [{token: [read]}], responses: {"204": {description: ok}}}
        /basic:
          get: {operationId: basic, security: [{basic: []}], responses: {"204": {description: ok}}}
        /opaque:
          get: {operationId: opaque, security: [{opaque: []}], responses: {"204": {description: ok}}}
        /far:
          get: {operationId: far, security: [{far: []}], responses: {"204": {description: ok}}}
        /broken:
          get: {operationId: broken, security: [{header: []}], responses: {"204": {description: ok}}}
        /service:
          get:
            operationId: service
            x-service: catalog
            x-brrtrouter-downstream-path: /catalog
            responses: {"200": {description: ok}}
        /service-that-fails:
          get:
            operationId: service_that_fails
            x-service: catalog
            x-brrtrouter-downstream-path: /catalog/broken
            responses: {"200": {description: ok}}
        /service-that-nobody-is:
          get: {operationId: service_that_nobody_is, x-service: gone, responses: {"200": {description: ok}}}
        /body:
          post:
            operationId: body
            requestBody:
              content: {application/json: {schema: {type: object, properties: {password: {type: string, maxLength: 3}}}}}
            responses: {"204": {description: ok}}
      components:
        securitySchemes:
          header: {type: apiKey, in: header, name: X-Key}
          query: {type: apiKey, in: query, name: key}
          cookie: {type: apiKey, in: cookie, name: session}
          token: {type: http, scheme: bearer}
          basic: {type: http, scheme: basic}
          opaque: {type: http, scheme: bearer}
          far: {type: apiKey, in: header, name: X-Far-Key}
      """;

  private static final String KEY = "right-key-8361b0c1f0";
  private static final String WRONG_KEY = "wrong-key-51d0a7be22";
  private static final String HMAC =
      Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              "an hmac secret of exactly 64 octets, which is enough for HS512 ...."
                  .getBytes(StandardCharsets.UTF_8));
  private static final String TOKEN_SIGNATURE = "c2lnbmF0dXJlLW9mLWEtdGVzdC1mb3ItbG9ncw";
  private static final String TOKEN =
      base64("{\"alg\":\"HS256\"}") + "." + base64("{\"sub\":\"a\"}") + "." + TOKEN_SIGNATURE;
  private static final String PASSWORD = "a-password-in-a-body-77";

  private static final String GOOD_TOKEN =
      signed(
          "{\"alg\":\"HS256\"}",
          "{\"iss\":\"me\",\"aud\":\"you\",\"exp\":4102444800,\"scope\":\"read\"}");
  private static final String LATE_TOKEN =
      signed("{\"alg\":\"HS256\"}", "{\"iss\":\"me\",\"aud\":\"you\",\"exp\":1}");
  private static final String USER_PASSWORD = "user-password-of-a-test";
  private static final String WRONG_PASSWORD = "wrong-password-of-a-test";
  private static final String USER_HASH = hash(USER_PASSWORD);
  private static final String OPAQUE = "opaque-token-secret-of-a-test";
  private static final String STRANGE = "strange-token-secret-of-a-test";
  private static final String FAR_KEY = "far-key-of-a-test-3b1f";
  private static final String STRANGE_FAR_KEY = "strange-far-key-of-a-test-90";
  private static final String CLIENT_SECRET = "client-secret-of-a-test";
  private static final String REDIS_PASSWORD = "redis-password-of-a-test";
  private static final String KEY_PASSWORD = "key-password-of-a-test";
  private static final String SERVICE_TOKEN = "service-token-of-a-test-6d02";
  private static final String GONE_SERVICE_TOKEN = "gone-service-token-of-a-test-17";
  private static final String PROXY_PASSWORD = "proxy-password-of-a-test";

  private static final List<String> SECRETS =
      List.of(
          KEY,
          WRONG_KEY,
          HMAC,
          TOKEN,
          TOKEN_SIGNATURE,
          PASSWORD,
          GOOD_TOKEN,
          GOOD_TOKEN.substring(GOOD_TOKEN.lastIndexOf('.') + 1),
          LATE_TOKEN,
          LATE_TOKEN.substring(LATE_TOKEN.lastIndexOf('.') + 1),
          USER_PASSWORD,
          basic("anna", USER_PASSWORD),
          WRONG_PASSWORD,
          basic("anna", WRONG_PASSWORD),
          USER_HASH.substring(USER_HASH.lastIndexOf('$') + 1),
          OPAQUE,
          STRANGE,
          FAR_KEY,
          STRANGE_FAR_KEY,
          CLIENT_SECRET,
          basic("pets", CLIENT_SECRET),
          REDIS_PASSWORD,
          KEY_PASSWORD,
          SERVICE_TOKEN,
          GONE_SERVICE_TOKEN,
          PROXY_PASSWORD,
          basic("proxy", PROXY_PASSWORD));

  /** For {@code WhatTestsSaidTest}, which also looks into all that came out here. */
  private static final Path REGISTERED = Path.of("target/secrets.txt");

  private static final Path SAID = Path.of("target/said.log");

  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Queue<String> told = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> appender = new Keeping();
  private Level before = Level.INFO;

  private final class Keeping extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      IThrowableProxy thrown = event.getThrowableProxy();
      logged.add(
          event.getLevel()
              + " "
              + event.getThreadName()
              + " "
              + event.getMDCPropertyMap()
              + " "
              + event.getFormattedMessage()
              + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
    }
  }

  /** Keeps whatever a listener can print of what it is told. */
  private final class Printing implements ExchangeListener {
    @Override
    public void completed(CompletedExchange exchange) {
      told.add(exchange.template() + exchange.requestId() + exchange.status());
    }

    @Override
    public void judged(Judgement judgement) {
      told.add(judgement.decision() + " " + judgement.findings());
    }
  }

  @TempDir Path directory;
  private X509Bundle authority;
  private HttpServer issuer;

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String basic(String user, String password) {
    return Base64.getEncoder()
        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  private static String signed(String header, String claims) {
    String input = base64(header) + "." + base64(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(HMAC), "HmacSHA256"));
      return input
          + "."
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String hash(String password) {
    byte[] salt = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    try {
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 100_000, 256))
              .getEncoded();
      Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
      return "$pbkdf2-sha256$i=100000$"
          + encoder.encodeToString(salt)
          + "$"
          + encoder.encodeToString(hash);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** PKCS 8 (RFC 5958), encrypted with {@link #KEY_PASSWORD}. */
  private static String encrypted(PrivateKey key) throws Exception {
    String name = "PBEWithHmacSHA256AndAES_256";
    Cipher cipher = Cipher.getInstance(name);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(name)
            .generateSecret(new PBEKeySpec(KEY_PASSWORD.toCharArray())),
        new PBEParameterSpec(new byte[16], 10_000, new IvParameterSpec(new byte[16])));
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    byte[] octets =
        new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key.getEncoded())).getEncoded();
    return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets)
        + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
  }

  @BeforeEach
  void startIssuer() throws Exception {
    CertificateBuilder any = new CertificateBuilder().ecp256();
    authority =
        any.copy().subject("CN=authority").setIsCertificateAuthority(true).buildSelfSigned();
    X509Bundle own =
        any.copy().subject("CN=server").addSanIpAddress("127.0.0.1").buildIssuedBy(authority);
    Files.writeString(directory.resolve("server.pem"), own.getCertificatePathPEM());
    Files.writeString(directory.resolve("server.key"), encrypted(own.getKeyPair().getPrivate()));
    Files.writeString(directory.resolve("password"), KEY_PASSWORD + "\n");
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext("/introspect", this::introspect);
    issuer.createContext("/verify", this::verify);
    issuer.createContext("/catalog", this::serve);
    issuer.start();
  }

  /** Breaks off where it is to, so that there is something to say in logs. */
  private void serve(HttpExchange exchange) throws IOException {
    boolean known =
        ("Bearer " + SERVICE_TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    try (exchange) {
      if (known && exchange.getRequestURI().getPath().endsWith("broken")) {
        exchange.sendResponseHeaders(200, 10);
        exchange.getResponseBody().write('1');
        exchange.getResponseBody().flush();
        return;
      }
      exchange.sendResponseHeaders(known ? 200 : 403, 1);
      exchange.getResponseBody().write('1');
    }
  }

  private void introspect(HttpExchange exchange) throws IOException {
    String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean client =
        ("Basic " + basic("pets", CLIENT_SECRET))
            .equals(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] answer =
        ("{\"active\":" + (client && asked.contains(OPAQUE)) + "}")
            .getBytes(StandardCharsets.US_ASCII);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(asked.contains("broken") ? 500 : 200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /** Repeats the key, as services do that should not. */
  private void verify(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("X-API-Key");
    byte[] answer =
        "{\"valid\":%s,\"subject\":\"anna\",\"key\":\"%s\"}"
            .formatted(FAR_KEY.equals(key), key)
            .getBytes(StandardCharsets.US_ASCII);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(key.startsWith("broken") ? 500 : 200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @AfterEach
  void stopIssuer() {
    issuer.stop(0);
  }

  /** Shows the header fields that a service is sent, as the guide to services says. */
  private static final String CLIENT_OF_SERVICES = "org.apache.hc";

  @BeforeEach
  void listen() {
    ((Logger) LoggerFactory.getLogger(CLIENT_OF_SERVICES)).setLevel(Level.INFO);
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    before = root.getLevel();
    root.setLevel(Level.TRACE);
    appender.start();
    root.addAppender(appender);
  }

  @AfterEach
  void stopListening() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAppender(appender);
    root.setLevel(before);
    ((Logger) LoggerFactory.getLogger(CLIENT_OF_SERVICES)).setLevel(null);
  }

  private ServerConfig config() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("config.yaml"),
            """
            port: 0
            endpoints: {security_decisions: /why}
            tls:
              certificate_file: %3$s/server.pem
              key_file: %3$s/server.key
              key_password_file: %3$s/password
            rate_limit:
              enabled: true
              redis_url: redis://anna:%4$s@127.0.0.1:%5$d/0
            services:
              catalog:
                url: ["http://127.0.0.1:%7$d"]
                credential: Bearer %9$s
              gone:
                url: ["http://127.0.0.1:%10$d"]
                credential: %11$s
                credential_header: X-Service-Key
            security:
              api_keys:
                header: {key: %1$s}
                query: {key: %1$s}
                cookie: {keys: {me: {key: %1$s}}}
              jwks:
                token: {hmac_secret: %2$s, iss: me, aud: you, cookie_name: sid}
              basic:
                basic: {users: {anna: {password_hash: '%6$s'}}}
              introspection:
                opaque:
                  introspection_url: http://127.0.0.1:%7$d/introspect
                  client_id: pets
                  client_secret: %8$s
                  any_audience: true
                  timeout_ms: 10000
              remote_api_keys:
                far:
                  verify_url: http://127.0.0.1:%7$d/verify
                  timeout_ms: 10000
            """
                .formatted(
                    KEY,
                    HMAC,
                    directory,
                    REDIS_PASSWORD,
                    closedPort(),
                    USER_HASH,
                    issuer.getAddress().getPort(),
                    CLIENT_SECRET,
                    SERVICE_TOKEN,
                    closedPort(),
                    GONE_SERVICE_TOKEN));
    return ServerConfig.read(Optional.of(file), Map.of(), Map.of());
  }

  /** {@return a port that nobody listens at: where Redis would be} */
  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private SSLContext trusting() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {authority.toTrustManager()}, null);
    return context;
  }

  /** The client of the JDK sends no such field to who is no proxy. */
  private String asAProxy(int port) throws Exception {
    try (Socket socket = trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
      String field = "Proxy-Authorization: Basic " + basic("proxy", PROXY_PASSWORD) + "\r\n";
      for (String path : List.of("/header", "/nowhere")) {
        String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + field;
        String close = path.equals("/nowhere") ? "Connection: close\r\n\r\n" : "\r\n";
        socket.getOutputStream().write((head + close).getBytes(StandardCharsets.US_ASCII));
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void are_in_nothing_that_comes_out() throws Exception {
    ServerConfig config = config();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    List<String> answers = new ArrayList<>();
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(Files.writeString(directory.resolve("api.yaml"), DOCUMENT))
            .config(config)
            .listener(new Printing())
            .output(new PrintStream(said, true, StandardCharsets.UTF_8));
    for (String operation :
        List.of("header", "query", "cookie", "token", "basic", "opaque", "far", "body")) {
      builder.handler(
          operation,
          request -> {
            told.add(request + " " + request.principal().map(Principal::toString).orElse(""));
            return io.brrtrouter.server.http.HttpResponse.of(204);
          });
    }
    builder.handler(
        "broken",
        _ -> {
          throw new IllegalStateException("thrown by a test");
        });
    try (BrrtServer server = builder.start();
        HttpClient http = HttpClient.newBuilder().sslContext(trusting()).build()) {
      for (HttpRequest request : requests(server.url())) {
        answers.add(answer(http, request));
      }
      told.add(asAProxy(server.port()));
      told.add(server + " " + config + " " + builder);
      Thread.getAllStackTraces().keySet().forEach(thread -> told.add(thread.toString()));
    }

    assertThat(answers.stream().map(answer -> answer.substring(0, 3)).toList())
        .containsExactly(
            "204", "401", "204", "401", "204", "401", "401", "401", "204", "401", "204", "401",
            "204", "401", "204", "401", "503", "204", "401", "503", "200", "cut", "502", "500",
            "400", "404", "200", "200");
    assertThat(logged).as("a service").anyMatch(line -> line.contains("service gone at"));
    assertThat(logged).as("Redis was looked for").anyMatch(line -> line.contains("Redis"));
    assertThat(logged).as("the log").anyMatch(line -> line.contains("is not let in"));
    assertThat(told).as("listeners").anyMatch(line -> line.contains("the key is not known"));
    assertThat(said.toString(StandardCharsets.UTF_8)).as("a start").contains("secured by header");
    String settings = config.settings() + " " + config.security();
    String start = said.toString(StandardCharsets.UTF_8);
    assertThat(answers).as("the metrics page").anyMatch(a -> a.contains("# HELP brrtrouter_"));
    assertThat(answers).as("problems").anyMatch(a -> a.contains("application/problem+json"));
    keep(answers, start, settings);
    for (String secret : SECRETS) {
      assertThat(logged).as("the log").noneMatch(line -> line.contains(secret));
      assertThat(told).as("listeners").noneMatch(line -> line.contains(secret));
      assertThat(answers).as("answers, metrics and decisions").noneMatch(a -> a.contains(secret));
      assertThat(start).as("a start").doesNotContain(secret);
      assertThat(settings).as("settings").doesNotContain(secret);
    }
    KnownSecrets known = new KnownSecrets(Set.copyOf(SECRETS));
    assertThat(Files.readAllLines(SAID))
        .noneMatch(line -> Spellings.of(line).stream().anyMatch(known::areIn));
  }

  private static String answer(HttpClient http, HttpRequest request) throws Exception {
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    String head = response.statusCode() + " " + response.headers().map();
    try (InputStream body = response.body()) {
      return head + new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException cut) {
      return "cut " + head + cut;
    }
  }

  private void keep(List<String> answers, String start, String settings) throws IOException {
    Files.write(REGISTERED, SECRETS);
    List<String> lines = new ArrayList<>(logged);
    told.forEach(each -> lines.add("TOLD " + each));
    answers.forEach(each -> lines.add("ANSWERED " + each));
    lines.add("BEGAN " + start);
    lines.add("SETTINGS " + settings);
    Files.writeString(SAID, String.join("\n", lines) + "\n");
  }

  private static List<HttpRequest> requests(String url) {
    return List.of(
        get(url + "/header").header("X-Key", KEY).build(),
        get(url + "/header").header("X-Key", WRONG_KEY).build(),
        get(url + "/query?key=" + KEY).build(),
        get(url + "/query?key=" + WRONG_KEY).build(),
        post(url + "/cookie", "").header("Cookie", "session=" + KEY).build(),
        post(url + "/cookie", "").header("Cookie", "session=" + WRONG_KEY).build(),
        get(url + "/token").header("Authorization", "Bearer " + TOKEN).build(),
        get(url + "/token").header("Authorization", "Bearer " + WRONG_KEY + " " + KEY).build(),
        get(url + "/token").header("Authorization", "Bearer " + GOOD_TOKEN).build(),
        get(url + "/token").header("Authorization", "Bearer " + LATE_TOKEN).build(),
        get(url + "/token").header("Cookie", "sid=" + GOOD_TOKEN).build(),
        get(url + "/token").header("Cookie", "sid=" + LATE_TOKEN).build(),
        get(url + "/basic")
            .header("Authorization", "Basic " + basic("anna", USER_PASSWORD))
            .build(),
        get(url + "/basic")
            .header("Authorization", "Basic " + basic("anna", WRONG_PASSWORD))
            .build(),
        get(url + "/opaque").header("Authorization", "Bearer " + OPAQUE).build(),
        get(url + "/opaque").header("Authorization", "Bearer " + STRANGE).build(),
        get(url + "/opaque").header("Authorization", "Bearer broken-" + STRANGE).build(),
        get(url + "/far").header("X-Far-Key", FAR_KEY).build(),
        get(url + "/far").header("X-Far-Key", STRANGE_FAR_KEY).build(),
        get(url + "/far").header("X-Far-Key", "broken-" + STRANGE_FAR_KEY).build(),
        get(url + "/service").build(),
        get(url + "/service-that-fails").build(),
        get(url + "/service-that-nobody-is").build(),
        get(url + "/broken").header("X-Key", KEY).build(),
        post(url + "/body", "{\"password\":\"" + PASSWORD + "\"}")
            .header("Content-Type", "application/json")
            .build(),
        get(url + "/nowhere?key=" + KEY).header("X-Key", KEY).build(),
        get(url + "/metrics").build(),
        get(url + "/why").build());
  }

  private static HttpRequest.Builder get(String url) {
    return HttpRequest.newBuilder(URI.create(url));
  }

  private static HttpRequest.Builder post(String url, String body) {
    return HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body));
  }
}
