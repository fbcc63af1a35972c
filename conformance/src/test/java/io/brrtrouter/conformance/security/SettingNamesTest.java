package io.brrtrouter.conformance.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Settings about security, origins, rates and compression that had their names in the
 * implementation that this one follows have them here, and do something.
 */
class SettingNamesTest {
  /** Those names, {@code config.yaml} of which. */
  private static final List<String> NAMES =
      List.of(
          "security.api_keys.<scheme>.key",
          "security.jwks.<scheme>.jwks_url",
          "security.jwks.<scheme>.iss",
          "security.jwks.<scheme>.aud",
          "security.jwks.<scheme>.leeway_secs",
          "security.jwks.<scheme>.cache_ttl_secs",
          "security.remote_api_keys.<scheme>.verify_url",
          "security.remote_api_keys.<scheme>.timeout_ms",
          "security.remote_api_keys.<scheme>.header_name",
          "security.remote_api_keys.<scheme>.cache_ttl_secs",
          "cors.origins",
          "cors.allowed_headers",
          "cors.allowed_methods",
          "cors.allow_credentials",
          "cors.expose_headers",
          "cors.max_age",
          "rate_limit.enabled",
          "rate_limit.requests",
          "rate_limit.window_secs",
          "rate_limit.max_keys",
          "rate_limit.key",
          "rate_limit.routes.<handler>",
          "rate_limit.skip_options",
          "compression.enabled",
          "compression.min_bytes",
          "compression.level");

  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Names, version: "1"}
      paths:
        /open:
          get: {operationId: open, responses: {"200": {description: ok, content: {text/plain: {}}}}}
          post: {operationId: write, responses: {"200": {description: ok}}}
          options: {operationId: ask, responses: {"200": {description: ok}}}
        /other:
          get: {operationId: other, responses: {"200": {description: ok}}}
        /keyed:
          get: {operationId: keyed, security: [{key: []}], responses: {"200": {description: ok}}}
        /remote:
          get: {operationId: remote, security: [{far: []}], responses: {"200": {description: ok}}}
        /token:
          get: {operationId: token, security: [{login: []}], responses: {"200": {description: ok}}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          far: {type: apiKey, in: header, name: X-Far}
          login: {type: http, scheme: bearer}
      """;

  private static final String INSTEAD_OF_BEARER =
      "write security.jwks.<scheme> instead, with the name of the security scheme: cookie_name is"
          + " one of its settings, and a secret that signs tokens is its hmac_secret";

  private static final String KEY = "a-key-of-a-test-0123456789";
  private static final String APP = "https://app.example.com";

  /** Longer than the time to wait unless configured, shorter than what is configured here. */
  private static final Duration SLOW = Duration.ofSeconds(1);

  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static final Map<String, AtomicInteger> ASKED = new ConcurrentHashMap<>();
  private static KeyPair pair;
  private static HttpServer others;

  @TempDir private Path directory;
  private int configured;

  @BeforeAll
  static void start() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    pair = generator.generateKeyPair();
    KeyPair another = generator.generateKeyPair();
    others = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    others.setExecutor(THREADS);
    others.createContext("/keys", exchange -> answer(exchange, 200, keySet(pair)));
    others.createContext("/other-keys", exchange -> answer(exchange, 200, keySet(another)));
    others.createContext(
        "/verify",
        exchange ->
            answer(
                exchange,
                KEY.equals(exchange.getRequestHeaders().getFirst("X-API-Key")) ? 200 : 401,
                ""));
    others.createContext(
        "/check",
        exchange ->
            answer(
                exchange,
                KEY.equals(exchange.getRequestHeaders().getFirst("X-Check")) ? 200 : 401,
                ""));
    others.createContext("/never", exchange -> answer(exchange, 401, ""));
    others.createContext(
        "/slow",
        exchange -> {
          try {
            Thread.sleep(SLOW);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          answer(exchange, 200, "");
        });
    others.start();
  }

  @AfterAll
  static void stop() {
    others.stop(0);
    THREADS.shutdownNow();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    ASKED
        .computeIfAbsent(exchange.getRequestURI().getPath(), _ -> new AtomicInteger())
        .incrementAndGet();
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
      exchange.getResponseBody().write(octets);
    }
  }

  private static String url(String path) {
    return "http://127.0.0.1:" + others.getAddress().getPort() + path;
  }

  private static String keySet(KeyPair keys) {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    byte[] encoded = key.getEncoded();
    return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\",\"x\":\"%s\",\"y\":\"%s\"}]}"
        .formatted(
            base64(Arrays.copyOfRange(encoded, encoded.length - 64, encoded.length - 32)),
            base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
  }

  private static String base64(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private static String token(long expires) {
    String input =
        base64("{\"alg\":\"ES256\",\"kid\":\"1\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + base64(
                "{\"iss\":\"https://id.example.com\",\"aud\":\"names\",\"sub\":\"anna\",\"exp\":%d}"
                    .formatted(expires)
                    .getBytes(StandardCharsets.UTF_8));
    try {
      Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
      signer.initSign(pair.getPrivate());
      signer.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + base64(signer.sign());
    } catch (java.security.GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String right() {
    return token(Instant.now().getEpochSecond() + 600);
  }

  private static String late() {
    return token(Instant.now().getEpochSecond() - 120);
  }

  /** What there is in every configuration here: somebody who verifies each scheme. */
  private static Map<String, Object> base() {
    Map<String, Object> base = new LinkedHashMap<>();
    base.put("security.api_keys.key.key", KEY);
    base.put("security.remote_api_keys.far.verify_url", url("/verify"));
    base.put("security.jwks.login.jwks_url", url("/keys"));
    base.put("security.jwks.login.iss", "https://id.example.com");
    base.put("security.jwks.login.aud", "names");
    return base;
  }

  /** Asks a server, and says in short what it answers. */
  private interface Question {
    String of(Server server) throws Exception;
  }

  /**
   * A setting.
   *
   * @param name its name, as in the list
   * @param key the name for one scheme or handler
   * @param value another value than the one from before
   * @param also what has to be set for it to do anything
   * @param question what it does shows in the answer to that
   * @param before the answer without it
   * @param after the answer with it
   */
  private record Setting(
      String name,
      String key,
      Object value,
      Map<String, Object> also,
      Question question,
      String before,
      String after) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Setting setting(
      String name,
      Object value,
      Map<String, Object> also,
      Question question,
      String before,
      String after) {
    String scheme =
        name.contains("api_keys.") ? (name.contains("remote") ? "far" : "key") : "login";
    String key = name.replace("<scheme>", scheme).replace("<handler>", "open");
    return new Setting(name, key, value, also, question, before, after);
  }

  private static Stream<Setting> settings() {
    Map<String, Object> none = Map.of();
    Question keyed = server -> server.ask("GET /keyed", "X-Key", KEY).status();
    Question remote = server -> server.ask("GET /remote", "X-Far", KEY).status();
    Question token =
        server -> server.ask("GET /token", "Authorization", "Bearer " + right()).status();
    Question fromApp =
        server -> server.ask("GET /open", "Origin", APP).status("Access-Control-Allow-Origin");
    Map<String, Object> origins = Map.of("cors.origins", List.of(APP));
    Map<String, Object> limited = Map.of("rate_limit.enabled", true);
    Map<String, Object> once = Map.of("rate_limit.enabled", true, "rate_limit.requests", 1);
    Question policy = server -> server.ask("GET /open").status("RateLimit-Policy");
    Map<String, Object> compressed = Map.of("compression.enabled", true);
    Question gzip =
        server -> server.ask("GET /open", "Accept-Encoding", "gzip").status("Content-Encoding");
    return Stream.of(
        setting(
            "security.api_keys.<scheme>.key", "another-key-0123456789", none, keyed, "200", "401"),
        setting("security.jwks.<scheme>.jwks_url", url("/other-keys"), none, token, "200", "401"),
        setting(
            "security.jwks.<scheme>.iss", "https://other.example.com", none, token, "200", "401"),
        setting("security.jwks.<scheme>.aud", "others", none, token, "200", "401"),
        setting(
            "security.jwks.<scheme>.leeway_secs",
            300,
            none,
            server -> server.ask("GET /token", "Authorization", "Bearer " + late()).status(),
            "401",
            "200"),
        setting(
            "security.jwks.<scheme>.cache_ttl_secs",
            1,
            none,
            SettingNamesTest::fetches,
            "fetched once",
            "fetched again"),
        setting(
            "security.remote_api_keys.<scheme>.verify_url",
            url("/never"),
            none,
            remote,
            "200",
            "401"),
        setting(
            "security.remote_api_keys.<scheme>.timeout_ms",
            20_000,
            Map.of("security.remote_api_keys.far.verify_url", url("/slow")),
            remote,
            "503",
            "200"),
        setting(
            "security.remote_api_keys.<scheme>.header_name",
            "X-Check",
            Map.of("security.remote_api_keys.far.verify_url", url("/check")),
            remote,
            "401",
            "200"),
        setting(
            "security.remote_api_keys.<scheme>.cache_ttl_secs",
            0,
            none,
            server -> {
              int before = asked("/verify");
              server.ask("GET /remote", "X-Far", KEY);
              server.ask("GET /remote", "X-Far", KEY);
              return "asked " + (asked("/verify") - before);
            },
            "asked 1",
            "asked 2"),
        setting("cors.origins", List.of(APP), none, fromApp, "200 -", "200 " + APP),
        setting(
            "cors.allowed_headers",
            List.of("X-Own"),
            origins,
            server -> server.preflight("GET", "x-own", "Access-Control-Allow-Headers"),
            "403 -",
            "204 X-Own"),
        setting(
            "cors.allowed_methods",
            List.of("GET"),
            origins,
            server -> server.preflight("POST", "", "Access-Control-Allow-Origin"),
            "204 " + APP,
            "403 " + APP),
        setting(
            "cors.allow_credentials",
            true,
            origins,
            server ->
                server.ask("GET /open", "Origin", APP).status("Access-Control-Allow-Credentials"),
            "200 -",
            "200 true"),
        setting(
            "cors.expose_headers",
            List.of("X-Total"),
            origins,
            server ->
                server.ask("GET /open", "Origin", APP).status("Access-Control-Expose-Headers"),
            "200 -",
            "200 X-Total"),
        setting(
            "cors.max_age",
            600,
            origins,
            server -> server.preflight("GET", "", "Access-Control-Max-Age"),
            "204 5",
            "204 600"),
        setting("rate_limit.enabled", true, none, policy, "200 -", "200 \"default\";q=100;w=60"),
        setting(
            "rate_limit.requests",
            2,
            limited,
            policy,
            "200 \"default\";q=100;w=60",
            "200 \"default\";q=2;w=60"),
        setting(
            "rate_limit.window_secs",
            120,
            limited,
            policy,
            "200 \"default\";q=100;w=60",
            "200 \"default\";q=100;w=120"),
        setting(
            "rate_limit.max_keys",
            1,
            once,
            server -> {
              server.ask("GET /open");
              server.ask("GET /other");
              return server.ask("GET /open").status();
            },
            "429",
            "200"),
        setting(
            "rate_limit.key", "subject", limited, policy, "200 \"default\";q=100;w=60", "200 -"),
        setting(
            "rate_limit.routes.<handler>",
            1,
            none,
            server -> {
              server.ask("GET /open");
              return server.ask("GET /open").status();
            },
            "200",
            "429"),
        setting(
            "rate_limit.skip_options",
            false,
            limited,
            server -> server.ask("OPTIONS /open").status("RateLimit-Policy"),
            "200 -",
            "200 \"default\";q=100;w=60"),
        setting("compression.enabled", true, none, gzip, "200 -", "200 gzip"),
        setting("compression.min_bytes", 1_000_000, compressed, gzip, "200 gzip", "200 -"),
        setting(
            "compression.level",
            1,
            compressed,
            server -> {
              int length = server.ask("GET /open", "Accept-Encoding", "gzip").length();
              return length == compressed(6) ? "as 6" : length == compressed(1) ? "as 1" : "other";
            },
            "as 6",
            "as 1"));
  }

  /** {@return how long the text is as gzip (RFC 1952): 10 octets before the data and 8 behind} */
  private static int compressed(int level) {
    byte[] text = Server.text().getBytes(StandardCharsets.UTF_8);
    try (Deflater deflater = new Deflater(level, true)) {
      deflater.setInput(text);
      deflater.finish();
      return 10 + deflater.deflate(new byte[text.length]) + 8;
    }
  }

  private static int asked(String path) {
    AtomicInteger count = ASKED.get(path);
    return count == null ? 0 : count.get();
  }

  /** Keys are fetched for the first token, and again in the background when they are old. */
  private static String fetches(Server server) throws Exception {
    int before = asked("/keys");
    long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    while (System.nanoTime() < end && asked("/keys") - before < 2) {
      server.ask("GET /token", "Authorization", "Bearer " + right());
      Thread.onSpinWait();
    }
    return asked("/keys") - before < 2 ? "fetched once" : "fetched again";
  }

  @Test
  void every_name_is_tried() {
    assertThat(settings().map(Setting::name)).containsExactlyInAnyOrderElementsOf(NAMES);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void has_an_effect(Setting setting) throws Exception {
    Map<String, Object> values = base();
    values.putAll(setting.also());
    try (Server server = new Server(values)) {
      assertThat(setting.question().of(server)).as("without").isEqualTo(setting.before());
    }
    values.put(setting.key(), setting.value());
    try (Server server = new Server(values)) {
      assertThat(setting.question().of(server)).as("with").isEqualTo(setting.after());
    }
  }

  /**
   * What is refused.
   *
   * @param values settings
   * @param sentence what the refusal says after its place
   */
  private record Refused(Map<String, Object> values, String sentence) {}

  private static Stream<Refused> refused() {
    return Stream.of(
        new Refused(
            Map.of("security.jwks.login.jwks_url", "http://id.example.com/keys"),
            "security.jwks.login.jwks_url is http://id.example.com/keys, which is not encrypted"),
        new Refused(
            Map.of("security.remote_api_keys.far.verify_url", "http://keys.example.com/"),
            "security.remote_api_keys.far.verify_url is http://keys.example.com/, which is not encrypted"),
        new Refused(
            Map.of("security.api_keys.key.key", "short"),
            "security.api_keys.key.key has 5 characters; fewer than 16 can be guessed"),
        new Refused(
            Map.of("security.api_keys.key.header_name", "X-Other"),
            "there is no setting security.api_keys.key.header_name; security.api_keys.key has key,"
                + " key_file, keys_dir, scopes, keys"),
        new Refused(
            Map.of(
                "security.propelauth.auth_url", "https://auth.example.com",
                "security.propelauth.audience", "names"),
            "there is no section security.propelauth; write security.jwks.<scheme> instead, with"
                + " the name of the security scheme: auth_url is its iss, and with"
                + " /.well-known/jwks.json behind it its jwks_url; audience is its aud, and where"
                + " there was none, any_audience is true"),
        new Refused(
            Map.of("security.bearer.cookie_name", "session"),
            "there is no section security.bearer; " + INSTEAD_OF_BEARER),
        new Refused(
            Map.of("security.oauth2.cookie_name", "session", "security.oauth2.signature", "sig"),
            "there is no section security.oauth2; " + INSTEAD_OF_BEARER),
        new Refused(
            Map.of("cors.origins", List.of("*"), "cors.allow_credentials", true),
            "cors.origins has \"*\", and allow_credentials is true: any page could act for its visitor;"
                + " list the origins, or do not allow credentials"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void is_refused_in_a_sentence(Refused refused) {
    Map<String, Object> values = base();
    values.putAll(refused.values());

    Throwable failure = catchThrowable(() -> new Server(values).close());

    assertThat(failure).isNotNull();
    assertThat(failure.getMessage())
        .startsWith(directory.resolve("config.yaml") + ":")
        .contains(": " + refused.sentence());
  }

  @ParameterizedTest
  @ValueSource(strings = {"BRRTR_BEARER_SIGNATURE", "BRRTR_SECURITY_OAUTH2_COOKIE_NAME"})
  void a_variable_of_before_is_a_warning_that_says_what_to_write(String variable) {
    assertThat(ServerConfig.read(Optional.empty(), Map.of(variable, "sig"), Map.of()).warnings())
        .singleElement()
        .hasToString(
            "environment variable "
                + variable
                + ": warning[config-unknown-variable]: no setting has this variable; "
                + INSTEAD_OF_BEARER);
  }

  /** What the hint says is a configuration, once the rest of it is there. */
  @Test
  void what_is_written_instead_is_a_configuration() throws IOException {
    Map<String, Object> values = base();
    values.put("security.jwks.login.cookie_name", "session");
    values.put("security.jwks.login.jwks_url", "https://auth.example.com/.well-known/jwks.json");
    values.put("security.jwks.login.iss", "https://auth.example.com");
    values.remove("security.jwks.login.aud");
    values.put("security.jwks.login.any_audience", true);

    new Server(values).close();
  }

  /** An answer. */
  private record Answer(HttpResponse response) {
    String status() {
      return String.valueOf(response.status());
    }

    String status(String field) {
      String value = response.headers().get(field);
      return status() + " " + (value == null ? "-" : value);
    }

    int length() {
      return response.body() instanceof Body.Bytes(byte[] content) ? content.length : 0;
    }
  }

  /** A server of a configuration file. */
  private final class Server implements AutoCloseable {
    private final BrrtServer server;

    Server(Map<String, Object> settings) throws IOException {
      Map<String, Object> nested = new LinkedHashMap<>();
      settings.forEach((name, value) -> put(nested, name, value));
      // JSON is YAML.
      String yaml =
          JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(nested);
      Path config = Files.writeString(directory.resolve("config.yaml"), yaml);
      Path document = directory.resolve("api-" + configured++ + ".yaml");
      BrrtServer.Builder builder =
          BrrtServer.builder()
              .document(Files.writeString(document, DOCUMENT))
              .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of()))
              .output(new PrintStream(OutputStream.nullOutputStream()));
      String text = text();
      for (String operation :
          List.of("open", "write", "ask", "other", "keyed", "remote", "token")) {
        builder.handler(operation, _ -> HttpResponse.text(200, text));
      }
      server = builder.startInProcess();
    }

    /** Words that repeat, so that trying harder pays. */
    private static String text() {
      Random random = new Random(4);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 10_000; i++) {
        text.append(Integer.toString(random.nextInt(500), 36)).append(' ');
      }
      return text.toString();
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> section, String name, Object value) {
      int dot = name.indexOf('.');
      if (dot < 0) {
        section.put(name, value);
      } else {
        Map<String, Object> below =
            (Map<String, Object>)
                section.computeIfAbsent(name.substring(0, dot), _ -> new LinkedHashMap<>());
        put(below, name.substring(dot + 1), value);
      }
    }

    Answer ask(String line, String... fields) throws IOException {
      Headers.Builder headers = Headers.builder().add("Host", "api.example.com");
      for (int i = 0; i < fields.length; i += 2) {
        headers.add(fields[i], fields[i + 1]);
      }
      String[] parts = line.split(" ");
      return new Answer(
          server.exchange(
              new HttpRequest(
                  Method.of(parts[0]),
                  parts[1],
                  "HTTP/1.1",
                  headers.build(),
                  Peer.of(new InetSocketAddress("192.0.2.1", 4711))),
              new byte[0]));
    }

    String preflight(String method, String fields, String answered) throws IOException {
      return (fields.isEmpty()
              ? ask("OPTIONS /open", "Origin", APP, "Access-Control-Request-Method", method)
              : ask(
                  "OPTIONS /open",
                  "Origin",
                  APP,
                  "Access-Control-Request-Method",
                  method,
                  "Access-Control-Request-Headers",
                  fields))
          .status(answered);
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
