package io.brrtrouter.openapi;

import io.brrtrouter.schema.SourceLocation;

/**
 * One problem of a document.
 *
 * @param rule the rule's id in kebab case, for example {@code path-parameter-undeclared}
 * @param severity how bad it is
 * @param location where
 * @param message one sentence: what is wrong
 * @param fix one clause that says what would be right; empty when the message says it all
 */
public record Finding(
    String rule, Severity severity, SourceLocation location, String message, String fix) {

  /** {@return {@code file:line:column: severity[rule]: message; fix}} */
  @Override
  public String toString() {
    String text =
        location
            + ": "
            + severity.name().toLowerCase(java.util.Locale.ROOT)
            + "["
            + rule
            + "]: "
            + message;
    return fix.isEmpty() ? text : text + "; " + fix;
  }
}
