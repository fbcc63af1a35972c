package io.brrtrouter.server.http;

import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who is connected, the same for every request of a connection. Immutable.
 *
 * @param address the address of the client, or of the last proxy before the server
 * @param secure whether the connection is encrypted
 * @param certificates the client's certificate chain, verified by TLS against the trusted
 *     authorities, its own first; empty when it presented none
 */
public record Peer(SocketAddress address, boolean secure, List<X509Certificate> certificates) {

  /** Copies the list. */
  public Peer {
    certificates = List.copyOf(certificates);
  }

  /**
   * {@return a peer of a connection that is not encrypted}
   *
   * @param address the address
   */
  public static Peer of(SocketAddress address) {
    return new Peer(address, false, List.of());
  }
}
