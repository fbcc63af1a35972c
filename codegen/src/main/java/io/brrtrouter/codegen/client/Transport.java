package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.JsonLimits;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// Sends requests and waits for the whole response, or for its head where its items are read while
/// they come. Immutable and thread-safe.
///
/// @param http who sends
/// @param base where the API is, without a slash at its end
/// @param timeout the time for a whole exchange, the body included; of items that are sent for
///   each, and of those that come for the head and for whatever comes next
/// @param maxBody the octets a body may have, of items each
/// @param limits bounds on JSON in a body
/// @param validates whether bodies are judged by their schemas
/// @param credentials what adds the credential of a scheme, by scheme
/// @param interceptor has the last word on each request
record Transport(
    HttpClient http,
    String base,
    Duration timeout,
    int maxBody,
    JsonLimits limits,
    boolean validates,
    Map<String, Consumer<RequestWriter>> credentials,
    Consumer<HttpRequest.Builder> interceptor) {

  /// The last status there is, RFC 9110 section 15.
  private static final int LAST = 599;

  Transport {
    credentials = Map.copyOf(credentials);
  }

  Transport withTimeout(Duration other) {
    return new Transport(
        http, base, Settings.bounded(other), maxBody, limits, validates, credentials, interceptor);
  }

  RequestWriter request(String operation, String method) {
    return new RequestWriter(operation, method, validates);
  }

  Reply send(RequestWriter writer) throws IOException, InterruptedException {
    Reply reply = reply(writer, exchange(writer, collected()));
    if (reply.status() > LAST) {
      throw reply.undeclaredStatus();
    }
    return reply;
  }

  /// Says of a response whether its items are read while they come.
  @FunctionalInterface
  interface Streams {
    boolean test(int status, String mediaType);
  }

  /// Reads a response.
  @FunctionalInterface
  interface Reading<T> {
    T read(Reply reply) throws UnexpectedResponseException;
  }

  /// Sends a request, and reads the response, whose items may not have come yet.
  <T> T open(RequestWriter writer, Streams streams, Reading<T> reading)
      throws IOException, InterruptedException {
    Opening opening = new Opening(streams, timeout, collected());
    try {
      Reply reply = reply(writer, exchange(writer, opening));
      if (reply.status() > LAST) {
        throw reply.undeclaredStatus();
      }
      return reading.read(reply);
    } catch (IOException | InterruptedException | RuntimeException | Error failure) {
      opening.close();
      throw failure;
    }
  }

  /// Takes a body while it comes where its items are wanted so. A head may come when nobody waits
  /// for it any more: what is closed ends whatever body comes.
  private static final class Opening implements BodyHandler<Object>, AutoCloseable {
    private final Streams streams;
    private final Duration timeout;
    private final BodyHandler<byte[]> collected;
    private boolean closed;
    private @Nullable Incoming incoming;

    Opening(Streams streams, Duration timeout, BodyHandler<byte[]> collected) {
      this.streams = streams;
      this.timeout = timeout;
      this.collected = collected;
    }

    @Override
    public BodySubscriber<Object> apply(ResponseInfo head) {
      if (!streams.test(head.statusCode(), Reply.mediaType(head.headers()))) {
        return BodySubscribers.mapping(collected.apply(head), octets -> octets);
      }
      Incoming next = new Incoming(timeout);
      boolean late;
      synchronized (this) {
        incoming = next;
        late = closed;
      }
      if (late) {
        next.close();
      }
      return next;
    }

    @Override
    public void close() {
      Incoming current;
      synchronized (this) {
        closed = true;
        current = incoming;
      }
      if (current != null) {
        current.close();
      }
    }
  }

  private Reply reply(RequestWriter writer, HttpResponse<?> response) {
    return new Reply(writer.operation(), response, maxBody, limits, validates);
  }

  private BodyHandler<byte[]> collected() {
    return BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBody);
  }

  private HttpRequest request(RequestWriter writer, @Nullable ItemPublisher items) {
    writer.security().stream()
        .filter(schemes -> credentials.keySet().containsAll(schemes))
        .findFirst()
        .ifPresent(schemes ->
            schemes.forEach(scheme -> credentials.getOrDefault(scheme, any -> {}).accept(writer)));
    HttpRequest.Builder builder = builder(base, writer, items);
    interceptor.accept(builder);
    return builder.build();
  }

  /// {@return the request that was put together}
  ///
  /// @param base where the API is, without a slash at its end
  static HttpRequest.Builder builder(String base, RequestWriter writer) {
    return builder(base, writer, publisher(writer));
  }

  private static HttpRequest.Builder builder(
      String base, RequestWriter writer, @Nullable ItemPublisher items) {
    String query = writer.query();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(
                URI.create(base + writer.path() + (query.isEmpty() ? "" : "?" + query)))
            .method(writer.method(), items == null ? body(writer) : items);
    writer.contentType().ifPresent(mediaType -> builder.header("Content-Type", mediaType));
    writer.headers().forEach(header -> builder.header(header.getKey(), header.getValue()));
    return builder;
  }

  private static BodyPublisher body(RequestWriter writer) {
    if (writer.contentType().isEmpty()) {
      return BodyPublishers.noBody();
    }
    return writer.stream()
        .map(BodyPublishers::ofInputStream)
        .orElseGet(() -> BodyPublishers.ofByteArray(writer.octets()));
  }

  private static @Nullable ItemPublisher publisher(RequestWriter writer) {
    return writer.itemText().map(text -> new ItemPublisher(text)).orElse(null);
  }

  private <T> HttpResponse<T> exchange(RequestWriter writer, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    ItemPublisher items = publisher(writer);
    boolean complete = false;
    try {
      HttpResponse<T> response = exchange(request(writer, items), items, handler);
      complete = true;
      return response;
    } finally {
      if (items != null) {
        items.end(complete);
      }
    }
  }

  private <T> HttpResponse<T> exchange(
      HttpRequest request, @Nullable ItemPublisher items, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    CompletableFuture<HttpResponse<T>> response = http.sendAsync(request, handler);
    try {
      return await(response, items, begin);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException(line(request) + " took longer than " + timeout);
    } catch (ExecutionException e) {
      IllegalArgumentException refusal = items == null ? null : items.refusal();
      if (refusal != null) {
        throw new IllegalArgumentException(refusal.getMessage(), refusal);
      }
      throw failure(request, e.getCause());
    } finally {
      response.cancel(true);
    }
  }

  /// A timeout of the request itself would end with the header fields of the response. The time
  /// begins anew with each item that is sent.
  private <T> T await(CompletableFuture<T> response, @Nullable ItemPublisher items, long begin)
      throws InterruptedException, ExecutionException, TimeoutException {
    long since = begin;
    while (true) {
      long left = timeout.toNanos() - (System.nanoTime() - since);
      try {
        return response.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        long progress = items == null ? since : items.progress();
        if (progress - since <= 0) {
          throw e;
        }
        since = progress;
      }
    }
  }

  /// What `HttpClient.send` would throw, of the same class: the cause has the frames of another
  /// thread, this one those of the caller.
  private static IOException failure(HttpRequest request, @Nullable Throwable cause) {
    String message = line(request) + ": " + cause;
    IOException failure =
        switch (cause) {
          case HttpConnectTimeoutException _ -> new HttpConnectTimeoutException(message);
          case HttpTimeoutException _ -> new HttpTimeoutException(message);
          case ConnectException _ -> new ConnectException(message);
          case SocketException _ -> new SocketException(message);
          case ProtocolException _ -> new ProtocolException(message);
          case SSLHandshakeException _ -> new SSLHandshakeException(message);
          case SSLException _ -> new SSLException(message);
          case null, default -> new IOException(message);
        };
    failure.initCause(cause);
    return failure;
  }

  private static String line(HttpRequest request) {
    return request.method() + " " + request.uri().getRawPath();
  }
}
