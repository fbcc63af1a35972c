package io.brrtrouter.openapi.diff;

import java.util.ArrayList;
import java.util.List;

/** Writes changes as text for people, or as JSON, SARIF and GitHub annotations for machines. */
public final class ChangeRenderer {
  private ChangeRenderer() {}

  /**
   * {@return how many changes there are of each impact, for example {@code 1 breaking, 2 compatible
   * changes}}
   *
   * @param changes what changed
   */
  public static String summary(List<Change> changes) {
    if (changes.isEmpty()) {
      return "no changes";
    }
    List<String> counts = new ArrayList<>();
    for (Impact impact : Impact.values()) {
      long count = changes.stream().filter(change -> change.impact() == impact).count();
      if (count > 0) {
        counts.add(count + " " + impact.word());
      }
    }
    return String.join(", ", counts) + (changes.size() == 1 ? " change" : " changes");
  }
}
