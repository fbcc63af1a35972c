package io.brrtrouter.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The libraries of content codings are optional: this module has none of them. */
class CodingsWithoutLibrariesTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Codings, version: "1"}
      paths:
        /it:
          get: {operationId: it, responses: {"200": {description: It., content: {text/plain: {}}}}}
      """;

  @TempDir private Path directory;

  private String said(Map<String, String> settings) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (BrrtServer server =
        builder(settings).output(new PrintStream(said, true, StandardCharsets.UTF_8)).start()) {
      assertThat(server.port()).isPositive();
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  private BrrtServer.Builder builder(Map<String, String> settings) throws IOException {
    return BrrtServer.builder()
        .document(Files.writeString(directory.resolve("api.yaml"), DOCUMENT))
        .config(ServerConfig.defaults().with("port", "0").with(settings))
        .handler("it", _ -> HttpResponse.text(200, "text ".repeat(1_000)));
  }

  @Test
  void a_start_says_what_there_is_not() throws IOException {
    assertThat(said(Map.of("compression.enabled", "true")))
        .contains("\nresponses are compressed: gzip; not there: zstd, br\n")
        .doesNotContain("warning[content-coding]");
  }

  @Test
  void it_warns_of_what_is_asked_for_by_name() throws IOException {
    assertThat(said(Map.of("compression.enabled", "true", "compression.codings", "br")))
        .contains("\nno response is compressed; not there: br\n")
        .contains(
            "\ncode: warning[content-coding]: compression.codings has br, which is not used: its"
                + " library is not there; add the dependency com.aayushatharva.brotli4j:brotli4j for"
                + " this machine, or remove it\n");
  }

  @Test
  void what_there_is_not_is_not_offered() throws IOException {
    try (BrrtServer server = builder(Map.of("compression.enabled", "true")).startInProcess()) {
      HttpResponse response =
          server.exchange(
              new HttpRequest(
                  Method.GET,
                  "/it",
                  "HTTP/1.1",
                  Headers.of("Accept-Encoding", "zstd, br, gzip;q=0.1"),
                  Peer.of(InetSocketAddress.createUnresolved("client", 1))),
              new byte[0]);

      assertThat(response.headers().get("Content-Encoding")).isEqualTo("gzip");
    }
  }
}
