package io.brrtrouter.openapi.read;

import java.util.Optional;

/** The feature sets of the specification: major and minor number (OpenAPI 3.1.1 section 4.1). */
enum Version {
  V3_0("3.0"),
  V3_1("3.1"),
  V3_2("3.2");

  private final String number;

  Version(String number) {
    this.number = number;
  }

  /** {@return major and minor number} */
  String number() {
    return number;
  }

  boolean atLeast(Version other) {
    return compareTo(other) >= 0;
  }

  /** {@return the feature set an {@code openapi} field names, for example {@code 3.1.1}} */
  static Optional<Version> named(String text) {
    for (Version version : values()) {
      if (text.startsWith(version.number + ".") && isPatch(text.substring(4))) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  /** Digits, and after them a pre-release tag if any. */
  private static boolean isPatch(String text) {
    int dash = text.indexOf('-');
    String patch = dash < 0 ? text : text.substring(0, dash);
    return !patch.isEmpty()
        && patch.chars().allMatch(c -> c >= '0' && c <= '9')
        && dash != text.length() - 1;
  }
}
