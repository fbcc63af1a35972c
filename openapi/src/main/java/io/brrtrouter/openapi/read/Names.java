package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;

/** Rules on the names of maps: component names, header names, media types, methods. */
final class Names {
  static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";

  private Names() {}

  /** Checks the name under which a value is filed. */
  static void check(LocatedNode member, Form.NameRule rule, Findings findings) {
    String name = member.key();
    switch (rule) {
      case ANY -> {}
      case COMPONENT -> {
        if (!isComponentName(name)) {
          findings.error(
              "malformed-name",
              member.nameLocation(),
              "\"" + name + "\" is not a component name",
              "use letters, digits, \".\", \"-\" and \"_\" only");
        }
      }
      case HEADER -> {
        if (!isToken(name)) {
          findings.error(
              "malformed-name",
              member.nameLocation(),
              "\"" + name + "\" is not a header name",
              "use letters, digits and " + TOKEN_SYMBOLS + " only");
        }
      }
      case MEDIA_TYPE -> {
        if (!isMediaRange(name)) {
          findings.error(
              "malformed-media-type",
              member.nameLocation(),
              "\"" + name + "\" is not a media type",
              "write type/subtype, for example application/json");
        }
      }
      case METHOD -> method(member, findings);
    }
  }

  private static void method(LocatedNode member, Findings findings) {
    String name = member.key();
    switch (name) {
      case "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY" ->
          findings.error(
              "fixed-method",
              member.nameLocation(),
              name + " has a field of its own in the Path Item Object",
              "move the operation to \"" + name.toLowerCase(java.util.Locale.ROOT) + "\"");
      default -> {
        if (!isToken(name)) {
          findings.error(
              "malformed-name",
              member.nameLocation(),
              "\"" + name + "\" is not an HTTP method",
              "use letters, digits and " + TOKEN_SYMBOLS + " only");
        }
      }
    }
  }

  static boolean isComponentName(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> isAlphanumeric(c) || "._-".indexOf(c) >= 0);
  }

  /** RFC 9110 section 5.6.2. */
  static boolean isToken(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> isAlphanumeric(c) || TOKEN_SYMBOLS.indexOf(c) >= 0);
  }

  /** RFC 9110 sections 8.3.1 and 12.5.1; parameters are not looked at. */
  static boolean isMediaRange(String name) {
    int end = name.indexOf(';');
    String range = (end < 0 ? name : name.substring(0, end)).strip();
    int slash = range.indexOf('/');
    return slash > 0
        && isToken(range.substring(0, slash))
        && isToken(range.substring(slash + 1))
        && (!range.startsWith("*/") || range.equals("*/*"));
  }

  static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
