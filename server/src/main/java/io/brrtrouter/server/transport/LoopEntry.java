package io.brrtrouter.server.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands for a connection in the list of its event loop: looked at by the clock of the loop,
 * drained and closed with the server. Used by its event loop only.
 */
abstract class LoopEntry extends ChannelDuplexHandler {
  private static final Logger log = LoggerFactory.getLogger(LoopEntry.class);

  final ConnectionLoop loop;

  /** Links of the list of the loop. */
  @Nullable LoopEntry next;

  @Nullable LoopEntry previous;

  /** What has come of TLS records; null on a plain connection. */
  @Nullable RecordGuard records;

  LoopEntry(ConnectionLoop loop) {
    this.loop = loop;
  }

  @Override
  public final void channelActive(ChannelHandlerContext ctx) {
    if (log.isTraceEnabled()) {
      log.atTrace()
          .addKeyValue("event", "connection.accepted")
          .addKeyValue("client", String.valueOf(ctx.channel().remoteAddress()))
          .addKeyValue("local", String.valueOf(ctx.channel().localAddress()))
          .log("a connection is accepted");
    }
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

  @Override
  public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failed(cause);
  }

  /** Runs a task on the event loop, whose failure ends the connection. Any thread may call this. */
  public final void execute(Runnable task) {
    loop.eventLoop().execute(() -> attempt(task));
  }

  /** Does something, whose failure ends this connection and no other. */
  final void attempt(Runnable task) {
    try {
      task.run();
    } catch (Throwable failure) {
      failed(failure);
    }
  }

  /** Closes because of a failure, whatever that leads to. */
  final void failed(Throwable failure) {
    try {
      end(failure, loop.memory().explain(failure));
    } catch (Throwable another) {
      // What is closed because there is no memory may have none to be closed with either.
      if (!loop.memory().explain(another)) {
        log.error("a connection could not be closed as it should", WordlessFailure.of(another));
      }
    }
  }

  /**
   * Closes because of a failure.
   *
   * @param told whether the log tells of it already
   */
  abstract void end(Throwable failure, boolean told);

  /** Begins to wait for what comes first. */
  abstract void begin();

  /** Ends what has lasted too long, whatever it is. */
  final void check(long now) {
    if (records != null && records.isLate(now)) {
      log.debug("a TLS record did not come in time; its connection is closed");
      close();
    } else {
      checkDeadline(now);
    }
  }

  /** Ends what has lasted too long. */
  abstract void checkDeadline(long now);

  /** The server drains: what has begun ends, and what is idle has a moment left. */
  abstract void drain();

  /** Closes at once. */
  abstract void close();

  /** Closes, because there is no room for what the client sends. */
  final void overloaded() {
    log.debug("the server holds too much of what clients send; a connection is closed");
    closeOverloaded();
  }

  /** Closes, and says why if that can be said. */
  void closeOverloaded() {
    close();
  }
}
