package io.brrtrouter.schema;

import io.brrtrouter.schema.format.DateTimes;
import io.brrtrouter.schema.format.Uuids;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The string formats known without registration: JSON Schema validation section 7.3 and the string
 * formats of the OpenAPI Format Registry that have an exact definition. Formats of numbers ({@code
 * int32} and the like) are not here.
 */
public final class Formats {
  private static final Map<String, Format> BY_NAME =
      Map.of(
          "date", DateTimes::isDate,
          "time", DateTimes::isTime,
          "date-time", DateTimes::isDateTime,
          "uuid", Uuids::isUuid,
          "binary", text -> true,
          "password", text -> true);

  private Formats() {}

  /**
   * Looks a format up.
   *
   * @param name the value of the keyword, case-sensitive
   * @return the format, or empty when the name is unknown
   */
  public static Optional<Format> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** {@return every name {@link #named} knows} */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }
}
