package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.IpRange;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/**
 * Whose word counts about where a connection comes from: the load balancers before the server.
 *
 * @param networks their networks
 */
public record ProxySources(List<IpRange> networks) {

  /** Copies the list. */
  public ProxySources {
    networks = List.copyOf(networks);
  }

  boolean contains(SocketAddress address) {
    return address instanceof InetSocketAddress socket
        && networks.stream().anyMatch(network -> network.contains(socket.getAddress()));
  }
}
