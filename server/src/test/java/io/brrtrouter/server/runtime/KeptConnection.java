package io.brrtrouter.server.runtime;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A client's side of one connection, which is kept from request to request. */
final class KeptConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  /**
   * An answer.
   *
   * @param status the status code
   * @param headers by name in lower case
   * @param content the content
   */
  record Answer(int status, Map<String, String> headers, String content) {}

  KeptConnection(BrrtServer server) throws IOException {
    this(server.port());
  }

  KeptConnection(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends text as it is. */
  KeptConnection send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** {@return the answer to a {@code GET}} */
  Answer get(String target) throws IOException {
    return send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n").read();
  }

  /** {@return the next answer, interim ones included} */
  Answer read() throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    Map<String, String> headers = new HashMap<>();
    for (String field = line(); !field.isEmpty(); field = line()) {
      int colon = field.indexOf(':');
      headers.put(
          field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
    }
    byte[] content = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return new Answer(status, headers, new String(content, StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server closed the connection after <" + line + ">");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  /** {@return whether something of an answer is there} */
  boolean hasAnswer() throws IOException {
    return in.available() > 0;
  }

  /** {@return what comes until the connection ends} */
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Goes away without a word, as a client that crashes. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
