package io.brrtrouter.server.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.KeptConnection.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bodies within every limit whose values are many times as large, sent to a server in a JVM whose
 * heap cannot hold the values of all.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DecodedMemoryTest {
  private static final int CLIENTS = 60;
  private static final String HEAP = "-Xmx128m";

  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Values, version: "1"}
      paths:
        /wait:
          post:
            operationId: wait
            requestBody:
              content:
                application/json: {schema: true}
                multipart/form-data: {schema: {type: object, properties: {a: {type: array}}}}
                application/x-www-form-urlencoded:
                  schema: {type: object, properties: {a: {type: object}}}
                  encoding: {a: {contentType: application/json}}
            responses: {"204": {description: ok}}
          put:
            operationId: stored
            x-brrtrouter-stream-body: true
            requestBody: {content: {multipart/form-data: {schema: {type: object}}}}
            responses: {"204": {description: ok}}
          patch:
            operationId: written
            requestBody: {content: {application/json: {schema: true}}}
            responses: {"200": {description: ok, content: {application/json: {schema: true}}}}
      """;

  /** What each client sends. */
  enum Sent {
    OBJECTS("POST", "application/json", "[" + "{},".repeat(124_000) + "{}]"),
    OBJECTS_THAT_ARE_ANSWERED_WITH(
        "PATCH", "application/json", "[" + "{},".repeat(124_000) + "{}]"),
    ARRAYS("POST", "application/json", "[" + "[],".repeat(124_000) + "[]]"),
    JSON_IN_PARTS(
        "POST",
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n["
            + "{},".repeat(124_000)
            + "{}]\r\n--b--"),
    JSON_IN_A_FORM(
        "POST",
        "application/x-www-form-urlencoded",
        "a=%7B%22b%22:[" + "%7B%7D%2C".repeat(100_000) + "%7B%7D]%7D"),
    PARTS_IN_MEMORY(
        "PUT",
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n"
            + "x".repeat(1_000_000)
            + "\r\n--b--"),
    HEADS_OF_PARTS(
        "PUT",
        "multipart/form-data; boundary=b",
        ("--b\r\nContent-Disposition: form-data; name=a\r\n" + "b:\r\n".repeat(2_000) + "\r\n\r\n")
                .repeat(49)
            + "--b--"),
    JSON_IN_PARTS_THAT_COME(
        "PUT",
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: application/json\r\n\r\n["
            + "{},".repeat(124_000)
            + "{}]\r\n--b--");

    private final String request;

    Sent(String method, String type, String body) {
      this.request =
          "%s /wait HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(method, type, body.length(), body);
    }
  }

  private Process process;
  private BufferedReader said;
  private Writer asked;
  private int port;

  @BeforeEach
  void startServer() throws IOException {
    process = SmallJvm.of(HEAP, Served.class).start();
    said = process.inputReader(UTF_8);
    asked = process.outputWriter(UTF_8);
    port = Integer.parseInt(said.readLine());
  }

  @AfterEach
  void stopServer() {
    process.destroyForcibly();
  }

  @ParameterizedTest
  @EnumSource
  void do_not_exhaust_the_heap(Sent sent) throws Exception {
    List<KeptConnection> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new KeptConnection(port).send(sent.request));
    }
    while (ask("waiting") + answered(clients) < CLIENTS) { // the class has a time limit
      Thread.sleep(10);
    }
    ask("release");
    List<Integer> statuses = new ArrayList<>();
    for (KeptConnection client : clients) {
      Answer answer = client.read();
      statuses.add(answer.status());
      if (answer.status() == 503) {
        assertThat(answer.headers()).containsEntry("retry-after", "1");
      }
      client.close();
    }
    // Of bodies that come at the same time and at the same pace, none may find room to its end.
    assertThat(statuses).contains(503).isSubsetOf(200, 204, 503);
    try (KeptConnection other = new KeptConnection(port)) {
      assertThat(other.send(Sent.OBJECTS.request).read().status()).isEqualTo(204);
    }
  }

  private static int answered(List<KeptConnection> clients) throws IOException {
    int answered = 0;
    for (KeptConnection client : clients) {
      answered += client.hasAnswer() ? 1 : 0;
    }
    return answered;
  }

  private int ask(String question) throws IOException {
    asked.write(question + "\n");
    asked.flush();
    return Integer.parseInt(said.readLine());
  }

  /** The server, in its own JVM: handlers wait until it is told to release them. */
  static final class Served {
    private static final byte[] NONE = {};

    private Served() {}

    public static void main(String[] args) throws IOException {
      CountDownLatch released = new CountDownLatch(1);
      AtomicInteger waiting = new AtomicInteger();
      Handler handler =
          _ -> {
            waiting.incrementAndGet();
            released.await();
            return HttpResponse.of(204);
          };
      Handler writing =
          request ->
              HttpResponse.of(200)
                  .withHeader("Content-Type", "application/json")
                  .withBody(
                      new Body.Streamed(
                          sink -> {
                            released.await();
                            sink.write(request.body().isPresent() ? new byte[] {'[', ']'} : NONE);
                          },
                          2));
      PrintStream told = System.out;
      BrrtServer server =
          BrrtServer.builder()
              .document(TestServer.file(DOCUMENT))
              .config(TestServer.config())
              .handler("wait", handler)
              .handler("stored", handler)
              .handler("written", writing)
              .output(new PrintStream(OutputStream.nullOutputStream()))
              .start();
      told.println(server.port());
      try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (line.equals("release")) {
            released.countDown();
          }
          told.println(waiting.get());
        }
      }
      server.close();
    }
  }
}
