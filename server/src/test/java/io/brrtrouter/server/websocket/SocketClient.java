package io.brrtrouter.server.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A client that sends octets as they are, and reads frames strictly. */
final class SocketClient implements AutoCloseable {
  /** That of RFC 6455 section 1.3, and what is answered to it. */
  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  /** The lines of the head of the response. */
  final List<String> head = new ArrayList<>();

  SocketClient(int port) throws IOException {
    this(port, 0);
  }

  /** A client on a connection that is there, by TLS for example. */
  SocketClient(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  SocketClient(int port, int receiveBuffer) throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** {@return a client with an open WebSocket} */
  static SocketClient open(int port, String... fields) throws IOException {
    SocketClient client = new SocketClient(port);
    client.send(request("/chat", fields)).readHead();
    if (client.status() != 101) {
      throw new IOException("no WebSocket: " + client.head + client.content());
    }
    return client;
  }

  /** {@return a request that opens a WebSocket} */
  static String request(String target, String... fields) {
    return "GET %s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n%s\r\n"
        .formatted(
            target, KEY, String.join("", List.of(fields).stream().map(f -> f + "\r\n").toList()));
  }

  SocketClient send(String octets) throws IOException {
    return send(octets.getBytes(ISO_8859_1));
  }

  SocketClient send(byte[]... octets) throws IOException {
    socket.getOutputStream().write(Frames.join(octets));
    return this;
  }

  SocketClient text(String text) throws IOException {
    return send(Frames.text(text));
  }

  SocketClient readHead() throws IOException {
    for (String line = line(); !line.isEmpty(); line = line()) {
      head.add(line);
    }
    return this;
  }

  int status() {
    return Integer.parseInt(head.getFirst().substring(9, 12));
  }

  /** {@return the values of a field of the response} */
  List<String> field(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ": ";
    return head.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }

  String content() throws IOException {
    return new String(in.readNBytes(Integer.parseInt(field("Content-Length").getFirst())), UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = octet(); octet != '\n'; octet = octet()) {
      line.append((char) octet);
    }
    return line.toString().stripTrailing();
  }

  private int octet() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new EOFException("the connection ended");
    }
    return octet;
  }

  /**
   * {@return the next frame in words: {@code text hello}, {@code binary 0102}, {@code ping}, {@code
   * pong 01}, {@code close 1000 reason}; {@code end} at the end of the connection}
   */
  String frame() throws IOException {
    int first;
    try {
      first = in.read();
    } catch (SocketException reset) {
      return "reset";
    }
    if (first < 0) {
      return "end";
    }
    int second = octet();
    if ((first & 0x80) == 0 || (first & 0x30) != 0 || (second & 0x80) != 0) {
      throw new IOException("no frame of a server: " + first + " " + second);
    }
    byte[] content = in.readNBytes(length(second));
    boolean compressed = (first & 0x40) != 0;
    String words = words(first & 0x0F, compressed ? inflated(content) : content);
    return compressed ? "compressed " + words : words;
  }

  private int length(int second) throws IOException {
    if (second < 126) {
      return second;
    }
    long length = 0;
    for (int i = 0; i < (second == 126 ? 2 : 8); i++) {
      length = length << 8 | octet();
    }
    if (second == 126 ? length < 126 : length < 65_536) {
      throw new IOException("a length is written as shortly as possible");
    }
    return Math.toIntExact(length);
  }

  private static String words(int opcode, byte[] content) {
    String text = new String(content, UTF_8);
    String hex = HexFormat.of().formatHex(content);
    return switch (opcode) {
      case 1 -> "text " + text;
      case 2 -> "binary " + hex;
      case 8 ->
          "close"
              + (content.length == 0 ? "" : " " + ((content[0] & 0xFF) << 8 | content[1] & 0xFF))
              + (content.length > 2 ? " " + text.substring(2) : "");
      case 9 -> "ping" + (hex.isEmpty() ? "" : " " + hex);
      case 10 -> "pong" + (hex.isEmpty() ? "" : " " + hex);
      default -> "opcode " + opcode;
    };
  }

  private static byte[] inflated(byte[] content) {
    Inflater inflater = new Inflater(true);
    inflater.setInput(Frames.join(content, new byte[] {0, 0, -1, -1}));
    byte[] whole = new byte[1 << 21];
    try {
      int length = inflater.inflate(whole);
      return java.util.Arrays.copyOf(whole, length);
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    } finally {
      inflater.end();
    }
  }

  /** {@return all frames up to the end of the connection} */
  List<String> frames() throws IOException {
    List<String> frames = new ArrayList<>();
    do {
      frames.add(frame());
    } while (!frames.getLast().equals("end") && !frames.getLast().equals("reset"));
    return frames;
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
