package io.brrtrouter.outbound.proxy;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A server that hands operations on, as it is started from a document and a configuration. */
final class Gateway implements AutoCloseable {
  private static final int PATIENCE = 60_000;

  /** Operations of all kinds of requests and answers, at one service. */
  static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: { title: Shop, version: 1.0.0 }
      servers: [ { url: /api } ]
      paths:
        /items/{id}:
          parameters:
            - { name: id, in: path, required: true, schema: { type: string } }
          get:
            operationId: item
            x-service: catalog
            x-brrtrouter-downstream-path: /v2/items/{id}
            responses: { default: { description: whatever it is, content: { "*/*": {} } } }
          put:
            operationId: put_item
            x-service: catalog
            requestBody: { content: { application/json: { schema: { type: object } } } }
            responses: { default: { description: whatever it is, content: { "*/*": {} } } }
          post:
            operationId: post_item
            x-service: catalog
            requestBody: { content: { application/json: { schema: { type: object } } } }
            responses: { default: { description: whatever it is, content: { "*/*": {} } } }
          delete:
            operationId: delete_item
            x-service: catalog
            responses: { default: { description: whatever it is, content: { "*/*": {} } } }
          options:
            operationId: options_item
            x-service: catalog
            responses: { default: { description: whatever it is, content: { "*/*": {} } } }
        /upload:
          post:
            operationId: upload
            x-service: catalog
            x-brrtrouter-stream-body: true
            requestBody: { content: { application/octet-stream: {} } }
            responses: { default: { description: whatever it is, content: { "*/*": {} } } }
        /events:
          get:
            operationId: events
            x-service: catalog
            x-sse: true
            responses: { "200": { description: events } }
        /own:
          get:
            operationId: own
            responses: { default: { description: whatever it is, content: { "*/*": {} } } }
      """;

  final BrrtServer server;
  private final Path config;

  private Gateway(BrrtServer server, Path config) {
    this.server = server;
    this.config = config;
  }

  static Gateway start(Path directory, String document, String config) throws IOException {
    return start(directory, document, config, builder -> builder);
  }

  static Gateway start(
      Path directory, String document, String config, UnaryOperator<BrrtServer.Builder> more)
      throws IOException {
    Path file = Files.writeString(directory.resolve("openapi.yaml"), document);
    Path settings = Files.writeString(directory.resolve("config.yaml"), config);
    BrrtServer server =
        more.apply(
                BrrtServer.builder()
                    .document(file)
                    .config(ServerConfig.read(Optional.of(settings), Map.of(), Map.of("port", "0")))
                    .output(new PrintStream(OutputStream.nullOutputStream()))
                    .handler(
                        "own", request -> io.brrtrouter.server.http.HttpResponse.text(200, "own")))
            .start();
    return new Gateway(server, settings);
  }

  /** The usual document with one service. */
  static Gateway of(Path directory, RawService service, String... settings) throws IOException {
    return start(directory, DOCUMENT, config(service.url(), settings));
  }

  static String config(String url, String... settings) {
    StringBuilder config = new StringBuilder("services:\n  catalog:\n    url: [\"" + url + "\"]\n");
    for (String setting : settings) {
      config.append("    ").append(setting).append('\n');
    }
    return config.toString();
  }

  /** Exchanges the configuration in one step. */
  void configure(String text) throws IOException {
    Path fresh = Files.writeString(config.resolveSibling("fresh.yaml"), text);
    Files.move(fresh, config, StandardCopyOption.ATOMIC_MOVE);
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  /** {@return all that comes in answer to a request, to the end of the connection} */
  String raw(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(RawService.octets(request));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** {@return the answer to a request without body, fields each with their line end} */
  String ask(String method, String target, String... fields) throws IOException {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (java.util.stream.Stream.of(fields).noneMatch(each -> each.startsWith("Host:"))) {
      request.append("Host: shop.example\r\n");
    }
    for (String field : fields) {
      request.append(field).append("\r\n");
    }
    boolean connection =
        java.util.stream.Stream.of(fields).anyMatch(each -> each.startsWith("Connection:"));
    return raw(request + (connection ? "" : "Connection: close\r\n") + "\r\n");
  }

  static int status(String answer) {
    return answer.isEmpty() ? 0 : Integer.parseInt(answer.split(" ", 3)[1]);
  }

  static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @Override
  public void close() {
    server.close();
  }
}
