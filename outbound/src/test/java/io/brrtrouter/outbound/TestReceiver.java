package io.brrtrouter.outbound;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.brrtrouter.server.http.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody who receives webhooks, on a socket of this machine. */
final class TestReceiver implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  /** What has come. */
  record Received(String method, String target, Headers headers, byte[] body) {
    String text() {
      return new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  /** Answers a request. */
  interface Answer {
    void to(HttpExchange exchange, Received received) throws Exception;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

  private TestReceiver(Answer answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, answer));
    server.start();
  }

  static TestReceiver answering(Answer answer) throws IOException {
    return new TestReceiver(answer);
  }

  /** {@return one that answers with some statuses in turn, the last one from then on} */
  static TestReceiver answering(int... statuses) throws IOException {
    java.util.concurrent.atomic.AtomicInteger next =
        new java.util.concurrent.atomic.AtomicInteger();
    return new TestReceiver((exchange, _) ->
        exchange.sendResponseHeaders(
            statuses[Math.min(next.getAndIncrement(), statuses.length - 1)], -1));
  }

  private void handle(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      Headers.Builder headers = Headers.builder();
      exchange.getRequestHeaders().forEach((name, values) -> add(headers, name, values));
      Received it =
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers.build(),
              exchange.getRequestBody().readAllBytes());
      received.add(it);
      answer.to(exchange, it);
    } catch (IOException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IOException(failure);
    }
  }

  private static void add(Headers.Builder headers, String name, List<String> values) {
    values.forEach(value -> headers.add(name, value));
  }

  URI url() {
    return url("/hook");
  }

  URI url(String target) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** {@return the next that comes, waiting for it} */
  Received next() throws InterruptedException {
    Received next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing has come");
    }
    return next;
  }

  int size() {
    return received.size();
  }

  List<Received> all() {
    return List.copyOf(received);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
