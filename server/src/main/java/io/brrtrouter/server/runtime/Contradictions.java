package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds settings that are right by themselves but not together. */
final class Contradictions {
  private Contradictions() {}

  /** {@return what does not go together, and not for want of a setting with another mistake} */
  static List<Finding> in(SoundSettings settings) {
    ConfigValues values = settings.values();
    List<Finding> findings = new ArrayList<>();
    if (values.get(ConfigKeys.MAX_BODY) > values.get(ConfigKeys.BODY_CEILING)) {
      String ceiling = ConfigKeys.BODY_CEILING.type().render(values.get(ConfigKeys.BODY_CEILING));
      findings.add(
          of(
              values,
              ConfigKeys.MAX_BODY,
              "is more than body.ceiling_bytes = " + ceiling,
              "lower body.max_bytes, or raise body.ceiling_bytes"));
    }
    Map<String, String> taken = new LinkedHashMap<>();
    for (ConfigKey<Optional<String>> key : ConfigKeys.ENDPOINTS) {
      values
          .get(key)
          .ifPresent(path -> {
            String other = taken.putIfAbsent(path, key.name());
            if (other != null) {
              findings.add(
                  of(values, key, "is also the path of " + other, "give it one of its own"));
            }
          });
    }
    if (settings.isSound("tls")) {
      findings.addAll(TlsKeys.contradictions(values));
    }
    if (settings.isSound("cors")) {
      findings.addAll(BrowserKeys.mistakes(values));
    }
    return findings;
  }

  /** {@return that a setting does not go with another} */
  static <T> Finding of(ConfigValues values, ConfigKey<T> key, String message, String fix) {
    return of(Severity.ERROR, values, key, message, fix);
  }

  /** {@return the same, as bad as it is} */
  static <T> Finding of(
      Severity severity, ConfigValues values, ConfigKey<T> key, String message, String fix) {
    return new Finding(
        "config-contradiction",
        severity,
        new SourceLocation(values.source(key), 0, 0),
        key.name() + " = " + key.type().render(values.get(key)) + " " + message,
        fix);
  }
}
