package io.brrtrouter.benchmarks.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Uploads larger than the heap to a file, as a raw body and as a form, over the same octets from a
 * socket to a file; then how much of an upload a server takes whose handler does not read.
 *
 * <pre>{@code
 * ./benchmarks/run --main io.brrtrouter.benchmarks.live.Uploads [MiB [rounds]]
 * }</pre>
 */
public final class Uploads {
  private static final String HEAP = "-Xmx256m";
  private static final byte[] BLOCK = new byte[1 << 20];
  private static final int STALLED_MILLIS = 3_000;

  private final Path directory;
  private final long length;

  private Uploads(Path directory, long length) {
    this.directory = directory;
    this.length = length;
  }

  /**
   * Prints the figures.
   *
   * @param args MiB of an upload, and rounds
   * @throws IOException if a server fails
   */
  public static void main(String[] args) throws IOException {
    long mib = args.length > 0 ? Long.parseLong(args[0]) : 2048;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Path directory = Files.createTempDirectory("uploads");
    try {
      new Uploads(directory, mib << 20).measure(rounds);
    } finally {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  private void measure(int rounds) throws IOException {
    try (Server plain = Server.start(HEAP, PlainCopy.class, directory.toString());
        Server raw = product();
        Server form = product()) {
      for (int round = 1; round <= rounds; round++) {
        tell(round, "plain copy", plain, "", "", length);
        tell(round, "raw body", raw, head("/raw", "application/octet-stream", length), "", length);
        String begin =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
        String end = "\r\n--b--\r\n";
        String head =
            head(
                "/form", "multipart/form-data; boundary=b", length + begin.length() + end.length());
        tell(round, "form", form, head + begin, end, length);
      }
    }
    try (Server unread = product()) {
      stall(unread);
    }
  }

  private Server product() throws IOException {
    return Server.start(HEAP, LiveProduct.class, directory.toString(), "none");
  }

  private static String head(String path, String type, long octets) {
    return "PUT %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
        .formatted(path, type, octets);
  }

  private static void tell(
      int round, String what, Server server, String before, String after, long length)
      throws IOException {
    Duration cpu = server.cpu();
    long begun = System.nanoTime();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(before.getBytes(US_ASCII));
      for (long sent = 0; sent < length; sent += BLOCK.length) {
        out.write(BLOCK);
      }
      out.write(after.getBytes(US_ASCII));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), US_ASCII);
      if (!answer.endsWith(String.valueOf(length))) {
        throw new IOException(what + " answers " + answer);
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    double used = server.cpu().minus(cpu).toNanos() / 1e9;
    System.out.printf(
        Locale.ROOT,
        "round %d, %-10s %6.2f s, %5.0f MiB/s, %5.2f s CPU of the server, most resident %.0f MiB%s%n",
        round,
        what,
        seconds,
        length / 1048576.0 / seconds,
        used,
        server.mostResident(),
        before.isEmpty() ? "" : ", heap at most " + server.ask("peak") + " MiB");
  }

  /** Sends as much as goes while nobody reads it, and then the rest. */
  private void stall(Server server) throws IOException {
    try (SocketChannel channel =
            SocketChannel.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        Selector selector = Selector.open()) {
      channel.write(
          ByteBuffer.wrap(head("/unread", "application/octet-stream", length).getBytes(US_ASCII)));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_WRITE);
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK.length);
      long sent = 0;
      while (sent < length && selector.select(STALLED_MILLIS) > 0) {
        selector.selectedKeys().clear();
        block.clear().limit((int) Math.min(block.capacity(), length - sent));
        sent += channel.write(block);
      }
      System.out.printf(
          Locale.ROOT,
          "a handler that does not read: the client could send %.1f MiB of %d, most resident %.0f MiB, heap in use %s MiB%n",
          sent / 1048576.0,
          length >> 20,
          server.mostResident(),
          server.ask("heap"));
      server.ask("read");
      while (sent < length) {
        selector.select();
        selector.selectedKeys().clear();
        block.clear().limit((int) Math.min(block.capacity(), length - sent));
        sent += channel.write(block);
      }
      channel.keyFor(selector).cancel();
      selector.selectNow();
      channel.configureBlocking(true);
      channel.shutdownOutput();
      String answer = new String(channel.socket().getInputStream().readAllBytes(), US_ASCII);
      System.out.println(
          answer.endsWith(String.valueOf(length)) ? "then it read all of it" : "wrong: " + answer);
    }
  }
}
