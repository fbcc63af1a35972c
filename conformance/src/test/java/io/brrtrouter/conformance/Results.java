package io.brrtrouter.conformance;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the suites gave in this run. Safe for use by tests running side by side. */
public final class Results {
  private static final Map<Suite, Result> RESULTS = new EnumMap<>(Suite.class);

  /**
   * The outcome of one suite.
   *
   * @param passed how many tests had the suite's result
   * @param exceptions those that did not, each as {@code test: reason}; a test of ours makes sure
   *     that the list is exact
   */
  public record Result(int passed, List<String> exceptions) {
    /** Copies the list. */
    public Result {
      exceptions = List.copyOf(exceptions);
    }
  }

  private Results() {}

  /**
   * Keeps the outcome of a suite that ran to its end.
   *
   * @param suite which
   * @param passed how many tests had the suite's result
   * @param exceptions those that did not, each with its reason
   */
  public static void record(Suite suite, int passed, List<String> exceptions) {
    synchronized (RESULTS) {
      RESULTS.put(suite, new Result(passed, exceptions));
    }
  }

  static Map<Suite, Result> all() {
    synchronized (RESULTS) {
      return new EnumMap<>(RESULTS);
    }
  }
}
