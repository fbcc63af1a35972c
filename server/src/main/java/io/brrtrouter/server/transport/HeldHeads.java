package io.brrtrouter.server.transport;

/**
 * What one connection holds of heads, and of octets that are to be some: counted in the {@linkplain
 * Capacity capacity} of all. Used by its event loop only.
 */
final class HeldHeads {
  /**
   * Bytes that a connection may hold beside the capacity: small requests cost no counting, and are
   * served when nothing else has room.
   */
  static final int UNCOUNTED_BYTES = 1024;

  private final Capacity capacity;
  private final int uncounted;
  private int counted;

  HeldHeads(Capacity capacity) {
    this(capacity, UNCOUNTED_BYTES);
  }

  /** Makes one that counts from a number of bytes on. */
  HeldHeads(Capacity capacity, int uncounted) {
    this.capacity = capacity;
    this.uncounted = uncounted;
  }

  /** {@return whether there is room for all that is held, which counts then} */
  boolean count(int held) {
    int newCounted = held <= uncounted ? 0 : held;
    if (newCounted > counted) {
      if (!capacity.hold(newCounted - counted)) {
        return false;
      }
    } else if (newCounted < counted) {
      capacity.drop(counted - newCounted);
    }
    counted = newCounted;
    return true;
  }
}
