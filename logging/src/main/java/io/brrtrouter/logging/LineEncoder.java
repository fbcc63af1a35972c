package io.brrtrouter.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.brrtrouter.server.log.SensitiveNames;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One line for each event, in UTF-8. Secrets are taken out here, behind everything that could add
 * one. Safe for use by many threads once it has started.
 */
public abstract class LineEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  private volatile EntryReader reader = new EntryReader(new Redaction(SensitiveNames.DEFAULT));

  /** For encoders of this package. */
  LineEncoder() {}

  /**
   * Adds names whose values are secrets, beside those that are known.
   *
   * @param names names, separated by commas
   */
  public void setRedact(String names) {
    reader =
        new EntryReader(new Redaction(SensitiveNames.DEFAULT.with(List.of(names.split(",", -1)))));
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return octets(reader.read(event));
  }

  /** {@return an entry as a line} */
  byte[] octets(Entry entry) {
    StringBuilder line = new StringBuilder(256);
    write(entry, line);
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Writes an entry, without the end of its line. */
  abstract void write(Entry entry, StringBuilder line);

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
