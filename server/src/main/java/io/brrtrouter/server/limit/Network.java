package io.brrtrouter.server.limit;

/**
 * A client by its address.
 *
 * @param six whether it is one of IPv6
 * @param bits the address, of IPv6 its first half
 */
record Network(boolean six, long bits) implements Client {
  @Override
  public long identity() {
    return six ? bits : ~bits;
  }

  @Override
  public String key() {
    return (six ? "6:" : "4:") + Long.toHexString(bits);
  }
}
