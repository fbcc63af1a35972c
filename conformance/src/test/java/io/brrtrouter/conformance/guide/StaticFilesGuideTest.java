package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.site.StaticFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("docs/static-files.md")
@Timeout(60)
class StaticFilesGuideTest {
  private static final String PAGE = "docs/static-files.md";

  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Shop, version: "1"}
      paths:
        /orders:
          get: {operationId: orders, responses: {"204": {description: None.}}}
      """;

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @TempDir private Path directory;
  private Path web;
  private Path files;

  @BeforeEach
  void write() throws IOException {
    web = directory.resolve("web");
    files = directory.resolve("files");
    Files.createDirectories(web.resolve("assets"));
    Files.createDirectories(files);
    for (String name :
        new String[] {
          "index.html", "style.css", "assets/app-1a2b3c.js", "assets/app-1a2b3c.js.gz"
        }) {
      Files.writeString(web.resolve(name), name);
    }
    Files.writeString(files.resolve("manual.pdf"), "manual.pdf");
    Files.writeString(files.resolve(".htpasswd"), "secret");
  }

  private BrrtServer.Builder builder() throws IOException {
    return BrrtServer.builder()
        .document(Files.writeString(directory.resolve("shop.yaml"), DOCUMENT))
        .mock(true)
        .output(new PrintStream(OutputStream.nullOutputStream()));
  }

  @Test
  void what_it_configures_answers_as_it_says() throws IOException {
    String yaml =
        Pages.files(PAGE)
            .get("config.yaml")
            .replace("directory: web", "directory: " + web)
            .replace("directory: files", "directory: " + files);
    Path config = Files.writeString(directory.resolve("config.yaml"), yaml);
    try (BrrtServer server =
        builder()
            .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of()).with("port", "0"))
            .start()) {
      answersAsThePageSays(server.port());
    }
  }

  @Test
  void so_does_its_code() throws IOException {
    BrrtServer.Builder server = builder().port(0);
    server.files(StaticFiles.at("/app", web).withFallback("index.html").withImmutable("assets"));
    server.files(StaticFiles.at("/downloads", files).withMaxAge(Duration.ofHours(1)));
    try (BrrtServer started = server.start()) {
      answersAsThePageSays(started.port());
    }
  }

  private void answersAsThePageSays(int port) throws IOException {
    List<String> rows =
        Pages.read(PAGE).lines().filter(line -> line.matches("\\| `[A-Z]+ /.*")).toList();

    assertThat(rows).hasSize(13);
    for (String row : rows) {
      String[] cells = row.split("\\|", -1);
      List<String> asked = codes(cells[1]);
      String answer = ask(port, asked);
      String[] told = cells[2].strip().split(",", 2);
      assertThat(answer).as(row).startsWith("HTTP/1.1 " + told[0] + " ");
      for (String code : told.length > 1 ? codes(told[1]) : List.<String>of()) {
        if (code.contains(": ")) {
          assertThat(answer).as(row).contains("\r\n" + code + "\r\n");
        } else {
          assertThat(answer).as(row).endsWith("\r\n\r\n" + code);
        }
      }
    }
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  private static String ask(int port, List<String> lines) throws IOException {
    String head =
        Stream.concat(
                Stream.of(
                    lines.getFirst() + " HTTP/1.1",
                    "Host: localhost",
                    "Connection: close",
                    "Content-Length: 0"),
                lines.stream().skip(1))
            .reduce("", (all, line) -> all + line + "\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void the_policy_is_the_one_it_shows() throws IOException {
    assertThat(Pages.read(PAGE)).contains("```\n" + StaticFiles.CONTENT_SECURITY_POLICY + "\n```");
  }
}
