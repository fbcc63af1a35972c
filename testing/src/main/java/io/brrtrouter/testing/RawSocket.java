package io.brrtrouter.testing;

import io.brrtrouter.server.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * One request on a connection of its own, written as it is given (RFC 9112). The answer is what
 * comes until the server closes, as it is asked to.
 */
final class RawSocket {
  private static final int DEFAULT_PORT = 80;
  private static final String END_OF_HEAD = "\r\n\r\n";

  private RawSocket() {}

  /**
   * Sends a request and waits for the whole answer.
   *
   * @param base the server; http only
   * @param method the method's token
   * @param target the request target
   * @param headers the header fields; {@code Host} is added if there is none
   * @param body the content, empty for none
   * @param patience how long to wait for the connection and for each piece of the answer
   * @return the response
   */
  static TestResponse send(
      URI base, String method, String target, Headers headers, byte[] body, Duration patience) {
    String request = method + " " + target;
    if (!"http".equals(base.getScheme())) {
      throw new IllegalArgumentException(
          request + " can only be sent to a server without TLS, not to " + base);
    }
    int port = base.getPort() < 0 ? DEFAULT_PORT : base.getPort();
    int millis = Math.toIntExact(patience.toMillis());
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(base.getHost(), port), millis);
      socket.setSoTimeout(millis);
      OutputStream out = socket.getOutputStream();
      out.write(head(base, request, headers, body.length).getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      return response(request, socket.getInputStream().readAllBytes());
    } catch (IOException failed) {
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

  private static TestResponse response(String request, byte[] answer) throws IOException {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int start = 0;
    while (text.startsWith("HTTP/1.1 1", start) && text.indexOf(END_OF_HEAD, start) >= 0) {
      start = text.indexOf(END_OF_HEAD, start) + END_OF_HEAD.length(); // an interim response
    }
    int end = text.indexOf(END_OF_HEAD, start);
    if (end < 0) {
      throw new IOException("the connection was closed before there was an answer");
    }
    List<String> lines = text.substring(start, end).lines().toList();
    Headers.Builder headers = Headers.builder();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    Headers fields = headers.build();
    byte[] content = Arrays.copyOfRange(answer, end + END_OF_HEAD.length(), answer.length);
    boolean chunked = fields.contains("Transfer-Encoding");
    int status = Integer.parseInt(lines.getFirst().split(" ", 3)[1]);
    return new TestResponse(request, status, fields, chunked ? joined(content) : content);
  }

  /** Takes the content out of its chunks (RFC 9112 section 7.1). */
  private static byte[] joined(byte[] chunks) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    String text = new String(chunks, StandardCharsets.ISO_8859_1);
    int at = 0;
    while (true) {
      int end = text.indexOf("\r\n", at);
      int size = Integer.parseInt(text.substring(at, end).split(";", 2)[0].strip(), 16);
      if (size == 0) {
        return content.toByteArray();
      }
      content.write(chunks, end + 2, size);
      at = end + 2 + size + 2;
    }
  }
}
