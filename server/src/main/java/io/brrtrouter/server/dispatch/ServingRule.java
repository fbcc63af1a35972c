package io.brrtrouter.server.dispatch;

import java.util.Locale;

/**
 * The rules that compiling reports, {@code docs/lint.md}; challenges have one of their own, {@code
 * security-challenge}.
 */
enum ServingRule {
  BLOCKING_FILTER(true),
  CORS_OFF(true),
  /** Reading a document reports it too; the ceiling of a body is known here only. */
  EXTENSION_VALUE(false),
  HANDLER_MISSING(true),
  HANDLER_UNKNOWN(true),
  MEDIA_TYPE_UNSENDABLE(false),
  METHOD_UNREACHABLE(false),
  PATH_CONFLICT(false),
  PATH_TEMPLATE_INVALID(false),
  SCHEMA_INVALID(false),
  SECURITY_SCHEME_UNKNOWN(false),
  SECURITY_WITHOUT_PROVIDER(true),
  SERVER_URL(false),
  TYPES_OUTDATED(true),
  WEBSOCKET_HANDLER(true);

  private final boolean aboutSurroundings;

  ServingRule(boolean aboutSurroundings) {
    this.aboutSurroundings = aboutSurroundings;
  }

  /** {@return the id as findings carry it, for example {@code path-conflict}} */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * {@return whether it is about handlers, mocks or the host and not about the document alone, so
   * that lint, which mocks everything on the local machine, never reports it}
   */
  boolean isAboutSurroundings() {
    return aboutSurroundings;
  }
}
