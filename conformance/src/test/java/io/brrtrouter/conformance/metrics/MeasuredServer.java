package io.brrtrouter.conformance.metrics;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.websocket.Message;
import io.brrtrouter.server.websocket.WebSockets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A server that has something of everything that is counted. */
final class MeasuredServer implements AutoCloseable {
  static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Orders, version: "1"}
      paths:
        /orders:
          get:
            operationId: list_orders
            parameters: [{name: limit, in: query, schema: {type: integer, maximum: 10}}]
            responses: {"200": {description: All.}}
          post:
            operationId: add_order
            requestBody: {required: true, content: {application/json: {schema: {type: object, required: [name]}}}}
            responses: {"201": {description: Added.}}
        /mine:
          get:
            operationId: my_orders
            security: [{key: [read]}]
            responses: {"200": {description: Mine.}}
        /slow:
          get:
            operationId: slow
            x-brrtrouter-max-in-flight: 1
            responses: {"200": {description: Later.}}
        /events:
          get:
            operationId: events
            responses: {"200": {description: Bytes.}}
        /limited:
          get:
            operationId: limited
            x-brrtrouter-rate-limit: {requests: 2, window: 3600, key: ip}
            responses: {"200": {description: Twice.}}
        /talk:
          get:
            operationId: talk
            x-websocket: true
            responses: {"101": {description: Talk.}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
      """;

  final CountDownLatch slow = new CountDownLatch(1);
  final CountDownLatch events = new CountDownLatch(1);
  private final BrrtServer server;

  MeasuredServer(Path directory, Map<String, String> settings) throws IOException {
    ServerConfig config = ServerConfig.defaults();
    for (Map.Entry<String, String> each : settings.entrySet()) {
      config = config.with(each.getKey(), each.getValue());
    }
    HttpResponse fine = HttpResponse.of(200);
    this.server =
        BrrtServer.builder()
            .document(Files.writeString(directory.resolve("orders.yaml"), DOCUMENT))
            .config(config)
            .port(0)
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .security(
                "key",
                (credential, _) ->
                    switch (credential) {
                      case Credential.ApiKey(String key) when key.equals("good") ->
                          Verification.accepted("ann", List.of("read"));
                      case Credential.ApiKey(String key) when key.equals("poor") ->
                          Verification.accepted("ben", List.of());
                      case Credential.ApiKey(String key) when key.equals("lost") ->
                          new Verification.Unavailable("nobody answers");
                      case Credential.ApiKey(String key) when key.equals("odd") ->
                          throw new IllegalStateException("it fails");
                      default -> Verification.refused("the key is not known");
                    })
            .handler("list_orders", _ -> HttpResponse.text(200, "0123456789"))
            .handler("add_order", _ -> HttpResponse.of(201))
            .handler("my_orders", _ -> fine)
            .handler(
                "slow",
                _ -> {
                  slow.await();
                  return fine;
                })
            .handler(
                "events",
                _ ->
                    new HttpResponse(
                        200,
                        Headers.empty(),
                        new Body.Streamed(
                            sink -> {
                              sink.write(new byte[] {1});
                              sink.flush();
                              events.await();
                            },
                            Body.Streamed.UNKNOWN_LENGTH)))
            .handler("limited", _ -> fine)
            .handler(
                "talk",
                WebSockets.handler(socket -> {
                  for (Optional<Message> said = socket.receive();
                      said.isPresent();
                      said = socket.receive()) {
                    socket.send(said.get());
                    socket.send(said.get());
                  }
                }))
            .start();
  }

  String url() {
    return server.url();
  }

  int port() {
    return server.port();
  }

  Scrape scrape() {
    return Scrape.of(url());
  }

  @Override
  public void close() {
    slow.countDown();
    events.countDown();
    server.close();
  }
}
