package io.brrtrouter.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/**
 * Decrypts the records of a connection, and tells its {@link RecordGuard} what it keeps of them: of
 * one until it is whole, and of all that come while a thread works on the handshake.
 *
 * <p>Used by one event loop only.
 */
final class RecordDecoder extends SslHandler {
  private final RecordGuard guard;

  RecordDecoder(SSLEngine engine, Executor handshakes, RecordGuard guard) {
    super(engine, false, handshakes);
    this.guard = guard;
  }

  /** Also called, with nothing, when the work of a thread is done. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    guard.goOn();
    try {
      super.channelRead(ctx, message);
    } finally {
      ByteBuf kept = internalBuffer();
      guard.keep(kept.readableBytes(), kept.capacity());
    }
  }
}
