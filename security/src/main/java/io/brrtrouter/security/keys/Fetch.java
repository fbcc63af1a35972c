package io.brrtrouter.security.keys;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Gets small documents and answers over HTTP: no redirects, bounded in time and size, no threads
 * left.
 */
public final class Fetch implements AutoCloseable {
  /** How long a closing client may take to end its threads. */
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final HttpClient client;
  private final Duration timeout;
  private final int limit;

  /**
   * Makes one.
   *
   * @param timeout for one document: connecting, waiting and reading together
   * @param limit the most octets a document may have
   * @param ssl whom to trust, null for the authorities of the JDK
   */
  public Fetch(Duration timeout, int limit, @Nullable SSLContext ssl) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .executor(task -> Thread.ofVirtual().name("brrt-key-fetch").start(task));
    if (ssl != null) {
      builder.sslContext(ssl);
    }
    this.client = builder.build();
    this.timeout = timeout;
    this.limit = limit;
  }

  /** Nothing of an answer came: a connection that was kept may have been closed meanwhile. */
  public static final class UnansweredException extends IOException {
    private static final long serialVersionUID = 1;

    private UnansweredException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  byte[] get(URI url) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        send(HttpRequest.newBuilder(url).header("Accept", "application/json").GET().build());
    if (response.statusCode() != 200) {
      throw new IOException("it answers " + response.statusCode());
    }
    return response.body();
  }

  /**
   * Sends a request.
   *
   * @param request the request
   * @return the answer, whatever its status
   * @throws HttpTimeoutException if it does not come in time
   * @throws UnansweredException if nothing of it comes for another reason
   * @throws IOException if it does not come for another reason, or is too long; the message says
   *     why, and holds no secret
   * @throws InterruptedException if interrupted
   */
  public HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    BodyHandler<byte[]> body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), limit);
    AtomicBoolean begun = new AtomicBoolean();
    return await(
        client.sendAsync(
            request,
            head -> {
              begun.set(true);
              return body.apply(head);
            }),
        begun);
  }

  /** The timeout of a request would end with the header; this one bounds the body too. */
  private HttpResponse<byte[]> await(
      CompletableFuture<HttpResponse<byte[]>> pending, AtomicBoolean begun)
      throws IOException, InterruptedException {
    try {
      return pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw late();
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      if (cause instanceof HttpTimeoutException) {
        throw late();
      }
      throw begun.get()
          ? new IOException(reason(cause), cause)
          : new UnansweredException(reason(cause), cause);
    } finally {
      pending.cancel(true);
    }
  }

  private HttpTimeoutException late() {
    return new HttpTimeoutException("it does not answer within " + timeout.toMillis() + " ms");
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  @Override
  public void close() {
    client.shutdownNow();
    try {
      client.awaitTermination(CLOSING);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
