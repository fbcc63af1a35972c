package io.brrtrouter.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.zip.Deflater;

/** Frames of a client, right ones and wrong ones. */
final class Frames {
  private static final int[] MASK = {0x37, 0xFA, 0x21, 0x3D};

  private Frames() {}

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static byte[] text(String text) {
    return frame(0x81, text.getBytes(UTF_8));
  }

  static byte[] binary(byte[] content) {
    return frame(0x82, content);
  }

  static byte[] ping(String content) {
    return frame(0x89, content.getBytes(UTF_8));
  }

  static byte[] pong(String content) {
    return frame(0x8A, content.getBytes(UTF_8));
  }

  static byte[] close(int code, String reason) {
    return frame(0x88, join(new byte[] {(byte) (code >> 8), (byte) code}, reason.getBytes(UTF_8)));
  }

  static byte[] close() {
    return frame(0x88, new byte[0]);
  }

  /** {@return a frame, its first octet with all its bits} */
  static byte[] frame(int first, byte[] content) {
    int length = content.length;
    int octets = length < 126 ? 0 : length <= 0xFFFF ? 2 : 8;
    return frame(first, octets, length, content);
  }

  /** {@return a frame whose length is written in so many octets behind the second one} */
  static byte[] frame(int first, int octets, long length, byte[] content) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(first);
    all.write(0x80 | (octets == 0 ? (int) length : octets == 2 ? 126 : 127));
    for (int i = octets - 1; i >= 0; i--) {
      all.write((int) (length >>> (8 * i)));
    }
    for (int mask : MASK) {
      all.write(mask);
    }
    for (int i = 0; i < content.length; i++) {
      all.write(content[i] ^ MASK[i & 3]);
    }
    return all.toByteArray();
  }

  /** {@return a frame without mask} */
  static byte[] unmasked(int first, byte[] content) {
    return join(new byte[] {(byte) first, (byte) content.length}, content);
  }

  /** {@return the content of a compressed message} */
  static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(content);
    byte[] octets = new byte[content.length + 1024];
    int length = deflater.deflate(octets, 0, octets.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return java.util.Arrays.copyOf(octets, length - 4);
  }

  static byte[] compressed(String text) {
    return frame(0xC1, deflated(text.getBytes(UTF_8)));
  }
}
