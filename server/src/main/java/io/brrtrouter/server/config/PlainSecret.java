package io.brrtrouter.server.config;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * A secret that stands in the configuration file itself. Who may read that, or its history, has it.
 */
public final class PlainSecret {
  private static final String RULE = "security-plain-secret";

  private PlainSecret() {}

  /**
   * {@return a warning}
   *
   * @param what what stands there
   * @param key the setting that has it
   * @param values all settings
   * @param instead what may stand there instead, a clause each; a variable always may
   */
  public static Finding warning(
      String what, ConfigKey<?> key, ConfigValues values, List<String> instead) {
    List<String> ways = new ArrayList<>(instead);
    ways.add("set the environment variable " + key.variable());
    return new Finding(
        RULE,
        Severity.WARNING,
        values.place(key),
        what + " stands in the configuration file itself: whoever reads that has it",
        String.join(", or ", ways));
  }
}
