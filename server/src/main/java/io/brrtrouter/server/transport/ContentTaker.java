package io.brrtrouter.server.transport;

/** Takes the content of a body while its framing is read. */
interface ContentTaker {
  /** {@return how much more the body may have} */
  long room();

  /**
   * Makes room for more content.
   *
   * @throws TooLargeException if the body would exceed its limit
   * @throws FramingException if all requests together would take too much
   */
  void reserve(int more) throws TooLargeException, FramingException;

  /** Appends content for which room was {@linkplain #reserve reserved}. */
  void append(byte[] octets, int from, int length);
}
