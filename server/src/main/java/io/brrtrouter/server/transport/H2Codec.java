package io.brrtrouter.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes the frames of an {@link H2Connection}: header compression, flow control and the
 * states of streams are Netty's (RFC 9113 sections 4 to 6, RFC 7541), with the bounds of section
 * 10.5.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is seen
final class H2Codec extends Http2ConnectionHandler {
  /** Empty frames of content in a row; no client has a reason for one. */
  static final int EMPTY_FRAMES = 10;

  /** Frames with a few octets of a head; clients fill all but the last. */
  static final int SMALL_CONTINUATIONS = 16;

  /** Answers to settings and pings that wait because the client does not read. */
  static final int WAITING_ANSWERS = 1_000;

  private static final Logger log = LoggerFactory.getLogger(H2Codec.class);

  private final H2Connection owner;
  private final int streams;
  private final ResetStreams resets;

  /** Streams that were reset because of what the client sent. */
  private final Rate errors;

  private @Nullable ChannelHandlerContext context;

  private H2Codec(
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings,
      H2Connection owner,
      int streams,
      ResetStreams resets,
      Rate errors) {
    super(decoder, encoder, settings, true);
    this.owner = owner;
    this.streams = streams;
    this.resets = resets;
    this.errors = errors;
  }

  static H2Codec of(H2Connection owner, TransportLimits limits) {
    return new Builder(owner, limits).build();
  }

  private static final class Builder
      extends AbstractHttp2ConnectionHandlerBuilder<H2Codec, Builder> {
    private final H2Connection owner;
    private final int streams;
    private final ResetStreams resets;
    private final Rate errors;

    Builder(H2Connection owner, TransportLimits limits) {
      this.owner = owner;
      this.streams = limits.concurrentStreams();
      this.resets = new ResetStreams(limits.resetStreams());
      this.errors =
          new Rate(limits.resetStreams(), Duration.ofSeconds(TransportLimits.RESET_SECONDS));
      connection(new Streams(resets));
      frameListener(owner.events());
      initialSettings(
          new Http2Settings()
              .maxConcurrentStreams(streams)
              .connectProtocolEnabled(true)
              .maxHeaderListSize(H2Head.listSize(limits)));
      validateHeaders(true);
      decoderEnforceMaxRstFramesPerWindow(limits.resetStreams(), TransportLimits.RESET_SECONDS);
      // Ours, see onStreamError: the codec's would not wait until the client has read why.
      encoderEnforceMaxRstFramesPerWindow(0, 0);
      decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_FRAMES);
      decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS);
      encoderEnforceMaxQueuedControlFrames(WAITING_ANSWERS);
    }

    @Override
    protected H2Codec build() {
      return super.build();
    }

    @Override
    protected H2Codec build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      return new H2Codec(decoder, encoder, settings, owner, streams, resets, errors);
    }
  }

  /**
   * The streams of a connection. One whose head was refused never was, but its number is used: what
   * else comes of it is no error of the connection.
   */
  private static final class Streams extends DefaultHttp2Connection {
    private final ResetStreams resets;

    Streams(ResetStreams resets) {
      super(true);
      this.resets = resets;
    }

    @Override
    public boolean streamMayHaveExisted(int stream) {
      return super.streamMayHaveExisted(stream) || resets.contains(stream);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    super.handlerAdded(ctx);
    shareWindow();
  }

  /**
   * Lets every stream fill its window: one whose content nobody reads yet keeps no other waiting,
   * as it would where all share a window that is as small as its own (RFC 9113 section 6.9.2). What
   * is held of all connections is bounded apart from that.
   */
  private void shareWindow() throws Http2Exception {
    Http2LocalFlowController windows = connection().local().flowController();
    windows.incrementWindowSize(
        connection().connectionStream(), streams * windows.initialWindowSize());
    flush(context());
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  // What the streams have written.

  /** Writes the head of a response. */
  ChannelFuture writeHead(int stream, Http2Headers head, boolean end) {
    return encoder().writeHeaders(context(), stream, head, 0, end, context().newPromise());
  }

  /**
   * Writes content, as fast as the windows and the channel let it; it is not copied before, and how
   * far it is read tells how much of it is in frames.
   *
   * @param end whether it is the last of its stream
   */
  ChannelFuture writeContent(int stream, ByteBuf content, boolean end) {
    return encoder().writeData(context(), stream, content, 0, end, context().newPromise());
  }

  /** {@return whether some content of a stream waits for a window, or for the channel} */
  boolean isWaiting(Http2Stream stream) {
    return encoder().flowController().hasFlowControlled(stream);
  }

  /** {@return how much a client lets a stream send, whatever it lets all of them} */
  int window(Http2Stream stream) {
    return encoder().flowController().windowSize(stream);
  }

  /** {@return whether content goes out at once} */
  boolean takesAtOnce(Http2Stream stream, int length) {
    return length <= window(stream)
        && length <= window(connection().connectionStream())
        && context().channel().isWritable();
  }

  /** Lets the client send as much again as it has sent of a stream. */
  void consume(Http2Stream stream, int octets) {
    if (octets == 0) {
      return;
    }
    try {
      connection().local().flowController().consumeBytes(stream, octets);
      flush();
    } catch (Http2Exception failure) {
      onError(context(), false, failure);
    }
  }

  void reset(int stream, Http2Error why) {
    resets.add(stream);
    resetStream(context(), stream, why.code(), context().newPromise());
    flush();
  }

  void flush() {
    flush(context());
  }

  // The end of the connection.

  /** Says which requests are still answered: those of streams up to a number. */
  void goAway(int lastStream) {
    goAway(
        context(),
        lastStream,
        Http2Error.NO_ERROR.code(),
        Unpooled.EMPTY_BUFFER,
        context().newPromise());
    flush();
  }

  /** Says why nothing is answered any more. */
  void goAwayBecause(Http2Error why, String message) {
    ByteBuf debug = ByteBufUtil.writeAscii(context().alloc(), message);
    int last = connection().remote().lastStreamCreated();
    frameWriter().writeGoAway(context(), last, why.code(), debug, context().newPromise());
    context().flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) != null) {
      super.exceptionCaught(ctx, cause);
    } else {
      owner.failed(cause);
    }
  }

  @Override
  protected void onConnectionError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception http2Error) {
    if (cause instanceof IOException) {
      log.debug("an HTTP/2 connection broke", WordlessFailure.of(cause));
      owner.close();
    } else if (owner.loop().memory().explain(cause)) {
      owner.cutOff(); // A word would need memory too.
    } else if (http2Error == null) {
      log.error("an HTTP/2 connection is closed because of a failure", WordlessFailure.of(cause));
      owner.fail(Http2Error.INTERNAL_ERROR, "");
    } else {
      log.debug(
          "an HTTP/2 connection is closed: {}", http2Error.error(), WordlessFailure.of(http2Error));
      owner.fail(http2Error.error(), String.valueOf(http2Error.getMessage()));
    }
  }

  @Override
  protected void onStreamError(
      ChannelHandlerContext ctx, boolean outbound, Throwable cause, StreamException error) {
    int stream = error.streamId();
    if (!outbound && isLeftOver(stream, error)) {
      if (!resets.ignores(System.nanoTime())) {
        owner.fail(Http2Error.ENHANCE_YOUR_CALM, "too many frames on streams that were reset");
      }
    } else if (outbound || errors.add(System.nanoTime())) {
      resets.add(stream);
      super.onStreamError(ctx, outbound, cause, error);
    } else {
      owner.fail(Http2Error.ENHANCE_YOUR_CALM, "too many streams that are malformed");
    }
  }

  /** {@return whether what is wrong is only that the stream was reset, which its client learns} */
  private boolean isLeftOver(int stream, StreamException error) {
    return error.error() == Http2Error.STREAM_CLOSED
        && connection().stream(stream) == null
        && resets.contains(stream);
  }

  @Override
  protected void handleServerHeaderDecodeSizeError(ChannelHandlerContext ctx, Http2Stream stream) {
    owner.headTooLarge(stream);
  }
}
