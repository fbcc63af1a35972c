package io.brrtrouter.benchmarks.endtoend;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures CPU per request of the product over bare Netty, each server in a process of its own,
 * alternated round by round, the client in this process and not counted.
 *
 * <pre>{@code
 * java -cp ... io.brrtrouter.benchmarks.endtoend.EndToEnd [http1|tls|http2 [rounds [requests [exchanges at once]]]]
 * }</pre>
 */
public final class EndToEnd {
  /** Of a partner; no secret. */
  static final String KEY = "3f0c9a6be1d24f7f8a5d0c2b7e913c44";

  private static final int WARM_UP_ROUNDS = 3;

  private static final String ORIGIN = "https://shop.example.com";

  /** Who may call, from where and how often: what nobody asks bare Netty. */
  private static final List<String> GUARDED =
      List.of(
          "cors.origins=" + ORIGIN,
          "rate_limit.enabled=true",
          "rate_limit.requests=1000000",
          "rate_limit.window_secs=1");

  /** The flags of both servers: those of the product's launcher. */
  private static final List<String> FLAGS =
      List.of(
          "-Xmx512m",
          "-XX:+UseG1GC",
          "-XX:+UseCompactObjectHeaders",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private record Side(
      String name, LoadClient.Request request, Process process, int port, List<Double> micros) {
    /** One round on new connections: the product answers 10,000 requests on each and closes it. */
    void round(Wire wire, int requests, int atOnce) throws IOException {
      try (LoadClient client = new LoadClient(wire, port, atOnce, request)) {
        Duration before = cpu();
        client.run(requests);
        micros.add(cpu().minus(before).toNanos() / 1000.0 / requests);
      }
    }

    private Duration cpu() {
      return process.info().totalCpuDuration().orElseThrow();
    }

    double median() {
      double[] sorted =
          micros.subList(WARM_UP_ROUNDS, micros.size()).stream()
              .mapToDouble(Double::doubleValue)
              .sorted()
              .toArray();
      return sorted[sorted.length / 2];
    }
  }

  private EndToEnd() {}

  /**
   * Runs all rounds and prints the figures.
   *
   * @param args what goes over the sockets, how many rounds, requests in a round, exchanges at once
   * @throws IOException if a server does not start or answers wrongly
   */
  public static void main(String[] args) throws IOException {
    Wire wire = Wire.of(args.length > 0 ? args[0] : "http1");
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 9;
    int requests = args.length > 2 ? Integer.parseInt(args[2]) : 50_000;
    int atOnce = args.length > 3 ? Integer.parseInt(args[3]) : 64;
    List<Side> sides = new ArrayList<>();
    try {
      start(wire, sides);
      for (int round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
        for (Side side : sides) {
          side.round(wire, requests, atOnce);
        }
      }
      double base = sides.getFirst().median();
      for (Side side : sides) {
        System.out.printf(
            Locale.ROOT,
            "%-28s %6.2f us CPU per request, ratio %.2f, rounds %s%n",
            side.name(),
            side.median(),
            side.median() / base,
            side.micros().stream().map(micros -> "%.1f".formatted(micros)).toList());
      }
    } finally {
      sides.forEach(side -> side.process().destroy());
    }
  }

  private static void start(Wire wire, List<Side> sides) throws IOException {
    LoadClient.Request plain = new LoadClient.Request("/pets", Map.of(), Pet.json());
    LoadClient.Request partner =
        new LoadClient.Request(
            "/partners/pets", Map.of("x-api-key", KEY, "origin", ORIGIN), Pet.json());
    String on = wire.toString();
    sides.add(start("bare Netty", plain, BareNetty.class, List.of(on)));
    sides.add(start("product, response check off", plain, Product.class, List.of(on, "off")));
    sides.add(start("product, response check log", plain, Product.class, List.of(on, "log")));
    sides.add(
        start("same, handler never blocks", plain, Product.class, List.of(on, "log", "addPet")));
    List<String> guarded = new ArrayList<>(List.of(on, "log"));
    guarded.addAll(GUARDED);
    sides.add(start("log, API key, CORS, limit", partner, Product.class, guarded));
  }

  private static Side start(
      String name, LoadClient.Request request, Class<?> type, List<String> args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(FLAGS);
    command.addAll(List.of(System.getProperty("endtoend.flags", "").strip().split("\\s+")));
    command.removeIf(String::isEmpty);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), type.getName()));
    command.addAll(args);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = output.readLine();
      while (line != null && !line.startsWith("port ")) {
        line = output.readLine();
      }
      if (line == null) {
        throw new IOException(name + " did not start");
      }
      int port = Integer.parseInt(line.substring("port ".length()));
      return new Side(name, request, process, port, new ArrayList<>());
    } catch (IOException e) {
      process.destroy();
      throw e;
    }
  }
}
