package io.brrtrouter.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.nio.charset.StandardCharsets;

/**
 * The lines of an encoder for appenders that take text: without the end of the line. Safe for use
 * by many threads once it has started.
 */
final class LineLayout extends LayoutBase<ILoggingEvent> {
  private final LineEncoder encoder;

  LineLayout(LineEncoder encoder) {
    this.encoder = encoder;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    return new String(encoder.encode(event), StandardCharsets.UTF_8).stripTrailing();
  }
}
