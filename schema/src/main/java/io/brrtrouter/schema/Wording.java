package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns of phrase shared by messages. */
final class Wording {

  /** How many alternatives a message lists before it says how many more there are. */
  private static final int LISTED = 10;

  private static final int LONGEST_VALUE = 80;
  private static final int LONGEST_NAME = 64;
  private static final int NEAR = 2;

  private Wording() {}

  /** {@code "1 item"}, {@code "2 items"}. */
  static String count(long number, String noun) {
    return number + " " + (number == 1 ? noun : plural(noun));
  }

  private static String plural(String noun) {
    return noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
  }

  static String quote(String text) {
    return "\"" + text + "\"";
  }

  /** A value of a schema as JSON, shortened. */
  static String value(JsonNode value) {
    String text = value.toString();
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
  }

  static String oneOf(Collection<JsonNode> values) {
    List<String> shown = values.stream().limit(LISTED).map(Wording::value).toList();
    return list(shown, values.size() - shown.size(), "or");
  }

  /** {@code a, b or c}. */
  static String list(List<String> parts, String conjunction) {
    int end = Math.min(parts.size(), LISTED);
    return list(parts.subList(0, end), parts.size() - end, conjunction);
  }

  private static String list(List<String> parts, int more, String conjunction) {
    List<String> shown = new ArrayList<>(parts);
    if (more > 0) {
      shown.add(more + " more");
    }
    if (shown.size() == 1) {
      return shown.getFirst();
    }
    String last = shown.removeLast();
    return String.join(", ", shown) + " " + conjunction + " " + last;
  }

  /** The only name within two edits of a wrong one, to suggest; null when there is none. */
  static @Nullable String nearest(String name, Collection<String> candidates) {
    if (name.length() > LONGEST_NAME) {
      return null;
    }
    String best = null;
    int bestDistance = Math.min(NEAR, name.length() - 1) + 1;
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - name.length()) < bestDistance) {
        int distance = distance(name, candidate);
        if (distance < bestDistance) {
          best = candidate;
          bestDistance = distance;
        }
      }
    }
    return best;
  }

  /** Levenshtein's distance, by rows; something above {@link #NEAR} when it is. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      // Away from the diagonal everything is above NEAR.
      int from = Math.max(1, i - NEAR);
      int to = Math.min(b.length(), i + NEAR);
      int diagonal = row[from - 1];
      row[from - 1] = i;
      int least = i;
      for (int j = from; j <= to; j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
        least = Math.min(least, row[j]);
      }
      if (least > NEAR) {
        return least;
      }
    }
    return row[b.length()];
  }
}
