package io.brrtrouter.server.websocket;

import io.brrtrouter.server.dispatch.MessageBinding;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A frame of the server, which is a whole message or a control frame (RFC 6455 section 5). Made
 * once, however many clients it is sent to. Immutable.
 */
final class Frame {
  private static final int LAST = 0x80;
  private static final int COMPRESSED = 0x40;
  private static final int LONGEST_SHORT = 125;
  private static final int TWO_OCTETS = 126;
  private static final int EIGHT_OCTETS = 127;
  private static final int MOST_IN_TWO = 0xFFFF;

  private final int opcode;
  private final byte[] content;

  /** Made when it is first asked for; the same whoever makes it. Itself where it is not shorter. */
  private volatile byte @Nullable [] compressed;

  private Frame(int opcode, byte[] content) {
    this.opcode = opcode;
    this.content = content;
  }

  static Frame of(Message message) {
    return switch (message) {
      case Message.Text(String text) ->
          new Frame(Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8));
      case Message.Binary(byte[] octets) -> new Frame(Opcode.BINARY, octets);
    };
  }

  static Frame of(MessageBinding.Written message) {
    return new Frame(message.text() ? Opcode.TEXT : Opcode.BINARY, message.octets());
  }

  static Frame ping(byte[] content) {
    return new Frame(Opcode.PING, content);
  }

  static Frame pong(byte[] content) {
    return new Frame(Opcode.PONG, content);
  }

  static Frame close(CloseStatus status) {
    if (!CloseStatus.isSendable(status.code())) {
      return new Frame(Opcode.CLOSE, new byte[0]);
    }
    byte[] reason = status.reason().getBytes(StandardCharsets.UTF_8);
    byte[] content = new byte[2 + reason.length];
    content[0] = (byte) (status.code() >> Byte.SIZE);
    content[1] = (byte) status.code();
    System.arraycopy(reason, 0, content, 2, reason.length);
    return new Frame(Opcode.CLOSE, content);
  }

  boolean isText() {
    return opcode == Opcode.TEXT;
  }

  boolean isMessage() {
    return !Opcode.isControl(opcode);
  }

  boolean isClose() {
    return opcode == Opcode.CLOSE;
  }

  byte[] content() {
    return content;
  }

  private byte[] compressed() {
    byte[] made = compressed;
    if (made == null) {
      byte[] shorter = Compression.compress(content);
      made = shorter == null ? content : shorter;
      compressed = made;
    }
    return made;
  }

  /** {@return what is sent for the content} The head is that of {@link #head}. */
  byte[] sent(boolean compression) {
    return compression && !Opcode.isControl(opcode) ? compressed() : content;
  }

  /** {@return the head of what is sent} */
  @SuppressWarnings("ReferenceEquality") // what is not compressed is the content itself
  byte[] head(byte[] sent) {
    int first = LAST | opcode | (sent == content ? 0 : COMPRESSED);
    int length = sent.length;
    int octets = length <= LONGEST_SHORT ? 0 : length <= MOST_IN_TWO ? 2 : Long.BYTES;
    byte[] head = new byte[2 + octets];
    head[0] = (byte) first;
    head[1] = (byte) (octets == 0 ? length : octets == 2 ? TWO_OCTETS : EIGHT_OCTETS);
    for (int i = 0; i < Math.min(octets, Integer.BYTES); i++) {
      head[head.length - 1 - i] = (byte) (length >>> (i * Byte.SIZE));
    }
    return head;
  }
}
