package io.brrtrouter.server.transport;

import io.brrtrouter.benchmarks.Contestant;
import java.util.List;
import java.util.Locale;

/**
 * What {@link ReaderBenchmark} measures, for machines that are shared: the readers take turns, the
 * thread's CPU time counts instead of the clock, and of many short rounds the median. The channel
 * alone is a contestant of its own, whose median and bytes are taken off those of both readers.
 * Prints our CPU over the codec's. Argument: the number of rounds.
 */
public final class ReaderRounds {
  private ReaderRounds() {}

  /** Measures and prints. */
  public static void main(String[] args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    System.out.println("request | ours, ns | codec, ns | ours / codec | ours, B | codec, B");
    for (String request : new String[] {"get", "post"}) {
      System.out.println(row(request, rounds));
    }
  }

  private static String row(String request, int rounds) {
    ReaderBenchmark benchmark = ReaderBenchmark.of(request);
    Contestant own = new Contestant("ours", benchmark::own);
    Contestant codec = new Contestant("codec", benchmark::codec);
    Contestant channel = new Contestant("channel", benchmark::channel);
    Contestant.takeTurns(List.of(own, codec, channel), rounds);
    double ownNanos = own.median() - channel.median();
    double codecNanos = codec.median() - channel.median();
    return String.format(
        Locale.ROOT,
        "%s | %.0f | %.0f | %.2f | %d | %d",
        request,
        ownNanos,
        codecNanos,
        ownNanos / codecNanos,
        own.allocated() - channel.allocated(),
        codec.allocated() - channel.allocated());
  }
}
