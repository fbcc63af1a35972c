package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What stands on every answer of a whole server for browsers and caches, over each protocol, with
 * and without TLS: fields about content and frames, {@code Strict-Transport-Security} over TLS and
 * there only, and what the answer varies with where origins are listed and content is compressed.
 */
@Timeout(120)
class BrowserFieldsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.2.0
      info: {title: Items, version: "1"}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          token: {type: http, scheme: bearer}
      paths:
        /items:
          get: {operationId: list, responses: {"200": {description: ok, content: {text/plain: {}}}}}
          put:
            operationId: put
            x-brrtrouter-body-limit: 10
            requestBody: {required: true, content: {text/plain: {schema: {type: string}}}}
            responses: {"200": {description: ok}}
        /short:
          get: {operationId: short, responses: {"200": {description: ok, content: {text/plain: {}}}}}
        /named:
          get:
            operationId: named
            parameters: [{name: n, in: query, required: true, schema: {type: integer}}]
            responses: {"200": {description: ok}}
        /scoped:
          get: {operationId: scoped, security: [token: [admin]], responses: {"200": {description: ok}}}
        /unsure:
          get: {operationId: unsure, security: [key: []], responses: {"200": {description: ok}}}
        /few:
          get:
            operationId: few
            x-brrtrouter-rate-limit: {requests: 1, window: 86400}
            responses: {"200": {description: ok}}
        /busy:
          get:
            operationId: busy
            x-brrtrouter-max-in-flight: 1
            responses: {"200": {description: ok}}
      """;

  private static final String APP = "https://app.test";

  private static final List<String> SECURITY =
      List.of(
          "content-security-policy: default-src 'none'; frame-ancestors 'none'",
          "referrer-policy: no-referrer",
          "x-content-type-options: nosniff",
          "x-frame-options: DENY");

  private static final String HSTS = "strict-transport-security: max-age=31536000";

  private static final Set<String> NAMES =
      Set.of(
          "content-security-policy",
          "referrer-policy",
          "x-content-type-options",
          "x-frame-options",
          "strict-transport-security");

  private static final CountDownLatch RELEASED = new CountDownLatch(1);
  private static final CountDownLatch BUSY = new CountDownLatch(2);
  private static final TlsFolder FOLDER = new TlsFolder();

  /** Each with and without TLS: patient, impatient and without a list of origins. */
  private static final List<BrrtServer> SERVERS = new ArrayList<>();

  private static final List<RawClient> WAITING = new ArrayList<>();

  /** How to speak. */
  private enum Spoken {
    HTTP_1(false, false),
    HTTP_1_OVER_TLS(false, true),
    HTTP_2(true, false),
    HTTP_2_OVER_TLS(true, true);

    private final boolean http2;
    private final boolean tls;

    Spoken(boolean http2, boolean tls) {
      this.http2 = http2;
      this.tls = tls;
    }

    private BrrtServer server(String kind) {
      int at = List.of("patient", "impatient", "any").indexOf(kind);
      return SERVERS.get(2 * at + (tls ? 1 : 0));
    }

    private RawClient connect(BrrtServer server) throws IOException {
      RawClient plain = new RawClient(server.port());
      return tls
          ? plain.encrypted(
              TestCertificates.trusting().context(), List.of(http2 ? "h2" : "http/1.1"))
          : plain;
    }
  }

  /**
   * A request that is answered in a certain way.
   *
   * @param what its name
   * @param server which kind of server is asked
   * @param status the answer
   * @param vary what the answer varies with
   * @param line method and target
   * @param fields names and values; with a length of content, of which only one octet comes
   */
  private record Case(
      String what, String server, int status, String vary, String line, List<String> fields) {
    @Override
    public String toString() {
      return status + " " + what;
    }

    private String method() {
      return line.substring(0, line.indexOf(' '));
    }

    private String target() {
      return line.substring(line.indexOf(' ') + 1);
    }

    private boolean hasContent() {
      return fields.contains("content-length");
    }
  }

  private static Case of(
      String what, int status, String vary, String line, String... fieldsOfRequest) {
    return new Case(what, "patient", status, vary, line, List.of(fieldsOfRequest));
  }

  private static Case on(String server, Case same) {
    return new Case(same.what, server, same.status, same.vary, same.line, same.fields);
  }

  private static List<Case> cases() {
    String both = "Origin, Accept-Encoding";
    String origin = "Origin";
    String preflight = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
    String listed = "origin";
    return List.of(
        of(
            "compressed for a page",
            200,
            both,
            "GET /items",
            listed,
            APP,
            "accept-encoding",
            "gzip"),
        of("compressed", 200, both, "GET /items", "accept-encoding", "gzip"),
        of("compressible for a page", 200, both, "GET /items", listed, APP),
        of("compressible", 200, both, "GET /items"),
        of("without content", 200, both, "HEAD /items", listed, APP, "accept-encoding", "gzip"),
        of(
            "not modified",
            304,
            both,
            "GET /items",
            listed,
            APP,
            "accept-encoding",
            "gzip",
            "if-none-match",
            "\"1\""),
        of("short", 200, origin, "GET /short", listed, APP, "accept-encoding", "gzip"),
        on("any", of("compressed", 200, "Accept-Encoding", "GET /items", listed, APP)),
        on("any", of("short for everybody", 200, "", "GET /short", listed, APP)),
        of(
            "preflight",
            204,
            preflight,
            "OPTIONS /items",
            listed,
            APP,
            "access-control-request-method",
            "PUT"),
        of("options", 204, origin, "OPTIONS /items", listed, APP),
        of("document", 200, origin, "GET /openapi.json", listed, APP, "accept-encoding", "gzip"),
        of("health", 200, origin, "GET /health", listed, APP, "accept-encoding", "gzip"),
        of("invalid", 400, origin, "GET /named?n=x", listed, APP, "accept-encoding", "gzip"),
        of("malformed", 400, origin, "GET /a b", listed, APP),
        of("malformed", 400, origin, "GET /a b"),
        of("no credentials", 401, origin, "GET /scoped", listed, APP),
        of("no scope", 403, origin, "GET /scoped", listed, APP, "authorization", "Bearer good"),
        of("another page", 403, origin, "GET /items", listed, "https://evil.test"),
        of(
            "another page's preflight",
            403,
            preflight,
            "OPTIONS /items",
            listed,
            "https://evil.test",
            "access-control-request-method",
            "PUT"),
        of("nothing there", 404, origin, "GET /nowhere", listed, APP, "accept-encoding", "gzip"),
        of("not allowed", 405, origin, "DELETE /items", listed, APP),
        on(
            "impatient",
            of(
                "content too slow",
                408,
                origin,
                "PUT /items",
                listed,
                APP,
                "content-type",
                "text/plain",
                "content-length",
                "9")),
        of("content too large", 413, origin, "PUT /items", listed, APP, "content-length", "11"),
        of("target too long", 414, origin, "GET /items?" + "x".repeat(8_192), listed, APP),
        of("head too large", 431, origin, "GET /items", listed, APP, "x-a", "x".repeat(16_384)),
        of("too many", 429, origin, "GET /few", listed, APP, "accept-encoding", "gzip"),
        of("busy", 503, origin, "GET /busy", listed, APP, "accept-encoding", "gzip"),
        of("nobody can tell", 503, origin, "GET /unsure", listed, APP, "x-key", "some"));
  }

  @BeforeAll
  static void start() throws Exception {
    start("cors.origins", APP);
    start(
        "cors.origins",
        APP,
        "http.body_timeout_ms",
        "1",
        "http.body_timeout_per_kib_ms",
        "0",
        "http.linger_ms",
        "20000");
    start("cors.origins", "*");
    for (BrrtServer server : SERVERS.subList(0, 2)) {
      Spoken spoken = SERVERS.indexOf(server) == 0 ? Spoken.HTTP_1 : Spoken.HTTP_1_OVER_TLS;
      try (RawClient first = spoken.connect(server)) {
        assertThat(first.send("GET /few HTTP/1.1\r\nHost: x\r\n\r\n").read().status())
            .isEqualTo(200);
      }
      WAITING.add(spoken.connect(server).send("GET /busy HTTP/1.1\r\nHost: x\r\n\r\n"));
    }
    BUSY.await();
  }

  private static void start(String... settings) {
    ServerConfig config =
        io.brrtrouter.server.runtime.TestServer.config(settings)
            .with("host", "0.0.0.0") // what is for this machine only demands no TLS
            .with("compression.enabled", "true");
    start(config);
    start(
        config.with(
            Map.of(
                "tls.certificate_file", FOLDER.path("server.pem").toString(),
                "tls.key_file", FOLDER.path("server.key").toString())));
  }

  private static void start(ServerConfig config) {
    Handler none = _ -> HttpResponse.of(200);
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(io.brrtrouter.server.runtime.TestServer.file(DOCUMENT))
            .config(config)
            .security("key", (_, _) -> new Verification.Unavailable("nobody can tell"))
            .security("token", (_, _) -> Verification.accepted("ann"))
            .handler(
                "list",
                _ -> HttpResponse.text(200, "items ".repeat(200)).withHeader("ETag", "\"1\""))
            .handler("short", _ -> HttpResponse.text(200, "short"))
            .handler(
                "busy",
                _ -> {
                  BUSY.countDown();
                  RELEASED.await();
                  return HttpResponse.of(200);
                })
            .output(new PrintStream(OutputStream.nullOutputStream()));
    for (String operation : List.of("put", "named", "scoped", "unsure", "few")) {
      builder.handler(operation, none);
    }
    SERVERS.add(builder.start());
  }

  @AfterAll
  static void stop() throws IOException {
    RELEASED.countDown();
    for (RawClient client : WAITING) {
      client.close();
    }
    SERVERS.forEach(BrrtServer::close);
    FOLDER.close();
  }

  static Stream<Arguments> answers() {
    return Arrays.stream(Spoken.values())
        .flatMap(spoken -> cases().stream().map(each -> Arguments.of(spoken, each)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("answers")
  void every_answer_has_them_once(Spoken spoken, Case asked) throws Exception {
    List<String> expected = new ArrayList<>(SECURITY);
    if (spoken.tls) {
      expected.add(HSTS);
    }
    Collections.sort(expected);
    if (!asked.vary.isEmpty()) {
      expected.add("vary: " + asked.vary);
    }

    assertThat(told(spoken, asked)).isEqualTo(asked.status + "\n" + String.join("\n", expected));
  }

  private static String told(Spoken spoken, Case asked) throws Exception {
    BrrtServer server = spoken.server(asked.server);
    try (RawClient client = spoken.connect(server)) {
      return spoken.http2
          ? overHttp2(new H2Client(client), spoken, asked)
          : overHttp1(client, asked);
    }
  }

  private static String overHttp1(RawClient client, Case asked) throws IOException {
    StringBuilder head = new StringBuilder(asked.line).append(" HTTP/1.1\r\nhost: x\r\n");
    for (int i = 0; i < asked.fields.size(); i += 2) {
      head.append(asked.fields.get(i)).append(": ").append(asked.fields.get(i + 1)).append("\r\n");
    }
    head.append("connection: close\r\n\r\n").append(asked.hasContent() ? "x" : "");
    String[] lines = client.send(head.toString()).readToEnd().split("\r\n", -1);
    List<String> fields = new ArrayList<>();
    for (int i = 1; !lines[i].isEmpty(); i++) {
      int colon = lines[i].indexOf(": ");
      fields.add(lines[i].substring(0, colon).toLowerCase(Locale.ROOT) + lines[i].substring(colon));
    }
    return told(lines[0].split(" ")[1], fields);
  }

  private static String overHttp2(H2Client client, Spoken spoken, Case asked) throws IOException {
    List<String> all = new ArrayList<>();
    all.addAll(List.of(":method", asked.method(), ":scheme", spoken.tls ? "https" : "http"));
    all.addAll(List.of(":authority", "x", ":path", asked.target()));
    all.addAll(asked.fields);
    client.headers(1, !asked.hasContent(), all.toArray(new String[0]));
    if (asked.hasContent()) {
      client.data(1, false, "x");
    }
    while (!client.heads.containsKey(1)) {
      assertThat(client.readOne()).isNotNull();
    }
    List<String> fields = new ArrayList<>();
    client.heads.get(1).forEach(field -> fields.add(field.getKey() + ": " + field.getValue()));
    return told(client.field(1, ":status"), fields);
  }

  /** {@return the status, what is for browsers in order, and what the answer varies with} */
  private static String told(String status, List<String> fields) {
    List<String> security =
        fields.stream()
            .filter(field -> NAMES.contains(field.substring(0, field.indexOf(": "))))
            .sorted()
            .toList();
    List<String> told = new ArrayList<>(List.of(status));
    told.addAll(security);
    fields.stream().filter(field -> field.startsWith("vary: ")).forEach(told::add);
    return String.join("\n", told);
  }
}
