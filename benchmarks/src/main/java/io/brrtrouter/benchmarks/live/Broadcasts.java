package io.brrtrouter.benchmarks.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * One event a second, or message, to many clients: how old it is when it comes, and what they cost.
 * Then clients that do not read.
 *
 * <pre>{@code
 * ./benchmarks/run --main io.brrtrouter.benchmarks.live.Broadcasts [clients [events]]
 * }</pre>
 */
public final class Broadcasts {
  private static final String HEAP = "-Xmx1g";
  private static final int WARM_UP = 10;
  private static final int UNREADING = 1_000;

  /** Octets of an event that fill what the kernel keeps for a client soon. */
  private static final int LARGE = 4_000;

  private static final String EVENTS =
      "GET /events HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n";

  static final String UPGRADE =
      String.join(
          "\r\n",
          " HTTP/1.1",
          "Host: a",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
          "Sec-WebSocket-Version: 13",
          "\r\n");

  private Broadcasts() {}

  /**
   * Prints the figures.
   *
   * @param args clients, and events
   * @throws Exception if something fails
   */
  public static void main(String[] args) throws Exception {
    int clients = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int events = args.length > 1 ? Integer.parseInt(args[1]) : 30;
    Path directory = Files.createTempDirectory("broadcasts");
    try {
      measure("events", clients, events, directory);
      measure("messages", clients, events, directory);
      unread(directory);
    } finally {
      Files.deleteIfExists(directory.resolve("live.yaml"));
      Files.delete(directory);
    }
  }

  private static Server server(Path directory) throws IOException {
    return Server.start(HEAP, LiveProduct.class, directory.toString(), "none");
  }

  private static void await(Server server, String who, int count) throws Exception {
    while (Integer.parseInt(server.ask(who)) != count) {
      Thread.sleep(20);
    }
  }

  private static void measure(String what, int clients, int events, Path directory)
      throws Exception {
    boolean sse = what.equals("events");
    String request = sse ? EVENTS : "GET /group" + UPGRADE;
    String mark = sse ? "data: " : "@";
    String who = sse ? "subscribers" : "members";
    String publish = sse ? "publish 10" : "tell";
    try (Server server = server(directory)) {
      // Classes are loaded, and the thread that all share has begun.
      try (Crowd first = new Crowd(100, server.port(), request, mark, true)) {
        await(server, who, 100);
        for (int i = 0; i < WARM_UP; i++) {
          first.expect(100);
          server.ask(publish);
          first.ages();
        }
      }
      await(server, who, 0);
      double heap = Double.parseDouble(server.ask("heap"));
      double resident = server.resident();
      try (Crowd crowd = new Crowd(clients, server.port(), request, mark, true)) {
        await(server, who, clients);
        for (int i = 0; i < WARM_UP; i++) {
          crowd.expect(clients);
          server.ask(publish);
          crowd.ages();
        }
        double heapNow = Double.parseDouble(server.ask("heap"));
        double residentNow = server.resident();
        Duration cpu = server.cpu();
        double[] half = new double[events];
        double[] most = new double[events];
        double[] last = new double[events];
        for (int i = 0; i < events; i++) {
          Thread.sleep(1_000);
          crowd.expect(clients);
          server.ask(publish);
          double[] ages = crowd.ages();
          half[i] = ages[ages.length / 2];
          most[i] = ages[ages.length * 99 / 100];
          last[i] = ages[ages.length - 1];
        }
        double used = server.cpu().minus(cpu).toNanos() / 1e3 / events / clients;
        System.out.printf(
            Locale.ROOT,
            "%d clients, %s: each takes %.1f KiB of the heap, %.1f KiB of the process%n",
            clients,
            what,
            (heapNow - heap) * 1024 / clients,
            (residentNow - resident) * 1024 / clients);
        System.out.printf(
            Locale.ROOT,
            "one a second: half of the clients have it after %.0f ms, 99 %% after %.0f ms, the last"
                + " after %.0f ms, in the worst of %d after %.0f ms; %.1f us CPU of the server each%n",
            median(half),
            median(most),
            median(last),
            events,
            java.util.Arrays.stream(last).max().orElseThrow(),
            used);
      }
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** As many that read as that do not; the latter are cut off, and nobody waits for them. */
  private static void unread(Path directory) throws Exception {
    try (Server server = server(directory);
        Crowd reading = new Crowd(UNREADING, server.port(), EVENTS, "data: ", true);
        Crowd _ = new Crowd(UNREADING, server.port(), EVENTS, "data: ", false)) {
      await(server, "subscribers", 2 * UNREADING);
      double heap = Double.parseDouble(server.ask("heap"));
      double most = heap;
      int published = 0;
      double latest = 0;
      int left = 2 * UNREADING;
      while (left > UNREADING) {
        reading.expect(UNREADING);
        server.ask("publish " + LARGE);
        published++;
        double[] ages = reading.ages();
        latest = Math.max(latest, ages[ages.length - 1]);
        left = Integer.parseInt(server.ask("subscribers"));
        if (published % 50 == 0) {
          most = Math.max(most, Double.parseDouble(server.ask("heap")));
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%d that read and %d that do not: after %d events of %d octets the latter are cut off; those that"
              + " read had each after %.0f ms at most; the heap grew from %.0f to %.0f MiB, most"
              + " resident %.0f MiB%n",
          UNREADING,
          UNREADING,
          published,
          LARGE,
          latest,
          heap,
          most,
          server.mostResident());
    }
  }
}
