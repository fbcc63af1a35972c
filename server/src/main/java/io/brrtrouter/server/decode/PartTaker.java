package io.brrtrouter.server.decode;

import java.io.IOException;

/** Takes the parts of a multipart body while it comes, one after the other. */
interface PartTaker {
  /**
   * A line of the header fields of a part has come, which begins when all of them have.
   *
   * @param octets how long it is, with its end
   * @throws IOException if it cannot be kept
   */
  void line(int octets) throws IOException;

  /**
   * A part begins.
   *
   * @param head the part without its content
   * @return whether it is wanted, and what follows it; if not, no more is read
   */
  boolean begin(Part head);

  /**
   * Some content of the part has come.
   *
   * @throws IOException if it cannot be kept
   */
  void content(byte[] octets, int from, int length) throws IOException;

  /**
   * The part ends.
   *
   * @return the part
   * @throws IOException if its content cannot be kept
   */
  Part end() throws IOException;
}
