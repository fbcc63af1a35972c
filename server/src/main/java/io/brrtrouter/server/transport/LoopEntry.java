package io.brrtrouter.server.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * What stands for a connection in the list of its event loop: looked at by the clock of the loop,
 * drained and closed with the server. Used by its event loop only.
 */
abstract class LoopEntry extends ChannelDuplexHandler {
  final ConnectionLoop loop;

  /** Links of the list of the loop. */
  @Nullable LoopEntry next;

  @Nullable LoopEntry previous;

  LoopEntry(ConnectionLoop loop) {
    this.loop = loop;
  }

  @Override
  public final void channelActive(ChannelHandlerContext ctx) {
    enter();
  }

  /** Takes over a connection that is open. */
  final void enter() {
    loop.add(this);
    begin();
  }

  @Override
  public final void handlerRemoved(ChannelHandlerContext ctx) {
    loop.remove(this);
  }

  /** Begins to wait for what comes first. */
  abstract void begin();

  /** Ends what has lasted too long. */
  abstract void checkDeadline(long now);

  /** The server drains: what has begun ends, and what is idle has a moment left. */
  abstract void drain();

  /** Closes at once. */
  abstract void close();
}
