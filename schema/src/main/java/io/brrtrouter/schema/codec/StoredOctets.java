package io.brrtrouter.schema.codec;

import java.io.IOException;
import java.io.InputStream;

/** Octets that are kept somewhere else than in memory, in a temporary file for example. */
public interface StoredOctets {

  /** {@return how many there are} */
  long length();

  /**
   * {@return them, from the first one on; any number of streams may be open, each for one thread}
   *
   * @throws IOException if they are not kept any more
   */
  InputStream open() throws IOException;
}
