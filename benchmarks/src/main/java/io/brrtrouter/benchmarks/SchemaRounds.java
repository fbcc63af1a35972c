package io.brrtrouter.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What {@link SchemaBenchmark} measures, for machines that are shared: the contestants take turns,
 * the thread's CPU time counts instead of the clock, and of many short rounds the median. Prints a
 * table of ratios. Arguments: the number of rounds, then names of subjects.
 */
public final class SchemaRounds {
  private static final List<String> SUBJECTS =
      List.of("scalars", "pet", "tree", "shapes", "adyen", "discord");

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
    Contestant ours = new Contestant("ours", benchmark::ours);
    Contestant networknt = new Contestant("networknt", benchmark::networknt);
    Contestant harrel = new Contestant("harrel", benchmark::harrel);
    Contestant parse = new Contestant("parse", benchmark::parseOnly);
    Contestant bytes = new Contestant("from bytes", benchmark::oursFromBytes);
    Contestant both = new Contestant("parse + judge", benchmark::parseThenJudge);
    Contestant.takeTurns(List.of(ours, networknt, harrel, parse, bytes, both), rounds);
    return String.format(
        Locale.ROOT,
        "%s | %.0f | %.1f | %.1f | %d | %.2f | %.2f | %d",
        subject,
        ours.median(),
        networknt.median() / ours.median(),
        harrel.median() / ours.median(),
        ours.allocated(),
        bytes.median() / parse.median(),
        both.median() / parse.median(),
        bytes.allocated() - parse.allocated());
  }
}
