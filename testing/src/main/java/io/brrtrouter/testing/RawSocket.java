package io.brrtrouter.testing;

import io.brrtrouter.server.http.Headers;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One request on a connection of its own, written as it is given (RFC 9112). The answer is what
 * comes until the server closes, as it is asked to.
 */
final class RawSocket {
  private static final int DEFAULT_PORT = 80;

  private RawSocket() {}

  /**
   * Sends a request and waits for the head of the answer.
   *
   * @param base the server; http only
   * @param method the method's token
   * @param target the request target
   * @param headers the header fields; {@code Host} is added if there is none
   * @param body the content, empty for none
   * @param patience how long to wait for the connection and for each piece of the head
   * @return the response, whose content has the connection
   */
  static Incoming open(
      URI base, String method, String target, Headers headers, byte[] body, Duration patience) {
    String request = method + " " + target;
    if (!"http".equals(base.getScheme())) {
      throw new IllegalArgumentException(
          request + " can only be sent to a server without TLS, not to " + base);
    }
    int port = base.getPort() < 0 ? DEFAULT_PORT : base.getPort();
    int millis = Math.toIntExact(patience.toMillis());
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(base.getHost(), port), millis);
      socket.setSoTimeout(millis);
      OutputStream out = socket.getOutputStream();
      out.write(head(base, request, headers, body.length).getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      Incoming response = response(socket, new BufferedInputStream(socket.getInputStream()));
      socket.setSoTimeout(0); // whoever reads the content says how long
      return response;
    } catch (IOException failed) {
      try {
        socket.close();
      } catch (IOException suppressed) {
        failed.addSuppressed(suppressed);
      }
      throw new UncheckedIOException(request + " failed: " + failed, failed);
    }
  }

  private static String head(URI base, String request, Headers headers, int length) {
    Headers.Builder complete = headers.toBuilder();
    if (!headers.contains("Host")) {
      complete.set("Host", base.getRawAuthority());
    }
    if (length > 0 && !headers.contains("Content-Length")) {
      complete.set("Content-Length", String.valueOf(length));
    }
    if (!headers.contains("Connection")) {
      complete.set("Connection", "close");
    }
    StringBuilder head = new StringBuilder(request).append(" HTTP/1.1\r\n");
    complete
        .build()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString();
  }

  private static Incoming response(Socket socket, InputStream in) throws IOException {
    List<String> lines = headLines(in);
    while (lines.getFirst().startsWith("HTTP/1.1 1")) {
      lines = headLines(in); // that was an interim response
    }
    Headers.Builder headers = Headers.builder();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    Headers fields = headers.build();
    int status = Integer.parseInt(lines.getFirst().split(" ", 3)[1]);
    return new Incoming(status, fields, new Content(socket, in, fields));
  }

  private static List<String> headLines(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    if (lines.isEmpty()) {
      throw new IOException("there is no status line");
    }
    return lines;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed before there was an answer");
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  /** What comes until the server closes, out of its chunks (RFC 9112 section 7.1). */
  private static final class Content extends InputStream {
    private final Socket socket;
    private final InputStream in;
    private final boolean chunked;

    /** Octets that are left of the chunk. */
    private int left;

    private boolean first = true;
    private boolean last;

    Content(Socket socket, InputStream in, Headers fields) {
      this.socket = socket;
      this.in = in;
      this.chunked = fields.contains("Transfer-Encoding");
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] taker, int from, int length) throws IOException {
      if (!chunked || length == 0) {
        return in.read(taker, from, length);
      }
      if (left == 0 && !last) {
        if (!first) {
          line(in);
        }
        first = false;
        left = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
        last = left == 0;
      }
      if (last) {
        return -1;
      }
      int read = in.read(taker, from, Math.min(length, left));
      if (read < 0) {
        throw new EOFException("the connection was closed in the middle of the content");
      }
      left -= read;
      return read;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
