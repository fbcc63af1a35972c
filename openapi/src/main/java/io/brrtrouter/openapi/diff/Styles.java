package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterStyle;
import java.util.Set;

/** What styles do to values. */
final class Styles {
  /** All but the name and its equals sign is alike for a single value. */
  private static final Set<ParameterStyle> ALIKE =
      Set.of(
          ParameterStyle.FORM,
          ParameterStyle.SPACE_DELIMITED,
          ParameterStyle.PIPE_DELIMITED,
          ParameterStyle.DEEP_OBJECT);

  private Styles() {}

  /** {@return whether even a value that is no array and no object looks different} */
  static boolean differForScalars(ParameterStyle before, ParameterStyle after) {
    return !ALIKE.contains(before) || !ALIKE.contains(after);
  }

  static String text(Parameter parameter) {
    return "style %s, explode %s".formatted(parameter.style().word(), parameter.explode());
  }
}
