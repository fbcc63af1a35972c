package io.brrtrouter.codegen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A server that reads the head of one request and answers with octets as they are given; the
 * connection stays open.
 */
final class OneAnswer implements AutoCloseable {
  private final ServerSocket socket;
  private final CompletableFuture<String> request;
  private volatile @Nullable Socket connection;

  OneAnswer(String answer) throws IOException {
    socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    request =
        CompletableFuture.supplyAsync(
            () -> answer(answer), runnable -> Thread.ofVirtual().start(runnable));
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1/");
  }

  private String answer(String answer) {
    try {
      Socket client = socket.accept();
      connection = client;
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      InputStream in = client.getInputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int octet = in.read();
        if (octet < 0) {
          break;
        }
        head.write(octet);
      }
      client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      return head.toString(StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return the head of the request that came} */
  String request() throws InterruptedException, ExecutionException {
    return request.get();
  }

  /** {@return whether a request came} */
  boolean wasAsked() {
    return request.isDone();
  }

  /** Waits until the client has given its connection up. */
  void awaitEnd() throws IOException, InterruptedException, ExecutionException {
    request.get();
    Socket client = connection;
    if (client == null) {
      throw new IllegalStateException("no client");
    }
    client.setSoTimeout(60_000);
    try {
      while (client.getInputStream().read() >= 0) {
        // what it says meanwhile is of no interest
      }
    } catch (SocketTimeoutException open) {
      throw open;
    } catch (IOException reset) {
      // is an end too
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    Socket open = connection;
    if (open != null) {
      open.close();
    }
  }
}
