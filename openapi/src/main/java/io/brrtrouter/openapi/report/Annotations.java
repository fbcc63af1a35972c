package io.brrtrouter.openapi.report;

import io.brrtrouter.schema.SourceLocation;

/** Workflow commands, which GitHub shows beside the changed lines. */
public final class Annotations {
  private Annotations() {}

  /**
   * {@return a command, ended by a line feed}
   *
   * @param level {@code error}, {@code warning} or {@code notice}
   * @param location the line it stands beside
   * @param title the rule
   * @param message what is to be said
   */
  public static String line(String level, SourceLocation location, String title, String message) {
    StringBuilder text = new StringBuilder();
    text.append("::").append(level).append(" file=").append(property(location.file()));
    if (location.line() > 0) {
      text.append(",line=").append(location.line()).append(",col=").append(location.column());
    }
    text.append(",title=").append(property(title)).append("::").append(escaped(message));
    return text.append('\n').toString();
  }

  private static String property(String value) {
    return escaped(value).replace(":", "%3A").replace(",", "%2C");
  }

  private static String escaped(String value) {
    // Line ends are commands of GitHub's, and are escaped; other controls are nobody's business.
    String escaped = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    return Snippets.printable(escaped);
  }
}
