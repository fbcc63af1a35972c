package io.brrtrouter.otel;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.testing.telemetry.OtlpReceiver;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A server with a collector, and a client. */
final class TracedServer implements AutoCloseable {
  final OtlpReceiver receiver = OtlpReceiver.start();
  final BrrtServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * Starts both.
   *
   * @param further environment variables beside those of the collector
   */
  TracedServer(String document, Map<String, String> further, Consumer<BrrtServer.Builder> code) {
    Map<String, String> environment = new HashMap<>(receiver.environment());
    environment.putAll(further);
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(file(document))
            .config(ServerConfig.read(Optional.empty(), environment, Map.of("port", "0")))
            .output(new PrintStream(OutputStream.nullOutputStream()));
    code.accept(builder);
    server = builder.start();
  }

  static Path file(String document) {
    try {
      Path directory = Files.createTempDirectory("brrt-otel");
      directory.toFile().deleteOnExit();
      Path file = directory.resolve("api.yaml");
      file.toFile().deleteOnExit();
      return Files.writeString(file, document);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  HttpResponse<String> get(String target, String... fields) {
    return send("GET", target, "", fields);
  }

  HttpResponse<String> send(String method, String target, String body, String... fields) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + target))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    for (int i = 0; i < fields.length; i += 2) {
      request.header(fields[i], fields[i + 1]);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  static String id(HttpResponse<?> response) {
    return response.headers().firstValue("X-Request-ID").orElseThrow();
  }

  @Override
  public void close() {
    client.close();
    server.close();
    receiver.close();
  }
}
