package io.brrtrouter.server.limit;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of this server, at most so many. A known client costs a look-up and one atomic
 * change, without a lock. When there are too many, those that are full go, which loses nothing;
 * else the fullest of a sample does: who invents clients pushes out what was invented, which is
 * nearly full, and nobody who is near the limit. Safe for use by many threads.
 */
final class Buckets {
  /** How many are looked at for one that goes: enough to find a nearly full one among many. */
  private static final int SAMPLE = 32;

  private final int most;
  private final ConcurrentHashMap<Key, Bucket> buckets = new ConcurrentHashMap<>();

  /** Held to add a client, for a few steps. */
  private final ReentrantLock adding = new ReentrantLock();

  private int size;

  /** Goes round and round. */
  private Iterator<Map.Entry<Key, Bucket>> hand = Collections.emptyIterator();

  private record Key(String scope, Client client) {
    private static final long SEED = new SecureRandom().nextLong();

    /**
     * Spread by a secret: those looked at together are no neighbours, such as addresses of one
     * network, and nobody can choose addresses that collide. The mixing is that of SplitMix64.
     */
    @Override
    public int hashCode() {
      long hash = SEED + scope.hashCode() + client.identity();
      hash = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
      hash = (hash ^ hash >>> 27) * 0x94D049BB133111EBL;
      return (int) (hash >>> 32);
    }
  }

  Buckets(int most) {
    this.most = most;
  }

  /**
   * Takes one request out of a client's bucket.
   *
   * @param limit which bucket
   * @param client whose
   * @param now what {@link System#nanoTime} tells
   */
  Standing take(Limit limit, Client client, long now) {
    Key key = new Key(limit.scope(), client);
    Bucket bucket = buckets.get(key);
    return (bucket == null ? add(key, now) : bucket).take(limit.quota(), now);
  }

  /**
   * Empties a client's bucket, unless it is emptier: others know better how much was taken.
   *
   * @param nanos after how many nanoseconds there is one again
   */
  void empty(Limit limit, Client client, long now, long nanos) {
    Key key = new Key(limit.scope(), client);
    Bucket bucket = buckets.get(key);
    (bucket == null ? add(key, now) : bucket).empty(limit.quota(), now, nanos);
  }

  /** {@return where a client stands that may not take one now; null if it may} */
  @Nullable Standing spent(Limit limit, Client client, long now) {
    Bucket bucket = buckets.get(new Key(limit.scope(), client));
    return bucket == null ? null : bucket.spent(limit.quota(), now);
  }

  int size() {
    return buckets.size();
  }

  private Bucket add(Key key, long now) {
    adding.lock();
    try {
      Bucket present = buckets.get(key);
      if (present != null) {
        return present;
      }
      while (size >= most) { // once more, if the iterator gave one that had gone already
        makeRoom(now);
      }
      Bucket bucket = new Bucket(now);
      buckets.put(key, bucket);
      size++;
      return bucket;
    } finally {
      adding.unlock();
    }
  }

  private void makeRoom(long now) {
    Map.Entry<Key, Bucket> fullest = next();
    for (int seen = 0; seen < SAMPLE; seen++) {
      Map.Entry<Key, Bucket> entry = next();
      if (entry.getValue().missing(now) < fullest.getValue().missing(now)) {
        fullest = entry;
      } else if (entry.getValue().missing(now) == 0 && size > 1) {
        remove(entry);
      }
    }
    remove(fullest);
  }

  /** There is one: room is made where there is none. */
  private Map.Entry<Key, Bucket> next() {
    if (!hand.hasNext()) {
      hand = buckets.entrySet().iterator();
    }
    return hand.next();
  }

  private void remove(Map.Entry<Key, Bucket> entry) {
    if (buckets.remove(entry.getKey(), entry.getValue())) {
      size--;
    }
  }

  /**
   * One bucket. All that is kept is when it will be full again, by which each request puts it off
   * (the virtual scheduling form of the generic cell rate algorithm, ITU-T I.371).
   */
  private static final class Bucket {
    private final AtomicLong full;

    Bucket(long now) {
      this.full = new AtomicLong(now);
    }

    /** {@return nanoseconds until it is full, 0 if it is} */
    long missing(long now) {
      return Math.max(0, full.get() - now);
    }

    @Nullable Standing spent(Quota quota, long now) {
      long late = missing(now) + quota.interval() - quota.burst() * quota.interval();
      return late > 0 ? new Standing(quota, false, 0, late) : null;
    }

    void empty(Quota quota, long now, long nanos) {
      long then = now + (quota.burst() - 1) * quota.interval() + nanos;
      full.accumulateAndGet(then, (one, other) -> one - other > 0 ? one : other);
    }

    Standing take(Quota quota, long now) {
      long capacity = quota.burst() * quota.interval();
      while (true) {
        long before = full.get();
        long missing = Math.max(0, before - now) + quota.interval();
        if (missing > capacity) {
          return new Standing(quota, false, 0, missing - capacity);
        }
        if (full.compareAndSet(before, now + missing)) {
          long remaining = (capacity - missing) / quota.interval();
          return new Standing(
              quota, true, remaining, missing - (quota.burst() - remaining - 1) * quota.interval());
        }
      }
    }
  }
}
