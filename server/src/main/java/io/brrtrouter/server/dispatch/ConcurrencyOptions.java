package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.limit.AdaptiveTerms;
import io.brrtrouter.server.limit.Priority;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration says about how many requests of an operation are worked on at once.
 *
 * @param enabled whether all operations have adaptive limits that can have one, or none; when
 *     empty, those that ask for one, here or in the document
 * @param terms the bounds of limits that have none of their own
 * @param handlers what is said of operations, by name of the handler; goes before the document
 */
public record ConcurrencyOptions(
    Optional<Boolean> enabled, AdaptiveTerms terms, Map<String, Own> handlers) {

  /** Those that ask for it, within wide bounds. */
  public static final ConcurrencyOptions DEFAULT =
      new ConcurrencyOptions(Optional.empty(), new AdaptiveTerms(2, 1000, 20), Map.of());

  /**
   * What is said of one operation. Of what is empty, the document counts.
   *
   * @param adaptive whether it has such a limit
   * @param min the fewest requests at once
   * @param max the most
   * @param group the class: operations of one have one limit together
   * @param priority how much it matters beside others of the class
   */
  public record Own(
      Optional<Boolean> adaptive,
      Optional<Integer> min,
      Optional<Integer> max,
      Optional<String> group,
      Optional<Priority> priority) {
    static final Own NOTHING =
        new Own(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /** Copies the map. */
  public ConcurrencyOptions {
    handlers = Map.copyOf(handlers);
  }
}
