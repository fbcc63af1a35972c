package io.brrtrouter.server.auth;

import io.brrtrouter.openapi.lint.FindingRenderer;

/**
 * What was found out about one security scheme in one request.
 *
 * @param scheme name of the scheme
 * @param finding what, in words, on one line: credentials say who somebody is, and whoever issues
 *     them may write anything
 */
public record SchemeFinding(String scheme, String finding) {

  /** Leaves out what a terminal would obey, or a log take for the end of a line. */
  public SchemeFinding {
    finding = FindingRenderer.printable(finding);
  }

  /** {@return {@code scheme: finding}} */
  @Override
  public String toString() {
    return scheme + ": " + finding;
  }
}
