package io.brrtrouter.benchmarks.codec;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What {@link CodecBenchmark} measures, for machines that are shared: contestants take turns, the
 * thread's CPU time counts, and of many short rounds the median. Prints ratios over databind, the
 * first contestant. Arguments: {@code decode} or {@code encode}, the number of rounds.
 */
public final class CodecRounds {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Long enough to warm up, and for the clock of the thread, which may tick in milliseconds. */
  private static final long WARM_UP_NANOS = 1_500_000_000L;

  private static final long ROUND_NANOS = 40_000_000L;

  private CodecRounds() {}

  /** One of those compared, and what it took. */
  private static final class Contestant {
    private final String name;
    private final Supplier<Object> body;
    private final List<Double> nanos = new ArrayList<>();
    private int calls;

    /** What a call answered, so that none can be left out. */
    private volatile Object last = "nothing";

    private Contestant(String name, Supplier<Object> body) {
      this.name = name;
      this.body = body;
    }

    private void warmUp() {
      long spent = 0;
      long made = 0;
      while (spent < WARM_UP_NANOS) {
        spent += run(2_000);
        made += 2_000;
      }
      calls = (int) Math.max(1, made * ROUND_NANOS / spent);
    }

    private long run(int times) {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < times; i++) {
        last = body.get();
      }
      long spent = THREADS.getCurrentThreadCpuTime() - start;
      if (last.equals("nothing")) {
        throw new IllegalStateException(name + " did not run");
      }
      return spent;
    }

    private void round() {
      nanos.add((double) run(calls) / calls);
    }

    private double median() {
      return nanos.stream().sorted().toList().get(nanos.size() / 2);
    }

    private long allocated() {
      long start = THREADS.getCurrentThreadAllocatedBytes();
      run(calls);
      return (THREADS.getCurrentThreadAllocatedBytes() - start) / calls;
    }
  }

  /** Measures and prints. */
  public static void main(String[] args) {
    boolean decode = args.length == 0 || args[0].equals("decode");
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 15;
    System.out.println("subject | contestant | ns | over databind | B");
    for (String subject : new String[] {"pet", "pets"}) {
      CodecBenchmark benchmark = new CodecBenchmark();
      benchmark.subject = subject;
      benchmark.prepare();
      List<Contestant> contestants = decode ? decoders(benchmark) : encoders(benchmark);
      contestants.forEach(Contestant::warmUp);
      for (int round = 0; round < rounds; round++) {
        contestants.forEach(Contestant::round);
      }
      contestants.forEach(one -> print(subject, one, contestants.getFirst().median()));
    }
  }

  private static List<Contestant> decoders(CodecBenchmark benchmark) {
    return List.of(
        new Contestant("databind", benchmark::databind),
        new Contestant("databind and networknt", benchmark::databindAndNetworknt),
        new Contestant("tree", benchmark::tree),
        new Contestant("ours", benchmark::ours),
        new Contestant("ours, unchecked", benchmark::oursUnchecked));
  }

  private static List<Contestant> encoders(CodecBenchmark benchmark) {
    return List.of(
        new Contestant("databind", benchmark::encodeDatabind),
        new Contestant("streaming", benchmark::encodeStreaming),
        new Contestant("ours", benchmark::encodeOurs));
  }

  private static void print(String subject, Contestant one, double base) {
    System.out.printf(
        Locale.ROOT,
        "%s | %s | %.0f | %.2f | %d%n",
        subject,
        one.name,
        one.median(),
        one.median() / base,
        one.allocated());
  }
}
