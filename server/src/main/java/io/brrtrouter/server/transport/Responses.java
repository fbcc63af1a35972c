package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HeadHandler;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.http.TransportFailure.Kind;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is sent of responses, whichever protocol they are sent by. */
final class Responses {
  /** The answer when there is none. */
  static final HttpResponse OUR_FAULT = HttpResponse.of(500);

  static final byte[] NONE = {};

  private static final Logger log = LoggerFactory.getLogger(Responses.class);

  /** Seconds after which a client may try again when the server had too much to do. */
  private static final String RETRY_AFTER = "1";

  private Responses() {}

  /** {@return what was rendered on an event loop, null if that failed} */
  static @Nullable HttpResponse of(Supplier<HttpResponse> answer) {
    try {
      return answer.get();
    } catch (Throwable e) {
      log.error("rendering a refusal threw; the connection is closed", e);
      return null;
    } finally {
      Thread.interrupted();
    }
  }

  /** {@return the answer to what is no request, null if rendering it failed} */
  static @Nullable HttpResponse refusing(
      HeadHandler handler, TransportFailure failure, Headers fields, Peer peer) {
    return of(() -> withRetryAfter(failure, handler.refuse(failure, fields, peer)));
  }

  static HttpResponse withRetryAfter(TransportFailure failure, HttpResponse response) {
    boolean missing =
        failure.kind() == Kind.OVERLOADED && !response.headers().contains("Retry-After");
    return missing ? response.withHeader("Retry-After", RETRY_AFTER) : response;
  }

  /** {@return a response that can be sent, null if this cannot} */
  static @Nullable HttpResponse sendable(@Nullable HttpResponse response) {
    if (response != null && response.body() instanceof Body.Json) {
      log.error("a response came with JSON that was not rendered; its connection is closed");
      return null;
    }
    if (response != null && response.body() instanceof Body.Seekable) {
      log.error(
          "a response came with content of which no part was chosen; its connection is closed");
      return null;
    }
    return response;
  }

  static byte[] content(HttpResponse response) {
    return response.body() instanceof Body.Bytes bytes ? bytes.bytes() : NONE;
  }

  /** {@return whether a response of a status may have content (RFC 9110 section 6.4.1)} */
  static boolean hasContent(int status) {
    return status != 204 && status != 304;
  }

  /** {@return the length to send, or {@link ResponseHead#NO_LENGTH} (RFC 9110 section 8.6)} */
  static long contentLength(boolean headOnly, HttpResponse response, byte[] content) {
    if (!hasContent(response.status()) || response.body() instanceof Body.Tunnel) {
      return ResponseHead.NO_LENGTH;
    }
    if (response.body() instanceof Body.Streamed streamed) {
      return streamed.length();
    }
    if (headOnly && content.length == 0) {
      // What a GET would have, where the handler knows it.
      String length = response.headers().get("Content-Length");
      return length == null ? ResponseHead.NO_LENGTH : ResponseHead.length(length);
    }
    return content.length;
  }

  /** {@return whether a handler wants the connection to end} */
  static boolean closes(HttpResponse response) {
    return "close".equalsIgnoreCase(response.headers().get("Connection"));
  }
}
