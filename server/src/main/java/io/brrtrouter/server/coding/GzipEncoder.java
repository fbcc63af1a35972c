package io.brrtrouter.server.coding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** That of the JDK (RFC 1952). */
final class GzipEncoder implements Encoder {
  private static final int BUFFER = 4 << 10;

  @Override
  public byte[] encode(byte[] content, int level) {
    ByteArrayOutputStream coded = new ByteArrayOutputStream(Math.max(64, content.length / 4));
    try (OutputStream gzip = stream(coded, level)) {
      gzip.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return coded.toByteArray();
  }

  @Override
  public OutputStream stream(OutputStream out, int level) throws IOException {
    return new Gzip(out, level);
  }

  /** The JDK's, at a level of ours; without closing, nobody gives back its memory. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out, int level) throws IOException {
      super(out, BUFFER, true);
      def.setLevel(level);
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        def.end();
      }
    }
  }
}
