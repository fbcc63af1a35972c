package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.IpLiteral;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The header of the PROXY protocol, versions 1 and 2, with which a load balancer begins. Netty
 * decodes it, and takes more than the grammar of version 1 has (section 2.1 of its specification):
 * zeros before numbers, signs, brackets, zones. So the line is kept as it came, and looked at.
 *
 * <p>Used by the event loop of its connection only.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {
  /** What a header of version 2 may have beside addresses; nothing of it is used. */
  private static final int MOST_EXTENSIONS = 4096;

  /** What comes before the addresses of a header of version 2, and the longest of these. */
  private static final int FIXED = 16;

  private static final int LONGEST_ADDRESSES = 216;

  /** Octets of the longest header of version 2 that is accepted. */
  static final int MOST_OCTETS = FIXED + LONGEST_ADDRESSES + MOST_EXTENSIONS;

  /** What a header of version 2 begins with (section 2.2). */
  private static final byte[] SIGNATURE = {
    '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
  };

  /** Octets of the longest line of version 1, with its end. */
  private static final int LONGEST_LINE = 107;

  private static final int LARGEST_PORT = 65_535;

  private final byte[] line = new byte[LONGEST_LINE];
  private int length;

  private ProxyHeader() {}

  /**
   * {@return the header, which is read before anything else}
   *
   * @param entry is told where there is no room for a part of it
   */
  static ProxyHeader expect(ChannelPipeline pipeline, LoopEntry entry, HeldHeads held) {
    ProxyHeader header = new ProxyHeader();
    pipeline.addFirst(header, new Decoder(entry, held));
    return header;
  }

  /** Counts what it keeps until the header is whole. */
  private static final class Decoder extends HAProxyMessageDecoder {
    private final LoopEntry entry;
    private final HeldHeads held;

    Decoder(LoopEntry entry, HeldHeads held) {
      super(MOST_EXTENSIONS, true);
      this.entry = entry;
      this.held = held;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
      super.channelRead(ctx, message);
      if (!held.count(internalBuffer().capacity())) {
        held.count(0);
        entry.overloaded();
      }
    }

    /** The header is whole, or never will be. */
    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
      held.count(0);
      super.handlerRemoved0(ctx);
    }
  }

  /** Keeps what may be the line, and holds nothing back. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    int more = Math.min(in.readableBytes(), line.length - length);
    in.getBytes(in.readerIndex(), line, length, more);
    length += more;
    ctx.fireChannelRead(in);
  }

  /** {@return whether what has come is the beginning of a header that is longer than accepted} */
  boolean isTooLong() {
    return length >= FIXED
        && Arrays.equals(line, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)
        && FIXED + ((line[FIXED - 2] & 0xFF) << 8 | (line[FIXED - 1] & 0xFF)) > MOST_OCTETS;
  }

  static boolean isOne(Object message) {
    return message instanceof HAProxyMessage;
  }

  /**
   * {@return the client that the header tells of; the load balancer itself, where it asks for
   * itself or does not know}
   *
   * @param message what was decoded
   * @throws IllegalArgumentException if it is no header
   */
  SocketAddress source(Object message, SocketAddress proxy) {
    HAProxyMessage header = (HAProxyMessage) message;
    try {
      AddressFamily family = header.proxiedProtocol().addressFamily();
      boolean told =
          header.command() == HAProxyCommand.PROXY
              && (family == AddressFamily.AF_IPv4 || family == AddressFamily.AF_IPv6);
      if (!told) {
        return proxy;
      }
      if (header.protocolVersion() == HAProxyProtocolVersion.V1) {
        requireGrammar();
      }
      return new InetSocketAddress(address(header.sourceAddress()), header.sourcePort());
    } finally {
      header.release();
    }
  }

  private void requireGrammar() {
    String text = new String(line, 0, length, StandardCharsets.US_ASCII);
    int end = text.indexOf("\r\n");
    String[] parts = text.substring(0, Math.max(0, end)).split(" ", -1);
    if (parts.length != 6
        || !isAddress(parts[1], parts[2])
        || !isAddress(parts[1], parts[3])
        || !isPort(parts[4])
        || !isPort(parts[5])) {
      throw new IllegalArgumentException("no line of the PROXY protocol");
    }
  }

  private static boolean isAddress(String protocol, String text) {
    boolean six = text.indexOf(':') >= 0;
    return six == protocol.equals("TCP6") && IpLiteral.parse(text) != null;
  }

  private static boolean isPort(String text) {
    int port = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || (i > 0 && port == 0) || port > LARGEST_PORT) {
        return false;
      }
      port = 10 * port + c - '0';
    }
    return !text.isEmpty() && port <= LARGEST_PORT;
  }

  private static InetAddress address(String text) {
    @Nullable InetAddress address = IpLiteral.parse(text);
    if (address == null) {
      throw new IllegalArgumentException("no address of the PROXY protocol: " + text);
    }
    return address;
  }
}
