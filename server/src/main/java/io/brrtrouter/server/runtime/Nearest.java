package io.brrtrouter.server.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What someone who mistyped a name may have meant. */
final class Nearest {
  private Nearest() {}

  /**
   * {@return the known name most like a given one, or null when none is}
   *
   * @param name what was written
   * @param known what would have been right, in order of preference
   */
  static @Nullable String to(String name, List<String> known) {
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : known) {
      // The right name in the wrong section counts as near, too.
      int distance = Math.min(distance(name, candidate), 1 + distance(last(name), last(candidate)));
      if (distance < least && distance <= Math.max(2, last(candidate).length() / 3)) {
        nearest = candidate;
        least = distance;
      }
    }
    return nearest;
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Levenshtein distance, one row at a time. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
