package io.brrtrouter.server.limit;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Who is counted as one. */
public sealed interface Client permits Network, Named {
  /** Those whose connection has no IP address, together. */
  Client UNKNOWN = new Network(false, -1);

  /**
   * {@return what the client is called where several servers count: bounded, without white space}
   */
  String key();

  /** {@return a number that few clients share} */
  long identity();

  /**
   * {@return the client at an address; of IPv6 all in its /64, which is what one customer has at
   * least, so that nobody gets another bucket by taking another address}
   *
   * @param address the address
   */
  static Client at(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == Integer.BYTES
        ? new Network(false, ByteBuffer.wrap(octets).getInt() & 0xFFFF_FFFFL)
        : new Network(true, ByteBuffer.wrap(octets).getLong());
  }

  /**
   * {@return the client that a credential names}
   *
   * @param scheme name of the security scheme
   * @param subject who it is to that
   */
  static Client named(String scheme, String subject) {
    return Named.of(Named.Kind.SUBJECT, scheme, subject);
  }

  /**
   * {@return the client that has a credential which names nobody; never one that is named}
   *
   * @param scheme name of the security scheme
   * @param client what tells it from others that have another credential, a digest for example
   */
  static Client withCredential(String scheme, String client) {
    return Named.of(Named.Kind.CREDENTIAL, scheme, client);
  }
}
