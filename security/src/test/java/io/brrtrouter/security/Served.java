package io.brrtrouter.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A server on a loopback port with one operation behind one security scheme. */
final class Served implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final BrrtServer server;

  private Served(BrrtServer server) {
    this.server = server;
  }

  /** {@return one whose scheme {@code door} asks for the scope {@code read}} */
  static Served over(Path directory, String scheme, String yaml) throws IOException {
    return new Served(builder(directory, scheme, yaml).port(0).host("127.0.0.1").start());
  }

  static BrrtServer.Builder builder(Path directory, String scheme, String yaml) throws IOException {
    String document =
        """
        openapi: 3.1.1
        info: {title: Served, version: "1"}
        paths:
          /pets:
            get:
              operationId: pets
              security: [{door: [read]}]
              responses: {"200": {description: ok, content: {text/plain: {}}}}
        components:
          securitySchemes:
            door: %s
        """
            .formatted(scheme);
    Path api = Files.writeString(directory.resolve("api.yaml"), document);
    Path config = Files.writeString(directory.resolve("config.yaml"), yaml);
    return BrrtServer.builder()
        .document(api)
        .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of()))
        .handler(
            "pets",
            request -> {
              var principal = request.principal().orElseThrow();
              return HttpResponse.text(
                  200, principal.subject() + " " + principal.scopes() + " " + principal.claims());
            });
  }

  java.net.http.HttpResponse<String> get(String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + "/pets"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return sent(request);
  }

  private java.net.http.HttpResponse<String> sent(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  int port() {
    return server.port();
  }

  /** Waits until as many requests are judged or answered. */
  void awaitInFlight(int requests) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!sent(HttpRequest.newBuilder(URI.create(server.url() + "/metrics")))
        .body()
        .contains("\nbrrtrouter_requests_in_flight " + requests + ".0\n")) {
      assertThat(System.nanoTime()).as(requests + " requests in flight").isLessThan(deadline);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
  }
}
