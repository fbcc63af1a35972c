package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import java.util.Collection;
import java.util.Optional;

/** Which handler an operation wants, and which one somebody probably meant. */
final class HandlerNames {
  private HandlerNames() {}

  /**
   * {@return the name of an operation's handler: the first {@code x-handler*} extension that is
   * text, else the operationId, else method and path}
   *
   * @param operation the operation
   */
  static String of(Operation operation) {
    return OperationExtension.handler(operation)
        .or(operation::operationId)
        .orElseGet(() -> operation.method() + " " + operation.path());
  }

  /**
   * {@return {@code ; did you mean "..."?}, or {@code ""} when nothing is close}
   *
   * @param name a name nobody knows
   * @param known the known names
   */
  static String suggestion(String name, Collection<String> known) {
    return nearest(name, known).map(near -> "; did you mean \"" + near + "\"?").orElse("");
  }

  /**
   * {@return the known name closest to another, if it is close enough to be meant}
   *
   * @param name a name nobody knows
   * @param known the known names
   */
  static Optional<String> nearest(String name, Collection<String> known) {
    String best = null;
    int least = Math.max(2, name.length() / 3) + 1;
    for (String candidate : known) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Insertions, deletions and replacements that lead from one text to the other, cases aside. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        char a = Character.toLowerCase(from.charAt(i - 1));
        char b = Character.toLowerCase(to.charAt(j - 1));
        int replaced = diagonal + (a == b ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
