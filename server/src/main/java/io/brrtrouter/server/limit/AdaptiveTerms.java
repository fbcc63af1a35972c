package io.brrtrouter.server.limit;

/**
 * Between what bounds an {@link AdaptiveLimit} moves, and where it begins. Immutable.
 *
 * @param min the fewest requests at once that it ever lets in, from 1
 * @param max the most
 * @param initial how many it lets in until it has measured, between the two
 */
public record AdaptiveTerms(int min, int max, int initial) {

  /** Refuses what makes no sense. */
  public AdaptiveTerms {
    if (min < 1 || max < min || initial < min || initial > max) {
      throw new IllegalArgumentException(
          "an adaptive limit lies between a minimum of 1 or more and its maximum, not %d, %d, %d"
              .formatted(min, initial, max));
    }
  }

  /** {@return where a limit lies within these bounds that lay elsewhere} */
  int within(double limit) {
    return (int) Math.max(min, Math.min(max, Math.round(limit)));
  }
}
