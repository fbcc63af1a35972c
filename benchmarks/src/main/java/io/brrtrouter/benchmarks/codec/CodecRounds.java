package io.brrtrouter.benchmarks.codec;

import io.brrtrouter.benchmarks.Contestant;
import java.util.List;
import java.util.Locale;

/**
 * What {@link CodecBenchmark} measures, for machines that are shared: contestants take turns, the
 * thread's CPU time counts, and of many short rounds the median. Prints ratios over databind, the
 * first contestant. Arguments: {@code decode} or {@code encode}, the number of rounds, the
 * subjects; all of them when none is named, and then what is compiled for one knows of the others.
 */
public final class CodecRounds {
  private static final List<String> SUBJECTS = List.of("pet", "pets", "adyen");

  private CodecRounds() {}

  /** Measures and prints. */
  public static void main(String[] args) {
    boolean decode = args.length == 0 || args[0].equals("decode");
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 15;
    System.out.println("subject | contestant | ns | over databind | B");
    List<String> subjects = args.length > 2 ? List.of(args).subList(2, args.length) : SUBJECTS;
    for (String subject : subjects) {
      CodecBenchmark benchmark = new CodecBenchmark();
      benchmark.subject = subject;
      benchmark.prepare();
      List<Contestant> contestants = decode ? decoders(benchmark) : encoders(benchmark);
      Contestant.takeTurns(contestants, rounds);
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
        new Contestant("ours", benchmark::encodeOurs),
        new Contestant("ours, unchecked", benchmark::encodeOursUnchecked));
  }

  private static void print(String subject, Contestant one, double base) {
    System.out.printf(
        Locale.ROOT,
        "%s | %s | %.0f | %.2f | %d%n",
        subject,
        one.name(),
        one.median(),
        one.median() / base,
        one.allocated());
  }
}
