package io.brrtrouter.server.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Makes messages of frames (RFC 6455 sections 5.4 to 5.6, 8.1). Used by one thread.
 *
 * <p>A frame is read in pieces, so that a client that announces much and sends nothing costs
 * nothing.
 */
final class Incoming {
  private static final int PIECE = 16 * 1024;

  private final FrameReader frames;
  private final int most;

  /** What came of the message that is not there whole. */
  private final MessageBuffer message;

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

  /** Of the message that is not there whole, else {@link Opcode#CONTINUATION}. */
  private int opcode = Opcode.CONTINUATION;

  private boolean compressed;

  Incoming(FrameReader frames, int most) {
    this.frames = frames;
    this.most = most;
    this.message = new MessageBuffer(most);
  }

  /** What a frame was. */
  sealed interface Event {
    /** A part of a message that is not there whole. */
    enum Part implements Event {
      /** One of them. */
      PART
    }

    /**
     * The last part of a message.
     *
     * @param message the message
     * @param octets what it consists of
     */
    @SuppressWarnings("ArrayRecordComponent") // identity of the content is never asked for
    record Whole(Message message, byte[] octets) implements Event {}

    /**
     * A ping.
     *
     * @param content to be sent back
     */
    @SuppressWarnings("ArrayRecordComponent") // identity of the content is never asked for
    record Ping(byte[] content) implements Event {}

    /** A pong, asked for or not. */
    enum Pong implements Event {
      /** One of them. */
      PONG
    }

    /**
     * A close.
     *
     * @param status what the client said
     */
    record Close(CloseStatus status) implements Event {}
  }

  /** {@return whether a message has begun that is not there whole} */
  boolean isWithinMessage() {
    return opcode != Opcode.CONTINUATION;
  }

  /** {@return what the frame is that begins} */
  Event read() throws IOException {
    FrameHead head = frames.head();
    return head.isControl() ? control(head) : data(head);
  }

  private Event control(FrameHead head) throws IOException {
    byte[] content = new byte[(int) head.length()];
    frames.content(head, 0, content, 0, content.length);
    return switch (head.opcode()) {
      case Opcode.PING -> new Event.Ping(content);
      case Opcode.PONG -> Event.Pong.PONG;
      default -> new Event.Close(status(content));
    };
  }

  private CloseStatus status(byte[] content) throws FrameException {
    if (content.length == 0) {
      return new CloseStatus(CloseStatus.NONE, "");
    }
    if (content.length == 1) {
      throw FrameException.protocol("a close has a code of two octets, or none");
    }
    int code = (content[0] & 0xFF) << Byte.SIZE | (content[1] & 0xFF);
    if (!CloseStatus.isSendable(code)) {
      throw FrameException.protocol(
          "a close has a code that may be sent, which " + code + " is not");
    }
    return new CloseStatus(code, text(content, 2, content.length, "the reason for closing"));
  }

  private Event data(FrameHead head) throws IOException {
    if (head.opcode() == Opcode.CONTINUATION) {
      if (!isWithinMessage()) {
        throw FrameException.protocol("there is no message to continue");
      }
    } else if (isWithinMessage()) {
      throw FrameException.protocol("a message begins within another one");
    } else {
      opcode = head.opcode();
      compressed = head.compressed();
    }
    if (head.length() > most - message.size()) {
      throw MessageBuffer.tooLarge(most);
    }
    for (int done = 0; done < head.length(); ) {
      int piece = (int) Math.min(PIECE, head.length() - done);
      message.reserve(piece);
      frames.content(head, done, message.octets(), message.size(), piece);
      message.grown(piece);
      done += piece;
    }
    return head.last() ? whole() : Event.Part.PART;
  }

  private Event whole() throws FrameException {
    byte[] octets = compressed ? decompressed() : message.take();
    boolean text = opcode == Opcode.TEXT;
    opcode = Opcode.CONTINUATION;
    return new Event.Whole(
        text
            ? new Message.Text(text(octets, 0, octets.length, "text"))
            : new Message.Binary(octets),
        octets);
  }

  private byte[] decompressed() throws FrameException {
    MessageBuffer whole = new MessageBuffer(most);
    try {
      Compression.decompress(message.octets(), message.size(), whole);
      return whole.take();
    } finally {
      whole.clear();
      message.clear();
    }
  }

  private String text(byte[] octets, int from, int to, String what) throws FrameException {
    try {
      return decoder.decode(ByteBuffer.wrap(octets, from, to - from)).toString();
    } catch (CharacterCodingException e) {
      throw new FrameException(CloseStatus.INVALID, what + " is not UTF-8");
    }
  }

  /** Lets go of what was not there whole. */
  void end() {
    message.clear();
  }
}
