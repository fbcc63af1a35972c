package io.brrtrouter.testing;

import io.brrtrouter.server.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Sends requests over a socket with the JDK's client; redirects are answers like any other. What
 * that client refuses to send, so that a server's answer to it could not be tested, goes over a
 * {@link RawSocket}.
 */
final class SocketCourier implements Courier {
  /** Far longer than any test should take, so that a hanging server fails the test. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Header fields the JDK's client keeps to itself. */
  private static final Set<String> RESTRICTED =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final URI base;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  SocketCourier(URI base) {
    this.base = base;
  }

  @Override
  public Incoming open(String method, String target, Headers headers, byte[] body) {
    Optional<URI> uri = uri(target);
    if (uri.isEmpty() || isRestricted(headers)) {
      return RawSocket.open(base, method, target, headers, body, PATIENCE);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri.get())
            .timeout(PATIENCE)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      return new Incoming(response.statusCode(), headers(response), response.body());
    } catch (IOException failed) {
      throw new UncheckedIOException(method + " " + target + " failed: " + failed, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(method + " " + target + " was interrupted", interrupted);
    }
  }

  /** Put together as text: resolving would take what follows two slashes for a host. */
  private Optional<URI> uri(String target) {
    try {
      URI uri = new URI(base.getScheme() + "://" + base.getRawAuthority() + target);
      return target.equals(
              uri.getRawQuery() == null
                  ? uri.getRawPath()
                  : uri.getRawPath() + "?" + uri.getRawQuery())
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static boolean isRestricted(Headers headers) {
    return RESTRICTED.stream().anyMatch(headers::contains);
  }

  private static Headers headers(HttpResponse<?> response) {
    Headers.Builder headers = Headers.builder();
    response
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
    return headers.build();
  }

  /** Does not wait for the end of responses that nobody has read. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
