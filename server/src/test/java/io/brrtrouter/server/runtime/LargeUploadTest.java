package io.brrtrouter.server.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.decode.Part;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads larger than the heap of the server that takes them. */
@Timeout(120)
class LargeUploadTest {
  private static final String HEAP = "-Xmx48m";

  /** Four times the heap. */
  private static final int BLOCKS = 200;

  private static final byte[] BLOCK = block();
  private static final long LENGTH = (long) BLOCKS * BLOCK.length;

  @TempDir private Path directory;

  private Process process;
  private int port;

  private static byte[] block() {
    byte[] block = new byte[1 << 20];
    for (int i = 0; i < block.length; i++) {
      block[i] = (byte) (i ^ (i >> 8));
    }
    return block;
  }

  @BeforeEach
  void start() throws IOException {
    Path document =
        Files.writeString(
            directory.resolve("api.yaml"),
            """
            openapi: 3.1.1
            info: {title: Uploads, version: "1"}
            paths:
              /raw:
                put:
                  operationId: raw
                  x-brrtrouter-stream-body: true
                  requestBody: {required: true, content: {application/octet-stream: {}}}
                  responses: {"200": {description: ok, content: {text/plain: {}}}}
              /form:
                put:
                  operationId: form
                  x-brrtrouter-stream-body: true
                  requestBody:
                    required: true
                    content:
                      multipart/form-data:
                        schema: {type: object, properties: {file: {type: string, format: binary}}}
                  responses: {"200": {description: ok, content: {text/plain: {}}}}
              /later:
                put:
                  operationId: later
                  x-brrtrouter-stream-body: true
                  requestBody: {required: true, content: {application/octet-stream: {}}}
                  responses: {"200": {description: ok, content: {text/plain: {}}}}
              /begin:
                post: {operationId: begin, responses: {"204": {description: ok}}}
            """);
    process = SmallJvm.of(HEAP, UploadServer.class, document.toString()).start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    while (line != null && !line.startsWith("port ")) {
      line = said.readLine();
    }
    assertThat(line).as("what a server says that has begun").isNotNull();
    port = Integer.parseInt(line.substring("port ".length()));
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  private static String head(String path, String type, long length) {
    return "PUT %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
        .formatted(path, type, length);
  }

  private static String sent() {
    CRC32 crc = new CRC32();
    for (int i = 0; i < BLOCKS; i++) {
      crc.update(BLOCK);
    }
    return LENGTH + " " + crc.getValue();
  }

  private String answer(String before, String after) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(before.getBytes(ISO_8859_1));
      for (int i = 0; i < BLOCKS; i++) {
        out.write(BLOCK);
      }
      out.write(after.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void a_body_comes_whole() throws Exception {
    assertThat(answer(head("/raw", "application/octet-stream", LENGTH), ""))
        .startsWith("HTTP/1.1 200")
        .endsWith("\r\n\r\n" + sent());
  }

  @Test
  void a_file_of_a_form_comes_whole() throws Exception {
    String begin = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
    String end = "\r\n--b--\r\n";
    String head =
        head("/form", "multipart/form-data; boundary=b", begin.length() + LENGTH + end.length());

    assertThat(answer(head + begin, end)).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n" + sent());
  }

  /** Two seconds without progress are taken for being stopped; a mistake there fails nothing. */
  @Test
  void a_client_is_stopped_while_the_handler_does_not_read() throws Exception {
    try (SocketChannel channel =
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Selector selector = Selector.open()) {
      channel.write(
          ByteBuffer.wrap(head("/later", "application/octet-stream", LENGTH).getBytes(ISO_8859_1)));
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
      long before = send(channel, selector, 0, 2_000);
      assertThat(before).isLessThan(LENGTH);

      try (Socket other = new Socket(InetAddress.getLoopbackAddress(), port)) {
        other
            .getOutputStream()
            .write(
                "POST /begin HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                    .getBytes(ISO_8859_1));
        assertThat(new String(other.getInputStream().readAllBytes(), ISO_8859_1))
            .startsWith("HTTP/1.1 204");
      }
      assertThat(send(channel, selector, before, 0)).isEqualTo(LENGTH);
      key.cancel();
      selector.selectNow();
      channel.configureBlocking(true);
      assertThat(new String(channel.socket().getInputStream().readAllBytes(), ISO_8859_1))
          .endsWith("\r\n\r\n" + sent());
    }
  }

  /** {@return how many octets are sent in all, when nothing more can be sent for a time} */
  private static long send(SocketChannel channel, Selector selector, long before, long millis)
      throws IOException {
    long sent = before;
    while (sent < LENGTH && selector.select(millis) > 0) {
      selector.selectedKeys().clear();
      int from = (int) (sent % BLOCK.length);
      sent += channel.write(ByteBuffer.wrap(BLOCK, from, BLOCK.length - from));
    }
    return sent;
  }

  /** Answers with how much came, and what. */
  static final class UploadServer {
    private static final CountDownLatch BEGUN = new CountDownLatch(1);

    private UploadServer() {}

    public static void main(String[] args) throws IOException {
      BrrtServer server =
          BrrtServer.builder()
              .document(Path.of(args[0]))
              .config(TestServer.config())
              .handler("raw", request -> told(request.content()))
              .handler("form", UploadServer::form)
              .handler(
                  "later",
                  request -> {
                    BEGUN.await();
                    return told(request.content());
                  })
              .handler(
                  "begin",
                  _ -> {
                    BEGUN.countDown();
                    return HttpResponse.of(204);
                  })
              .output(new PrintStream(OutputStream.nullOutputStream()))
              .start();
      System.out.println("port " + server.port());
      System.in.transferTo(OutputStream.nullOutputStream());
      server.close();
    }

    private static HttpResponse form(Request request) throws IOException {
      Part part = request.parts().getFirst();
      try (InputStream octets = part.open()) {
        return told(octets);
      }
    }

    private static HttpResponse told(InputStream octets) throws IOException {
      CheckedInputStream checked = new CheckedInputStream(octets, new CRC32());
      long length = checked.transferTo(OutputStream.nullOutputStream());
      return HttpResponse.text(200, length + " " + checked.getChecksum().getValue());
    }
  }
}
