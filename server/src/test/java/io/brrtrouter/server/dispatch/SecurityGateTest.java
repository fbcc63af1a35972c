package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests over sockets, whose credentials are verified on an event loop or on a thread. */
class SecurityGateTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Gate, version: "1"}
      paths:
        /it:
          post:
            operationId: it
            security: [{key: [write]}]
            requestBody: {content: {text/plain: {schema: {type: string}}}}
            responses: {"200": {description: ok}}
        /open:
          get: {operationId: open, responses: {"200": {description: ok}}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
      """;

  private final AtomicInteger handled = new AtomicInteger();
  private final AtomicReference<Thread> thread = new AtomicReference<>();
  private BrrtServer server;

  private void serve(SecurityProvider provider) {
    serve("1", provider);
  }

  private void serve(String inFlight, SecurityProvider provider) {
    server =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(TestServer.config("http.max_in_flight", inFlight))
            .handler(
                "it",
                request -> {
                  handled.incrementAndGet();
                  return HttpResponse.text(
                      200, request.principal().orElseThrow().subject() + request.rawBody().length);
                })
            .handler("open", _ -> HttpResponse.text(200, "open"))
            .security("key", provider)
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private Socket send(String head) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private String post(String key, String body) throws IOException {
    String request =
        "POST /it HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\nX-Key: "
            + key
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    try (Socket socket = send(request)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Says what the key says, on a thread of its own. */
  private Verification verify(Credential credential, HttpRequest request) {
    thread.set(Thread.currentThread());
    String key = ((Credential.ApiKey) credential).value();
    return switch (key) {
      case "good" -> Verification.accepted("me", List.of("write"));
      case "poor" -> Verification.accepted("me");
      case "down" -> new Verification.Unavailable("it does not answer");
      case "null" -> null;
      case "throws" -> throw new IllegalStateException("thrown by a test");
      case "error" -> throw new StackOverflowError("thrown by a test");
      case "loop" -> Verification.NEEDS_THREAD;
      default -> Verification.refused("no such key");
    };
  }

  @ParameterizedTest
  @CsvSource({
    "good, 200",
    "poor, 403",
    "bad, 401",
    "down, 503",
    "null, 500",
    "throws, 500",
    "error, 500",
    "loop, 500"
  })
  void a_provider_with_a_thread_decides(String key, int status) throws IOException {
    serve(this::verify);

    assertThat(post(key, "body")).startsWith("HTTP/1.1 " + status + " ");
    assertThat(thread.get().isVirtual()).isTrue();
    assertThat(handled).hasValue(status == 200 ? 1 : 0);
    // Whatever became of it, its place among the requests in flight is free again.
    assertThat(post("good", "more")).endsWith("\r\n\r\nme4");
  }

  @ParameterizedTest
  @CsvSource({"good, 200", "bad, 401", "throws, 500", "null, 500"})
  void a_provider_on_the_loop_decides(String key, int status) throws IOException {
    serve(
        new SecurityProvider() {
          @Override
          public Verification verify(Credential credential, HttpRequest request) {
            throw new AssertionError("it is not asked on a thread");
          }

          @Override
          public Verification verifyOnLoop(Credential credential, HttpRequest request) {
            return SecurityGateTest.this.verify(credential, request);
          }
        });

    assertThat(post(key, "body")).startsWith("HTTP/1.1 " + status + " ");
    assertThat(thread.get().getName()).startsWith("brrt-loop");
    assertThat(post("good", "more")).endsWith("\r\n\r\nme4");
  }

  @Test
  void is_refused_before_the_body_is_sent() throws IOException {
    serve(this::verify);
    String head =
        "POST /it HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nX-Key: bad\r\n"
            + "Content-Length: 1000000\r\nExpect: 100-continue\r\n\r\n";

    try (Socket socket = send(head)) {
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 401 ")
          .contains("WWW-Authenticate: ApiKey realm=\"Gate\", in=\"header\", name=\"X-Key\"\r\n")
          .contains("\"detail\":\"The credential of security scheme key is refused: no such key;");
    }
  }

  @Test
  void leaves_room_for_what_anybody_may_call() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    serve(
        "2",
        (credential, request) -> {
          asked.countDown();
          answer.await();
          return verify(credential, request);
        });
    String head =
        "POST /it HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\nX-Key: bad\r\n"
            + "Content-Length: 0\r\n\r\n";

    try (Socket first = send(head)) {
      asked.await();
      assertThat(post("bad", "body")).startsWith("HTTP/1.1 503 ");
      try (Socket open = send("GET /open HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) {
        assertThat(new String(open.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .endsWith("open");
      }
      answer.countDown();
      assertThat(new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void is_judged_within_the_bound_of_requests_in_flight() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    serve((credential, request) -> {
      asked.countDown();
      answer.await();
      return verify(credential, request);
    });
    String head =
        "POST /it HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\nX-Key: good\r\n"
            + "Content-Length: 0\r\n\r\n";

    try (Socket first = send(head)) {
      asked.await();
      assertThat(post("good", "body")).startsWith("HTTP/1.1 503 ").contains("Retry-After: 1\r\n");
      answer.countDown();
      assertThat(new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200 ");
    }
  }
}
