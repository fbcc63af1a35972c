package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.KeptConnection.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forms whose files cannot be stored: in a JVM whose directory for temporary files has gone. */
@Timeout(120)
class UnstoredUploadTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Uploads, version: "1"}
      paths:
        /albums:
          post:
            operationId: add
            x-brrtrouter-stream-body: true
            requestBody: {content: {multipart/form-data: {schema: {type: object}}}}
            responses: {"204": {description: ok}}
      """;

  @TempDir private Path directory;

  private Process process;
  private BufferedReader said;
  private Writer asked;
  private int port;

  @BeforeEach
  void startServer() throws IOException {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    ProcessBuilder served =
        SmallJvm.of(
            "-Xmx128m", Served.class, TestServer.file(DOCUMENT).toString(), gone.toString());
    served.command().add(1, "-Djava.io.tmpdir=" + gone);
    process = served.start();
    said = process.inputReader(StandardCharsets.UTF_8);
    asked = process.outputWriter(StandardCharsets.UTF_8);
    port = Integer.parseInt(said.readLine());
  }

  @AfterEach
  void stopServer() {
    process.destroyForcibly();
  }

  private static String post(int octets) {
    String body =
        "--b\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\n"
            + "x".repeat(octets)
            + "\r\n--b--\r\n";
    return "POST /albums HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Test
  void are_answered_with_503_and_told_once() throws Exception {
    for (int i = 0; i < 3; i++) {
      try (KeptConnection client = new KeptConnection(port)) {
        Answer answer = client.send(post(100_000)).read();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("retry-after", "1");
        assertThat(answer.content()).contains("cannot store the files").doesNotContain("gone");
      }
    }
    try (KeptConnection client = new KeptConnection(port)) {
      assertThat(client.send(post(1_000)).read().status()).isEqualTo(204);
    }
    asked.write("end\n");
    asked.flush();
    List<String> log = said.lines().toList();
    assertThat(log).filteredOn(line -> line.contains("there is no such directory")).hasSize(1);
    assertThat(log).noneMatch(line -> line.contains("ERROR") || line.startsWith("\tat "));
  }

  /** The server, in its own JVM, until it is asked to end. */
  static final class Served {
    private Served() {}

    public static void main(String[] args) throws IOException {
      PrintStream told = System.out;
      try (BrrtServer server =
          BrrtServer.builder()
              .document(Path.of(args[0]))
              .config(TestServer.config())
              .handler("add", _ -> HttpResponse.of(204))
              .output(new PrintStream(OutputStream.nullOutputStream()))
              .start()) {
        // Now, since Netty needs it for what it loads.
        Files.move(Path.of(args[1]), Path.of(args[1] + ".moved"));
        told.println(server.port());
        System.in.read();
      }
    }
  }
}
