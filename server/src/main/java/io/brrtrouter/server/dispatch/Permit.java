package io.brrtrouter.server.dispatch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The right of one request to be in flight. Several may hold it, such as the response, the work and
 * the handler, which end in any order: the last one gives it back. A response can end before its
 * work when the client leaves, and the work before its handler when the deadline passes.
 *
 * <p>It may hold one of its operation's as well, until it is given back itself.
 */
final class Permit {
  private final Permits permits;
  private final @Nullable Permit ofOperation;
  private final Runnable ended;
  private static final AtomicReferenceFieldUpdater<Permit, @Nullable AdaptiveShare> SHARE =
      AtomicReferenceFieldUpdater.newUpdater(Permit.class, AdaptiveShare.class, "share");

  private final AtomicInteger holders = new AtomicInteger(1);

  /** What the body of the request takes, once it is decoded. Written by who holds this. */
  private @Nullable RequestMemory memory;

  private long bytes;

  /** Its operation's share of an adaptive limit, until it is given back; null without. */
  private volatile @Nullable AdaptiveShare share;

  /** When the request was let in, if it counts there. Written before anybody else holds this. */
  private long admitted;

  Permit(Permits permits) {
    this(permits, null, () -> {});
  }

  private Permit(Permits permits, @Nullable Permit ofOperation, Runnable ended) {
    this.permits = permits;
    this.ofOperation = ofOperation;
    this.ended = ended;
  }

  /**
   * {@return the same right, which takes the place of this one; nobody else may hold this one yet}
   *
   * @param permit its operation's, held from now on by what is returned
   */
  Permit with(Permit permit) {
    return new Permit(permits, permit, ended);
  }

  /**
   * {@return the same right, which takes the place of this one; nobody else may hold this one yet}
   *
   * @param action run when nobody holds it any more, possibly on an event loop; must not block and
   *     must not throw
   */
  Permit ending(Runnable action) {
    return new Permit(permits, ofOperation, action).charging(this);
  }

  /**
   * {@return the same right, which takes the place of this one and counts for the operation as long
   * as either lasts; nobody else may hold this one yet} The memory of the body goes with it: who
   * writes content may write it from that.
   *
   * @param other the right that the same request has had so far, held by the caller
   */
  Permit besides(Permit other) {
    Permit stream =
        other.ofOperation != null && other.ofOperation.hold() ? with(other.ofOperation) : this;
    return stream.charging(other);
  }

  /** {@return this, with the memory that another one has given back so far} */
  private Permit charging(Permit other) {
    memory = other.memory;
    bytes = other.bytes;
    other.memory = null;
    return this;
  }

  /** {@return whether there was still something to hold, which must be released then} */
  boolean hold() {
    return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /**
   * Gives memory back with this, which the caller holds.
   *
   * @param taken where it was taken
   * @param size how many bytes
   */
  void charge(RequestMemory taken, long size) {
    memory = taken;
    bytes = size;
  }

  /**
   * Counts to an adaptive limit, until its work or all of it has ended; nobody else holds this yet.
   *
   * @param entered what the request has entered
   */
  void adapting(AdaptiveShare entered) {
    admitted = System.nanoTime();
    share = entered;
  }

  /** {@return whether its work is measured} */
  boolean isAdapting() {
    return share != null;
  }

  /** {@return when the request was let in, by {@link System#nanoTime}, if it is measured} */
  long admitted() {
    return admitted;
  }

  /**
   * Its work has ended: others may begin with what it needed, though the response is not sent yet.
   *
   * @param effect what became of it
   * @param begun since when it is measured
   */
  void worked(AdaptiveShare.Effect effect, long begun) {
    AdaptiveShare entered = SHARE.getAndSet(this, null);
    if (entered != null) {
      entered.leave();
      entered.learn(effect, begun);
    }
  }

  /** Ends the holding of whoever took the permit or {@linkplain #hold holds} it. */
  void release() {
    if (holders.decrementAndGet() == 0) {
      if (ofOperation != null) {
        ofOperation.release();
      }
      if (memory != null) {
        memory.release(bytes);
      }
      permits.give();
      worked(AdaptiveShare.Effect.UNKNOWN, 0);
      ended.run();
    }
  }
}
