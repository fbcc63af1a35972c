package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/2 connection (RFC 9113): stands before its {@link H2Codec} in the pipeline, gives each
 * request a {@link RequestStream}, and keeps what they share: the bounds, the clock and the end.
 *
 * <p>Used by its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is seen
final class H2Connection extends LoopEntry {
  private static final Logger log = LoggerFactory.getLogger(H2Connection.class);

  /** Before the last number is named, all streams are (RFC 9113 section 6.8). */
  private static final int EVERY_STREAM = Integer.MAX_VALUE;

  /**
   * What a stream takes beside the head and the content of its request, be it that it waits for
   * them, for work or for the client to open a window: 1.2 KB in objects, and up to 2 KB more where
   * a virtual thread waits within the work.
   */
  static final int STREAM_BYTES = 3 * 1024;

  private enum Phase {
    /** Requests are welcome. */
    OPEN,
    /** The client knows that it should send no more; what is on its way is answered. */
    LEAVING,
    /** The client knows which requests are the last. */
    LAST,
    /** What comes is dropped until the client closes. */
    LINGER,
    /** Nothing is waited for. */
    CLOSED
  }

  private final Shared shared;
  private final Channel channel;
  private final Peer peer;
  private final Events events = new Events();
  private final H2Codec codec;
  private final PropertyKey key;
  private final FrameMeter meter = new FrameMeter(System.nanoTime());
  private final PartialFrames frames;

  private Phase phase = Phase.OPEN;

  /** When the phase began, or the connection became idle in it. */
  private long since = System.nanoTime();

  /** Streams whose request is not yet answered. */
  private int streams;

  /** Streams whose response is being written. */
  private int responding;

  private int requests;

  /** Requests whose head is held, and bytes of all of them: also of those worked on in vain. */
  private int heads;

  private int headBytes;

  private final HeldHeads held;

  /** How patiently the client is waited for to take what is written, whichever stream it is of. */
  private final Pace pace;

  private long written;
  private long taken;

  /** Octets of content that the windows have let through. */
  private long sent;

  private H2Connection(Shared shared, ConnectionLoop loop, Channel channel, Peer peer) {
    super(loop);
    this.shared = shared;
    this.channel = channel;
    this.peer = peer;
    this.held = new HeldHeads(shared.capacity());
    this.frames = new PartialFrames(meter, H2Head.listSize(shared.limits()));
    this.pace = new Pace(shared.timeouts());
    pace.begin(since);
    this.codec = H2Codec.of(this, shared.limits());
    this.key = codec.connection().newKey();
    codec.connection().addListener(events);
  }

  /** {@return what a connection becomes, in its place} It is told what has come already. */
  static H2Connection take(Shared shared, LoopEntry before, ChannelHandlerContext ctx, Peer peer) {
    H2Connection taken = new H2Connection(shared, before.loop, ctx.channel(), peer);
    taken.records = before.records;
    ctx.pipeline().replace(before, null, taken);
    ctx.pipeline().addLast(taken.codec);
    taken.enter();
    return taken;
  }

  Shared shared() {
    return shared;
  }

  Peer peer() {
    return peer;
  }

  ConnectionLoop loop() {
    return loop;
  }

  H2Codec codec() {
    return codec;
  }

  Http2EventAdapter events() {
    return events;
  }

  // The life of the channel.

  @Override
  void begin() {
    if (shared.isDraining()) {
      drain();
    }
  }

  /** Reads what came before this was in its place. */
  void receive(ByteBuf in) {
    channelRead(channel.pipeline().context(this), in);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (phase == Phase.LINGER || phase == Phase.CLOSED) {
      in.release();
    } else if (meter.read(in, System.nanoTime())) {
      frames.read(in, whole -> handOn(ctx, whole));
      if (!count()) {
        overloaded();
      }
    } else {
      in.release();
      fail(Http2Error.ENHANCE_YOUR_CALM, "too many frames that bring no request");
    }
  }

  private void handOn(ChannelHandlerContext ctx, ByteBuf whole) {
    if (phase == Phase.LINGER || phase == Phase.CLOSED) {
      whole.release();
    } else {
      ctx.fireChannelRead(whole);
    }
  }

  /**
   * {@return whether there is room for what is held of frames, heads and streams, which counts
   * then} One stream is no more than a connection of HTTP/1. One that was reset is none any more,
   * but takes as much as before until the work on its request has ended.
   */
  boolean count() {
    int further = Math.max(0, Math.max(streams, heads) - 1);
    return held.count(headBytes + frames.room() + further * STREAM_BYTES);
  }

  private void forgetFrames() {
    frames.clear();
    count();
  }

  /** Counts what is written, before it is encrypted. */
  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    int octets = ((ByteBuf) message).readableBytes();
    written += octets;
    meter.wrote(octets);
    ctx.write(message, promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    phase = Phase.CLOSED;
    loop.remove(this);
    forgetFrames();
    ctx.fireChannelInactive(); // The codec closes the streams.
  }

  @Override
  void end(Throwable cause, boolean told) {
    // What TLS cannot read comes wrapped.
    if (told || cause instanceof IOException || cause.getCause() instanceof IOException) {
      log.debug("an HTTP/2 connection broke", WordlessFailure.of(cause));
    } else {
      log.error("an HTTP/2 connection is closed because of a failure", WordlessFailure.of(cause));
    }
    cutOff();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent || (peer.secure() && Tls.isEndOfInput(event))) {
      // Who sends no more opens no window either, and HTTP/2 knows no half of a connection.
      close();
    }
  }

  /** What the codec has read. */
  private final class Events extends Http2EventAdapter {

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx, int id, Http2Headers headers, int padding, boolean end)
        throws Http2Exception {
      Http2Stream stream = Objects.requireNonNull(codec.connection().stream(id));
      @Nullable RequestStream known = stream.getProperty(key);
      if (known != null) {
        known.endWith(headers);
      } else {
        RequestHead head;
        RequestStream begun = open(stream, end);
        try {
          head = H2Head.of(id, headers, end, shared.limits(), peer);
        } catch (FramingException e) {
          begun.fail(
              e.failure(), "HEAD".contentEquals(headers.method()), H2Head.aboutOrigin(headers));
          return;
        }
        begun.begin(head);
      }
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx,
        int id,
        Http2Headers headers,
        int dependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean end)
        throws Http2Exception {
      onHeadersRead(ctx, id, headers, padding, end);
    }

    /**
     * What is read is collected, or dropped: either way the client may send as much again, unless
     * it is not decided yet what becomes of it.
     */
    @Override
    public int onDataRead(
        ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean end) {
      int size = data.readableBytes() + padding;
      Http2Stream stream = Objects.requireNonNull(codec.connection().stream(id));
      @Nullable RequestStream known = stream.getProperty(key);
      return known == null || known.receive(data, size, end) ? size : 0;
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
      @Nullable RequestStream known = stream.getProperty(key);
      if (known != null) {
        known.closed();
      }
    }
  }

  private RequestStream open(Http2Stream stream, boolean end) {
    RequestStream begun = new RequestStream(this, stream, end);
    stream.setProperty(key, begun);
    streams++;
    requests++;
    if (requests == shared.limits().requestsPerConnection()) {
      leave();
    }
    return begun;
  }

  /** A head is larger than all its bounds together; nothing of it is known. */
  void headTooLarge(Http2Stream stream) {
    open(stream, true)
        .fail(FramingException.headersTooLarge(shared.limits()).failure(), false, Headers.empty());
    codec.flush();
  }

  // What the streams share.

  /** {@return whether there is room for a head, which is held then} */
  boolean hold(int bytes) {
    heads++;
    headBytes += bytes;
    if (count()) {
      return true;
    }
    drop(bytes);
    return false;
  }

  /** A head is not held any more, if it was. */
  void drop(int bytes) {
    if (bytes > 0) {
      heads--;
      headBytes -= bytes;
    }
    count();
  }

  /** The windows have let through some content. */
  void sent(long octets) {
    sent += octets;
  }

  /** {@return how many octets of content they have let through, of all streams} */
  long sent() {
    return sent;
  }

  /** {@return how many responses share what the client takes} Others that are open take nothing. */
  int responding() {
    return responding;
  }

  /** A response begins to be written. */
  void responds() {
    responding++;
  }

  /** One ends, whole or not. */
  void responded() {
    responding--;
  }

  /** {@return whether what keeps content back are windows, and not the channel} */
  boolean isWritable() {
    return channel.isWritable();
  }

  /** {@return when the client is late that takes nothing more of what is written} */
  long late() {
    return pace.late();
  }

  /** A stream has ended, whichever way. */
  void ended() {
    streams--;
    count();
    if (streams == 0 && phase != Phase.LINGER && phase != Phase.CLOSED) {
      if (phase == Phase.LAST) {
        linger();
      } else {
        since = phase == Phase.OPEN ? System.nanoTime() : since;
      }
    }
  }

  // The end.

  @Override
  void drain() {
    leave();
    forEachStream(RequestStream::drain);
  }

  /** Lets the client know that it should send no more requests (RFC 9113 section 6.8). */
  void leave() {
    if (phase == Phase.OPEN) {
      phase = Phase.LEAVING;
      since = System.nanoTime();
      codec.goAway(EVERY_STREAM);
    }
  }

  private void nameTheLast() {
    phase = Phase.LAST;
    codec.goAway(codec.connection().remote().lastStreamCreated());
    if (streams == 0) {
      linger();
    }
  }

  /** Ends every stream and says why. */
  void fail(Http2Error why, String message) {
    if (phase == Phase.LINGER || phase == Phase.CLOSED) {
      return;
    }
    phase = Phase.LINGER; // What is written now may fail, and be told here again.
    forgetFrames();
    codec.goAwayBecause(why, message);
    linger();
    abortStreams();
  }

  private void abortStreams() {
    try {
      codec
          .connection()
          .forEachActiveStream(stream -> {
            stream.close();
            return true;
          });
    } catch (Http2Exception e) {
      log.debug("streams of a connection that ends could not be closed", WordlessFailure.of(e));
      cutOff();
    }
  }

  /** Half-closes and reads on for a moment, so that the client reads what was said last. */
  private void linger() {
    phase = Phase.LINGER;
    forgetFrames();
    since = System.nanoTime();
    if (peer.secure()) {
      Tls.closeOutput(channel);
    } else {
      ((DuplexChannel) channel).shutdownOutput();
    }
  }

  @Override
  void close() {
    if (phase == Phase.LINGER || ResponseWriter.waiting(channel) != 0) {
      cutOff();
    } else {
      phase = Phase.CLOSED;
      channel.pipeline().context(this).close();
    }
  }

  @Override
  void closeOverloaded() {
    fail(Http2Error.ENHANCE_YOUR_CALM, Capacity.EXHAUSTED.detail());
  }

  /** Closes without waiting for what is not written yet. */
  void cutOff() {
    phase = Phase.CLOSED;
    if (peer.secure()) {
      Tls.cutOff(channel);
    } else {
      channel.pipeline().context(this).close();
    }
  }

  // Deadlines.

  @Override
  void checkDeadline(long now) {
    TransportTimeouts timeouts = shared.timeouts();
    long lasted = now - since;
    switch (phase) {
      case OPEN -> {
        if (streams == 0 && lasted >= timeouts.idle().toNanos()) {
          nameTheLast();
        }
      }
      case LEAVING -> {
        if (lasted >= timeouts.drainGrace().toNanos()) {
          nameTheLast();
        }
      }
      case LAST -> {}
      case LINGER -> {
        if (lasted >= timeouts.linger().toNanos()) {
          cutOff();
        }
        return;
      }
      case CLOSED -> {
        return;
      }
    }
    if (meter.isLate(now, timeouts.head())) {
      fail(Http2Error.ENHANCE_YOUR_CALM, "a frame or a head did not come in time");
    } else if (isStalled(now)) {
      cutOff();
    } else {
      checkStreams(now);
    }
  }

  /** {@return whether the client has taken too little for long of what waits for it} */
  private boolean isStalled(long now) {
    long waiting = ResponseWriter.waiting(channel);
    long current = written - waiting;
    if (waiting == 0) {
      pace.begin(now);
    } else {
      pace.took(current - taken, 1, now);
    }
    taken = Math.max(taken, current);
    return pace.isLate(now);
  }

  /** Others need the room of a response, which only the end of the connection gives back. */
  void makeRoom() {
    cutOff();
  }

  private void checkStreams(long now) {
    forEachStream(stream -> stream.checkDeadline(now));
  }

  private void forEachStream(Consumer<RequestStream> action) {
    try {
      codec
          .connection()
          .forEachActiveStream(stream -> {
            @Nullable RequestStream known = stream.getProperty(key);
            if (known != null) {
              action.accept(known);
            }
            return true;
          });
    } catch (Http2Exception e) {
      log.debug("streams could not be looked at", WordlessFailure.of(e));
      cutOff();
    }
  }
}
