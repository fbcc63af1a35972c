package io.brrtrouter.conformance.http;

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
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * A client's side of a connection of HTTP/2 (RFC 9113), which makes streams of the requests of
 * {@link HostileRequests}, and spoils what is between head and octets too.
 */
final class HostileStreams implements AutoCloseable {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;

  /** A frame and a stream have at least this much room. */
  private static final int FRAME = 16_384;

  private static final int WINDOW = 65_535;

  /** Those that HTTP/2 forbids are left out most of the time, or nothing else would be tried. */
  private static final Set<String> CONNECTION_FIELDS =
      Set.of("connection", "upgrade", "te", "host", "http2-settings");

  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private final Socket socket;
  private final DataInputStream in;
  private final Random random;
  private int stream = -1;

  /** A frame. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Frame(int type, int flags, int stream, byte[] payload) {
    boolean has(int flag) {
      return (flags & flag) != 0;
    }

    int number(int at) {
      return ByteBuffer.wrap(payload).getInt(at);
    }
  }

  /** What became of a stream. */
  sealed interface Outcome {
    /** It was answered. */
    record Answered(int status, Http2Headers head, byte[] content) implements Outcome {}

    /** It ended without an answer, by the client or the server. */
    record Reset() implements Outcome {}

    /** The connection ended, as it does after what is wrong with all of it. */
    record Ended() implements Outcome {}
  }

  HostileStreams(int port, int patienceMillis, Random random) throws IOException {
    this.random = random;
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(patienceMillis);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    socket.getOutputStream().write(HostileRequests.octetsOf("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    write(SETTINGS, 0, 0);
  }

  /** {@return what becomes of a request as it is} */
  Outcome sound(HostileRequests.Request request) throws IOException {
    stream += 2;
    List<String> fields = pseudo(request);
    request.fields().forEach(field -> add(field, fields));
    head(request.body().isEmpty(), block(fields));
    return content(request.body()) ? outcome() : new Outcome.Reset();
  }

  /** {@return what becomes of a request of which anything else may be spoilt too} */
  Outcome spoilt(HostileRequests.Request request) throws IOException {
    stream += 2;
    try {
      boolean empty = request.body().isEmpty();
      head(empty, spoiltBlock(request));
      if (!content(request.body())) {
        return new Outcome.Reset();
      }
      if (random.nextInt(40) == 0) {
        head(true, block(List.of("x-trailer", "y")));
      }
    } catch (SocketException _) {
      // The connection was ended before all was sent; what came before that says why.
    }
    return outcome();
  }

  private static List<String> pseudo(HostileRequests.Request request) {
    return new ArrayList<>(
        List.of(
            ":method",
            request.method(),
            ":scheme",
            "http",
            ":authority",
            "a",
            ":path",
            request.target()));
  }

  private static void add(String field, List<String> fields) {
    int colon = field.indexOf(':');
    fields.add(field.substring(0, colon).toLowerCase(Locale.ROOT));
    fields.add(field.substring(colon + 1).strip());
  }

  private byte[] spoiltBlock(HostileRequests.Request request) {
    List<String> fields = pseudo(request);
    if (random.nextInt(10) == 0) {
      int at = 2 * random.nextInt(4);
      fields.subList(at, at + 2).clear();
    }
    for (String field : request.fields()) {
      String name = field.substring(0, field.indexOf(':')).toLowerCase(Locale.ROOT);
      if (!CONNECTION_FIELDS.contains(name) || random.nextInt(4) == 0) {
        add(field, fields);
      }
    }
    if (random.nextInt(3) == 0) {
      fields.add("content-length");
      fields.add(Integer.toString(request.body().length() + (random.nextInt(8) == 0 ? 1 : 0)));
    }
    byte[] block = block(fields);
    if (random.nextInt(12) == 0) {
      block[random.nextInt(block.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return block;
  }

  private byte[] block(List<String> fields) {
    Http2Headers headers = new DefaultHttp2Headers(false);
    for (int i = 0; i < fields.size(); i += 2) {
      headers.add(fields.get(i), fields.get(i + 1));
    }
    ByteBuf block = Unpooled.buffer();
    try {
      encoder.encodeHeaders(stream, headers, block);
    } catch (Http2Exception e) {
      throw new AssertionError(e);
    }
    return ByteBufUtil.getBytes(block);
  }

  /** Sends a block of fields, in frames that each are as long as may be. */
  private void head(boolean end, byte... block) throws IOException {
    int continuation = 9;
    int at = 0;
    do {
      int to = Math.min(block.length, at + FRAME);
      write(
          at == 0 ? HEADERS : continuation,
          (at == 0 && end ? END_STREAM : 0) | (to == block.length ? END_HEADERS : 0),
          stream,
          Arrays.copyOfRange(block, at, to));
      at = to;
    } while (at < block.length);
  }

  /** Sends content in frames of any length; {@return false if it did not fit, and was cancelled} */
  private boolean content(String body) throws IOException {
    byte[] octets = HostileRequests.octetsOf(body);
    int most = Math.min(octets.length, WINDOW);
    for (int at = 0; at < most; ) {
      int to = Math.min(most, at + 1 + random.nextInt(FRAME - 1));
      int flags = to == octets.length ? END_STREAM : 0;
      write(DATA, flags, stream, Arrays.copyOfRange(octets, at, to));
      at = to;
    }
    if (most < octets.length) {
      write(RST_STREAM, 0, stream, numbered((int) Http2Error.CANCEL.code()));
    }
    return most == octets.length;
  }

  private static byte[] numbered(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  private void write(int type, int flags, int on, byte... payload) throws IOException {
    socket
        .getOutputStream()
        .write(
            ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(on)
                .put(payload)
                .array());
  }

  private Outcome outcome() throws IOException {
    try {
      return await();
    } catch (SocketException _) {
      return new Outcome.Ended();
    }
  }

  private Outcome await() throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    Http2Headers head = new DefaultHttp2Headers();
    for (Frame frame = read(); frame != null; frame = read()) {
      if (frame.type == GOAWAY && frame.number(4) != Http2Error.NO_ERROR.code()) {
        in.readAllBytes(); // A connection that is given up ends.
        return new Outcome.Ended();
      }
      boolean mine = frame.stream == stream;
      if (frame.type == HEADERS) {
        Http2Headers decoded = decoded(frame);
        head = mine ? decoded : head;
      } else if (frame.type == DATA && mine) {
        content.writeBytes(frame.payload);
      } else if (frame.type == RST_STREAM && mine) {
        return new Outcome.Reset();
      }
      acknowledge(frame);
      if (mine && frame.type <= HEADERS && frame.has(END_STREAM)) {
        int status = Integer.parseInt(head.status().toString());
        return new Outcome.Answered(status, head, content.toByteArray());
      }
    }
    return new Outcome.Ended();
  }

  private void acknowledge(Frame frame) throws IOException {
    try {
      if (frame.type == SETTINGS && !frame.has(ACK)) {
        write(SETTINGS, ACK, 0);
      } else if (frame.type == DATA && frame.payload.length > 0) {
        write(WINDOW_UPDATE, 0, 0, numbered(frame.payload.length));
        if (!frame.has(END_STREAM)) {
          write(WINDOW_UPDATE, 0, frame.stream, numbered(frame.payload.length));
        }
      }
    } catch (SocketException _) {
      // It has ended already, which what is read says.
    }
  }

  private Http2Headers decoded(Frame frame) {
    try {
      return decoder.decodeHeaders(frame.stream, Unpooled.wrappedBuffer(frame.payload));
    } catch (Http2Exception e) {
      throw new AssertionError("a head that cannot be read", e);
    }
  }

  private Frame read() throws IOException {
    byte[] head = in.readNBytes(9);
    if (head.length < 9) {
      return null;
    }
    ByteBuffer octets = ByteBuffer.wrap(head);
    int length = octets.get() << 16 & 0xFF0000 | octets.getShort() & 0xFFFF;
    return new Frame(octets.get(), octets.get(), octets.getInt(), in.readNBytes(length));
  }

  /** {@return whether another stream may be begun, of which a connection has only so many} */
  boolean hasRoom() {
    return stream < 2_000;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
