package io.brrtrouter.benchmarks.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A large file over loopback: this project, over bare Netty that lets the kernel send it and over
 * one that copies. Servers alternate; CPU of the server and time for a GiB, the median of the
 * rounds after one to warm up.
 *
 * <pre>{@code
 * ./benchmarks/run --main io.brrtrouter.benchmarks.live.Downloads [MiB [rounds]]
 * }</pre>
 */
public final class Downloads {
  private static final String HEAP = "-Xmx256m";

  private record Side(String name, Server server, List<Double> seconds, List<Double> cpu) {
    void round(long length) throws IOException {
      Duration before = server.cpu();
      long begun = System.nanoTime();
      long got = get(server.port());
      seconds.add((System.nanoTime() - begun) / 1e9);
      cpu.add(server.cpu().minus(before).toNanos() / 1e9);
      if (got < length) {
        throw new IOException(name + " sends " + got + " octets only");
      }
    }
  }

  private Downloads() {}

  /**
   * Prints the figures.
   *
   * @param args MiB of the file, and rounds
   * @throws IOException if a server fails
   */
  public static void main(String[] args) throws IOException {
    long length = (args.length > 0 ? Long.parseLong(args[0]) : 1024) << 20;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
    Path directory = Files.createTempDirectory("downloads");
    Path file = directory.resolve("file");
    List<Side> sides = new ArrayList<>();
    try {
      write(file, length);
      sides.add(
          side("sendfile", Server.start(HEAP, BareDownloads.class, "sendfile", file.toString())));
      sides.add(
          side("copying Netty", Server.start(HEAP, BareDownloads.class, "copy", file.toString())));
      sides.add(
          side(
              "this project",
              Server.start(HEAP, LiveProduct.class, directory.toString(), file.toString())));
      for (int round = 0; round <= rounds; round++) {
        for (Side side : sides) {
          side.round(length);
        }
      }
      double base = median(sides.getFirst().cpu());
      double gib = length / (double) (1 << 30);
      for (Side side : sides) {
        System.out.printf(
            Locale.ROOT,
            "%-14s %.2f s, %.2f s CPU of the server for a GiB, ratio %.2f, rounds %s%n",
            side.name(),
            median(side.seconds()) / gib,
            median(side.cpu()) / gib,
            median(side.cpu()) / base,
            side.cpu().stream().map(each -> String.format(Locale.ROOT, "%.2f", each)).toList());
      }
    } finally {
      sides.forEach(side -> side.server().close());
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory.resolve("live.yaml"));
      Files.delete(directory);
    }
  }

  private static Side side(String name, Server server) {
    return new Side(name, server, new ArrayList<>(), new ArrayList<>());
  }

  private static void write(Path file, long length) throws IOException {
    try (java.io.OutputStream out = Files.newOutputStream(file)) {
      byte[] block = new byte[1 << 20];
      for (long written = 0; written < length; written += block.length) {
        out.write(block);
      }
    }
  }

  private static double median(List<Double> values) {
    double[] sorted =
        values.subList(1, values.size()).stream()
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    return sorted[sorted.length / 2];
  }

  private static long get(int port) throws IOException {
    try (SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      channel.write(
          ByteBuffer.wrap(
              "GET /file HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(US_ASCII)));
      ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
      long got = 0;
      for (int n = channel.read(buffer); n >= 0; n = channel.read(buffer.clear())) {
        got += n;
      }
      return got;
    }
  }
}
