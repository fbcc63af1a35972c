package io.brrtrouter.outbound.proxy;

import io.brrtrouter.server.limit.Client;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * How many connections to a service are each client's at once, so that one that reads slowly leaves
 * some for the others. Remembers those only that have or want any. Safe for use by many threads.
 */
final class ClientShares {
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Client, Share> shares = new HashMap<>();

  /** What one client has. Guarded by the lock. */
  private static final class Share {
    private final Condition changed;
    private int held;

    /** How many hold or wait. */
    private int users;

    Share(Condition changed) {
      this.changed = changed;
    }
  }

  /**
   * Nobody has any yet.
   *
   * @param most how many a client may have at once
   */
  ClientShares(int most) {
    this.most = most;
  }

  int most() {
    return most;
  }

  /**
   * {@return whether a client has one more now; {@link #giveBack} ends it} Waits for that.
   *
   * @param client the client
   * @param nanos how long to wait at most
   * @param over whether nobody waits for it any more, asked after {@link #wake}
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  boolean take(Client client, long nanos, BooleanSupplier over) throws InterruptedException {
    lock.lock();
    try {
      Share share = shares.computeIfAbsent(client, _ -> new Share(lock.newCondition()));
      share.users++;
      boolean taken = false;
      try {
        long left = nanos;
        while (share.held >= most && left > 0 && !over.getAsBoolean()) {
          left = share.changed.awaitNanos(left);
        }
        taken = share.held < most;
        share.held += taken ? 1 : 0;
        return taken;
      } finally {
        if (!taken) {
          leave(client, share);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** One that a client had is free. */
  void giveBack(Client client) {
    lock.lock();
    try {
      Share share = shares.get(client);
      if (share != null) {
        share.held--;
        leave(client, share);
      }
    } finally {
      lock.unlock();
    }
  }

  /** All who wait look anew: whoever was told of a free one may have gone. */
  private void leave(Client client, Share share) {
    if (--share.users == 0) {
      shares.remove(client);
    } else {
      share.changed.signalAll();
    }
  }

  /** Lets those who wait look whether anybody waits for them. */
  void wake(Client client) {
    lock.lock();
    try {
      Share share = shares.get(client);
      if (share != null) {
        share.changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** {@return how many clients have or want any} */
  int clients() {
    lock.lock();
    try {
      return shares.size();
    } finally {
      lock.unlock();
    }
  }
}
