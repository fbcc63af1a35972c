package io.brrtrouter.benchmarks.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The yardstick of uploads: octets from a socket to a file, no protocol, one client at a time. */
public final class PlainCopy {
  private static final int BUFFER = 64 << 10;

  private PlainCopy() {}

  /**
   * Serves until the process is ended.
   *
   * @param args a directory to write to
   * @throws IOException if it cannot serve
   */
  public static void main(String[] args) throws IOException {
    Path target = Path.of(args[0]).resolve("copied");
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      System.out.println("port " + server.getLocalPort());
      byte[] buffer = new byte[BUFFER];
      while (true) {
        try (Socket client = server.accept();
            InputStream in = client.getInputStream();
            OutputStream out = Files.newOutputStream(target)) {
          long length = 0;
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            length += n;
          }
          client
              .getOutputStream()
              .write(String.valueOf(length).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
      }
    }
  }
}
