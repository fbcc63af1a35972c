package io.brrtrouter.outbound.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that answers octet by octet what a test says, right or wrong. */
final class RawService implements AutoCloseable {
  /** What it got. */
  record Received(String head, byte[] body) {
    String line() {
      return head.substring(0, head.indexOf("\r\n"));
    }

    String text() {
      return new String(body, StandardCharsets.ISO_8859_1);
    }
  }

  /** What it does with a request; the connection lives on unless the script closes it. */
  interface Script {
    void answer(Received request, OutputStream out, Socket socket) throws Exception;
  }

  /** Reads a body that is not to be collected. */
  interface Reading {
    void answer(String head, InputStream in, OutputStream out, Socket socket) throws Exception;
  }

  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  final List<Received> received = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();

  private RawService(Reading reading) throws IOException {
    this(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), reading);
  }

  /** One whose connections are those of a socket, encrypted for example. */
  RawService(ServerSocket server, Reading reading) {
    this.server = server;
    Thread.ofVirtual().start(() -> accept(reading));
  }

  static RawService of(Script script) throws IOException {
    RawService[] self = new RawService[1];
    Object made = new Object();
    synchronized (made) {
      self[0] =
          new RawService((head, in, out, socket) -> {
            Received request = new Received(head, body(head, in));
            synchronized (made) {
              self[0].received.add(request);
            }
            script.answer(request, out, socket);
          });
    }
    return self[0];
  }

  static RawService reading(Reading reading) throws IOException {
    return new RawService(reading);
  }

  /** Answers the same each time, and closes the connection. */
  static RawService once(String answer) throws IOException {
    return of((request, out, socket) -> {
      out.write(octets(answer));
      out.flush();
      socket.shutdownOutput();
    });
  }

  /** Answers 200 with a text each time. */
  static RawService text(String text) throws IOException {
    return of((request, out, socket) -> {
      boolean head = request.head().startsWith("HEAD ");
      out.write(
          octets(
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
                  + text.length()
                  + "\r\n\r\n"
                  + (head ? "" : text)));
    });
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  int port() {
    return server.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  private void accept(Reading reading) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket, reading));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void serve(Socket socket, Reading reading) {
    try (socket) {
      InputStream in = new java.io.BufferedInputStream(socket.getInputStream(), 64 << 10);
      OutputStream out = socket.getOutputStream();
      while (true) {
        String head = head(in);
        if (head == null) {
          return;
        }
        reading.answer(head, in, out, socket);
        out.flush();
      }
    } catch (Exception gone) {
      // Whoever asked has closed the connection, or the test has ended.
    }
  }

  static @org.jspecify.annotations.Nullable String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int octet = in.read();
      if (octet < 0) {
        return null;
      }
      head.append((char) octet);
    }
    return head.toString();
  }

  /** {@return a field of a head, empty text without one} */
  static String field(String head, String name) {
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
        return line.substring(name.length() + 1).strip();
      }
    }
    return "";
  }

  private static byte[] body(String head, InputStream in) throws IOException {
    if (field(head, "Transfer-Encoding").equals("chunked")) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      while (true) {
        int size = Integer.parseInt(line(in), 16);
        body.write(in.readNBytes(size));
        line(in);
        if (size == 0) {
          return body.toByteArray();
        }
      }
    }
    String length = field(head, "Content-Length");
    return length.isEmpty() ? new byte[0] : in.readNBytes(Integer.parseInt(length));
  }

  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException();
      }
      line.append((char) octet);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
