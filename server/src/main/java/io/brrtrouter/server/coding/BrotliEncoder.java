package io.brrtrouter.server.coding;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** That of brotli4j (RFC 7932). */
final class BrotliEncoder implements Encoder {
  /** 2 to its power is how far a stream looks back: 256 KiB, as that is what it takes in memory. */
  private static final int WINDOW_LOG = 18;

  /**
   * Loads the library.
   *
   * @throws LinkageError if it is not there, or not for this machine
   */
  BrotliEncoder() {
    Brotli4jLoader.ensureAvailability();
  }

  private static Parameters parameters(int level) {
    return Parameters.create(level, WINDOW_LOG);
  }

  @Override
  public byte[] encode(byte[] content, int level) {
    try {
      return com.aayushatharva.brotli4j.encoder.Encoder.compress(content, parameters(level));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public OutputStream stream(OutputStream out, int level) throws IOException {
    return new BrotliOutputStream(out, parameters(level));
  }
}
