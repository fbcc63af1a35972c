package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection before its first request: what comes first is a TLS handshake (RFC 8446), after
 * which it is known who the client is and which protocol it speaks. Then a {@link Connection} takes
 * over.
 *
 * <p>Used by its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is seen
final class Opening extends LoopEntry {
  private static final Logger log = LoggerFactory.getLogger(Opening.class);

  /** The type of the record that a TLS handshake begins with (RFC 8446 section 5.1). */
  private static final int HANDSHAKE = 22;

  private static final String TLS_ONLY = "This port speaks TLS: ask for https, not http.\n";

  /** Understood by whoever does not speak TLS. */
  private static final byte[] NOT_TLS =
      ("HTTP/1.1 400 Bad Request\r\nX-Content-Type-Options: nosniff\r\n"
              + "Content-Type: text/plain; charset=utf-8\r\nContent-Length: "
              + TLS_ONLY.length()
              + "\r\nConnection: close\r\n\r\n"
              + TLS_ONLY)
          .getBytes(StandardCharsets.US_ASCII);

  /** What a request without content in its answer begins with (RFC 9110 section 9.3.2). */
  private static final String HEAD = "HEAD ";

  private final Shared shared;
  private final Channel channel;
  private SocketAddress address;

  /** Whether a load balancer has to say first where the connection comes from, and how it does. */
  private boolean unknown;

  private @Nullable ProxyHeader header;

  private long began;
  private long limit;
  private @Nullable SslHandler handshake;

  /** Whether everything is said, and what still comes is dropped. */
  private boolean lingering;

  private Opening(Shared shared, ConnectionLoop loop, Channel channel) {
    super(loop);
    this.shared = shared;
    this.channel = channel;
    this.address = Protocols.address(channel);
    this.unknown = shared.protocols().proxies().isPresent();
  }

  /** {@return the beginning of a connection} */
  static LoopEntry of(Shared shared, ConnectionLoop loop, Channel channel) {
    return new Opening(shared, loop, channel);
  }

  @Override
  void begin() {
    await(shared.timeouts().head());
    if (unknown) {
      if (!shared.protocols().proxies().orElseThrow().contains(address)) {
        shared.refused().stranger(address);
        close();
        return;
      }
      header = ProxyHeader.expect(channel.pipeline(), this, new HeldHeads(shared.capacity()));
    }
    if (shared.isDraining()) {
      drain();
    }
  }

  private void await(Duration time) {
    began = System.nanoTime();
    limit = time.toNanos();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (header != null && ProxyHeader.isOne(message)) {
      unknown = false;
      address = header.source(message, address);
      ctx.pipeline().remove(header);
      header = null;
      if (shared.protocols().tls().isEmpty()) {
        speakHttp1(ctx, Peer.of(address));
      }
      return;
    }
    ByteBuf in = (ByteBuf) message;
    if (unknown || lingering || !in.isReadable()) {
      in.release();
    } else if (in.getUnsignedByte(in.readerIndex()) == HANDSHAKE) {
      shakeHands(ctx, in);
    } else {
      int answer = answer(in);
      in.release();
      refuse(answer);
    }
  }

  /** {@return how much is said to these octets: without content to a HEAD} */
  private static int answer(ByteBuf in) {
    int from = in.readerIndex();
    if (!Octets.isToken(in.getByte(from))) {
      return 0;
    }
    int length = Math.min(in.readableBytes(), HEAD.length());
    boolean head = in.toString(from, length, StandardCharsets.US_ASCII).equals(HEAD);
    return head ? NOT_TLS.length - TLS_ONLY.length() : NOT_TLS.length;
  }

  /** From here on this handler gets what TLS has decrypted, and that is nothing yet. */
  private void shakeHands(ChannelHandlerContext ctx, ByteBuf first) {
    Protocols protocols = shared.protocols();
    RecordGuard before = new RecordGuard(shared, this::endOfInput);
    SslHandler handler = protocols.tls().orElseThrow().newHandler(protocols.http2(), before);
    handshake = handler;
    records = before;
    ctx.pipeline().addBefore(ctx.name(), null, before);
    ctx.pipeline().addBefore(ctx.name(), null, handler);
    try {
      before.channelRead(ctx.pipeline().context(before), first);
    } catch (Exception e) {
      exceptionCaught(ctx, e);
    }
  }

  private void refuse(int answer) {
    if (answer == 0) {
      log.debug("a connection is closed: its first octet is of neither TLS nor HTTP");
      close();
      return;
    }
    lingering = true;
    await(shared.timeouts().linger());
    channel.writeAndFlush(Unpooled.wrappedBuffer(NOT_TLS, 0, answer));
    ((DuplexChannel) channel).shutdownOutput();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent completed) {
      if (completed.isSuccess()) {
        handOver(ctx);
      } else {
        fail(completed.cause());
      }
    } else if (event instanceof ChannelInputShutdownEvent) {
      close();
    }
  }

  /** A thread may be looking at the rest of the handshake, and a request may stand behind that. */
  private void endOfInput() {
    await(shared.timeouts().linger());
  }

  /** {@return whether the client sends no more, though its handshake may be whole} */
  boolean isInputEnded() {
    return records != null && records.isInputEnded();
  }

  private void handOver(ChannelHandlerContext ctx) {
    SslHandler handler = Objects.requireNonNull(handshake);
    SSLSession session = handler.engine().getSession();
    Peer peer = new Peer(address, true, Tls.certificates(session));
    Exception outOfDate = outOfDate(peer.certificates());
    if (outOfDate != null) {
      session.invalidate();
      end(outOfDate);
    } else if (Tls.choosesHttp2(handler.engine())) {
      H2Connection.take(shared, this, ctx, peer);
    } else {
      speakHttp1(ctx, peer);
    }
    Objects.requireNonNull(records).handOver();
  }

  private void fail(Throwable cause) {
    log.debug("a TLS handshake failed", WordlessFailure.of(cause));
    shared.protocols().tls().orElseThrow().failed(address, cause);
    channel.close(); // Behind the alert, which says why.
  }

  /**
   * {@return why the client is no longer who it was when its session began, null if it is} A
   * handshake verifies the whole chain; resuming a session verifies nothing, and may come after the
   * end of the certificate that says who the client is. The others are not looked at: what stands
   * behind an authority that is trusted, an older certificate of it for example, was not verified
   * by the handshake either.
   */
  private static @Nullable Exception outOfDate(List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      return null;
    }
    try {
      chain.getFirst().checkValidity();
      return null;
    } catch (CertificateExpiredException | CertificateNotYetValidException outOfDate) {
      return outOfDate;
    }
  }

  /** The client is told that nothing comes, and is given the time to read that. */
  private void end(Exception outOfDate) {
    shared.protocols().tls().orElseThrow().failed(address, outOfDate);
    lingering = true;
    await(shared.timeouts().linger());
    Tls.closeOutput(channel);
  }

  private void speakHttp1(ChannelHandlerContext ctx, Peer peer) {
    Connection connection = new Connection(shared, loop, channel, peer);
    connection.records = records;
    ctx.pipeline().replace(this, null, connection);
    connection.enter();
  }

  @Override
  void end(Throwable cause, boolean told) {
    log.debug("a connection is closed before its first request", WordlessFailure.of(cause));
    // One that breaks says nothing of what it would have begun with.
    if (!told && !(cause instanceof IOException)) {
      tellOfMissingHeader();
    }
    channel.close();
  }

  private void tellOfMissingHeader() {
    if (header != null && header.isTooLong()) {
      shared.refused().longHeader(address);
    } else if (header != null) {
      shared.refused().withoutHeader(address);
    }
  }

  @Override
  void checkDeadline(long now) {
    if (now - began >= limit) {
      if (!shared.isDraining()) {
        tellOfMissingHeader();
      }
      close();
    }
  }

  @Override
  void drain() {
    if (handshake == null && !lingering) {
      await(shared.timeouts().drainGrace());
    }
  }

  /** What is said within a handshake is not whole: nothing could be said at its end either. */
  @Override
  void close() {
    if (handshake != null && !lingering) {
      Tls.cutOff(channel);
    } else {
      channel.close();
    }
  }
}
