package io.brrtrouter.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.brrtrouter.security.JwtProvider;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each limit of a server that nobody has configured, over a socket: what just fits is served, what
 * is one too many is refused. Limits of time are in {@code TimeoutsTest} and {@code
 * SlowClientsTest}, those of HTTP/2 in {@code Http2Test}.
 */
class LimitsTableTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Limits, version: "1"}
      paths:
        /get:
          get:
            operationId: get
            parameters: [{name: a, in: query, schema: {type: array, items: {type: string}}}]
            responses: {"200": {description: ok}}
        /text:
          post:
            operationId: text
            requestBody: {content: {text/plain: {schema: {type: string}}}}
            responses: {"200": {description: ok}}
        /json:
          post:
            operationId: json
            x-brrtrouter-body-limit: 8388608
            requestBody: {content: {application/json: {schema: true}}}
            responses: {"200": {description: ok}}
        /numbers:
          post:
            operationId: numbers
            requestBody: {content: {application/json: {schema: {type: array, items: {type: string}}}}}
            responses: {"200": {description: ok}}
        /multiple:
          post:
            operationId: multiple
            requestBody: {content: {application/json: {schema: {type: number, multipleOf: 3}}}}
            responses: {"200": {description: ok}}
        /form:
          post:
            operationId: form
            requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object}}}}
            responses: {"200": {description: ok}}
        /streamed:
          put:
            operationId: streamed
            x-brrtrouter-stream-body: true
            x-brrtrouter-body-limit: 2000000
            requestBody: {content: {text/plain: {}}}
            responses: {"200": {description: ok}}
          post:
            operationId: unbounded
            x-brrtrouter-stream-body: true
            requestBody: {content: {text/plain: {}}}
            responses: {"200": {description: ok}}
        /parts:
          post:
            operationId: parts
            requestBody: {content: {multipart/form-data: {schema: {type: object}}}}
            responses: {"200": {description: ok}}
        /token:
          get:
            operationId: token
            security: [{token: []}]
            responses: {"200": {description: ok}}
      components:
        securitySchemes:
          token: {type: http, scheme: bearer}
      """;

  private static final TokenSigner SIGNER = new TokenSigner();

  @TempDir static Path directory;
  private static BrrtServer server;
  private static JwtProvider tokens;

  @BeforeAll
  static void start() throws IOException {
    // A name of 257 octets is there too: who believes in it lets in one octet too many.
    tokens =
        JwtProvider.builder()
            .jwksFile(
                Files.writeString(
                    directory.resolve("keys.json"),
                    SIGNER.keySet("k".repeat(256), "k".repeat(257))))
            .issuer("id")
            .audience("limits")
            .build();
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(Files.writeString(directory.resolve("api.yaml"), DOCUMENT))
            .config(ServerConfig.defaults().with("port", "0"))
            .security("token", tokens)
            .output(new PrintStream(OutputStream.nullOutputStream()));
    for (String name :
        new String[] {"get", "text", "json", "numbers", "multiple", "form", "parts", "token"}) {
      builder.handler(name, _ -> HttpResponse.text(200, "served"));
    }
    for (String name : new String[] {"streamed", "unbounded"}) {
      builder.handler(
          name,
          request -> {
            request.content().transferTo(OutputStream.nullOutputStream());
            return HttpResponse.text(200, "served");
          });
    }
    server = builder.start();
  }

  @AfterAll
  static void stop() {
    server.close();
    tokens.close();
  }

  private static String send(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String get(String target, String fields) {
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + fields + "\r\n";
  }

  private static String bearer(String token) {
    return get("/token", "Authorization: Bearer " + token + "\r\n");
  }

  /** {@return a good token of so many characters} */
  private static String token(int kid, int length) {
    String header = "{\"alg\":\"ES256\",\"kid\":\"" + "k".repeat(kid) + "\"";
    String claims =
        "{\"iss\":\"id\",\"aud\":\"limits\",\"exp\":%d,\"more\":\""
            .formatted(Instant.now().getEpochSecond() + 3_600);
    // Not every number of characters is that of octets in Base64, so two texts share what is left.
    for (int spaces = 0; spaces < 3; spaces++) {
      String first = TokenSigner.base64(header + " ".repeat(spaces) + "}");
      int rest = length - first.length() - TokenSigner.SIGNATURE - 2;
      String payload = claims + "x".repeat(rest * 3 / 4 - claims.length() - 2) + "\"}";
      if (TokenSigner.base64(payload).length() == rest) {
        return SIGNER.token(first + "." + TokenSigner.base64(payload));
      }
    }
    throw new AssertionError("no token has " + length + " characters");
  }

  private static String post(String path, String type, String body) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, type, body.length(), body);
  }

  private static String json(String body) {
    return post("/json", "application/json", body);
  }

  private static String chunked(String chunks) {
    return "POST /text HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n"
        + chunks;
  }

  private static String put(String path, String body) {
    return put(post(path, "text/plain", body));
  }

  private static String put(String post) {
    return post.replaceFirst("POST (/text)?", "PUT ").replace("PUT  HTTP", "PUT /streamed HTTP");
  }

  private static String fields(int count) {
    return "X-A: 1\r\n".repeat(count);
  }

  private static String pairs(int count) {
    return "a=1&".repeat(count - 1) + "a=1";
  }

  private static String parts(int count, String header) {
    return post(
        "/parts",
        "multipart/form-data; boundary=b",
        ("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n" + header + "\r\n1\r\n")
                .repeat(count)
            + "--b--\r\n");
  }

  /** What fits, what does not, and the answer to that. */
  static Stream<Arguments> limits() {
    int target = 8_192 - "/get?".length();
    // Host, Connection, the name, the colon, a space and the line end count too.
    int field = 16 * 1024 - "Host: x\r\nConnection: close\r\nX: \r\n".length();
    int body = 1 << 20;
    // Of a trailer field all of its line counts; of an extension all but the line end.
    int trailer = 8_192 - "T: \r\n".length();
    String ext = ";e=" + "x".repeat(1_024 - ";e=".length());
    return Stream.of(
        row(
            "request target",
            get("/get?" + "a".repeat(target), ""),
            get("/get?" + "a".repeat(target + 1), ""),
            414),
        row(
            "header octets",
            get("/get", "X: " + "a".repeat(field) + "\r\n"),
            get("/get", "X: " + "a".repeat(field + 1) + "\r\n"),
            431),
        row("token", bearer(token(256, 8_192)), bearer(token(256, 8_193)), 401),
        row("name of a token's key", bearer(token(256, 1_000)), bearer(token(257, 1_000)), 401),
        row("header fields", get("/get", fields(98)), get("/get", fields(99)), 431),
        row(
            "trailer octets",
            chunked("1\r\na\r\n0\r\nT: " + "x".repeat(trailer) + "\r\n\r\n"),
            chunked("1\r\na\r\n0\r\nT: " + "x".repeat(trailer + 1) + "\r\n\r\n"),
            400),
        row(
            "chunk extensions",
            chunked("1" + ext + "\r\na\r\n0\r\n\r\n"),
            chunked("1" + ext + "x\r\na\r\n0\r\n\r\n"),
            400),
        row(
            "body",
            post("/text", "text/plain", "x".repeat(body)),
            post("/text", "text/plain", "x".repeat(body + 1)),
            413),
        row(
            "body in chunks",
            chunked(Integer.toHexString(body) + "\r\n" + "x".repeat(body) + "\r\n0\r\n\r\n"),
            chunked(
                Integer.toHexString(body + 1) + "\r\n" + "x".repeat(body + 1) + "\r\n0\r\n\r\n"),
            413),
        row(
            "streamed body",
            put("/streamed", "x".repeat(2_000_000)),
            put("/streamed", "x".repeat(2_000_001)),
            413),
        row(
            "streamed body in chunks",
            put(chunked("1E8480\r\n" + "x".repeat(2_000_000) + "\r\n0\r\n\r\n")),
            put(chunked("1E8480\r\n" + "x".repeat(2_000_000) + "\r\n1\r\nx\r\n0\r\n\r\n")),
            413),
        row(
            "streamed body without a limit of its own",
            post("/streamed", "text/plain", "x".repeat(30_000_000)),
            post("/streamed", "image/png", "x"),
            415),
        row(
            "query parameters",
            get("/get?" + pairs(1_000), ""),
            get("/get?" + pairs(1_001), ""),
            400),
        row(
            "form parameters",
            post("/form", "application/x-www-form-urlencoded", pairs(1_000)),
            post("/form", "application/x-www-form-urlencoded", pairs(1_001)),
            400),
        row("parts", parts(50, ""), parts(51, ""), 413),
        row(
            "header of a part",
            parts(1, "X: " + "y".repeat(8_000) + "\r\n"),
            parts(1, "X: " + "y".repeat(8_300) + "\r\n"),
            400),
        row(
            "JSON depth",
            json("[".repeat(128) + "]".repeat(128)),
            json("[".repeat(129) + "]".repeat(129)),
            400),
        row(
            "JSON string",
            json('"' + "s".repeat(body) + '"'),
            json('"' + "s".repeat(body + 1) + '"'),
            400),
        row(
            "JSON name",
            json("{\"" + "n".repeat(1_024) + "\":1}"),
            json("{\"" + "n".repeat(1_025) + "\":1}"),
            400),
        row("JSON number", json("1".repeat(1_000)), json("1".repeat(1_001)), 400),
        row(
            "JSON tokens",
            json("[" + "1,".repeat(249_997) + "1]"),
            json("[" + "1,".repeat(249_998) + "1]"),
            400),
        row("JSON members", json(members(10_000)), json(members(10_001)), 400),
        row("JSON members of one name", json("{\"a\":1,\"b\":2}"), json("{\"a\":1,\"a\":2}"), 400),
        row(
            "exponent in arithmetic",
            post("/multiple", "application/json", "3e999"),
            post("/multiple", "application/json", "3e1001"),
            400));
  }

  private static String members(int count) {
    StringBuilder object = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      object.append(i == 0 ? "" : ",").append("\"m").append(i).append("\":1");
    }
    return object.append('}').toString();
  }

  private static Arguments row(String limit, String fits, String exceeds, int status) {
    return argumentSet(limit, fits, exceeds, status);
  }

  @ParameterizedTest
  @MethodSource("limits")
  void lets_through_what_fits_and_no_more(String fits, String exceeds, int status)
      throws IOException {
    assertThat(send(fits).lines().findFirst()).hasValue("HTTP/1.1 200 OK");
    String refusal = send(exceeds);
    assertThat(refusal).startsWith("HTTP/1.1 " + status + " ");
    assertThat(refusal).contains("Content-Type: application/problem+json\r\n");
  }

  @Test
  void lists_fifty_violations_and_counts_the_rest() throws IOException {
    String refusal = send(post("/numbers", "application/json", "[" + "1,".repeat(59) + "1]"));
    assertThat(refusal).startsWith("HTTP/1.1 400 ").contains("60 violations", "\"omitted\":10");
    assertThat(refusal.split("\"keyword\"", -1)).hasSize(51);
  }
}
