package io.brrtrouter.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes the responses of a connection: head and content in one buffer where they are small, else
 * in pieces as fast as the client reads, so that little of it is outside the heap.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel
final class ResponseWriter {
  /** The largest buffer written. */
  static final int PIECE = 64 * 1024;

  private static final byte[] NONE = {};

  /** Octets of a chunk beside its data, and of the last one, which has none. */
  private static final int CHUNK_OCTETS = 2 * Integer.BYTES + 4;

  private static final int LAST_CHUNK_OCTETS = 5;

  private final Channel channel;

  /** Whose response is not yet handed over to the channel. */
  private @Nullable Exchange exchange;

  private byte[] content = NONE;
  private int next;
  private boolean resuming;

  /** Octets of streamed content handed over to the channel. */
  private long handedOver;

  /** Octets written, all responses together. */
  private long written;

  ResponseWriter(Channel channel) {
    this.channel = channel;
  }

  /** Writes a response; its exchange is told when the last of it is written. */
  void write(ResponseHead head, byte[] newContent, Exchange newExchange) {
    exchange = newExchange;
    content = newContent;
    next = 0;
    handedOver = 0;
    int first = Math.min(content.length, Math.max(0, PIECE - head.size()));
    ByteBuf buffer = channel.alloc().directBuffer(head.size() + first);
    buffer.writeBytes(head.octets(), 0, head.size());
    written += head.size();
    send(newExchange, buffer, first);
    resume();
  }

  /** Writes the head of a response whose content comes in parts. */
  void writeHead(ResponseHead head) {
    handedOver = 0;
    ByteBuf buffer = channel.alloc().directBuffer(head.size());
    buffer.writeBytes(head.octets(), 0, head.size());
    written += head.size();
    channel.writeAndFlush(buffer, channel.voidPromise());
  }

  /**
   * Writes a part of streamed content, as a chunk where the length of all is not known (RFC 9112
   * section 7.1).
   *
   * @return when it is written, or cannot be
   */
  ChannelFuture writePart(byte[] octets, int length, boolean chunked, boolean last) {
    ByteBuf buffer =
        channel.alloc().directBuffer(length + (chunked ? CHUNK_OCTETS + LAST_CHUNK_OCTETS : 0));
    if (chunked && length > 0) {
      buffer.writeCharSequence(Integer.toHexString(length), StandardCharsets.US_ASCII);
      buffer.writeByte(Octets.CR).writeByte(Octets.LF);
    }
    buffer.writeBytes(octets, 0, length);
    if (chunked && length > 0) {
      buffer.writeByte(Octets.CR).writeByte(Octets.LF);
    }
    if (chunked && last) {
      buffer.writeByte('0');
      buffer.writeByte(Octets.CR).writeByte(Octets.LF);
      buffer.writeByte(Octets.CR).writeByte(Octets.LF);
    }
    handedOver += length;
    written += buffer.readableBytes();
    return closeIfUnwritable(channel.writeAndFlush(buffer));
  }

  /** TLS may end both ways at the word of a client, and leaves the channel open. */
  private static ChannelFuture closeIfUnwritable(ChannelFuture written) {
    return written.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  /**
   * Writes an octet between two chunks that means nothing: a leading zero of the size of the next
   * one (RFC 9112 section 7.1).
   */
  void writeLeadingZero() {
    written++;
    closeIfUnwritable(channel.writeAndFlush(channel.alloc().directBuffer(1).writeByte('0')));
  }

  /** Writes a part that content does not end with, without copying it. */
  ChannelFuture writePart(ByteBuf part, boolean chunked) {
    int length = part.readableBytes();
    handedOver += length;
    written += length;
    if (!chunked) {
      return closeIfUnwritable(channel.writeAndFlush(part));
    }
    ByteBuf before = channel.alloc().directBuffer(CHUNK_OCTETS);
    before.writeCharSequence(Integer.toHexString(length), StandardCharsets.US_ASCII);
    before.writeByte(Octets.CR).writeByte(Octets.LF);
    ByteBuf after = channel.alloc().directBuffer(2).writeByte(Octets.CR).writeByte(Octets.LF);
    written += before.readableBytes() + after.readableBytes();
    channel.write(before, channel.voidPromise());
    channel.write(part, channel.voidPromise());
    return closeIfUnwritable(channel.writeAndFlush(after));
  }

  /**
   * Writes on, as far as the client reads. A flush may call this again, which then does nothing.
   */
  void resume() {
    if (resuming) {
      return;
    }
    resuming = true;
    Exchange current = exchange;
    while (current != null && channel.isWritable()) {
      int length = Math.min(content.length - next, PIECE);
      send(current, channel.alloc().directBuffer(length), length);
      current = exchange; // of the next request, when that piece was the last
    }
    resuming = false;
  }

  private void send(Exchange current, ByteBuf buffer, int length) {
    buffer.writeBytes(content, next, length);
    next += length;
    written += length;
    if (next < content.length) {
      channel.writeAndFlush(buffer, channel.voidPromise());
    } else {
      exchange = null;
      content = NONE;
      next = 0;
      channel.writeAndFlush(buffer).addListener(current);
    }
  }

  /** {@return how many octets the client has taken at least, of all responses together} */
  long taken() {
    return written - waiting(channel);
  }

  /** {@return how many octets a client has not taken of what was written, 0 when it has gone} */
  static long waiting(Channel channel) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
  }

  /** {@return how much content of a response not yet handed over is written or will be} */
  long handedOver() {
    return next + handedOver;
  }
}
