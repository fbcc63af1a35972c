package io.brrtrouter.server.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that begin alike: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address alone (RFC
 * 4632 section 3.1, RFC 4291 section 2.3). Immutable.
 */
public final class IpRange {
  /** A wider range of IPv4 is no network of somebody's own. */
  private static final int WIDEST_FOUR = 8;

  /** The same of IPv6. */
  private static final int WIDEST_SIX = 16;

  /** Unique local addresses (RFC 4193 section 3.1), the one wide range that is private. */
  private static final IpRange UNIQUE_LOCAL = parse("fc00::/7").orElseThrow();

  /** Networks that nobody reaches from outside: this machine and private ones. */
  public static final List<IpRange> PRIVATE =
      Stream.of("127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
          .map(text -> parse(text).orElseThrow())
          .toList();

  private final byte[] prefix;
  private final int bits;

  private IpRange(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  /**
   * {@return the range, or nothing if the text is none, or has bits set behind its length: that is
   * a slip more often than a wish}
   *
   * @param text an address, or an address, {@code /} and how many bits count
   */
  public static Optional<IpRange> parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return Optional.empty();
    }
    byte[] octets = address.getAddress();
    int bits = slash < 0 ? octets.length * 8 : length(text.substring(slash + 1));
    boolean sound = bits >= 0 && bits <= octets.length * 8 && !hasBitsFrom(octets, bits);
    return sound ? Optional.of(new IpRange(octets, bits)) : Optional.empty();
  }

  /**
   * {@return the same for a range of proxies that are believed; nothing also if it is so wide that
   * strangers are in it: {@code 0.0.0.0/0} would believe everybody}
   *
   * @param text an address, or an address, {@code /} and how many bits count
   */
  public static Optional<IpRange> parseOfProxies(String text) {
    return parse(text).filter(range -> !range.isWide());
  }

  private boolean isWide() {
    return prefix.length == Integer.BYTES
        ? bits < WIDEST_FOUR
        : bits < WIDEST_SIX && !(bits >= UNIQUE_LOCAL.bits && UNIQUE_LOCAL.containsOctets(prefix));
  }

  private static int length(String digits) {
    boolean sound =
        !digits.isEmpty()
            && digits.length() <= 3
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return sound ? Integer.parseInt(digits) : -1;
  }

  private static boolean hasBitsFrom(byte[] octets, int bits) {
    for (int bit = bits; bit < octets.length * 8; bit++) {
      if ((octets[bit / 8] & 0x80 >> bit % 8) != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@return whether an address is one of them}
   *
   * @param address the address
   */
  public boolean contains(InetAddress address) {
    return containsOctets(address.getAddress());
  }

  private boolean containsOctets(byte[] octets) {
    if (octets.length != prefix.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (octets[i] != prefix[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || (octets[whole] ^ prefix[whole]) >> (8 - rest) == 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IpRange that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** {@return the range as it can be parsed} */
  @Override
  public String toString() {
    try {
      String address = InetAddress.getByAddress(prefix).getHostAddress();
      return bits == prefix.length * 8 ? address : address + "/" + bits;
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
