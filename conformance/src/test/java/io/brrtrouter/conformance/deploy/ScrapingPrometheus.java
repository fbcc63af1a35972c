package io.brrtrouter.conformance.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real Prometheus with the rules of {@code deploy}, which scrapes every second. */
final class ScrapingPrometheus implements AutoCloseable {
  private static final String CONFIG =
      """
      global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
      rule_files: ["%1$s/prometheus/rules/*.yml"]
      scrape_configs:
        - job_name: petstore
          static_configs: [{targets: ["%2$s"]}]
        - job_name: gateway
          scheme: https
          tls_config: {insecure_skip_verify: true}
          static_configs: [{targets: ["%3$s"]}]
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final Process process;
  private final int port;

  /** Starts it; it answers when this returns. */
  ScrapingPrometheus(Path directory, String shop, String gateway) throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("prometheus.yml"), CONFIG.formatted(Deploy.DIRECTORY, shop, gateway));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    process =
        new ProcessBuilder(
                Deploy.program("prometheus").toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    while (!isReady()) {
      if (!process.isAlive()) {
        throw new IOException(Files.readString(directory.resolve("log")));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private boolean isReady() {
    try {
      return send("/-/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<String> send(String path) throws IOException {
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /**
   * {@return whether a query returns a series with a number now}
   *
   * @throws IllegalArgumentException if it is no query
   */
  boolean answers(String query) throws IOException {
    HttpResponse<String> response =
        send("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    JsonNode root = json.readTree(response.body());
    if (response.statusCode() != 200) {
      throw new IllegalArgumentException(query + ": " + root.path("error").asText());
    }
    for (JsonNode each : root.at("/data/result")) {
      String value = each.at("/value/1").asText();
      if (!value.isEmpty() && !value.equals("NaN")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    client.shutdownNow();
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
