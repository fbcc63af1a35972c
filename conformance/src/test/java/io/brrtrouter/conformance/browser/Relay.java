package io.brrtrouter.conformance.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Stands between a browser and a server, passes on what both say, and sees heartbeats go by. */
final class Relay implements AutoCloseable {
  /** As {@code EventStream} sends it, in a chunk of its own. */
  private static final String HEARTBEAT = "\r\n:\n\n\r\n";

  private final CountDownLatch heartbeat = new CountDownLatch(1);
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ServerSocket listener;
  private volatile int target;

  Relay() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Released when a heartbeat was passed on to the browser. */
  CountDownLatch heartbeat() {
    return heartbeat;
  }

  /** Begins to pass on to a server. */
  void to(int port) {
    target = port;
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket browser = listener.accept();
        Socket server = new Socket();
        sockets.add(browser);
        sockets.add(server);
        server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        Thread.ofVirtual().start(() -> copy(browser, server, false));
        Thread.ofVirtual().start(() -> copy(server, browser, true));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void copy(Socket from, Socket to, boolean watched) {
    byte[] buffer = new byte[8192];
    String seen = "";
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        if (watched) {
          seen += new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
          if (seen.contains(HEARTBEAT)) {
            heartbeat.countDown();
          }
        }
      }
    } catch (IOException gone) {
      // One of both has gone, and the other is told by its end.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
