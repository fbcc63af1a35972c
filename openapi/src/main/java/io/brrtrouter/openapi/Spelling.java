package io.brrtrouter.openapi;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses which word was meant, everywhere by the same measure. */
public final class Spelling {
  private Spelling() {}

  /**
   * {@return the nearest of some words, if one is near: at most a third of its letters differ, or
   * one of a short word; cases do not count}
   *
   * @param given what was written
   * @param words what could be meant; the first of several that are equally near
   */
  public static Optional<String> nearest(String given, Collection<String> words) {
    String typed = given.toLowerCase(Locale.ROOT);
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String word : words) {
      int limit = Math.min(bestDistance - 1, Math.max(1, word.length() / 3));
      // Every letter there is too many costs one; most words are out before they are looked at.
      if (Math.abs(typed.length() - word.length()) > limit) {
        continue;
      }
      int distance = distance(typed, word.toLowerCase(Locale.ROOT), limit);
      if (distance <= limit) {
        best = word;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * {@return whether one word was likely meant by another, by a closer measure than {@link
   * #nearest}}
   *
   * @param given what was written
   * @param word what could be meant
   * @param most how many letters may differ; cases do not count
   */
  public static boolean isNear(String given, String word, int most) {
    return distance(given.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT), most) <= most;
  }

  /**
   * Insertions, deletions, replacements and swaps of neighbours; long texts are not compared, and
   * others no further than it takes to see that there are more than the limit.
   */
  private static int distance(String a, String b, int limit) {
    if (a.length() > 64 || Math.abs(a.length() - b.length()) > 4) {
      return Integer.MAX_VALUE;
    }
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        row[j] = swapped ? Math.min(best, beforeLast[j - 2] + 1) : best;
        least = Math.min(least, row[j]);
      }
      // No row has a smaller least than the one before it, not even by swaps.
      if (least > limit) {
        return Integer.MAX_VALUE;
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
