package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.lint.Linter;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("docs/proxy.md")
@Timeout(60)
class ProxyGuideTest {
  private static final String PAGE = "docs/proxy.md";
  private static final Pattern ROW =
      Pattern.compile("\\| `([A-Z]+) ([^`]+)` \\| (?:`([^`]+)`|nothing: (\\d+)) \\|");

  @TempDir private Path directory;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer service;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    service.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @Test
  void its_files_hand_on_what_it_says() throws IOException {
    Map<String, String> files = Pages.files(PAGE);
    Path document = Files.writeString(directory.resolve("openapi.yaml"), files.get("openapi.yaml"));
    Path config =
        Files.writeString(
            directory.resolve("config.yaml"),
            files
                .get("config.yaml")
                .replace("localhost:8081", "127.0.0.1:" + service.getAddress().getPort()));
    List<MatchResult> rows = ROW.matcher(Pages.read(PAGE)).results().toList();
    assertThat(rows).hasSize(6);
    try (BrrtServer server =
        BrrtServer.builder()
            .document(document)
            .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of()).with("port", "0"))
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start()) {
      for (MatchResult row : rows) {
        asked.clear();
        String answer = ask(server.port(), row.group(1), row.group(2));
        if (row.group(3) == null) {
          assertThat(answer).as(row.group()).startsWith("HTTP/1.1 " + row.group(4) + " ");
          assertThat(asked).as(row.group()).isEmpty();
        } else {
          assertThat(answer).as(row.group()).startsWith("HTTP/1.1 200 ");
          assertThat(asked).as(row.group()).containsExactly(row.group(3));
        }
      }
    }
  }

  @Test
  void its_document_has_no_finding() throws IOException {
    Path document =
        Files.writeString(directory.resolve("openapi.yaml"), Pages.files(PAGE).get("openapi.yaml"));

    assertThat(Linter.lint(OpenApiLoader.load(document, LoadOptions.defaults()))).isEmpty();
  }

  @Test
  void its_settings_are_some() throws IOException {
    String reference = Pages.read("docs/configuration.md");
    Pattern setting = Pattern.compile("`([a-z]+(?:_[a-z]+)+)`");
    // Figures have names like that too.
    String page = Pages.read(PAGE).replaceAll("(?s)\n## How they are.*?\n## ", "\n## ");
    assertThat(
            setting
                .matcher(page)
                .results()
                .map(each -> each.group(1))
                .filter(each -> !reference.contains("`services.<service>." + each + "`")))
        .isEmpty();
  }

  private static String ask(int port, String method, String target) throws IOException {
    boolean body = method.equals("PUT");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              (method
                      + " "
                      + target
                      + " HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n"
                      + (body ? "Content-Type: application/json\r\nContent-Length: 2\r\n" : "")
                      + "\r\n"
                      + (body ? "{}" : ""))
                  .getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
