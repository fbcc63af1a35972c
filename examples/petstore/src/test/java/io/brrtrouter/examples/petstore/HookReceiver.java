package io.brrtrouter.examples.petstore;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.brrtrouter.server.http.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody on this machine who is told by the shop. */
final class HookReceiver implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  /** What has come. */
  record Received(Headers headers, byte[] body) {
    JsonNode json() {
      return new JsonMapper().readTree(body);
    }

    String id() {
      return headers.first("webhook-id").orElseThrow();
    }
  }

  private final HttpServer server;
  private final int[] statuses;
  private final AtomicInteger answered = new AtomicInteger();
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

  /** Answers with some statuses in turn, the last one from then on. */
  HookReceiver(int... statuses) {
    this.statuses = statuses.clone();
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers.Builder headers = Headers.builder();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
      received.add(new Received(headers.build(), exchange.getRequestBody().readAllBytes()));
      int turn = Math.min(answered.getAndIncrement(), statuses.length - 1);
      exchange.sendResponseHeaders(statuses[turn], -1);
    }
  }

  String url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks?token=a%2Fb")
        .toString();
  }

  /** {@return the next that comes, waiting for it} */
  Received next() throws InterruptedException {
    Received next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing has come");
    }
    return next;
  }

  boolean hasMore() {
    return !received.isEmpty();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
