package io.brrtrouter.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection whose client begins a second handshake: TLS 1.2 lets it, each one costs the
 * server a signature, and HTTP/2 forbids it (RFC 9113 section 9.2.1). The types of records are
 * readable whatever is encrypted (RFC 5246 section 6.2.1): behind a client's change of cipher there
 * is one record of a handshake more, and in TLS 1.3, which knows no second handshake, one at most.
 *
 * <p>Used by one event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of what ends with a channel
final class HandshakeGuard extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(HandshakeGuard.class);

  private static final int HEADER = 5;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;

  private final byte[] header = new byte[HEADER];

  /** Octets of the header that have come, and then of the record that have not. */
  private int known;

  private int missing;
  private boolean changed;
  private boolean finished;

  /** What is told when the client sends no more in its handshake; null once that is over. */
  private @Nullable Runnable ended;

  private @Nullable Object endOfInput;
  private @Nullable ChannelHandlerContext context;

  HandshakeGuard(Runnable ended) {
    this.ended = ended;
  }

  /**
   * Keeps the end of the input from TLS until the handshake is over: a thread may be looking at a
   * part of it, and Netty drops what has come behind that with the end.
   */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (ended != null && event instanceof ChannelInputShutdownEvent) {
      context = ctx;
      endOfInput = event;
      ended.run();
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  /** {@return whether the client has sent no more in its handshake} */
  boolean isInputEnded() {
    return endOfInput != null;
  }

  /**
   * The handshake is over, and whoever comes next in the pipeline is there to be told of the end of
   * the input: not at once, because what came behind the handshake is read first.
   */
  void handOver() {
    ended = null;
    ChannelHandlerContext held = context;
    Object event = endOfInput;
    if (held != null && event != null) {
      held.executor().execute(() -> held.fireUserEventTriggered(event));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (begins(in)) {
      log.debug("a client wants a second handshake; its connection is closed");
      in.release();
      ctx.close();
    } else {
      ctx.fireChannelRead(in);
    }
  }

  /** {@return whether a second handshake begins in these octets} None of them is used up. */
  private boolean begins(ByteBuf in) {
    int at = in.readerIndex();
    int to = in.writerIndex();
    while (at < to) {
      if (missing > 0) {
        int length = Math.min(missing, to - at);
        missing -= length;
        at += length;
        continue;
      }
      header[known++] = in.getByte(at++);
      if (known == HEADER) {
        known = 0;
        missing = (header[3] & 0xff) << 8 | (header[4] & 0xff);
        if (isSecond(header[0])) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isSecond(int type) {
    if (type == CHANGE_CIPHER_SPEC) {
      changed = true;
    } else if (type == HANDSHAKE && changed) {
      boolean second = finished;
      finished = true;
      return second;
    }
    return false;
  }
}
