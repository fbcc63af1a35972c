package io.brrtrouter.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Sends frames of HTTP/2 as they are, right or wrong, and tells what comes back. */
final class H2Client implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  /** The most that a frame may have (RFC 9113 section 6.5.2). */
  private static final int FRAME = 16_384;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;

  static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  /** A frame. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Frame(int type, int flags, int stream, byte[] payload) {
    int number(int at) {
      return ByteBuffer.wrap(payload).getInt(at);
    }
  }

  private final RawClient client;
  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

  /** Heads of responses by stream. */
  final Map<Integer, Http2Headers> heads = new HashMap<>();

  /** How often each stream was reset. */
  final Map<Integer, Integer> resets = new HashMap<>();

  /** Octets that the client may send beyond its first windows, by stream; 0 is the connection. */
  final Map<Integer, Long> granted = new HashMap<>();

  private final Map<Integer, ByteArrayOutputStream> bodies = new HashMap<>();

  /** Streams whose response has come whole. */
  private final Set<Integer> ended = new HashSet<>();

  /** Whether what is read is given back to the windows. */
  boolean takes = true;

  /** Whether settings are acknowledged, which nobody may do in the middle of a head. */
  boolean acknowledges = true;

  /** What a {@code GOAWAY} named as the last stream, -1 before one came. */
  int lastStream = -1;

  H2Client(RawClient client) throws IOException {
    this.client = client;
    client.send(PREFACE);
    send(SETTINGS, 0, 0);
  }

  H2Client send(int type, int flags, int stream, byte... payload) throws IOException {
    client.send(
        ByteBuffer.allocate(9 + payload.length)
            .put((byte) (payload.length >> 16))
            .putShort((short) payload.length)
            .put((byte) type)
            .put((byte) flags)
            .putInt(stream)
            .put(payload)
            .array());
    return this;
  }

  H2Client sendOctets(byte... octets) throws IOException {
    client.send(octets);
    return this;
  }

  /** {@return a block of fields} Nothing about them is checked. */
  byte[] block(String... namesAndValues) {
    Http2Headers headers = new DefaultHttp2Headers(false);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    ByteBuf block = Unpooled.buffer();
    try {
      encoder.encodeHeaders(3, headers, block);
    } catch (Http2Exception e) {
      throw new AssertionError(e);
    }
    return ByteBufUtil.getBytes(block);
  }

  H2Client headers(int stream, boolean end, String... namesAndValues) throws IOException {
    return head(stream, end, block(namesAndValues));
  }

  /** Sends a block of fields in as many frames as it takes. */
  H2Client head(int stream, boolean end, byte... block) throws IOException {
    int type = HEADERS;
    int flags = end ? END_STREAM : 0;
    for (int at = 0; at <= block.length; at += FRAME) {
      int to = Math.min(block.length, at + FRAME);
      boolean last = block.length - at <= FRAME;
      send(type, flags | (last ? END_HEADERS : 0), stream, Arrays.copyOfRange(block, at, to));
      if (last) {
        break;
      }
      type = CONTINUATION;
      flags = 0;
    }
    return this;
  }

  /** Sends the head of a request with further fields. */
  H2Client request(int stream, boolean end, String method, String path, String... more)
      throws IOException {
    String[] all = new String[8 + more.length];
    String[] pseudo = {":method", method, ":scheme", "http", ":authority", "x", ":path", path};
    System.arraycopy(pseudo, 0, all, 0, 8);
    System.arraycopy(more, 0, all, 8, more.length);
    return headers(stream, end, all);
  }

  H2Client get(int stream, String path) throws IOException {
    return request(stream, true, "GET", path);
  }

  H2Client cancel(int stream) throws IOException {
    return send(
        RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) Http2Error.CANCEL.code());
  }

  H2Client data(int stream, boolean end, String text) throws IOException {
    return send(DATA, end ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** {@return the next frame, null at the end of the connection} */
  Frame read() throws IOException {
    byte[] head;
    try {
      head = client.octets(9);
    } catch (SocketException | SSLException e) {
      return null;
    }
    if (head.length < 9) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(head);
    int length = in.get() << 16 & 0xFF0000 | in.getShort() & 0xFFFF;
    return new Frame(in.get(), in.get(), in.getInt(), client.octets(length));
  }

  /**
   * {@return what becomes of a stream: {@code 200 content}, {@code RST error}, {@code GOAWAY error}
   * or {@code end}} Frames of others are kept in mind.
   */
  String outcome(int stream) throws IOException {
    while (true) {
      Frame frame = readOne();
      if (frame == null) {
        return "end";
      }
      if (frame.type == RST_STREAM && frame.stream == stream) {
        return "RST " + Http2Error.valueOf(frame.number(0));
      }
      if (frame.type == GOAWAY && Http2Error.valueOf(frame.number(4)) != Http2Error.NO_ERROR) {
        return "GOAWAY " + Http2Error.valueOf(frame.number(4));
      }
      if (isLast(frame) && frame.stream == stream) {
        return answer(stream);
      }
    }
  }

  /** {@return the response of a stream, which may have come whole before} */
  String whole(int stream) throws IOException {
    return ended.contains(stream) ? answer(stream) : outcome(stream);
  }

  private String answer(int stream) {
    return heads.get(stream).status()
        + " "
        + bodies.getOrDefault(stream, new ByteArrayOutputStream()).toString(StandardCharsets.UTF_8);
  }

  private static boolean isLast(Frame frame) {
    return (frame.type == HEADERS || frame.type == DATA) && (frame.flags & END_STREAM) != 0;
  }

  /** Reads one frame and keeps in mind what it says; {@return it, null at the end} */
  Frame readOne() throws IOException {
    Frame frame = read();
    if (frame == null) {
      return null;
    }
    switch (frame.type) {
      case SETTINGS -> {
        if (acknowledges && (frame.flags & ACK) == 0) {
          send(SETTINGS, ACK, 0);
        }
      }
      case HEADERS -> head(frame);
      case DATA -> {
        bodies.computeIfAbsent(frame.stream, _ -> new ByteArrayOutputStream()).write(frame.payload);
        if (takes && frame.payload.length > 0) {
          byte[] more = ByteBuffer.allocate(4).putInt(frame.payload.length).array();
          send(WINDOW_UPDATE, 0, 0, more);
          send(WINDOW_UPDATE, 0, frame.stream, more);
        }
      }
      case RST_STREAM -> resets.merge(frame.stream, 1, Integer::sum);
      case WINDOW_UPDATE -> granted.merge(frame.stream, (long) frame.number(0), Long::sum);
      case GOAWAY -> lastStream = frame.number(0);
      default -> {}
    }
    if (isLast(frame)) {
      ended.add(frame.stream);
    }
    return frame;
  }

  private void head(Frame frame) {
    try {
      heads.put(
          frame.stream, decoder.decodeHeaders(frame.stream, Unpooled.wrappedBuffer(frame.payload)));
    } catch (Http2Exception e) {
      throw new AssertionError(e);
    }
  }

  /** {@return how many octets of content of a stream have come} */
  int received(int stream) {
    return bodies.getOrDefault(stream, new ByteArrayOutputStream()).size();
  }

  /** {@return the content of a stream that has come} */
  byte[] content(int stream) {
    return bodies.getOrDefault(stream, new ByteArrayOutputStream()).toByteArray();
  }

  /** {@return a field of the response of a stream} */
  String field(int stream, String name) {
    return String.valueOf(heads.get(stream).get(name));
  }

  void reset() throws IOException {
    client.reset();
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
