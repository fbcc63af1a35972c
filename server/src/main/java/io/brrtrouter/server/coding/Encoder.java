package io.brrtrouter.server.coding;

import java.io.IOException;
import java.io.OutputStream;

/** Writes one content coding. Safe for use by many threads. */
interface Encoder {
  /** {@return the content, coded} */
  byte[] encode(byte[] content, int level);

  /**
   * {@return a stream that codes what is written to it} When it is flushed, all that was written
   * can be decoded; closing it ends the content, and gives back what it took.
   *
   * @param out takes what is coded
   * @param level how hard to try, 1 to 9
   */
  OutputStream stream(OutputStream out, int level) throws IOException;
}
