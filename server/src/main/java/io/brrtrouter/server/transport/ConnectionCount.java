package io.brrtrouter.server.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts accepted connections and stops accepting while there are as many as may be. */
final class ConnectionCount extends ChannelInboundHandlerAdapter {
  /**
   * How long connections may keep coming while the listening socket is to be closed, and are
   * accepted although those that waited in the beginning have been.
   */
  static final Duration LAST_ACCEPTS = Duration.ofMillis(250);

  private static final long TURN_MILLIS = 1;

  private final int most;
  private final AtomicInteger open = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition noneOpen = lock.newCondition();

  /** How many were accepted ever. Used by the event loop that accepts. */
  private int total;

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
    total++;
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

  /**
   * Closes the listening socket as soon as no connection waits in it, and waits for that. The
   * kernel has accepted those that do wait, their clients may have sent their requests, and it
   * would reset them.
   *
   * @param atMost how long to wait
   */
  void closeWhenNoneWaits(Channel server, Duration atMost) {
    if (server.isOpen()) {
      server.eventLoop().execute(() -> closeWhenNoneComes(server));
    }
    server.closeFuture().awaitUninterruptibly(atMost.toMillis());
  }

  /** The time begins here: a loop that was busy until now has accepted nobody. */
  private void closeWhenNoneComes(Channel server) {
    closeUnlessAccepted(server, new Last(total, System.nanoTime()), -1);
  }

  /**
   * When it begins to be the last time.
   *
   * @param total how many had been accepted
   * @param nanos the moment
   */
  private record Last(int total, long nanos) {

    /** Whether a busy machine takes longer or not, nobody who waited then waits any more. */
    boolean isOver(int now) {
      return now - total >= Transport.ACCEPT_BACKLOG
          && System.nanoTime() - nanos > LAST_ACCEPTS.toNanos();
    }
  }

  /** Between two turns of a scheduled task its event loop accepts, unless nothing waits. */
  @SuppressWarnings("FutureReturnValueIgnored") // the channel tells when it is closed
  private void closeUnlessAccepted(Channel server, Last last, int before) {
    int now = total;
    if (now == before || last.isOver(now)) {
      server.close();
      return;
    }
    server
        .eventLoop()
        .schedule(() -> closeUnlessAccepted(server, last, now), TURN_MILLIS, TimeUnit.MILLISECONDS);
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
