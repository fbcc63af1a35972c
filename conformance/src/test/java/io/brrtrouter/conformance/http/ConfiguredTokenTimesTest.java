package io.brrtrouter.conformance.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Times of tokens and key sets are where their settings put them, and elsewhere in a server that
 * nobody has configured.
 */
class ConfiguredTokenTimesTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Tokens, version: "1"}
      paths:
        /secret:
          get:
            operationId: secret
            security: [{scheme: []}]
            responses: {"200": {description: ok}}
      components:
        securitySchemes:
          scheme: {type: http, scheme: bearer}
      """;

  private static final TokenSigner SIGNER = new TokenSigner();

  @TempDir Path directory;

  private Path document;

  @BeforeEach
  void write() throws IOException {
    document = Files.writeString(directory.resolve("api.yaml"), DOCUMENT);
  }

  private BrrtServer server(String section, String url, String... more) {
    String prefix = "security." + section + ".scheme.";
    Map<String, String> settings = new HashMap<>(Map.of("port", "0"));
    settings.put(prefix + "aud", "times");
    switch (section) {
      case "jwks" -> {
        settings.put(prefix + "jwks_url", url);
        settings.put(prefix + "iss", "id");
      }
      case "spiffe" -> {
        settings.put(prefix + "jwks_url", url);
        settings.put(prefix + "trust_domain", "example.org");
      }
      case "introspection" -> {
        settings.put(prefix + "introspection_url", url);
        settings.put(prefix + "client_id", "times");
        settings.put(prefix + "client_secret", "secret");
      }
      default -> throw new AssertionError(section);
    }
    for (int i = 0; i < more.length; i += 2) {
      settings.put(prefix + more[i], more[i + 1]);
    }
    return BrrtServer.builder()
        .document(document)
        .config(ServerConfig.defaults().with(settings))
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .handler("secret", _ -> HttpResponse.text(200, "served"))
        .start();
  }

  private static int status(BrrtServer server, String token) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(60_000);
      String request =
          "GET /secret HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
              + token
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }
  }

  private static String token(String kid) {
    String header = "{\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}";
    String claims =
        "{\"iss\":\"id\",\"aud\":\"times\",\"sub\":\"spiffe://example.org/a\",\"exp\":%d}"
            .formatted(Instant.now().getEpochSecond() + 3_600);
    return SIGNER.token(TokenSigner.base64(header) + "." + TokenSigner.base64(claims));
  }

  /** Answers every request alike, and counts them. */
  private static final class Source implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String body;
    private volatile Duration delay = Duration.ZERO;

    Source(String body) throws IOException {
      this.body = body;
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            asked.incrementAndGet();
            pause();
            byte[] octets = this.body.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, octets.length);
            exchange.getResponseBody().write(octets);
            exchange.close();
          });
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
    }

    private void pause() {
      try {
        Thread.sleep(delay);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }

    void stop() {
      server.stop(0);
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
      stop();
    }
  }

  /** With an hour between two fetches a new key is not looked for again; with none soon. */
  @ParameterizedTest
  @ValueSource(strings = {"jwks", "spiffe"})
  void of_fetching_because_of_a_key_that_is_not_there(String section) throws Exception {
    try (Source source = new Source(SIGNER.keySet("k"));
        BrrtServer rare = server(section, source.url(), "refetch_secs", "3600");
        BrrtServer often = server(section, source.url(), "refetch_secs", "1")) {
      for (BrrtServer each : new BrrtServer[] {rare, often}) {
        assertThat(status(each, token("k"))).isEqualTo(200);
        assertThat(status(each, token("new"))).as("looked for once").isEqualTo(401);
      }
      source.body = SIGNER.keySet("k", "new");
      int before = source.asked.get();
      assertThat(status(rare, token("new"))).isEqualTo(401);
      assertThat(source.asked.get()).isEqualTo(before);
      long end = System.nanoTime() + 60_000_000_000L;
      while (status(often, token("new")) != 200) {
        assertThat(System.nanoTime()).as("the new key was not found").isLessThan(end);
        Thread.sleep(50);
      }
      assertThat(status(rare, token("new"))).isEqualTo(401);
    }
  }

  /** Keys that are good for a second, of a source that is gone then. */
  @ParameterizedTest
  @ValueSource(strings = {"jwks", "spiffe"})
  void of_keys_that_cannot_be_fetched_any_more(String section) throws Exception {
    try (Source source = new Source(SIGNER.keySet("k"));
        BrrtServer usual = server(section, source.url(), "cache_ttl_secs", "1");
        BrrtServer never =
            server(section, source.url(), "cache_ttl_secs", "1", "stale_secs", "0")) {
      assertThat(status(usual, token("k"))).isEqualTo(200);
      assertThat(status(never, token("k"))).isEqualTo(200);
      source.stop();
      long end = System.nanoTime() + 60_000_000_000L;
      while (status(never, token("k")) != 503) {
        assertThat(System.nanoTime()).as("keys went on to be good").isLessThan(end);
        Thread.sleep(50);
      }
      assertThat(status(usual, token("k"))).isEqualTo(200);
    }
  }

  /** A source that takes three seconds, which is more than two and less than thirty. */
  @ParameterizedTest
  @ValueSource(strings = {"jwks", "spiffe"})
  void of_a_source_that_is_slow(String section) throws Exception {
    try (Source source = new Source(SIGNER.keySet("k"))) {
      source.delay = Duration.ofSeconds(3);
      try (BrrtServer usual = server(section, source.url());
          BrrtServer patient = server(section, source.url(), "timeout_ms", "30000")) {
        assertThat(status(patient, token("k"))).isEqualTo(200);
        assertThat(status(usual, token("k"))).isEqualTo(503);
      }
    }
  }

  /** RFC 7662 section 2.2: the answer says when the token ends. */
  @Test
  void of_what_introspection_says() throws Exception {
    String answer =
        "{\"active\":true,\"sub\":\"anna\",\"aud\":\"times\",\"exp\":%d}"
            .formatted(Instant.now().getEpochSecond() - 60);
    try (Source source = new Source(answer);
        BrrtServer usual = server("introspection", source.url());
        BrrtServer lenient = server("introspection", source.url(), "leeway_secs", "600")) {
      assertThat(status(usual, "t")).isEqualTo(401);
      assertThat(status(lenient, "t")).isEqualTo(200);
    }
  }
}
