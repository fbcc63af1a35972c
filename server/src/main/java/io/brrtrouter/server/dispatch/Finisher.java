package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;

/**
 * What every response passes last, those to refused requests included: request id, security header,
 * content as bytes.
 */
final class Finisher {
  /** Keeps browsers from guessing that a response is a page or a script. */
  private static final String NO_SNIFF = "X-Content-Type-Options";

  private Finisher() {}

  /**
   * {@return the response as it is to be sent, its content bytes or empty}
   *
   * @param response what the handler, a filter or the problem renderer answered
   * @param requestId the request id, free of anything a header field cannot have
   */
  static HttpResponse finish(HttpResponse response, String requestId) {
    Headers headers = response.headers();
    if (headers.contains(RequestIds.HEADER)) {
      headers = headers.toBuilder().remove(RequestIds.HEADER).build();
    }
    headers =
        headers.contains(NO_SNIFF)
            ? headers.plus(RequestIds.HEADER, requestId)
            : headers.plus(RequestIds.HEADER, requestId, NO_SNIFF, "nosniff");
    return new HttpResponse(response.status(), headers, bytes(response));
  }

  private static Body bytes(HttpResponse response) {
    if (hasNoContent(response.status())) {
      return Body.EMPTY;
    }
    return switch (response.body()) {
      case Body.Empty empty -> empty;
      case Body.Bytes bytes -> bytes;
      case Body.Json(var value) -> new Body.Bytes(JsonText.of(value));
    };
  }

  /** {@return whether a status never has content (RFC 9110 sections 15.3.5, 15.3.6, 15.4.5)} */
  static boolean hasNoContent(int status) {
    return status == 204 || status == 205 || status == 304;
  }
}
