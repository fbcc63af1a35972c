package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.HttpResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server in a process of its own, and the signal that ends it. */
class SigtermTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Term, version: "1"}
      paths:
        /slow:
          get:
            operationId: slow
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /stuck:
          get:
            operationId: stuck
            responses: {"200": {description: ok, content: {text/plain: {}}}}
      """;

  /** The program of the other process. */
  static final class Program {
    private Program() {}

    /**
     * Serves the document named by the only argument; says when a request is in its handler, which
     * ends when it is told to.
     */
    public static void main(String[] args) {
      BrrtApplication.run(
          (builder, _) ->
              builder
                  .handler(
                      "slow",
                      _ -> {
                        System.out.println("in handler");
                        assertThat(System.in.read()).isEqualTo('.');
                        return HttpResponse.text(200, "finished");
                      })
                  .handler("stuck", Handler.neverBlocking(_ -> neverReturn())),
          Path.of(args[0]),
          "--port=0");
    }

    private static HttpResponse neverReturn() {
      System.out.println("in handler");
      while (true) {
        LockSupport.park();
      }
    }
  }

  @Test
  @Timeout(60)
  void sigterm_finishes_what_has_begun_and_exits_with_0() throws Exception {
    Process process = start(Map.of());
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      int port = Integer.parseInt(lineAfter(said, "Listening on http://127.0.0.1:"));
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket
            .getOutputStream()
            .write("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        lineAfter(said, "in handler");

        process.toHandle().destroy(); // SIGTERM, and the pipes stay open
        while (accepts(port)) {
          Thread.onSpinWait(); // Until the request in the handler is all that is left.
        }
        try (OutputStream input = process.getOutputStream()) {
          input.write('.');
        }

        String response =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(response).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nfinished");
      }
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @Timeout(60)
  void sigterm_ends_a_server_whose_event_loop_is_held_for_ever() throws Exception {
    Process process = start(Map.of("BRRTR_SHUTDOWN_DRAIN_MS", "300"));
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      int port = Integer.parseInt(lineAfter(said, "Listening on http://127.0.0.1:"));
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket
            .getOutputStream()
            .write("GET /stuck HTTP/1.1\r\nHost: t\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        lineAfter(said, "in handler");
        process.toHandle().destroy();
        assertThat(said.lines())
            .anyMatch(line ->
                line.endsWith(
                    "requests were still in progress after 300 ms and have been cut off"));
      }
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Map<String, String> settings) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                TestServer.file(DOCUMENT).toString())
            .redirectErrorStream(true);
    builder.environment().putAll(settings);
    return builder.start();
  }

  private static boolean accepts(int port) {
    try {
      new Socket("127.0.0.1", port).close();
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static String lineAfter(BufferedReader said, String beginning) throws IOException {
    StringBuilder all = new StringBuilder();
    while (true) {
      String line = said.readLine();
      assertThat(line).as(() -> "after: " + all).isNotNull();
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
      all.append(line).append('\n');
    }
  }
}
