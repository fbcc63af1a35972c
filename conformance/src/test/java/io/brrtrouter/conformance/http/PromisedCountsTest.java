package io.brrtrouter.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The large counts that are promised of a server that nobody has configured, reached one by one.
 */
// What waits in vain would wait for ever.
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PromisedCountsTest {
  private static final int REQUESTS = 10_000;
  private static final int CONNECTIONS = 100;
  private static final int STREAMS = 100;
  private static final String GET = "GET /%s HTTP/1.1\r\nHost: x\r\n%s\r\n";

  @TempDir Path directory;
  private final CountDownLatch end = new CountDownLatch(1);
  private final CountDownLatch begun = new CountDownLatch(REQUESTS);
  private final AtomicInteger waiting = new AtomicInteger();
  private BrrtServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        BrrtServer.builder()
            .document(
                Files.writeString(
                    directory.resolve("api.yaml"),
                    """
                    openapi: 3.1.1
                    info: {title: Counts, version: "1"}
                    paths:
                      /get: {get: {operationId: get, responses: {"200": {description: ok}}}}
                      /wait: {get: {operationId: wait, responses: {"200": {description: ok}}}}
                    """))
            .config(ServerConfig.defaults().with("port", "0"))
            .handler("get", _ -> HttpResponse.of(200))
            .handler(
                "wait",
                _ -> {
                  waiting.incrementAndGet();
                  begun.countDown();
                  end.await();
                  return HttpResponse.of(200);
                })
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void ten_thousand_requests_are_answered_on_a_connection_and_the_last_closes_it()
      throws Exception {
    try (Socket socket = connect()) {
      Thread sender =
          Thread.startVirtualThread(() -> {
            try {
              socket.getOutputStream().write(octets(GET.formatted("get", "").repeat(REQUESTS)));
            } catch (IOException _) {
              // What is read tells.
            }
          });
      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      sender.join();

      assertThat(answers.split("HTTP/1.1 200 OK\r\n", -1)).hasSize(REQUESTS + 1);
      assertThat(answers.split("Connection: close\r\n", -1)).hasSize(2);
      assertThat(answers.substring(answers.lastIndexOf("HTTP/1.1 200 OK\r\n")))
          .contains("Connection: close\r\n");
    }
  }

  @Test
  void ten_thousand_requests_are_in_flight_and_one_more_is_told_to_come_again() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        Socket socket = connect();
        sockets.add(socket);
        socket.getOutputStream().write(streams());
      }
      begun.await();

      assertThat(answer()).startsWith("HTTP/1.1 503 ").contains("\r\nRetry-After: ");

      end.countDown();
      for (Socket socket : sockets) {
        assertThat(answered(socket.getInputStream())).isEqualTo(STREAMS);
      }
      assertThat(waiting).hasValue(REQUESTS);
      String next = answer();
      while (next.startsWith("HTTP/1.1 503 ")) { // the last end a moment after their answers
        next = answer();
      }
      assertThat(next).startsWith("HTTP/1.1 200 ");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private String answer() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(octets(GET.formatted("get", "Connection: close\r\n")));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** RFC 9113: the preface, settings and as many requests for /wait as a connection may have. */
  private static byte[] streams() {
    byte[] preface = octets("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    byte[] head = HexFormat.of().parseHex("828641017804052f77616974"); // GET http x /wait
    ByteBuffer frames = ByteBuffer.allocate(preface.length + 9 + STREAMS * (9 + head.length));
    frames.put(preface).put(new byte[] {0, 0, 0, 4, 0}).putInt(0); // SETTINGS
    for (int i = 0; i < STREAMS; i++) {
      // HEADERS, with END_STREAM and END_HEADERS
      frames.put(new byte[] {0, 0, (byte) head.length, 1, 5}).putInt(2 * i + 1).put(head);
    }
    return frames.array();
  }

  /** {@return how many responses came, of which each has status 200} */
  private static int answered(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    int answers = 0;
    while (answers < STREAMS) {
      int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
      int type = in.readUnsignedByte();
      in.readNBytes(5); // flags and stream
      byte[] payload = in.readNBytes(length);
      if (type == 1) {
        assertThat(payload[0]).as("RFC 7541: an index of :status 200").isEqualTo((byte) 0x88);
        answers++;
      }
    }
    return answers;
  }
}
