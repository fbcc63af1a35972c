package io.brrtrouter.server.cors;

import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Servers on sockets that differ in their policy, and a client that says exactly what it sends. */
final class CorsServers implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  static final String DOCUMENT =
      """
      openapi: 3.2.0
      info: {title: Items, version: "1"}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
      paths:
        /items:
          get: {operationId: list, responses: {"200": {description: ok, content: {text/plain: {}}}}}
          put:
            operationId: put
            x-brrtrouter-body-limit: 10
            requestBody: {required: true, content: {application/json: {schema: {type: object}}}}
            responses: {"200": {description: ok}}
          query: {operationId: query, responses: {"200": {description: ok}}}
        /secured:
          get: {operationId: secured, security: [key: []], responses: {"200": {description: ok}}}
        /off:
          get: {operationId: off, x-cors: false, responses: {"200": {description: ok}}}
          put: {operationId: put_off, x-cors: inherit, responses: {"200": {description: ok}}}
        /closed:
          get: {operationId: closed, x-cors: false, responses: {"200": {description: ok}}}
        /own:
          get:
            operationId: own
            x-cors: {exposeHeaders: [ETag], maxAge: 60}
            responses: {"200": {description: ok}}
          put:
            operationId: put_own
            x-cors: {allowedHeaders: [X-Own], allowedMethods: [PUT], allowCredentials: false}
            responses: {"200": {description: ok}}
          delete:
            operationId: delete_own
            x-cors: {allowedMethods: [GET], allowedHeaders: []}
            responses: {"200": {description: ok}}
        /declared:
          get: {operationId: declared, responses: {"200": {description: ok}}}
          options: {operationId: options, responses: {"200": {description: ok}}}
        /boom:
          get: {operationId: boom, responses: {"200": {description: ok}}}
        /late:
          get: {operationId: late, x-brrtrouter-deadline-ms: 1, responses: {"200": {description: ok}}}
        /talkative:
          get: {operationId: talkative, responses: {"200": {description: ok}}}
        /star:
          get: {operationId: star, responses: {"200": {description: ok}}}
      """;

  /** Settings by the name of the server. */
  private static final Map<String, List<String>> SETTINGS =
      Map.of(
          "none",
          List.of(),
          "exact",
          List.of(
              "cors.origins",
              "https://app.test, http://[::1]:3000, null, HTTPS://Upper.test:443",
              "cors.expose_headers",
              "X-Total",
              "cors.max_age",
              "10 min"),
          "cookies",
          List.of("cors.origins", "https://app.test", "cors.allow_credentials", "true"),
          "any",
          List.of("cors.origins", "*", "cors.allowed_headers", "*"),
          "patterns",
          List.of("cors.origin_patterns", "https://*.app.test, http://localhost:*"),
          "lenient",
          List.of("cors.origins", "https://app.test", "cors.refuse_unlisted", "false"),
          "private",
          List.of("cors.origins", "https://app.test", "cors.allow_private_network", "true"),
          "proxied",
          List.of("cors.origins", "https://app.test", "http.trusted_proxies", "127.0.0.0/8"),
          "forwarded",
          List.of(
              "cors.origins",
              "https://app.test",
              "http.trusted_proxies",
              "127.0.0.0/8",
              "http.forwarded_header",
              "forwarded"),
          "narrow",
          List.of(
              "cors.origins",
              "https://app.test",
              "cors.allowed_methods",
              "GET, DELETE",
              "cors.allowed_headers",
              "X-One"));

  private final Map<String, BrrtServer> servers = new ConcurrentHashMap<>();

  /** {@return what comes back} Header lines as sent, in order. */
  record Answer(int status, List<String> fields, String content) {}

  private static BrrtServer start(String name) {
    List<String> settings = SETTINGS.get(name);
    BrrtServer.Builder builder = BrrtServer.builder().document(TestServer.file(DOCUMENT));
    for (String plain :
        List.of(
            "query",
            "off",
            "put_off",
            "closed",
            "own",
            "put_own",
            "delete_own",
            "declared",
            "options",
            "put")) {
      builder.handler(plain, _ -> HttpResponse.of(200));
    }
    builder
        .handler("list", _ -> HttpResponse.text(200, "items"))
        .mock(true)
        .security("key", (_, _) -> Verification.accepted("anybody"))
        .handler(
            "boom",
            _ -> {
              throw new IllegalStateException("thrown by a test");
            })
        .handler(
            "late",
            _ -> {
              Thread.sleep(PATIENCE_MILLIS);
              return HttpResponse.of(200);
            })
        .handler(
            "talkative",
            _ ->
                new HttpResponse(
                    200,
                    Headers.of(
                        "Vary", "Accept, origin",
                        "access-control-allow-origin", "https://evil.test",
                        "Access-Control-Allow-Credentials", "true"),
                    Body.EMPTY))
        .handler("star", _ -> HttpResponse.of(200).withHeader("Vary", "*"));
    return builder
        .config(TestServer.config(settings.toArray(new String[0])))
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .start();
  }

  /**
   * {@return the answer to a request}
   *
   * @param server which server
   * @param request method and target
   * @param fields header lines; {@code Host} is added unless among them
   */
  Answer ask(String server, String request, List<String> fields) throws IOException {
    return ask(servers.computeIfAbsent(server, CorsServers::start), request, fields, "");
  }

  static Answer ask(BrrtServer server, String request, List<String> fields, String body)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(request + " HTTP/1.1"));
    if (fields.stream().noneMatch(field -> field.startsWith("Host:"))) {
      lines.add("Host: api.test");
    }
    lines.addAll(fields);
    lines.add("Connection: close");
    String head = String.join("\r\n", lines) + "\r\n\r\n";
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.ISO_8859_1));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      int status = Integer.parseInt(in.readLine().split(" ")[1]);
      List<String> answered = new ArrayList<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        answered.add(line);
      }
      StringWriter content = new StringWriter();
      in.transferTo(content);
      return new Answer(status, answered, content.toString());
    }
  }

  @Override
  public void close() {
    servers.values().forEach(BrrtServer::close);
  }
}
