package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies both ways, while they come. */
class StreamingTest {
  private static final int MIB = 1 << 20;
  private static final int LARGE = 200 * MIB;
  private static final long PATIENCE = 60;

  @TempDir Path directory;

  /** Octets that repeat in no power of two. */
  private static byte[] block(int number) {
    byte[] block = new byte[64 << 10];
    for (int i = 0; i < block.length; i++) {
      block[i] = (byte) ((i * 31 + number * 7) % 251);
    }
    return block;
  }

  private static long checksum() {
    CRC32 sum = new CRC32();
    for (int i = 0; i < LARGE / (64 << 10); i++) {
      sum.update(block(i));
    }
    return sum.getValue();
  }

  private static long checksum(InputStream in, long length) throws IOException {
    CRC32 sum = new CRC32();
    byte[] octets = new byte[64 << 10];
    long left = length;
    while (left > 0) {
      int read = in.read(octets, 0, (int) Math.min(left, octets.length));
      if (read < 0) {
        throw new IOException("ended " + left + " octets too early");
      }
      sum.update(octets, 0, read);
      left -= read;
    }
    return sum.getValue();
  }

  private static void send(OutputStream out) throws IOException {
    for (int i = 0; i < LARGE / (64 << 10); i++) {
      out.write(block(i));
    }
    out.flush();
  }

  @Test
  void bodies_larger_than_the_heap_go_both_ways() throws Exception {
    CompletableFuture<Long> uploaded = new CompletableFuture<>();
    try (RawService service =
        RawService.reading((head, in, out, socket) -> {
          if (head.startsWith("POST")) {
            uploaded.complete(checksum(in, LARGE));
            out.write(RawService.octets("HTTP/1.1 204 No Content\r\n\r\n"));
          } else {
            out.write(
                RawService.octets("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n"));
            send(out);
          }
        })) {
      Process process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xmx48m",
                      "-XX:MaxDirectMemorySize=64m",
                      "-Dsaid=target/said-small-heap.log",
                      "-cp",
                      System.getProperty("java.class.path"),
                      SmallHeap.class.getName(),
                      service.url()))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        BufferedReader output =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        while (line != null && !line.startsWith("PORT ")) {
          line = output.readLine();
        }
        assertThat(line).isNotNull();
        int port = Integer.parseInt(line.substring(5));

        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
          client
              .getOutputStream()
              .write(
                  RawService.octets(
                      "POST /api/upload HTTP/1.1\r\nHost: a\r\nContent-Type:"
                          + " application/octet-stream\r\nContent-Length: "
                          + LARGE
                          + "\r\n\r\n"));
          send(client.getOutputStream());
          InputStream in = new BufferedInputStream(client.getInputStream());
          assertThat(RawService.head(in)).startsWith("HTTP/1.1 204 ");
          assertThat(uploaded.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo(checksum());

          client
              .getOutputStream()
              .write(RawService.octets("GET /api/items/7 HTTP/1.1\r\nHost: a\r\n\r\n"));
          assertThat(RawService.head(in))
              .startsWith("HTTP/1.1 200 ")
              .contains("Content-Length: " + LARGE + "\r\n");
          assertThat(checksum(in, LARGE)).isEqualTo(checksum());
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  /** Each event is with the client before the service sends the next one. */
  @Test
  void events_come_one_by_one() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    CountDownLatch gone = new CountDownLatch(1);
    try (RawService service =
            RawService.reading((head, in, out, socket) -> {
              out.write(
                  RawService.octets(
                      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                          + "Transfer-Encoding: chunked\r\n\r\n"));
              out.flush();
              for (String event = events.take(); !event.equals("end"); event = events.take()) {
                out.write(
                    RawService.octets(
                        Integer.toHexString(event.length()) + "\r\n" + event + "\r\n"));
                out.flush();
              }
              out.write(RawService.octets("0\r\n\r\n"));
              out.flush();
              gone.countDown();
            });
        Gateway gateway = Gateway.of(directory, service);
        Socket client = gateway.connect()) {
      client
          .getOutputStream()
          .write(
              RawService.octets(
                  "GET /api/events HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n"
                      + "Last-Event-ID: 4\r\n\r\n"));
      InputStream in = new BufferedInputStream(client.getInputStream());
      assertThat(RawService.head(in)).contains("text/event-stream");
      for (int i = 0; i < 50; i++) {
        String event = "id: " + i + "\ndata: x\n\n";
        events.add(event);
        assertThat(chunk(in)).isEqualTo(event);
      }
      events.add("end");
      assertThat(chunk(in)).isEmpty();
      assertThat(gone.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static String chunk(InputStream in) throws IOException {
    int size = Integer.parseInt(RawService.line(in), 16);
    String text = new String(in.readNBytes(size), StandardCharsets.ISO_8859_1);
    RawService.line(in);
    return text;
  }

  /** What the client sends is with the service before it sends more. */
  @Test
  void an_upload_arrives_while_it_is_sent() throws Exception {
    BlockingQueue<Integer> arrived = new LinkedBlockingQueue<>();
    try (RawService service =
            RawService.reading((head, in, out, socket) -> {
              assertThat(RawService.field(head, "Transfer-Encoding")).isEqualTo("chunked");
              for (int i = 0; i < 10; i++) {
                assertThat(RawService.line(in)).isEqualTo("1");
                arrived.add(in.read());
                RawService.line(in);
              }
              assertThat(RawService.line(in)).isEqualTo("0");
              RawService.line(in);
              out.write(RawService.octets("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
            });
        Gateway gateway = Gateway.of(directory, service);
        Socket client = gateway.connect()) {
      OutputStream out = client.getOutputStream();
      out.write(
          RawService.octets(
              "POST /api/upload HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n"));
      for (int i = 0; i < 10; i++) {
        out.write(RawService.octets("1\r\n" + i + "\r\n"));
        out.flush();
        assertThat(arrived.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo('0' + i);
      }
      out.write(RawService.octets("0\r\n\r\n"));
      assertThat(RawService.head(client.getInputStream())).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void an_upload_that_is_broken_off_ends_the_request() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (RawService service =
            RawService.reading((head, in, out, socket) -> {
              try {
                while (in.read() >= 0) {}
              } catch (IOException reset) {
                // Ended as well.
              }
              ended.countDown();
            });
        Gateway gateway = Gateway.of(directory, service)) {
      try (Socket client = gateway.connect()) {
        client
            .getOutputStream()
            .write(
                RawService.octets(
                    "POST /api/upload HTTP/1.1\r\nHost: a\r\nContent-Type:"
                        + " application/octet-stream\r\nContent-Length: 100\r\n\r\nabc"));
      }
      assertThat(ended.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_refusal_comes_before_the_upload_ends() throws Exception {
    try (RawService service =
            RawService.reading((head, in, out, socket) -> {
              out.write(
                  RawService.octets(
                      "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 3\r\n\r\nbig"));
              out.flush();
              while (in.read() >= 0) {}
            });
        Gateway gateway = Gateway.of(directory, service);
        Socket client = gateway.connect()) {
      OutputStream out = client.getOutputStream();
      out.write(
          RawService.octets(
              "POST /api/upload HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n"));
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (true) {
                out.write(RawService.octets("10000\r\n"));
                out.write(new byte[64 << 10]);
                out.write(RawService.octets("\r\n"));
              }
            } catch (IOException answered) {
              // That is what is tested.
            }
          });
      assertThat(RawService.head(client.getInputStream())).startsWith("HTTP/1.1 413 ");
    }
  }

  /** The server's own drain ends events well: the client sees a complete response. */
  @Test
  void events_end_when_the_server_drains() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (RawService service =
            RawService.reading((head, in, out, socket) -> {
              out.write(
                  RawService.octets(
                      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n"));
              out.flush();
              end.await();
            });
        Gateway gateway = Gateway.of(directory, service);
        Socket client = gateway.connect()) {
      client
          .getOutputStream()
          .write(RawService.octets("GET /api/events HTTP/1.1\r\nHost: a\r\n\r\n"));
      InputStream in = new BufferedInputStream(client.getInputStream());
      RawService.head(in);
      assertThat(chunk(in)).isEqualTo("data: 1\n\n");
      Thread closing = Thread.ofVirtual().start(gateway::close);

      assertThat(chunk(in)).isEmpty();
      closing.join();
    } finally {
      end.countDown();
    }
  }
}
