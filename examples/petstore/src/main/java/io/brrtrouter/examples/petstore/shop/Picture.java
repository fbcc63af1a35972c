package io.brrtrouter.examples.petstore.shop;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The octets of a picture that is to be kept. May be larger than memory. */
@FunctionalInterface
public interface Picture {
  /**
   * {@return the octets, from the first one on; to be closed} Asked again when the database has to
   * begin anew.
   *
   * @throws IOException if they cannot be read
   */
  InputStream open() throws IOException;

  /**
   * {@return a small picture}
   *
   * @param octets the picture; not copied
   */
  static Picture of(byte[] octets) {
    return () -> new ByteArrayInputStream(octets);
  }
}
