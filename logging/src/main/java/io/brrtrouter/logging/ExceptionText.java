package io.brrtrouter.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/**
 * A failure as text, one line for each exception and frame: messages without secrets and line
 * breaks, and not more than somebody reads. Immutable.
 */
final class ExceptionText {
  /** Enough to see who called, and few enough to log many. */
  private static final int FRAMES = 64;

  private static final int CAUSES = 16;
  private static final int SUPPRESSED = 4;
  private static final int LONGEST = 65_536;

  private final Redaction redaction;

  ExceptionText(Redaction redaction) {
    this.redaction = redaction;
  }

  String of(IThrowableProxy failure) {
    StringBuilder out = new StringBuilder();
    IThrowableProxy each = failure;
    String title = "";
    for (int i = 0; each != null && i < CAUSES && out.length() < LONGEST; i++) {
      append(each, title, out);
      title = "Caused by: ";
      each = each.getCause();
    }
    return out.length() > LONGEST ? out.substring(0, LONGEST) : out.toString();
  }

  private void append(IThrowableProxy each, String title, StringBuilder out) {
    head(each, title, out);
    StackTraceElementProxy[] frames = each.getStackTraceElementProxyArray();
    int own = frames == null ? 0 : frames.length - each.getCommonFrames();
    for (int i = 0; i < Math.min(own, FRAMES); i++) {
      out.append("\n\t").append(Escapes.visible(frames[i].getSTEAsString()));
    }
    if (own > FRAMES || each.getCommonFrames() > 0) {
      out.append("\n\t... ")
          .append(Math.max(0, own - FRAMES) + each.getCommonFrames())
          .append(" more");
    }
    IThrowableProxy[] suppressed = each.getSuppressed();
    for (int i = 0; suppressed != null && i < Math.min(suppressed.length, SUPPRESSED); i++) {
      head(suppressed[i], "\tSuppressed: ", out);
    }
  }

  private void head(IThrowableProxy each, String title, StringBuilder out) {
    out.append(out.isEmpty() ? "" : "\n").append(title).append(each.getClassName());
    String message = each.getMessage();
    if (message != null) {
      out.append(": ").append(Escapes.visible(redaction.redact(message)));
    }
  }
}
