package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Headers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client prefers of a mock, from its {@code Prefer} fields (RFC 7240): {@code code=404},
 * {@code example=cat}, {@code dynamic=true}. Preferences are separated by {@code ,} or {@code ;};
 * the first of a name counts; others are ignored, as the RFC asks.
 *
 * @param code the status wanted
 * @param example the name of the example wanted
 * @param dynamic whether a generated value is wanted although there is an example
 */
record Preferences(Optional<String> code, Optional<String> example, boolean dynamic) {
  private static final Preferences NONE =
      new Preferences(Optional.empty(), Optional.empty(), false);

  static Preferences of(Headers headers) {
    if (!headers.contains("Prefer")) {
      return NONE;
    }
    Map<String, String> values = new HashMap<>();
    for (String field : headers.all("Prefer")) {
      for (String preference : field.split("[,;]", -1)) {
        int equals = preference.indexOf('=');
        String name = equals < 0 ? preference : preference.substring(0, equals);
        String value = equals < 0 ? "" : preference.substring(equals + 1);
        values.putIfAbsent(name.strip().toLowerCase(Locale.ROOT), unquoted(value.strip()));
      }
    }
    return new Preferences(
        Optional.ofNullable(values.get("code")),
        Optional.ofNullable(values.get("example")),
        "true".equals(values.get("dynamic")));
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /**
   * {@return the value of {@code Preference-Applied}: names only, which RFC 7240 section 3 allows}
   */
  String applied() {
    List<String> names = new ArrayList<>();
    code.ifPresent(_ -> names.add("code"));
    example.ifPresent(_ -> names.add("example"));
    if (dynamic) {
      names.add("dynamic");
    }
    return String.join(", ", names);
  }
}
