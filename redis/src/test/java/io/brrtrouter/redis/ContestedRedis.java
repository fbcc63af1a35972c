package io.brrtrouter.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks as a Redis does in which somebody else changes each key before whoever asks. */
final class ContestedRedis implements AutoCloseable {
  private final ServerSocket server;
  private final AtomicInteger connections = new AtomicInteger();

  ContestedRedis() throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "redis://127.0.0.1:" + server.getLocalPort();
  }

  /** {@return how many were ever made to it} */
  int connections() {
    return connections.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void serve(Socket socket) {
    try (socket;
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
      while (true) {
        out.write(answer(command(in)).getBytes(ISO_8859_1));
        out.flush();
      }
    } catch (IOException gone) {
      // So is the client.
    }
  }

  /** {@return the name and arguments, in RESP2} */
  private static List<String> command(DataInputStream in) throws IOException {
    List<String> words = new ArrayList<>();
    int count = number(in);
    for (int i = 0; i < count; i++) {
      byte[] word = new byte[number(in)];
      in.readFully(word);
      in.skipNBytes(2);
      words.add(new String(word, ISO_8859_1));
    }
    return words;
  }

  /** Behind a character that says of what. */
  private static int number(DataInputStream in) throws IOException {
    StringBuilder digits = new StringBuilder();
    in.readByte();
    for (char next = (char) in.readByte(); next != '\r'; next = (char) in.readByte()) {
      digits.append(next);
    }
    in.readByte();
    return Integer.parseInt(digits.toString());
  }

  private static String answer(List<String> command) {
    return switch (command.getFirst()) {
      case "HELLO" -> "-ERR unknown command 'HELLO'\r\n";
      case "PING" -> "+PONG\r\n";
      case "TIME" -> "*2\r\n$10\r\n1700000000\r\n$1\r\n0\r\n";
      case "GET" -> "$-1\r\n";
      case "EVAL" -> ":0\r\n"; // somebody else was sooner
      default -> "+OK\r\n";
    };
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
