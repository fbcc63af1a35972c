package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.Severity;
import java.util.Locale;

/** The rules lint adds to those of the reader; {@code docs/lint.md} explains each. */
enum Rule {
  AMBIGUOUS_PATHS(Severity.ERROR),
  BODY_LIMIT_ABOVE_CEILING(Severity.WARNING),
  BODY_WITHOUT_MEANING(Severity.WARNING),
  CLOSED_ALL_OF(Severity.WARNING),
  CONTENT_NEVER_SENT(Severity.WARNING),
  DEEP_OBJECT_WITHOUT_OBJECT(Severity.WARNING),
  DEFAULT_MISMATCH(Severity.WARNING),
  DISCRIMINATOR_BRANCH_UNNAMED(Severity.WARNING),
  DISCRIMINATOR_MAPPING_FOREIGN(Severity.WARNING),
  DISCRIMINATOR_PROPERTY_OPTIONAL(Severity.WARNING),
  DISCRIMINATOR_WITHOUT_CHOICE(Severity.WARNING),
  DUPLICATE_ENUM_VALUE(Severity.WARNING),
  DUPLICATE_OPERATION_ID(Severity.ERROR),
  ENCODING_WITHOUT_PROPERTY(Severity.WARNING),
  EXAMPLE_MISMATCH(Severity.WARNING),
  HANDLER_NAME_IGNORED(Severity.WARNING),
  IGNORED_HEADER_PARAMETER(Severity.WARNING),
  IMPOSSIBLE_BOUNDS(Severity.WARNING),
  IMPOSSIBLE_ENUM_VALUE(Severity.WARNING),
  INSECURE_SECURITY_URL(Severity.WARNING),
  KEYWORD_OF_OTHER_TYPE(Severity.WARNING),
  MISPLACED_EXTENSION(Severity.WARNING),
  MISSING_OPERATION_ID(Severity.WARNING),
  MISSING_PROPERTY_TYPE(Severity.WARNING),
  MISSING_SUCCESS_RESPONSE(Severity.WARNING),
  MISSPELT_FORMAT(Severity.WARNING),
  MISSPELT_HTTP_SCHEME(Severity.WARNING),
  MONEY_WITHOUT_DECIMAL(Severity.WARNING),
  OPERATION_ID_CASING(Severity.WARNING),
  OVERLAPPING_PATHS(Severity.WARNING),
  PATH_PARAMETER_UNDECLARED(Severity.ERROR),
  PATH_PARAMETER_UNUSED(Severity.ERROR),
  QUERY_ENUM_MISMATCH(Severity.WARNING),
  TRAILING_SLASH(Severity.WARNING),
  UNDECLARED_REQUIRED(Severity.WARNING),
  UNDECLARED_SCOPE(Severity.WARNING),
  UNDECLARED_TAG(Severity.WARNING),
  UNKNOWN_EXTENSION(Severity.WARNING),
  UNKNOWN_LINK_PARAMETER(Severity.WARNING),
  UNKNOWN_OPERATION(Severity.ERROR),
  UNKNOWN_SECURITY_SCHEME(Severity.ERROR),
  UNUSED_COMPONENT(Severity.WARNING),
  WEBSOCKET_BESIDE_EVENTS(Severity.WARNING),
  WEBSOCKET_WITHOUT_101(Severity.WARNING);

  private final Severity severity;

  Rule(Severity severity) {
    this.severity = severity;
  }

  /** {@return the id as findings carry it, for example {@code ambiguous-paths}} */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Severity severity() {
    return severity;
  }
}
