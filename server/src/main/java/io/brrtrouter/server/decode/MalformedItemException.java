package io.brrtrouter.server.decode;

import java.io.IOException;
import java.io.Serial;

/** A body does not go on with an item: an answer, not a surprise. Never leaves this package. */
final class MalformedItemException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient RawItem item;
  private final transient DecodedBody refusal;

  /**
   * Says where.
   *
   * @param item the item that is not there, without octets
   * @param refusal why
   */
  MalformedItemException(RawItem item, DecodedBody refusal) {
    super("item " + item.number() + " cannot be read");
    this.item = item;
    this.refusal = refusal;
  }

  RawItem item() {
    return item;
  }

  DecodedBody refusal() {
    return refusal;
  }
}
