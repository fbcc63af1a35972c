package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.transport.Exchange.Ending;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the responses of an HTTP/1 connection, one after the other: those that have come whole, and
 * those whose content is written meanwhile. It knows how much its client has taken, and finds room
 * for what waits until that is all; where there is none, the connection has to be closed.
 *
 * <p>Used by the event loop of the connection only.
 */
final class ResponseSender {
  private static final Logger log = LoggerFactory.getLogger(ResponseSender.class);

  private final Shared shared;
  private final Channel channel;
  private final ResponseHead head;
  private final ResponseWriter writer;
  private final UnreadResponses.Place unread;
  private final SilentStream silence;

  /** Whose response is being sent. */
  private @Nullable Exchange exchange;

  /**
   * A sender.
   *
   * @param head to render with
   * @param makeRoom lets the event loop ask whether {@link #isCut}; called by any thread
   */
  ResponseSender(Shared shared, Channel channel, ResponseHead head, Runnable makeRoom) {
    this.shared = shared;
    this.channel = channel;
    this.head = head;
    this.writer = new ResponseWriter(channel);
    this.unread = shared.unread().newPlace(makeRoom);
    this.silence = new SilentStream(shared.timeouts().writeStall());
  }

  /**
   * Sends a response, or only begins to: its exchange is told when the last of it is written.
   *
   * @param now when the client begins to be waited for
   * @return whether there is room for what the client does not take at once
   */
  boolean send(Exchange current, HttpResponse given, long now) {
    exchange = current;
    HttpResponse response =
        mayWait(current, given, now)
            ? given
            : Objects.requireNonNullElse(
                current.instead(UnreadResponses.FULL), Responses.OUR_FAULT);
    byte[] content = Responses.content(response);
    long length = Responses.contentLength(current.isHeadOnly(), response, content);
    boolean tunnel = response.body() instanceof Body.Tunnel;
    ContentStream stream =
        tunnel || response.body() instanceof Body.Streamed ? current.stream() : null;
    if (stream != null && !tunnel && length < 0) {
      length = lengthOfStream(current);
    }
    head.render(
        response.status(),
        response.headers(),
        length,
        tunnel ? ResponseHead.Connection.SILENT : current.persistence());
    byte[] sent = current.isHeadOnly() || length < 0 ? Responses.NONE : content;
    current.sending(response.status(), sent.length);
    if (stream != null) {
      begin(stream);
      return true;
    }
    writer.write(head, sent, current);
    return exchange != current || sent.length == 0 || unread.isTaken() || takes(sent, now);
  }

  /**
   * {@return whether there is room for a response to wait} What the kernel takes at once need not,
   * unless it has what went before.
   */
  private boolean mayWait(Exchange current, HttpResponse response, long now) {
    byte[] content = Responses.content(response);
    return content.length <= ResponseWriter.PIECE
        || current.isHeadOnly()
        || unread.take(content, now);
  }

  /** Content without length is sent in chunks, or ends with the connection where none are known. */
  private static int lengthOfStream(Exchange current) {
    if (current.isHttp10()) {
      current.endWith(Ending.CLOSE);
      return ResponseHead.NO_LENGTH;
    }
    return ResponseHead.CHUNKED;
  }

  private void begin(ContentStream stream) {
    writer.writeHead(head);
    stream.begin();
    if (shared.isDraining()) {
      stream.drain();
    }
  }

  private boolean takes(byte[] content, long now) {
    return isRoom(unread.take(content, now));
  }

  private static boolean isRoom(boolean taken) {
    if (!taken) {
      log.debug("too many responses wait to be read; one is cut off");
    }
    return taken;
  }

  /**
   * Sends a part of streamed content, unless the response has ended without it.
   *
   * @param last whether the content ends with it
   * @return whether there is room for what the client does not take at once
   */
  boolean sendPart(ContentStream stream, byte[] octets, int length, boolean last) {
    Exchange current = exchange;
    if (current == null || current.stream() != stream) {
      return true;
    }
    silence.end();
    ChannelFuture written = writer.writePart(octets, length, isChunked(stream, current), last);
    written.addListener(_ -> taken(stream, length));
    if (last) {
      current.sending(current.status(), writer.handedOver());
      written.addListener(current);
    }
    return isRoom(written);
  }

  /**
   * Sends a part of streamed content that does not end with it, unless the response has ended.
   *
   * @param part has the octets, and is released
   * @return whether there is room for what the client does not take at once
   */
  boolean sendPart(ContentStream stream, ByteBuf part) {
    Exchange current = exchange;
    if (current == null || current.stream() != stream) {
      part.release();
      return true;
    }
    int length = part.readableBytes();
    silence.end();
    ChannelFuture written = writer.writePart(part, isChunked(stream, current));
    written.addListener(_ -> taken(stream, length));
    return isRoom(written);
  }

  private static boolean isChunked(ContentStream stream, Exchange current) {
    return stream.length() < 0 && !current.isHttp10() && current.incoming() == null;
  }

  private boolean isRoom(ChannelFuture written) {
    return written.isDone() || unread.isTaken() || isRoom(unread.takeParts(System.nanoTime()));
  }

  private void taken(ContentStream stream, int octets) {
    if (stream.taken(octets) && stream() == stream) {
      unread.leave();
    }
  }

  /**
   * Makes sure that the client does not take the end of the connection for the end of content that
   * is not whole.
   *
   * @return whether that content is being sent, so that the connection has to end
   */
  boolean cutOff(ContentStream stream) {
    if (stream() != stream) {
      return false;
    }
    if (stream.length() < 0 && Objects.requireNonNull(exchange).isHttp10()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    return true;
  }

  /** {@return the content that is being written, null if none is} */
  private @Nullable ContentStream stream() {
    return exchange == null ? null : exchange.stream();
  }

  /** The client has taken more, and more may be written. */
  void resume() {
    writer.resume();
  }

  /** The server drains: who writes content is told. */
  void drain() {
    ContentStream stream = stream();
    if (stream != null) {
      stream.drain();
    }
  }

  /** The response is sent, or nothing can be any more. */
  void end() {
    exchange = null;
    silence.end();
    unread.leave();
  }

  /** {@return whether the next part has to be written before the client can read on} */
  boolean awaitsContent() {
    return stream() != null && ResponseWriter.waiting(channel) == 0;
  }

  /**
   * Finds out whether a client that sends no more is still there while content is awaited.
   *
   * @return whether it counts as gone, and the connection has to be closed; where it is, but was
   *     told so, that is seen when the channel ends
   */
  boolean isLeft(long now) {
    ContentStream stream = stream();
    if (stream == null || !stream.isBegun() || !awaitsContent()) {
      return false;
    }
    if (silence.isTooLong(now)) {
      log.debug("a client sends no more, and nothing is sent to it; its response is cut off");
      return cutOff(stream);
    }
    if (isChunked(stream, Objects.requireNonNull(exchange)) && silence.asks(now)) {
      writer.writeLeadingZero();
    }
    return false;
  }

  /** {@return how many octets the client has taken at least, of all responses together} */
  long taken() {
    return writer.taken();
  }

  /** {@return how much content of a response not yet sent whole is written or will be} */
  long handedOver() {
    return writer.handedOver();
  }

  /** Takes note of when the client is late. */
  void move(long late) {
    unread.move(late);
  }

  /** {@return whether the response has to end, because others need the room that it takes} */
  boolean isCut() {
    boolean cut = unread.isCut();
    if (cut) {
      log.debug("a response waits to be read for too long, and is cut off for another one");
    }
    return cut;
  }
}
