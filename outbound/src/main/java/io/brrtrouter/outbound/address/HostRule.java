package io.brrtrouter.outbound.address;

import io.brrtrouter.server.http.IpRange;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Hosts that somebody allows or denies: by name, by the end of their names, or by address. */
public sealed interface HostRule {
  /** Labels of letters, digits, hyphens and underscores; the last one has a letter. */
  Pattern NAME = Pattern.compile("(?:[a-z0-9_-]{1,63}\\.)*[a-z0-9_-]*[a-z][a-z0-9_-]*");

  /**
   * One name.
   *
   * @param host the name, in lower case
   */
  record Name(String host) implements HostRule {}

  /**
   * All names below one, and not that itself.
   *
   * @param suffix how they end, with its dot, in lower case
   */
  record Below(String suffix) implements HostRule {}

  /**
   * Addresses.
   *
   * @param range which
   */
  record Addresses(IpRange range) implements HostRule {}

  /**
   * {@return the rule that a text is, nothing if it is none}
   *
   * @param text {@code hooks.example}, {@code *.internal.example}, {@code 10.1.0.0/16} or {@code
   *     ::1}
   */
  static Optional<HostRule> parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    Optional<IpRange> range = IpRange.parse(lower);
    if (range.isPresent()) {
      return range.map(Addresses::new);
    }
    boolean below = lower.startsWith("*.");
    String name = below ? lower.substring(2) : lower;
    if (name.length() > 253 || !NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    return Optional.of(below ? new Below("." + name) : new Name(name));
  }

  /**
   * {@return whether it names a host}
   *
   * @param host the name, in lower case and without a dot at its end
   */
  default boolean names(String host) {
    return switch (this) {
      case Name(String name) -> name.equals(host);
      case Below(String suffix) -> host.endsWith(suffix) && host.length() > suffix.length();
      case Addresses _ -> false;
    };
  }

  /**
   * {@return whether it has an address}
   *
   * @param address the address
   */
  default boolean has(InetAddress address) {
    return this instanceof Addresses(IpRange range) && range.contains(address);
  }
}
