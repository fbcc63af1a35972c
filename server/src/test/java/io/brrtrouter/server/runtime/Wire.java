package io.brrtrouter.server.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One request over a socket of its own, octet by octet as it is written. */
public final class Wire {
  private static final int PATIENCE_MILLIS = 20_000;

  private Wire() {}

  /**
   * {@return everything that comes back}
   *
   * @param port where a server listens on this machine
   * @param lines request line and header fields; the connection ends with the answer
   */
  public static String ask(int port, String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      String head = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** {@return the content of an answer that has a length} */
  public static String content(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  /** {@return the status of an answer} */
  public static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }
}
