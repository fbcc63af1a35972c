package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every response passes last, those to refused requests included: request id, fields for
 * browsers, content as bytes.
 */
final class Finisher {
  private static final String VARY = "Vary";
  private static final String CORS = "Access-Control-";

  private Finisher() {}

  /**
   * {@return the response as it is to be sent, its content bytes or empty}
   *
   * @param response what the handler, a filter or the problem renderer answered
   * @param requestId the request id, free of anything a header field cannot have
   * @param security fields that a response may have otherwise
   * @param cors fields about other origins, which replace those of the response; empty where no
   *     policy applies
   */
  static HttpResponse finish(
      HttpResponse response, String requestId, Headers security, Headers cors) {
    Headers headers = response.headers();
    if (headers.contains(RequestIds.HEADER)) {
      headers = headers.toBuilder().remove(RequestIds.HEADER).build();
    }
    Headers missing = overlap(headers, security) ? without(security, headers) : security;
    if (cors.size() > 0 && mentionsOrigins(headers)) {
      headers = withoutOrigins(headers, cors);
      cors = headers.contains(VARY) ? cors.toBuilder().remove(VARY).build() : cors;
    }
    headers = headers.plus(missing, cors, RequestIds.HEADER, requestId);
    return new HttpResponse(response.status(), headers, bytes(response));
  }

  private static boolean overlap(Headers headers, Headers others) {
    for (int i = 0; i < headers.size(); i++) {
      if (others.contains(headers.name(i))) {
        return true;
      }
    }
    return false;
  }

  private static Headers without(Headers fields, Headers others) {
    Headers.Builder left = Headers.builder();
    fields.forEach((name, value) -> {
      if (!others.contains(name)) {
        left.add(name, value);
      }
    });
    return left.build();
  }

  private static boolean mentionsOrigins(Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      if (isAboutOrigins(headers.name(i)) || headers.name(i).equalsIgnoreCase(VARY)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAboutOrigins(String name) {
    return name.regionMatches(true, 0, CORS, 0, CORS.length());
  }

  /** {@return the fields with both Vary as one, and nothing about other origins} */
  private static Headers withoutOrigins(Headers headers, Headers cors) {
    Headers.Builder kept = Headers.builder();
    headers.forEach((name, value) -> {
      if (!isAboutOrigins(name)) {
        kept.add(name, value);
      }
    });
    String own = headers.combined(VARY);
    return own == null ? kept.build() : kept.set(VARY, vary(own, cors.combined(VARY))).build();
  }

  /** Names of both, each once; {@code *} is all of them (RFC 9110 section 12.5.5). */
  private static String vary(String own, @Nullable String cors) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : (cors == null ? own : own + "," + cors).split(",", -1)) {
      names.putIfAbsent(name.strip().toLowerCase(Locale.ROOT), name.strip());
    }
    names.remove("");
    return names.containsKey("*") ? "*" : String.join(", ", names.values());
  }

  private static Body bytes(HttpResponse response) {
    if (hasNoContent(response.status())) {
      return Body.EMPTY;
    }
    return switch (response.body()) {
      case Body.Empty empty -> empty;
      case Body.Bytes bytes -> bytes;
      case Body.Streamed streamed -> streamed;
      case Body.Seekable seekable -> seekable;
      case Body.Tunnel tunnel -> tunnel;
      case Body.Json(var value) -> new Body.Bytes(JsonText.of(value));
    };
  }

  /** {@return whether a status never has content (RFC 9110 sections 15.3.5, 15.3.6, 15.4.5)} */
  static boolean hasNoContent(int status) {
    return status == 204 || status == 205 || status == 304;
  }
}
