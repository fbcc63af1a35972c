package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Renders heads of responses into an array used again and again (RFC 9112 sections 4 and 5). One
 * per event loop.
 */
final class ResponseHead {
  private static final byte[] CONTENT_LENGTH = octets("Content-Length: ");
  private static final byte[] TRANSFER_ENCODING = octets("Transfer-Encoding: chunked\r\n");
  private static final byte[] CLOSE = octets("Connection: close\r\n");
  private static final byte[] UPGRADE = octets("Connection: Upgrade\r\n");
  private static final byte[] KEEP_ALIVE = octets("Connection: keep-alive\r\n");

  /** No length is sent: the response has no content by definition, or a HEAD does not know it. */
  static final int NO_LENGTH = -1;

  /** The end of the content is told by its chunks (RFC 9112 section 7.1). */
  static final int CHUNKED = -2;

  /** What the head says about the connection. */
  enum Connection {
    /** Nothing: it lives on, as is the rule in HTTP/1.1. */
    SILENT,
    /** That it lives on, as an HTTP/1.0 client asked for. */
    KEEP_ALIVE,
    /** That it ends. */
    CLOSE
  }

  private byte[] octets = new byte[1024];
  private int size;

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Renders a head. Fields about the connection and the length are this method's own; those given
   * are left out.
   *
   * @param length the length of the content, {@link #NO_LENGTH} or {@link #CHUNKED}
   */
  void render(int status, Headers headers, long length, Connection connection) {
    size = 0;
    put(StatusLines.of(status));
    boolean dated = false;
    boolean upgrade = false;
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      if (!isOwn(name)) {
        dated |= name.length() == 4 && name.equalsIgnoreCase("Date");
        upgrade |= name.length() == 7 && name.equalsIgnoreCase("Upgrade");
        putField(name, headers.value(i));
      }
    }
    if (!dated) {
      put(HttpDate.line());
    }
    if (length >= 0) {
      put(CONTENT_LENGTH);
      putNumber(length);
      putLineEnd();
    } else if (length == CHUNKED) {
      put(TRANSFER_ENCODING);
    }
    if (upgrade) {
      put(UPGRADE); // RFC 9110 section 7.8: who sends the one sends the other.
    }
    switch (connection) {
      case CLOSE -> put(CLOSE);
      case KEEP_ALIVE -> put(KEEP_ALIVE);
      case SILENT -> {}
    }
    putLineEnd();
  }

  /** {@return the number of a Content-Length field, or {@link #NO_LENGTH} if it is none} */
  static long length(String field) {
    try {
      return Math.max(NO_LENGTH, Long.parseLong(field));
    } catch (NumberFormatException e) {
      return NO_LENGTH;
    }
  }

  private static boolean isOwn(String name) {
    return switch (name.length()) {
      case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
      case 14 -> name.equalsIgnoreCase("Content-Length");
      case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
      default -> false;
    };
  }

  private void put(byte[] text) {
    ensure(text.length);
    System.arraycopy(text, 0, octets, size, text.length);
    size += text.length;
  }

  private void putField(String name, String value) {
    ensure(name.length() + value.length() + 4);
    putText(name);
    octets[size++] = ':';
    octets[size++] = Octets.SP;
    putText(value);
    putLineEnd();
  }

  @SuppressWarnings(
      "deprecation") // drops the high bytes, which Latin-1 does not have: no array made
  private void putText(String text) {
    text.getBytes(0, text.length(), octets, size);
    size += text.length();
  }

  private void putNumber(long number) {
    ensure(20);
    long divisor = 1;
    while (number / divisor >= 10) {
      divisor *= 10;
    }
    for (; divisor > 0; divisor /= 10) {
      octets[size++] = (byte) ('0' + number / divisor % 10);
    }
  }

  private void putLineEnd() {
    ensure(2);
    octets[size++] = Octets.CR;
    octets[size++] = Octets.LF;
  }

  private void ensure(int more) {
    // Two more, so that a line end never needs its own growth.
    if (octets.length - size < more + 2) {
      octets = Arrays.copyOf(octets, Math.max(2 * octets.length, size + more + 2));
    }
  }

  /** {@return the array that begins with the head rendered last} */
  byte[] octets() {
    return octets;
  }

  /** {@return the length of the head rendered last} */
  int size() {
    return size;
  }
}
