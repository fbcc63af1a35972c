package io.brrtrouter.server.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts accepted connections and stops accepting while there are as many as may be. */
final class ConnectionCount extends ChannelInboundHandlerAdapter {
  private final int most;
  private final AtomicInteger open = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition noneOpen = lock.newCondition();

  ConnectionCount(int most) {
    this.most = most;
  }

  int open() {
    return open.get();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Channel accepted = (Channel) message;
    Channel server = ctx.channel();
    if (open.incrementAndGet() >= most) {
      server.config().setAutoRead(false);
    }
    accepted.closeFuture().addListener((ChannelFutureListener) closed -> closed(server));
    ctx.fireChannelRead(message);
  }

  private void closed(Channel server) {
    int left = open.decrementAndGet();
    if (left == most - 1 && server.isOpen()) {
      server.eventLoop().execute(() -> server.config().setAutoRead(open.get() < most));
    }
    if (left == 0) {
      lock.lock();
      try {
        noneOpen.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** {@return whether the last connection closed within a time} */
  boolean awaitNone(long nanos) {
    long remaining = nanos;
    lock.lock();
    try {
      while (open.get() > 0) {
        if (remaining <= 0) {
          return false;
        }
        remaining = noneOpen.awaitNanos(remaining);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
