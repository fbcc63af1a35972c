package io.brrtrouter.server.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client would like, from its {@code Prefer} fields (RFC 7240 section 2). Immutable.
 *
 * @param preferences values by name in lower case, in order; {@code ""} for one without value
 */
public record Prefer(Map<String, String> preferences) {
  private static final Prefer NOTHING = new Prefer(Map.of());

  /** Copies the preferences, keeping their order. */
  public Prefer {
    preferences = Collections.unmodifiableMap(new LinkedHashMap<>(preferences));
  }

  /**
   * {@return what the {@code Prefer} fields of a request ask for}
   *
   * <p>The first of a name counts. Parameters of a preference count as preferences of their own:
   * clients separate preferences by semicolons too. A value that is neither token nor quoted string
   * reaches to the next comma or semicolon.
   *
   * @param headers the header fields of the request
   */
  public static Prefer of(Headers headers) {
    List<String> fields = headers.all("Prefer");
    if (fields.isEmpty()) {
      return NOTHING;
    }
    Map<String, String> preferences = new LinkedHashMap<>();
    for (String field : fields) {
      read(new FieldReader(field), preferences);
    }
    return new Prefer(preferences);
  }

  private static void read(FieldReader reader, Map<String, String> preferences) {
    while (!reader.atEnd()) {
      reader.skipSpace();
      String name = reader.readLowerToken();
      reader.skipSpace();
      String value = "";
      if (name != null && reader.read('=')) {
        reader.skipSpace();
        value = reader.readQuotedOrUntil(",;");
      }
      if (name != null && value != null) {
        preferences.putIfAbsent(name, value);
      }
      reader.skipPast(",;");
    }
  }

  /**
   * {@return the value of a preference, {@code ""} for one without value}
   *
   * @param name the name, in lower case
   */
  public Optional<String> value(String name) {
    return Optional.ofNullable(preferences.get(name));
  }
}
