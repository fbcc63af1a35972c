package io.brrtrouter.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from which address a client asks, where proxies that are trusted stand before the
 * server. What they say is read from its end, since each adds behind what it was told, and believed
 * for as long as a trusted one said it. One field counts, never two: a proxy that sets one hands on
 * the other as the client wrote it. Immutable.
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
