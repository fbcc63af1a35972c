package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.Peer;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What is spoken on connections.
 *
 * @param tls encrypts them; without it they are plain
 * @param http2 whether HTTP/2 is spoken too, with those that choose it in their TLS handshake, or
 *     begin with it on a plain connection
 * @param proxies who tells by the PROXY protocol where connections come from; then nobody else may
 *     connect
 */
public record Protocols(Optional<Tls> tls, boolean http2, Optional<ProxySources> proxies) {
  /** What an HTTP/2 connection begins with, as far as HTTP/1 reads it (RFC 9113 section 3.4). */
  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n".getBytes(StandardCharsets.US_ASCII);

  /** {@return plain connections that speak each version of HTTP} */
  public static Protocols defaults() {
    return new Protocols(Optional.empty(), true, Optional.empty());
  }

  /** Ends with the server. */
  void end() {
    if (tls.isPresent()) { // and not by a lambda: a plain server never loads what TLS is
      tls.get().close();
    }
  }

  /** {@return whether octets begin an HTTP/2 connection, and may} */
  boolean isPreface(byte[] octets, int from, int to) {
    int end = from + PREFACE.length;
    return http2 && end <= to && Arrays.equals(octets, from, end, PREFACE, 0, PREFACE.length);
  }

  /** {@return what a connection begins with} */
  LoopEntry first(Shared shared, ConnectionLoop loop, Channel channel) {
    return tls.isPresent() || proxies.isPresent()
        ? Opening.of(shared, loop, channel)
        : new Connection(shared, loop, channel, Peer.of(address(channel)));
  }

  /** {@return the other end; a client that has gone already has no address any more} */
  static SocketAddress address(Channel channel) {
    return Objects.requireNonNullElse(channel.remoteAddress(), new InetSocketAddress(0));
  }
}
