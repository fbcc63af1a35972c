package io.brrtrouter.benchmarks.endtoend;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures CPU per request of the product over bare Netty, each server in a process of its own,
 * alternated round by round, the client in this process and not counted.
 *
 * <pre>{@code
 * java -cp ... io.brrtrouter.benchmarks.endtoend.EndToEnd [rounds [requests [connections]]]
 * }</pre>
 */
public final class EndToEnd {
  private static final int WARM_UP_ROUNDS = 3;

  /** The flags of both servers: those of the product's launcher. */
  private static final List<String> FLAGS =
      List.of(
          "-Xmx512m",
          "-XX:+UseG1GC",
          "-XX:+UseCompactObjectHeaders",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private record Side(String name, Process process, int port, List<Double> micros) {
    /** One round on new connections: the product answers 10,000 requests on each and closes it. */
    void round(int requests, int connections) throws IOException {
      byte[] request = LoadClient.post("/pets", Pet.json());
      try (LoadClient client = new LoadClient(port, connections, request)) {
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
   * @param args how many rounds, requests in a round, connections
   * @throws IOException if a server does not start or answers wrongly
   */
  public static void main(String[] args) throws IOException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
    int requests = args.length > 1 ? Integer.parseInt(args[1]) : 50_000;
    int connections = args.length > 2 ? Integer.parseInt(args[2]) : 64;
    List<Side> sides = new ArrayList<>();
    try {
      sides.add(start("bare Netty", BareNetty.class));
      sides.add(start("product, response check off", Product.class, "off"));
      sides.add(start("product, response check log", Product.class, "log"));
      sides.add(start("same, handler never blocks", Product.class, "log", "addPet"));
      for (int round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
        for (Side side : sides) {
          side.round(requests, connections);
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

  private static Side start(String name, Class<?> type, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(FLAGS);
    command.addAll(List.of(System.getProperty("endtoend.flags", "").strip().split("\\s+")));
    command.removeIf(String::isEmpty);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), type.getName()));
    command.addAll(Arrays.asList(args));
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
      return new Side(name, process, port, new ArrayList<>());
    } catch (IOException e) {
      process.destroy();
      throw e;
    }
  }
}
