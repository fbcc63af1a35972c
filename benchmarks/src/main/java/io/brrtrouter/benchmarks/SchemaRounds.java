package io.brrtrouter.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What {@link SchemaBenchmark} measures, for machines that are shared: the contestants take turns,
 * the thread's CPU time counts instead of the clock, and of many short rounds the median. Prints a
 * table of ratios. Arguments: the number of rounds, then names of subjects.
 */
public final class SchemaRounds {
  private static final List<String> SUBJECTS =
      List.of("scalars", "pet", "tree", "shapes", "adyen", "discord");

  /** Long enough to warm up, and for the clock of the thread, which may tick in milliseconds. */
  private static final long WARM_UP_NANOS = 1_500_000_000L;

  private static final long ROUND_NANOS = 40_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Where results go, so that no call can be left out. */
  private static volatile Object sink = SUBJECTS;

  private SchemaRounds() {}

  /** Measures and prints. */
  public static void main(String[] args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    List<String> subjects =
        args.length > 1 ? Arrays.asList(args).subList(1, args.length) : SUBJECTS;
    System.out.println(
        "subject | ns | networknt | harrel | B | from bytes | parse + judge | from bytes, B over parsing");
    subjects.forEach(subject -> System.out.println(row(subject, rounds)));
  }

  private static String row(String subject, int rounds) {
    SchemaBenchmark benchmark = new SchemaBenchmark();
    benchmark.subject = subject;
    benchmark.compile();
    Map<String, Supplier<Object>> contestants = new LinkedHashMap<>();
    contestants.put("ours", benchmark::ours);
    contestants.put("networknt", benchmark::networknt);
    contestants.put("harrel", benchmark::harrel);
    contestants.put("parse", benchmark::parseOnly);
    contestants.put("bytes", benchmark::oursFromBytes);
    contestants.put("both", benchmark::parseThenJudge);
    Map<String, Double> nanos = medians(contestants, rounds);
    double ours = nanos.get("ours");
    double parse = nanos.get("parse");
    return String.format(
        Locale.ROOT,
        "%s | %.0f | %.1f | %.1f | %d | %.2f | %.2f | %d",
        subject,
        ours,
        nanos.get("networknt") / ours,
        nanos.get("harrel") / ours,
        allocated(benchmark::ours),
        nanos.get("bytes") / parse,
        nanos.get("both") / parse,
        allocated(benchmark::oursFromBytes) - allocated(benchmark::parseOnly));
  }

  private static Map<String, Double> medians(
      Map<String, Supplier<Object>> contestants, int rounds) {
    Map<String, Integer> calls = new LinkedHashMap<>();
    contestants.forEach((name, body) -> calls.put(name, callsPerRound(body)));
    Map<String, List<Double>> measured = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      contestants.forEach((name, body) ->
          measured
              .computeIfAbsent(name, _ -> new ArrayList<>())
              .add((double) run(body, calls.get(name)) / calls.get(name)));
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    measured.forEach(
        (name, times) -> medians.put(name, times.stream().sorted().toList().get(rounds / 2)));
    return medians;
  }

  private static int callsPerRound(Supplier<Object> body) {
    long calls = 0;
    long spent = 0;
    while (spent < WARM_UP_NANOS) {
      spent += run(body, 2_000);
      calls += 2_000;
    }
    return (int) Math.max(1, calls * ROUND_NANOS / spent);
  }

  private static long run(Supplier<Object> body, int calls) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < calls; i++) {
      sink = body.get();
    }
    return THREADS.getCurrentThreadCpuTime() - start;
  }

  private static long allocated(Supplier<Object> body) {
    int calls = 10_000;
    long start = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      sink = body.get();
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - start) / calls;
  }
}
