package io.brrtrouter.outbound.address;

import io.brrtrouter.server.http.IpRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that are no public hosts: those of the IANA IPv4 and IPv6 Special-Purpose Address
 * Registries (RFC 6890) that are not globally reachable, those that lead to an IPv4 address by a
 * tunnel, multicast, and everything outside global unicast.
 */
final class SpecialAddresses {
  private record Block(IpRange range, String meaning) {}

  private static final List<Block> FOUR =
      List.of(
          block("0.0.0.0/8", "this network"),
          block("10.0.0.0/8", "a private network"),
          block("100.64.0.0/10", "a shared network of a provider"),
          block("127.0.0.0/8", "this machine"),
          block("169.254.0.0/16", "the link, where clouds keep their credentials"),
          block("172.16.0.0/12", "a private network"),
          block("192.0.0.0/24", "protocols"),
          block("192.0.2.0/24", "documentation"),
          block("192.31.196.0/24", "AS112"),
          block("192.52.193.0/24", "multicast tunnels"),
          block("192.88.99.0/24", "relays of 6to4"),
          block("192.168.0.0/16", "a private network"),
          block("192.175.48.0/24", "AS112"),
          block("198.18.0.0/15", "measurements"),
          block("198.51.100.0/24", "documentation"),
          block("203.0.113.0/24", "documentation"),
          block("224.0.0.0/4", "multicast"),
          block("240.0.0.0/4", "nobody yet"));

  private static final IpRange GLOBAL_UNICAST = range("2000::/3");

  /** What is special within global unicast. */
  private static final List<Block> SIX =
      List.of(
          block("2001::/32", "tunnels of Teredo"),
          block("2001::/23", "protocols"),
          block("2001:db8::/32", "documentation"),
          block("2002::/16", "tunnels of 6to4"),
          block("2620:4f:8000::/48", "AS112"),
          block("3fff::/20", "documentation"));

  /** What is worth a name outside it. */
  private static final List<Block> OUTSIDE =
      List.of(
          block("::1", "this machine"),
          block("::", "this machine"),
          block("64:ff9b:1::/48", "a local translator"),
          block("fc00::/7", "a private network"),
          block("fe80::/10", "the link"),
          block("ff00::/8", "multicast"));

  /** Translators to IPv4 (RFC 6052 section 2.1): the address is in the last four octets. */
  private static final IpRange NAT64 = range("64:ff9b::/96");

  private SpecialAddresses() {}

  private static Block block(String range, String meaning) {
    return new Block(range(range), meaning);
  }

  private static IpRange range(String text) {
    return IpRange.parse(text).orElseThrow();
  }

  /** {@return the address that packets end at: behind a translator that of IPv4} */
  static InetAddress destination(InetAddress address) {
    if (!NAT64.contains(address)) {
      return address;
    }
    byte[] octets = address.getAddress();
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(octets, octets.length - 4, octets.length));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** {@return what an address is for; null for one that anybody may have} */
  static @Nullable String meaning(InetAddress address) {
    if (address instanceof Inet4Address) {
      return meaning(FOUR, address);
    }
    if (GLOBAL_UNICAST.contains(address)) {
      return meaning(SIX, address);
    }
    String named = meaning(OUTSIDE, address);
    return named == null ? "nobody in public" : named;
  }

  private static @Nullable String meaning(List<Block> blocks, InetAddress address) {
    for (Block block : blocks) {
      if (block.range.contains(address)) {
        return block.meaning;
      }
    }
    return null;
  }
}
