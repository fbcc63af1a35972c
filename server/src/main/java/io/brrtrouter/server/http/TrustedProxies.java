package io.brrtrouter.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from which address a client asks, and for what, where proxies that are trusted stand
 * before the server. What they say is read from its end, since each adds behind what it was told,
 * and believed for as long as a trusted one said it. One field counts, never two: a proxy that sets
 * one hands on the other as the client wrote it. Immutable.
 *
 * @param ranges where the trusted ones are; nobody is trusted when empty
 * @param field where they say whom they forward for
 */
public record TrustedProxies(List<IpRange> ranges, ForwardedField field) {
  /** Nobody is trusted: a client is who is connected. */
  public static final TrustedProxies NONE =
      new TrustedProxies(List.of(), ForwardedField.X_FORWARDED_FOR);

  /** Copies the list. */
  public TrustedProxies {
    ranges = List.copyOf(ranges);
  }

  /**
   * {@return the address of who sent a request: of who is connected, or whom trusted proxies
   * forward for. Where one says nothing or nothing that is an address, it is the last proxy's;
   * empty when the connection has no IP address}
   *
   * @param request the head of the request
   */
  public Optional<InetAddress> client(HttpRequest request) {
    if (!(request.peer().address() instanceof InetSocketAddress peer)
        || peer.getAddress() == null) {
      return Optional.empty();
    }
    InetAddress connected = peer.getAddress();
    return Optional.of(isTrusted(connected) ? forwarded(connected, request.headers()) : connected);
  }

  /**
   * {@return whether who is connected is one of them}
   *
   * @param request the head of the request
   */
  public boolean trusts(HttpRequest request) {
    return request.peer().address() instanceof InetSocketAddress peer
        && peer.getAddress() != null
        && isTrusted(peer.getAddress());
  }

  private InetAddress forwarded(InetAddress proxy, Headers headers) {
    InetAddress client = proxy;
    Hops hops = new Hops(headers.all(field.header()));
    for (String element = hops.previous(); element != null; element = hops.previous()) {
      InetAddress address = field.address(element);
      if (address == null) {
        return client;
      }
      client = address;
      if (!isTrusted(client)) {
        return client;
      }
    }
    return client;
  }

  /**
   * What a client has sent its request to, as far as trusted proxies know.
   *
   * @param authorities what each of them was asked for; none where they say nothing
   * @param encrypted whether they all were asked by {@code https}; not where they say nothing
   */
  public record Destination(List<String> authorities, boolean encrypted) {
    /** Copies the list. */
    public Destination {
      authorities = List.copyOf(authorities);
    }
  }

  /**
   * {@return what a client has sent a request to by the word of trusted proxies, each of which may
   * have written a {@code Host} of its own; empty when who is connected is none}
   *
   * @param request the head of the request
   */
  public Optional<Destination> destination(HttpRequest request) {
    if (!trusts(request)) {
      return Optional.empty();
    }
    Headers headers = request.headers();
    int proxies = proxies(headers);
    List<String> schemes = told(headers.all(field.schemeHeader()), proxies, field::scheme);
    return Optional.of(
        new Destination(
            told(headers.all(field.hostHeader()), proxies, field::host),
            !schemes.isEmpty() && schemes.stream().allMatch("https"::equalsIgnoreCase)));
  }

  /** {@return how many proxies are believed: who is connected, and those before that one} */
  private int proxies(Headers headers) {
    int proxies = 0;
    Hops hops = new Hops(headers.all(field.header()));
    for (String element = hops.previous(); element != null; element = hops.previous()) {
      proxies++;
      InetAddress address = field.address(element);
      if (address == null || !isTrusted(address)) {
        return proxies;
      }
    }
    return Math.max(1, proxies);
  }

  /** {@return what the last ones of some proxies have said} A proxy may say nothing. */
  private static List<String> told(
      List<String> lines, int proxies, Function<String, @Nullable String> value) {
    List<String> told = new ArrayList<>();
    Hops hops = new Hops(lines);
    for (int i = 0; i < proxies; i++) {
      String element = hops.previous();
      String text = element == null ? null : value.apply(element);
      if (text != null) {
        told.add(text);
      }
    }
    return told;
  }

  private boolean isTrusted(InetAddress address) {
    for (IpRange range : ranges) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The elements of a list (RFC 9110 section 5.6.1) from its end. Backwards, because a quotation
   * mark that the client has opened must not swallow what a trusted proxy has written behind it.
   */
  private static final class Hops {
    private final List<String> lines;
    private int line;

    /** Where the part of the line ends that was not looked at. */
    private int end;

    Hops(List<String> lines) {
      this.lines = lines;
      this.line = lines.size();
    }

    /** {@return the next element towards the client that is not empty, null when there is none} */
    @Nullable String previous() {
      while (true) {
        if (end <= 0) {
          if (line == 0) {
            return null;
          }
          end = lines.get(--line).length();
        }
        String text = lines.get(line);
        int comma = comma(text, end);
        String element = text.substring(comma + 1, Math.max(comma + 1, end)).strip();
        end = comma;
        if (!element.isEmpty()) {
          return element;
        }
      }
    }

    /** {@return the last comma before an index that is not between quotation marks, or -1} */
    private static int comma(String text, int end) {
      boolean quoted = false;
      for (int i = end - 1; i >= 0; i--) {
        char c = text.charAt(i);
        if (c == '"' && !isEscaped(text, i)) {
          quoted = !quoted;
        } else if (c == ',' && !quoted) {
          return i;
        }
      }
      return -1;
    }

    private static boolean isEscaped(String text, int index) {
      int before = index;
      while (before > 0 && text.charAt(before - 1) == '\\') {
        before--;
      }
      return (index - before) % 2 == 1;
    }
  }
}
