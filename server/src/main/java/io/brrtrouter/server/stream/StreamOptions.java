package io.brrtrouter.server.stream;

import io.brrtrouter.server.http.OnReload;
import java.time.Duration;
import java.util.Optional;

/**
 * How events, or other items, are sent. Immutable.
 *
 * @param capacity items that may wait for one client, 1 or more
 * @param overflow what becomes of one more
 * @param heartbeat how long nothing is sent at most, beyond which something without meaning is:
 *     proxies close what is silent, and a client that has gone without a word is noticed; 0 for any
 *     time. Events have comments for that, and JSON sequences white space behind an item; in JSON
 *     Lines and between parts there is nothing that means nothing
 * @param lifetime how long a response lasts at most; empty for any time
 * @param endless whether the items have no end of their own, as events have none: such a response
 *     ends well, and at once, when the server drains, after its lifetime and where none may be
 *     missed. Any other goes on while the server drains, and is cut off where it ends before its
 *     producer does, so that no client takes it for complete
 * @param reload what becomes of it when the document is replaced: where it is to end, what is
 *     endless ends well, and what is not goes on, unless this is {@link OnReload#END}, which cuts
 *     it off
 */
public record StreamOptions(
    int capacity,
    Overflow overflow,
    Duration heartbeat,
    Optional<Duration> lifetime,
    boolean endless,
    OnReload reload) {
  /**
   * For what has no end: 256 items may wait, whoever sends waits too, and a heartbeat comes every
   * 15 seconds.
   */
  public static final StreamOptions ENDLESS =
      new StreamOptions(
          256,
          Overflow.BLOCK,
          Duration.ofSeconds(15),
          Optional.empty(),
          true,
          OnReload.AS_CONFIGURED);

  /** For what has an end, and the same otherwise. */
  public static final StreamOptions COMPLETE =
      new StreamOptions(
          256,
          Overflow.BLOCK,
          Duration.ofSeconds(15),
          Optional.empty(),
          false,
          OnReload.AS_CONFIGURED);

  /** Refuses what makes no sense. */
  public StreamOptions {
    if (capacity < 1) {
      throw new IllegalArgumentException("at least 1 item may wait, not " + capacity);
    }
    if (heartbeat.isNegative()) {
      throw new IllegalArgumentException("a heartbeat comes after 0 or more, not " + heartbeat);
    }
    if (lifetime.isPresent() && !lifetime.get().isPositive()) {
      throw new IllegalArgumentException("a response lasts longer than " + lifetime.get());
    }
  }

  /**
   * {@return these with another number of items that may wait}
   *
   * @param newCapacity 1 or more
   */
  public StreamOptions withCapacity(int newCapacity) {
    return new StreamOptions(newCapacity, overflow, heartbeat, lifetime, endless, reload);
  }

  /**
   * {@return these with something else done with what may not wait}
   *
   * @param newOverflow what
   */
  public StreamOptions withOverflow(Overflow newOverflow) {
    return new StreamOptions(capacity, newOverflow, heartbeat, lifetime, endless, reload);
  }

  /**
   * {@return these with another heartbeat}
   *
   * @param newHeartbeat how long nothing is sent at most, 0 for any time
   */
  public StreamOptions withHeartbeat(Duration newHeartbeat) {
    return new StreamOptions(capacity, overflow, newHeartbeat, lifetime, endless, reload);
  }

  /**
   * {@return these with an end}
   *
   * @param newLifetime how long a response lasts at most
   */
  public StreamOptions withLifetime(Duration newLifetime) {
    return new StreamOptions(
        capacity, overflow, heartbeat, Optional.of(newLifetime), endless, reload);
  }

  /**
   * {@return these with something else done when the document is replaced}
   *
   * @param newReload what
   */
  public StreamOptions withReload(OnReload newReload) {
    return new StreamOptions(capacity, overflow, heartbeat, lifetime, endless, newReload);
  }
}
