package io.brrtrouter.server.stream;

import java.time.Duration;
import java.util.Optional;

/**
 * How events are sent. Immutable.
 *
 * @param capacity events that may wait for one client, 1 or more
 * @param overflow what becomes of one more
 * @param heartbeat how long nothing is sent at most, beyond which a comment is: proxies close what
 *     is silent, and a client that has gone without a word is noticed; 0 for any time
 * @param lifetime how long a response lasts at most, after which it ends and the client connects
 *     again; empty for any time
 */
public record EventOptions(
    int capacity, Overflow overflow, Duration heartbeat, Optional<Duration> lifetime) {
  /** 256 events may wait, whoever sends waits too, and a comment is sent every 15 seconds. */
  public static final EventOptions DEFAULT =
      new EventOptions(256, Overflow.BLOCK, Duration.ofSeconds(15), Optional.empty());

  /** Refuses what makes no sense. */
  public EventOptions {
    if (capacity < 1) {
      throw new IllegalArgumentException("at least 1 event may wait, not " + capacity);
    }
    if (heartbeat.isNegative()) {
      throw new IllegalArgumentException("a heartbeat comes after 0 or more, not " + heartbeat);
    }
    if (lifetime.isPresent() && !lifetime.get().isPositive()) {
      throw new IllegalArgumentException("a response lasts longer than " + lifetime.get());
    }
  }

  /**
   * {@return these with another number of events that may wait}
   *
   * @param newCapacity 1 or more
   */
  public EventOptions withCapacity(int newCapacity) {
    return new EventOptions(newCapacity, overflow, heartbeat, lifetime);
  }

  /**
   * {@return these with something else done with what may not wait}
   *
   * @param newOverflow what
   */
  public EventOptions withOverflow(Overflow newOverflow) {
    return new EventOptions(capacity, newOverflow, heartbeat, lifetime);
  }

  /**
   * {@return these with another heartbeat}
   *
   * @param newHeartbeat how long nothing is sent at most, 0 for any time
   */
  public EventOptions withHeartbeat(Duration newHeartbeat) {
    return new EventOptions(capacity, overflow, newHeartbeat, lifetime);
  }

  /**
   * {@return these with an end}
   *
   * @param newLifetime how long a response lasts at most
   */
  public EventOptions withLifetime(Duration newLifetime) {
    return new EventOptions(capacity, overflow, heartbeat, Optional.of(newLifetime));
  }
}
