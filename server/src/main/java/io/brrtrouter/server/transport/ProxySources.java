package io.brrtrouter.server.transport;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose word counts about where a connection comes from: the load balancers before the server.
 *
 * @param networks their networks
 */
public record ProxySources(List<Network> networks) {

  /** Copies the list. */
  public ProxySources {
    networks = List.copyOf(networks);
  }

  /**
   * A network (RFC 4632 section 3.1, RFC 4291 section 2.3).
   *
   * @param address its first address
   * @param prefix how many bits of an address say that it is in the network
   */
  public record Network(InetAddress address, int prefix) {

    /**
     * {@return the network of a text, {@code 10.0.0.0/8} for example, or of a single address; none
     * if it is none}
     *
     * @param text the text
     */
    public static Optional<Network> parse(String text) {
      int slash = text.indexOf('/');
      String address = slash < 0 ? text : text.substring(0, slash);
      if (!NetUtil.isValidIpV4Address(address) && !NetUtil.isValidIpV6Address(address)) {
        return Optional.empty();
      }
      try {
        InetAddress first = InetAddress.getByName(address);
        int most = 8 * first.getAddress().length;
        int prefix = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
        return prefix < 0 || prefix > most
            ? Optional.empty()
            : Optional.of(new Network(first, prefix));
      } catch (UnknownHostException | NumberFormatException e) {
        return Optional.empty();
      }
    }

    private boolean contains(InetAddress other) {
      byte[] ours = address.getAddress();
      byte[] theirs = other.getAddress();
      if (ours.length != theirs.length) {
        return false;
      }
      for (int bit = 0; bit < prefix; bit++) {
        int mask = 0x80 >> bit % 8;
        if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }

    /** {@return the network as it is written} */
    @Override
    public String toString() {
      return address.getHostAddress() + "/" + prefix;
    }
  }

  /** {@return the networks that nobody reaches from outside: this machine and private ones} */
  public static List<Network> privateNetworks() {
    List<Network> networks = new ArrayList<>();
    for (String text :
        List.of(
            "127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")) {
      networks.add(Network.parse(text).orElseThrow());
    }
    return List.copyOf(networks);
  }

  boolean contains(SocketAddress address) {
    return address instanceof InetSocketAddress socket
        && networks.stream().anyMatch(network -> network.contains(socket.getAddress()));
  }
}
