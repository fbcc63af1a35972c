package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.Prefer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client prefers of a mock, from its {@code Prefer} fields (RFC 7240): {@code code=404},
 * {@code example=cat}, {@code dynamic=true}. Others are ignored, as the RFC asks.
 *
 * @param code the status wanted, null for any
 * @param example the name of the example wanted, null for any
 * @param dynamic whether a generated value is wanted although there is an example
 */
record Preferences(@Nullable String code, @Nullable String example, boolean dynamic) {

  static Preferences of(Headers headers) {
    Prefer prefer = Prefer.of(headers);
    return new Preferences(
        prefer.value("code").orElse(null),
        prefer.value("example").orElse(null),
        prefer.value("dynamic").filter("true"::equals).isPresent());
  }

  /**
   * {@return the value of {@code Preference-Applied}: names only, which RFC 7240 section 3 allows}
   */
  String applied() {
    List<String> names = new ArrayList<>();
    if (code != null) {
      names.add("code");
    }
    if (example != null) {
      names.add("example");
    }
    if (dynamic) {
      names.add("dynamic");
    }
    return String.join(", ", names);
  }
}
