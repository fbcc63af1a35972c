package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.KeptConnection.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that begin a body and send no more, while each of them has a handler that reads. */
@Timeout(120)
class ReaderMemoryTest {
  /** A quarter of the heap has room for 512 at most. */
  private static final String HEAP = "-Xmx32m";

  private static final int CLIENTS = 600;

  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Readers, version: "1"}
      paths:
        /backup:
          put:
            operationId: keep
            x-brrtrouter-stream-body: true
            requestBody: {content: {application/octet-stream: {}}}
            responses: {"200": {description: ok, content: {text/plain: {}}}}
      """;

  private static final String BEGUN =
      "PUT /backup HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\n"
          + "Content-Length: 2\r\n\r\n1";

  private Process process;
  private int port;

  @BeforeEach
  void startServer() throws IOException {
    process = SmallJvm.of(HEAP, Served.class, TestServer.file(DOCUMENT).toString()).start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    port = Integer.parseInt(said.readLine());
  }

  @AfterEach
  void stopServer() {
    process.destroyForcibly();
  }

  @Test
  void are_as_many_as_there_is_room_for() throws Exception {
    List<KeptConnection> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new KeptConnection(port).send(BEGUN));
    }
    // Only who is refused is answered: nobody sends the rest.
    while (clients.size() > CLIENTS - 88) { // the class has a time limit
      for (KeptConnection client : List.copyOf(clients)) {
        if (client.hasAnswer()) {
          Answer answer = client.read();
          assertThat(answer.status()).isEqualTo(503);
          assertThat(answer.headers()).containsEntry("retry-after", "1");
          client.close();
          clients.remove(client);
        }
      }
      Thread.sleep(1);
    }
    for (KeptConnection client : clients) {
      client.close();
    }
    while (complete() == 503) { // until the server has seen that they have gone
      Thread.sleep(1);
    }
    assertThat(complete()).isEqualTo(200);
  }

  private int complete() throws IOException {
    try (KeptConnection client = new KeptConnection(port)) {
      return client.send(BEGUN + "2").read().status();
    }
  }

  /** The server, in its own JVM. */
  static final class Served {
    private Served() {}

    public static void main(String[] args) throws IOException {
      BrrtServer server =
          BrrtServer.builder()
              .document(Path.of(args[0]))
              .config(TestServer.config("http.body_timeout_ms", "600000"))
              .handler(
                  "keep",
                  request -> {
                    long octets = request.content().transferTo(OutputStream.nullOutputStream());
                    return HttpResponse.text(200, Long.toString(octets));
                  })
              .output(new PrintStream(OutputStream.nullOutputStream()))
              .start();
      System.out.println(server.port());
    }
  }
}
