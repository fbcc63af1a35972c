package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.IpLiteral;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** The header of the PROXY protocol, versions 1 and 2, with which a load balancer begins. */
final class ProxyHeader {
  /** What a header of version 2 may have beside addresses; nothing of it is used. */
  private static final int MOST_EXTENSIONS = 4096;

  private ProxyHeader() {}

  /** Lets a header be read before anything else. */
  static void expect(ChannelPipeline pipeline) {
    pipeline.addFirst(new HAProxyMessageDecoder(MOST_EXTENSIONS, true));
  }

  static boolean isOne(Object message) {
    return message instanceof HAProxyMessage;
  }

  /**
   * {@return the client that a header tells of; the load balancer itself, where it asks for itself
   * or does not know}
   */
  static SocketAddress source(Object message, SocketAddress proxy) {
    HAProxyMessage header = (HAProxyMessage) message;
    try {
      AddressFamily family = header.proxiedProtocol().addressFamily();
      boolean told =
          header.command() == HAProxyCommand.PROXY
              && (family == AddressFamily.AF_IPv4 || family == AddressFamily.AF_IPv6);
      return told
          ? new InetSocketAddress(address(header.sourceAddress()), header.sourcePort())
          : proxy;
    } finally {
      header.release();
    }
  }

  /** Netty takes more: leading zeros, brackets and zones, which version 1 does not have. */
  private static InetAddress address(String text) {
    InetAddress address = IpLiteral.parse(text);
    if (address == null) {
      throw new IllegalArgumentException("no address of the PROXY protocol: " + text);
    }
    return address;
  }
}
