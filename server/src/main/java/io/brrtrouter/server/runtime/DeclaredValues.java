package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.config.Masked;
import java.util.Comparator;
import java.util.List;

/**
 * The settings of an application, with their values.
 *
 * @param keys the settings
 * @param values the values of all settings
 */
record DeclaredValues(List<ConfigKey<String>> keys, ConfigValues values) {

  /** {@return the value of a setting of the application} */
  String value(String name) {
    return values.get(key(name));
  }

  /** {@return a setting of the application, for people to read} */
  Setting describe(String name) {
    return Setting.of(key(name), values);
  }

  /** {@return what must not be shown of the settings of the application, the longest first} */
  List<String> secrets() {
    return keys.stream()
        .<String>mapMulti((key, secrets) -> {
          String value = values.get(key);
          if (key.secret()) {
            secrets.accept(value);
          } else {
            Masked.secrets(value).forEach(secrets);
          }
        })
        .filter(secret -> !secret.isEmpty())
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  private ConfigKey<String> key(String name) {
    return keys.stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(undeclared(name)));
  }

  private String undeclared(String name) {
    List<String> names = keys.stream().map(ConfigKey::name).toList();
    return "the application declares no setting "
        + name
        + Spelling.nearest(name, names)
            .map(near -> "; did you mean " + near + "?")
            .orElse("; declare it in settings()");
  }
}
