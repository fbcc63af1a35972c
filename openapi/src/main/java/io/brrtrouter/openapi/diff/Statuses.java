package io.brrtrouter.openapi.diff;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys of a Responses Object (OpenAPI 3.1.1 section 4.8.16). */
final class Statuses {
  static final String DEFAULT = "default";

  private Statuses() {}

  /** {@return the same key, else the range, else the default that covers it; null for none} */
  static @Nullable String match(String status, Set<String> others) {
    if (others.contains(status)) {
      return status;
    }
    String range = status.substring(0, 1) + "XX";
    if (!status.equals(DEFAULT) && others.contains(range)) {
      return range;
    }
    return !isSuccess(status) && others.contains(DEFAULT) ? DEFAULT : null;
  }

  static boolean isSuccess(String status) {
    return status.toUpperCase(Locale.ROOT).startsWith("2");
  }
}
