package io.brrtrouter.security.keys;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where keys may be fetched: over {@code https}, and over plain {@code http} from this machine
 * only. What a discovered document refers to may not lead from outside to inside, so that nobody
 * who answers for an identity provider reaches what only this machine can (server-side request
 * forgery, see {@link Referrer}).
 */
public final class Destination {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  private Destination() {}

  /**
   * Why nobody is asked at a URL.
   *
   * @param what what it is, as {@code which is not encrypted}
   * @param fix what would be right
   */
  public record Wrong(String what, String fix) {}

  /**
   * {@return what is wrong with a URL somebody configured}
   *
   * @param url the URL
   */
  public static Optional<Wrong> wrong(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      return wrong("which nobody can be asked at", "name an https URL with a host");
    }
    if (url.getRawUserInfo() != null) {
      return wrong("with a user or password before it", "leave them out");
    }
    if (url.getRawFragment() != null) {
      return wrong("with a fragment after it", "leave out # and what follows");
    }
    if (scheme.equals("http") && !isLoopback(url)) {
      return wrong(
          "which is not encrypted",
          "use https; plain http is for localhost, 127.0.0.0/8 and [::1]");
    }
    return Optional.empty();
  }

  private static Optional<Wrong> wrong(String what, String fix) {
    return Optional.of(new Wrong(what, fix));
  }

  private static boolean isLoopback(URI url) {
    return LOOPBACK.matcher(url.getHost()).matches();
  }

  /**
   * Checks a URL that a document refers to; to what addresses it leads is up to a {@link Referrer}.
   *
   * @param from the URL of the document, as configured
   * @param text what it refers to
   * @return the URL
   * @throws IOException if it is not to be followed
   */
  static URI referred(URI from, String text) throws IOException {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException invalid) {
      throw new IOException("its \"jwks_uri\" is not a URL");
    }
    Optional<Wrong> wrong = wrong(url);
    if (wrong.isPresent()) {
      throw new IOException("its \"jwks_uri\" is a URL " + wrong.get().what());
    }
    if (url.getScheme().equalsIgnoreCase("http") && !isLoopback(from)) {
      throw new IOException("its \"jwks_uri\" is not https");
    }
    return url;
  }

  /** {@return whether an address is of this machine, its link or a private network} */
  static boolean isInside(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || (address instanceof Inet4Address
            ? isInside4(address.getAddress())
            : isInside6(address.getAddress()));
  }

  /** "This network" (RFC 1122), shared addresses (RFC 6598), and what is reserved or broadcast. */
  private static boolean isInside4(byte[] octets) {
    int first = octets[0] & 0xff;
    int second = octets[1] & 0xff;
    return first == 0 || (first == 100 && second >= 64 && second < 128) || first >= 240;
  }

  /** Unique local addresses (RFC 4193), and IPv4 addresses behind translation or in tunnels. */
  private static boolean isInside6(byte[] octets) {
    if ((octets[0] & 0xfe) == 0xfc) {
      return true;
    }
    boolean translated =
        octets[0] == 0 && octets[1] == 0x64 && octets[2] == (byte) 0xff && octets[3] == (byte) 0x9b;
    boolean tunnelled = octets[0] == 0x20 && octets[1] == 0x02;
    return (translated && isInside(four(octets, 12))) || (tunnelled && isInside(four(octets, 2)));
  }

  private static InetAddress four(byte[] octets, int at) {
    byte[] four = {octets[at], octets[at + 1], octets[at + 2], octets[at + 3]};
    try {
      return InetAddress.getByAddress(four);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * {@return a URL as it may be logged: without user, query and fragment, which may hold secrets}
   *
   * @param url the URL
   */
  public static String shown(URI url) {
    String authority = url.getHost() == null ? "" : url.getHost();
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return (url.getScheme() == null ? "" : url.getScheme() + "://") + authority + port + path;
  }
}
