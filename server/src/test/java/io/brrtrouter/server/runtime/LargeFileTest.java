package io.brrtrouter.server.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.brrtrouter.server.download.FileContent;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file larger than the heap of the server that sends it, to several clients at once. */
@Timeout(120)
class LargeFileTest {
  private static final String HEAP = "-Xmx48m";

  /** Six times the heap. */
  private static final long LENGTH = 300L << 20;

  private static final int CLIENTS = 3;

  /** Beyond what an {@code int} counts as well, without so much on the disk. */
  private static final long VAST = 5L << 30;

  private static final long GIGABYTE = 1L << 30;

  /** What a client reads before the others go on. */
  private static final long TURN = 4L << 20;

  /** How often it is looked at which buffers there are. */
  private static final int LOOKS = 16;

  @TempDir private Path directory;

  @Test
  void is_sent_whole() throws Exception {
    Path file = file("large", LENGTH);
    try (Served served = new Served(file, document())) {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        sockets.add(served.ask("X: y"));
      }
      for (Socket socket : sockets) {
        try (socket) {
          InputStream in = socket.getInputStream();
          assertThat(head(in)).startsWith("HTTP/1.1 200").contains("Content-Length: " + LENGTH);
          assertThat(in.readNBytes(5)).isEqualTo("begin".getBytes(ISO_8859_1));
          in.skipNBytes(LENGTH - 8);
          assertThat(in.readAllBytes()).isEqualTo("end".getBytes(ISO_8859_1));
        }
      }
    }
  }

  /**
   * Octets of a file go from the system into a buffer outside the heap, and from there to the
   * client. An array for what is read would be allocated for each octet; one of the pool is in use
   * while a client does not read.
   */
  @Test
  void is_not_copied_through_the_heap() throws Exception {
    Path file = file("gigabyte", GIGABYTE);
    try (Served served = new Served(file, document())) {
      List<Socket> slow = new ArrayList<>();
      try {
        for (int i = 0; i < CLIENTS; i++) {
          // The first answer has what is allocated once.
          served.ask("Range: bytes=0-" + (TURN - 1)).getInputStream().readAllBytes();
        }
        long before = served.told("allocated");
        for (int i = 0; i < CLIENTS; i++) {
          Socket socket = served.ask("X: y");
          slow.add(socket);
          assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 200");
        }
        long most = 0;
        // All others wait while one has its turn.
        for (long read = 0; read < GIGABYTE; read += TURN) {
          for (Socket socket : slow) {
            socket.getInputStream().skipNBytes(TURN);
          }
          if (read % (GIGABYTE / LOOKS) == 0) {
            most = Math.max(most, served.told("buffers"));
          }
        }
        long allocated = served.told("allocated") - before;
        assertThat(allocated)
            .as("octets allocated for %d that were sent", CLIENTS * GIGABYTE)
            .isLessThan(CLIENTS * GIGABYTE / 32);
        assertThat(most).as("octets of buffers in the heap").isLessThan(4L << 20);
      } finally {
        for (Socket socket : slow) {
          socket.close();
        }
      }
    }
  }

  @Test
  void has_ends_that_are_far_away() throws Exception {
    Path file = file("vast", VAST);
    try (Served served = new Served(file, document());
        Socket socket = served.ask("Range: bytes=-3")) {
      InputStream in = socket.getInputStream();
      assertThat(head(in))
          .startsWith("HTTP/1.1 206")
          .contains("Content-Range: bytes " + (VAST - 3) + "-" + (VAST - 1) + "/" + VAST);
      assertThat(in.readAllBytes()).isEqualTo("end".getBytes(ISO_8859_1));
    }
  }

  private Path document() throws IOException {
    return Files.writeString(
        directory.resolve("api.yaml"),
        """
        openapi: 3.1.1
        info: {title: Files, version: "1"}
        paths:
          /file:
            get:
              operationId: file
              responses: {"200": {description: It., content: {text/plain: {}}}}
        """);
  }

  private Path file(String name, long length) throws IOException {
    Path file = directory.resolve(name);
    try (RandomAccessFile written = new RandomAccessFile(file.toFile(), "rw")) {
      written.writeBytes("begin");
      written.seek(length - 3);
      written.writeBytes("end");
    }
    return file;
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      assertThat(octet).as("an octet behind <%s>", head).isNotNegative();
      head.append((char) octet);
    }
    return head.toString();
  }

  /** A program that serves a file. */
  private static final class Served implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;
    private final Writer commands;
    private final int port;

    Served(Path file, Path document) throws IOException {
      process = SmallJvm.of(HEAP, FileServer.class, file.toString(), document.toString()).start();
      said = process.inputReader(StandardCharsets.UTF_8);
      commands = process.outputWriter(StandardCharsets.UTF_8);
      String line = said.readLine();
      while (line != null && !line.startsWith("port ")) {
        line = said.readLine();
      }
      assertThat(line).as("what a server says that has begun").isNotNull();
      port = Integer.parseInt(line.substring("port ".length()));
    }

    Socket ask(String field) throws IOException {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              ("GET /file HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + field + "\r\n\r\n")
                  .getBytes(ISO_8859_1));
      return socket;
    }

    /** {@return the number that it answers with} */
    long told(String question) throws IOException {
      commands.write(question + "\n");
      commands.flush();
      String line = said.readLine();
      while (line != null && !line.startsWith(question + " ")) { // It logs there too.
        line = said.readLine();
      }
      assertThat(line).as("what a server answers").isNotNull();
      return Long.parseLong(line.substring(question.length() + 1));
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /**
   * Serves the file that it is given until nobody wants anything any more of it, and tells what has
   * been allocated in all, and of buffers in the heap.
   */
  static final class FileServer {
    private FileServer() {}

    public static void main(String[] args) throws IOException {
      BrrtServer server =
          BrrtServer.builder()
              .document(Path.of(args[1]))
              .config(TestServer.config())
              .handler("file", _ -> FileContent.respond(200, "text/plain", Path.of(args[0])))
              .output(new PrintStream(OutputStream.nullOutputStream()))
              .start();
      System.out.println("port " + server.port());
      BufferedReader questions =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        System.out.println(line + " " + (line.equals("allocated") ? allocated() : buffers()));
      }
      server.close();
    }

    private static long allocated() {
      return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getTotalThreadAllocatedBytes();
    }

    private static long buffers() {
      return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedHeapMemory();
    }
  }
}
