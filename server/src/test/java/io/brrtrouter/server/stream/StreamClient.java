package io.brrtrouter.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that reads a response line by line, with a small window. */
final class StreamClient implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader lines;
  private final List<String> head = new ArrayList<>();

  StreamClient(int port, String path, String... fields) throws IOException {
    socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(20_000);
    InputStream octets = socket.getInputStream();
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: a\r\n"
            + String.join("", List.of(fields).stream().map(field -> field + "\r\n").toList())
            + "\r\n";
    socket.getOutputStream().write(request.getBytes(UTF_8));
    for (String line = headLine(octets); !line.isEmpty(); line = headLine(octets)) {
      head.add(line);
    }
    lines = new BufferedReader(new InputStreamReader(new Chunks(octets), UTF_8), 16);
  }

  /** {@return the head of the response} */
  List<String> head() {
    return head;
  }

  /** {@return the next line of the content, null at the end} */
  @Nullable String line() throws IOException {
    return lines.readLine();
  }

  /** {@return the next line that says something, null at the end} */
  @Nullable String said() throws IOException {
    String line = line();
    while (line != null && line.isEmpty()) {
      line = line();
    }
    return line;
  }

  /** {@return what is left of the content} */
  String rest() throws IOException {
    StringBuilder rest = new StringBuilder();
    for (int next = lines.read(); next >= 0; next = lines.read()) {
      rest.append((char) next);
    }
    return rest.toString();
  }

  /** {@return some characters of the content} */
  String characters(int count) throws IOException {
    StringBuilder some = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int next = lines.read();
      if (next < 0) {
        throw new EOFException("the content ended after " + some);
      }
      some.append((char) next);
    }
    return some.toString();
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static String headLine(InputStream octets) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = octets.read(); octet != '\n'; octet = octets.read()) {
      if (octet < 0) {
        throw new EOFException("the connection ended after " + line);
      }
      line.append((char) octet);
    }
    return line.toString().stripTrailing();
  }

  /** Content in chunks (RFC 9112 section 7.1), of which the last one is the end. */
  private static final class Chunks extends InputStream {
    private final InputStream octets;
    private int left;
    private boolean ended;

    Chunks(InputStream octets) {
      this.octets = octets;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (left == 0 && !ended) {
        left = Integer.parseInt(headLine(octets), 16);
        ended = left == 0;
      }
      if (ended) {
        return -1;
      }
      int count = octets.read(into, from, Math.min(left, length));
      if (count < 0) {
        throw new EOFException("no last chunk");
      }
      left -= count;
      if (left == 0) {
        headLine(octets);
      }
      return count;
    }
  }
}
