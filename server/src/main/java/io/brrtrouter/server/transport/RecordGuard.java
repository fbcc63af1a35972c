package io.brrtrouter.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the {@link RecordDecoder} of a connection and bounds what TLS holds of what its
 * client sends: records that are not whole and the messages of its handshake, counted in the
 * {@linkplain Capacity capacity} of all. Closes the connection where there is no room, and where
 * the {@linkplain RecordMeter records} are none that a client may send.
 *
 * <p>Used by one event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of what ends with a channel
final class RecordGuard extends ChannelDuplexHandler {
  /**
   * Bytes that a connection may hold beside the capacity: a first message with a large key share
   * (RFC 8446 section 4.2.8), in one buffer and a half.
   */
  static final int UNCOUNTED_BYTES = 4 * 1024;

  /**
   * Octets at which reading pauses: more than a record has, so that a thread works on the handshake
   * and nothing is decrypted until it is done.
   */
  private static final int MOST_WAITING = RecordMeter.HEAD + RecordMeter.MOST_OCTETS;

  /** Octets that wait when reading does not pause, as at the end of the input. */
  private static final int MOST_BEHIND_END = MOST_WAITING + 2 * ConnectionLoop.READ_BYTES;

  /**
   * Bytes that count of a handshake: the largest message that the JDK reads, and another time what
   * is made of it.
   */
  static final int MOST_OF_HANDSHAKE = 64 * 1024;

  private static final Logger log = LoggerFactory.getLogger(RecordGuard.class);

  private final TransportTimeouts timeouts;
  private final HeldHeads held;
  private final RecordMeter meter = new RecordMeter();

  /** Octets of the handshake, until it is over. */
  private int handshake;

  /** Bytes of the buffer of what is not decrypted. */
  private int room;

  private boolean paused;

  /** Whether the connection ends, because of what comes or because it has ended. */
  private boolean ending;

  /** What is told when the client sends no more in its handshake; null once that is over. */
  private @Nullable Runnable ended;

  private @Nullable Object endOfInput;
  private @Nullable ChannelHandlerContext context;

  RecordGuard(Shared shared, Runnable ended) {
    this.timeouts = shared.timeouts();
    this.held = new HeldHeads(shared.capacity(), UNCOUNTED_BYTES);
    this.ended = ended;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  /**
   * Keeps the end of the input from TLS until the handshake is over: a thread may be looking at a
   * part of it, and Netty drops what has come behind that with the end.
   */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (ended != null && event instanceof ChannelInputShutdownEvent) {
      endOfInput = event;
      ended.run();
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  /** {@return whether the client has sent no more in its handshake} */
  boolean isInputEnded() {
    return endOfInput != null;
  }

  /**
   * The handshake is over, and whoever comes next in the pipeline is there to be told of the end of
   * the input: not at once, because what came behind the handshake is read first.
   */
  void handOver() {
    ended = null;
    handshake = 0;
    held.count(room);
    Object event = endOfInput;
    if (event != null) {
      context().executor().execute(() -> context().fireUserEventTriggered(event));
    }
  }

  // Reading.

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    String wrong = meter.read(in);
    if (ending) {
      in.release();
    } else if (wrong != null) {
      in.release();
      ending = true;
      log.debug("{}; its connection is closed", wrong);
      ctx.close();
    } else {
      if (ended != null) {
        handshake = Math.min(handshake + in.readableBytes(), MOST_OF_HANDSHAKE);
      }
      ctx.fireChannelRead(in);
    }
  }

  /**
   * Counts what is kept of what has come.
   *
   * @param octets those that are not decrypted
   * @param bytes those of the buffer that they are in
   */
  void keep(int octets, int bytes) {
    if (ending) {
      return;
    }
    room = bytes;
    if (octets > MOST_BEHIND_END || !held.count(handshake + room)) {
      ending = true;
      held.count(0);
      LoopEntry entry = context().pipeline().get(LoopEntry.class);
      if (entry != null) {
        entry.overloaded();
      }
    } else if (octets > MOST_WAITING) {
      paused = true;
      context().channel().config().setAutoRead(false);
    }
  }

  /** {@return whether nothing is read, because a thread works on the handshake} */
  boolean isPaused() {
    return paused;
  }

  /** Reads on, after the work on the handshake. */
  void goOn() {
    if (paused) {
      paused = false;
      context().channel().config().setAutoRead(true);
    }
  }

  /** TLS asks for more in a handshake, whatever waits already. */
  @Override
  public void read(ChannelHandlerContext ctx) {
    if (!paused) {
      ctx.read();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ending = true;
    held.count(0);
    ctx.fireChannelInactive();
  }

  /** {@return whether a record has begun and does not come to its end, which is said once} */
  boolean isLate(long now) {
    if (ending || !context().channel().config().isAutoRead()) {
      meter.beginAgain(now);
      return false;
    }
    ending = meter.isLate(now, timeouts);
    return ending;
  }
}
