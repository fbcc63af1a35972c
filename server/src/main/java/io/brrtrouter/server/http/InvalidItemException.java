package io.brrtrouter.server.http;

import java.io.IOException;
import java.io.Serial;

/**
 * An item of the content of a request, read while it comes, is not what the document asks for, or
 * where it stands is not in the syntax of its media type. The answer is the problem that says so,
 * whatever a handler that reads it makes of this.
 */
public final class InvalidItemException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final long number;
  private final long offset;
  private final int line;

  /**
   * Says which item.
   *
   * @param number which item it is, from 1
   * @param offset how many octets of the content stand before it
   * @param line on which line it begins, from 1; 0 where lines have no meaning
   * @param message what is wrong, as a clause; never repeats what was sent
   */
  public InvalidItemException(long number, long offset, int line, String message) {
    super(
        "item %d of the request, at octet %d%s: %s"
            .formatted(number, offset, line == 0 ? "" : ", line " + line, message));
    this.number = number;
    this.offset = offset;
    this.line = line;
  }

  /** {@return which item it is, from 1} */
  public long number() {
    return number;
  }

  /** {@return how many octets of the content stand before it} */
  public long offset() {
    return offset;
  }

  /** {@return on which line it begins, from 1; 0 where lines have no meaning} */
  public int line() {
    return line;
  }
}
