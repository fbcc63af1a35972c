package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.JsonLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a client is made of. Not thread-safe.
final class Settings {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// What is longer would overflow clocks that count nanoseconds.
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(365);

  private static final int MAX_BODY = 16 * 1024 * 1024;

  private final Map<String, Consumer<RequestWriter>> credentials = new HashMap<>();
  private @Nullable HttpClient http;
  private @Nullable URI base;
  private Duration timeout = TIMEOUT;
  private int maxBody = MAX_BODY;
  private JsonLimits limits = JsonLimits.DEFAULT;
  private boolean validates = true;
  private Consumer<HttpRequest.Builder> interceptor = request -> {};

  void baseUri(URI uri) {
    boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!isHttp
        || uri.getHost() == null
        || uri.getRawQuery() != null
        || uri.getFragment() != null) {
      throw new IllegalArgumentException(
          "a base URI is like https://example.org/v1, without query and fragment: " + uri);
    }
    base = uri;
  }

  void httpClient(HttpClient client) {
    http = client;
  }

  void timeout(Duration duration) {
    timeout = bounded(duration);
  }

  static Duration bounded(Duration timeout) {
    if (!timeout.isPositive() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "a timeout is longer than zero and at most 365 days: " + timeout);
    }
    return timeout;
  }

  void maxBodySize(int octets) {
    if (octets < 0) {
      throw new IllegalArgumentException("a body has 0 octets or more: " + octets);
    }
    maxBody = octets;
  }

  void jsonLimits(JsonLimits bounds) {
    limits = bounds;
  }

  void validate(boolean judge) {
    validates = judge;
  }

  void interceptor(Consumer<HttpRequest.Builder> next) {
    interceptor = interceptor.andThen(next);
  }

  // Credentials.

  void headerKey(String scheme, String header, Supplier<String> key) {
    credentials.put(scheme, request -> request.headerText(header, key.get()));
  }

  void queryKey(String scheme, String field, Supplier<String> key) {
    credentials.put(scheme, request -> request.queryText(field, key.get()));
  }

  void cookieKey(String scheme, String cookie, Supplier<String> key) {
    credentials.put(scheme, request -> request.cookieText(cookie, key.get()));
  }

  void bearer(String scheme, Supplier<String> token) {
    headerKey(scheme, "Authorization", () -> "Bearer " + token.get());
  }

  void basic(String scheme, String user, String password) {
    if (user.indexOf(':') >= 0) {
      throw new IllegalArgumentException("the name of a user cannot have a colon, RFC 7617");
    }
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    String value = "Basic " + Base64.getEncoder().encodeToString(pair);
    headerKey(scheme, "Authorization", () -> value);
  }

  Transport transport() {
    if (base == null) {
      throw new IllegalStateException("the base URI is missing: call baseUri");
    }
    HttpClient client =
        http == null ? HttpClient.newBuilder().connectTimeout(timeout).build() : http;
    return new Transport(
        client,
        base.toString().replaceFirst("/+$", ""),
        timeout,
        maxBody,
        limits,
        validates,
        credentials,
        interceptor);
  }
}
