package io.brrtrouter.benchmarks.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Sends one request after the other on each of a few connections and counts what comes back. One
 * thread, so that it takes no more of the machine than it must.
 */
final class LoadClient implements AutoCloseable {
  private final Selector selector = Selector.open();
  private final byte[] request;
  private int toSend;
  private int toReceive;

  /** Connects, without sending anything. */
  LoadClient(int port, int connections, byte[] request) throws IOException {
    this.request = request;
    for (int i = 0; i < connections; i++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.socket().setTcpNoDelay(true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(8192));
    }
  }

  static byte[] post(String path, byte[] json) {
    String head =
        """
        POST %s HTTP/1.1
        Host: 127.0.0.1
        User-Agent: load
        Accept: */*
        Content-Type: application/json
        Content-Length: %d

        """
            .formatted(path, json.length)
            .replace("\n", "\r\n");
    byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[start.length + json.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(json, 0, all, start.length, json.length);
    return all;
  }

  /** Makes so many exchanges; each must be answered with 201. */
  void run(int exchanges) throws IOException {
    toSend = exchanges;
    toReceive = exchanges;
    for (SelectionKey key : selector.keys()) {
      send(key);
    }
    while (toReceive > 0) {
      selector.select(this::receive, 10_000);
    }
  }

  private void send(SelectionKey key) throws IOException {
    if (toSend > 0) {
      toSend--;
      ByteBuffer buffer = ByteBuffer.wrap(request);
      ((SocketChannel) key.channel()).write(buffer);
      if (buffer.hasRemaining()) {
        throw new IOException("the kernel did not take a whole request");
      }
    }
  }

  private void receive(SelectionKey key) {
    try {
      ByteBuffer buffer = (ByteBuffer) key.attachment();
      if (((SocketChannel) key.channel()).read(buffer) < 0) {
        throw new IOException("the server closed a connection");
      }
      if (isComplete(buffer)) {
        buffer.clear();
        toReceive--;
        send(key);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isComplete(ByteBuffer buffer) throws IOException {
    String text = StandardCharsets.ISO_8859_1.decode(buffer.duplicate().flip()).toString();
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    if (!text.startsWith("HTTP/1.1 201 ")) {
      throw new IOException("not 201: " + text);
    }
    String head = text.substring(0, end).toLowerCase(Locale.ROOT);
    int from = head.indexOf("content-length: ") + "content-length: ".length();
    int to = head.indexOf('\r', from);
    int length = Integer.parseInt(head.substring(from, to < 0 ? head.length() : to));
    return text.length() == end + 4 + length;
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
