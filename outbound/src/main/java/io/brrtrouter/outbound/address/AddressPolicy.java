package io.brrtrouter.outbound.address;

import io.brrtrouter.server.http.IpLiteral;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where requests may go whose URLs strangers choose, against server-side request forgery: public
 * hosts, and of all others those that somebody allows. Immutable.
 *
 * @param http whether a URL may be one of {@code http}
 * @param ports which ports there may be
 * @param allowed hosts that need not be public
 * @param denied hosts that are never asked, whether public or allowed
 */
public record AddressPolicy(
    boolean http, List<PortRange> ports, List<HostRule> allowed, List<HostRule> denied) {
  /** As long as a target that the server takes itself. */
  private static final int LONGEST_URL = 8_192;

  private static final int LONGEST_NAME = 253;

  /** Names of the machine itself (RFC 6761 section 6.3), and what distributions call it. */
  private static final List<String> OF_THIS_MACHINE =
      List.of("localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback");

  private static final List<InetAddress> LOOPBACK =
      List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

  /** Copies the lists. */
  public AddressPolicy {
    ports = List.copyOf(ports);
    allowed = List.copyOf(allowed);
    denied = List.copyOf(denied);
  }

  /**
   * {@return what is wrong with a URL, as far as it says itself where it leads; nothing if that
   * depends on what its host's name stands for}
   *
   * @param url the URL
   */
  public Optional<String> refusal(URI url) {
    return Optional.ofNullable(wrong(url));
  }

  private @Nullable String wrong(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return "is no URL of https; write it like https://example.com/hook";
    }
    if (scheme.equals("http") && !http) {
      return "is not encrypted; make it one of https, or set outbound.http: true";
    }
    if (url.toASCIIString().length() > LONGEST_URL) {
      return "is longer than " + LONGEST_URL + " characters";
    }
    String authority = url.getRawAuthority();
    if (authority == null || authority.isEmpty()) {
      return "names no host; write it like https://example.com/hook";
    }
    if (authority.indexOf('@') >= 0) {
      return "has user information; leave it out";
    }
    if (url.getRawFragment() != null) {
      return "has a fragment, which is never sent; leave it out";
    }
    String host = host(url);
    if (host == null) {
      return "names its host neither by a name, nor by four decimal octets, nor by IPv6 in"
          + " brackets";
    }
    int port = port(url);
    if (ports.stream().noneMatch(range -> range.has(port))) {
      return "has port " + port + ", and requests go to " + ports + " only (outbound.ports)";
    }
    return wrong(host);
  }

  private @Nullable String wrong(String host) {
    InetAddress literal = IpLiteral.parse(host);
    if (literal != null) {
      return refusal(host, literal).orElse(null);
    }
    if (denied.stream().anyMatch(rule -> rule.names(host))) {
      return "names a host that outbound.denied has";
    }
    return isOfThisMachine(host) && !isAllowed(host) && LOOPBACK.stream().noneMatch(this::isAllowed)
        ? "names this machine; a receiver that is not public is to be in outbound.allowed"
        : null;
  }

  private static boolean isOfThisMachine(String host) {
    return host.endsWith(".localhost") || OF_THIS_MACHINE.contains(host);
  }

  /**
   * {@return why a host must not be connected to at an address; nothing if it may}
   *
   * @param host what the URL calls it: a name without a dot at its end, or an address
   * @param address what that stands for
   */
  public Optional<String> refusal(String host, InetAddress address) {
    InetAddress destination = SpecialAddresses.destination(address);
    if (denied.stream().anyMatch(rule -> rule.has(address) || rule.has(destination))) {
      return Optional.of("leads to an address that outbound.denied has");
    }
    String meaning = SpecialAddresses.meaning(destination);
    return meaning == null || isAllowed(host) || isAllowed(destination)
        ? Optional.empty()
        : Optional.of(
            "leads to an address for "
                + meaning
                + "; a receiver that is not public is to be in outbound.allowed");
  }

  private boolean isAllowed(String host) {
    return allowed.stream().anyMatch(rule -> rule.names(host));
  }

  private boolean isAllowed(InetAddress address) {
    return allowed.stream().anyMatch(rule -> rule.has(address));
  }

  /**
   * {@return the host of a URL in lower case, without brackets and without a dot at its end; null
   * if it is written in none of the usual forms: others are read by some as an address, {@code
   * 0x7f.1} for example}
   *
   * @param url the URL
   */
  public static @Nullable String host(URI url) {
    String host = url.getHost();
    if (host == null) {
      return null;
    }
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.startsWith("[")) {
      String six = lower.substring(1, lower.length() - 1);
      return IpLiteral.six(six) == null ? null : six;
    }
    if (IpLiteral.four(lower) != null) {
      return lower;
    }
    String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    boolean sound = name.length() <= LONGEST_NAME && HostRule.NAME.matcher(name).matches();
    return sound && !endsInNumber(name) ? name : null;
  }

  /** Browsers read such a host as an IPv4 address, and C libraries do. */
  private static boolean endsInNumber(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return last.startsWith("0x") || last.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /**
   * {@return the port of a URL, or that of its scheme}
   *
   * @param url the URL
   */
  public static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
  }
}
