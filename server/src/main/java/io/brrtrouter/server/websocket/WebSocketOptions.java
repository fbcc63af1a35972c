package io.brrtrouter.server.websocket;

import io.brrtrouter.server.http.OnReload;
import java.time.Duration;
import java.util.Optional;

/**
 * How WebSockets are served. Immutable.
 *
 * <pre>{@code
 * WebSocketOptions.builder().mostOctets(64 << 10).idle(Duration.ofMinutes(10)).build()
 * }</pre>
 *
 * @param mostOctets of a message that a client sends
 * @param waiting messages that may wait for the handler; beyond it the client waits
 * @param outgoing broadcast messages that may wait for one client
 * @param overflow what becomes of one more
 * @param ping after how long without a word the client is pinged, 0 for never; one that does not
 *     answer within the same time has gone
 * @param idle after how long without a message either way it is closed with 1001; empty for never
 * @param messageTime how long a client may take to send one message
 * @param closeTime how long the client is waited for to answer a close
 * @param compression whether messages are compressed for clients that ask for it (RFC 7692)
 * @param reload what becomes of it when the document is replaced; where it ends, it is closed with
 *     1012
 */
public record WebSocketOptions(
    int mostOctets,
    int waiting,
    int outgoing,
    Overflow overflow,
    Duration ping,
    Optional<Duration> idle,
    Duration messageTime,
    Duration closeTime,
    boolean compression,
    OnReload reload) {
  /** What becomes of a broadcast message for a client for which as many wait already as may. */
  public enum Overflow {
    /** The oldest one that waits is dropped: where only the last counts. */
    DROP_OLDEST,
    /** The WebSocket is closed with 1013: where none may be missed. */
    CLOSE
  }

  /** What {@link #builder} begins with. */
  public static final WebSocketOptions DEFAULT = builder().build();

  /** Refuses what makes no sense. */
  public WebSocketOptions {
    requireSome("octets of a message", mostOctets);
    requireSome("messages that wait", waiting);
    requireSome("broadcast messages that wait", outgoing);
    if (ping.isNegative()) {
      throw new IllegalArgumentException("a ping comes after 0 or more, not " + ping);
    }
    idle.ifPresent(time -> requirePositive("being idle", time));
    requirePositive("a message", messageTime);
    requirePositive("closing", closeTime);
  }

  private static void requireSome(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(what + ": 1 or more, not " + number);
    }
  }

  private static void requirePositive(String what, Duration time) {
    if (!time.isPositive()) {
      throw new IllegalArgumentException(what + " takes more than " + time);
    }
  }

  /**
   * {@return a builder of options} It begins with messages of 1 MiB in 60 seconds, 16 of which wait
   * for the handler; 64 broadcast ones that wait for a client, which is closed for one more; a ping
   * after 30 seconds; 5 seconds to close; compression.
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds options. */
  public static final class Builder {
    private int mostOctets = 1 << 20;
    private int waiting = 16;
    private int outgoing = 64;
    private Overflow overflow = Overflow.CLOSE;
    private Duration ping = Duration.ofSeconds(30);
    private Optional<Duration> idle = Optional.empty();
    private Duration messageTime = Duration.ofSeconds(60);
    private Duration closeTime = Duration.ofSeconds(5);
    private boolean compression = true;
    private OnReload reload = OnReload.AS_CONFIGURED;

    private Builder() {}

    /**
     * Bounds messages of clients; a larger one closes with 1009.
     *
     * @param octets of a message, decompressed, 1 or more
     * @return this builder
     */
    public Builder mostOctets(int octets) {
      mostOctets = octets;
      return this;
    }

    /**
     * Bounds what waits for the handler.
     *
     * @param messages 1 or more, beyond which the client waits
     * @return this builder
     */
    public Builder waiting(int messages) {
      waiting = messages;
      return this;
    }

    /**
     * Bounds what waits for a client of what is broadcast.
     *
     * @param messages 1 or more
     * @param more what becomes of one more
     * @return this builder
     */
    public Builder outgoing(int messages, Overflow more) {
      outgoing = messages;
      overflow = more;
      return this;
    }

    /**
     * Sets when a silent client is pinged.
     *
     * @param silence after how long, 0 for never
     * @return this builder
     */
    public Builder ping(Duration silence) {
      ping = silence;
      return this;
    }

    /**
     * Closes what is not used.
     *
     * @param time after how long without a message
     * @return this builder
     */
    public Builder idle(Duration time) {
      idle = Optional.of(time);
      return this;
    }

    /**
     * Bounds how long a message may take.
     *
     * @param time from its first octet to its last
     * @return this builder
     */
    public Builder messageTime(Duration time) {
      messageTime = time;
      return this;
    }

    /**
     * Bounds how long closing may take.
     *
     * @param time how long the client is waited for
     * @return this builder
     */
    public Builder closeTime(Duration time) {
      closeTime = time;
      return this;
    }

    /**
     * Sets whether messages are compressed.
     *
     * @param allowed for clients that ask for it
     * @return this builder
     */
    public Builder compression(boolean allowed) {
      compression = allowed;
      return this;
    }

    /**
     * Sets what becomes of it when the document is replaced.
     *
     * @param what whether it goes on or is closed with 1012
     * @return this builder
     */
    public Builder reload(OnReload what) {
      reload = what;
      return this;
    }

    /**
     * {@return the options}
     *
     * @throws IllegalArgumentException if one makes no sense
     */
    public WebSocketOptions build() {
      return new WebSocketOptions(
          mostOctets,
          waiting,
          outgoing,
          overflow,
          ping,
          idle,
          messageTime,
          closeTime,
          compression,
          reload);
    }
  }
}
