package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.coding.ContentCoding;
import io.brrtrouter.server.http.AcceptEncoding;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the response to one request is coded. Immutable.
 *
 * @param varies whether what the client accepts makes a difference
 * @param coding the content coding, null for none
 * @param level how hard to try
 * @param unlessLonger whether content is sent as it is where the coding makes it longer
 */
record CodingPlan(boolean varies, @Nullable ContentCoding coding, int level, boolean unlessLonger) {
  /** It is sent as it is, whoever asks. */
  static final CodingPlan NONE = new CodingPlan(false, null, 1, true);

  private static final String VARY = "Vary";

  /** {@return the same, but for the coding} */
  CodingPlan withoutCoding() {
    return new CodingPlan(varies, null, level, unlessLonger);
  }

  /** {@return the response, coded if it is to be; content that is seekable is coded elsewhere} */
  HttpResponse apply(HttpResponse response) {
    return switch (response.body()) {
      case Body.Bytes(byte[] content) -> bytes(response, content);
      case Body.Streamed streamed -> streamed(response, streamed);
      case Body.Empty _, Body.Json _, Body.Seekable _, Body.Tunnel _ -> response;
    };
  }

  private HttpResponse bytes(HttpResponse response, byte[] content) {
    if (coding == null) {
      return announce(response);
    }
    byte[] coded = coding.encode(content, level);
    return unlessLonger && coded.length >= content.length
        ? varying(response)
        : coded(response).withBody(new Body.Bytes(coded));
  }

  private HttpResponse streamed(HttpResponse response, Body.Streamed content) {
    return coding == null
        ? announce(response)
        : coded(response)
            .withBody(
                new Body.Streamed(
                    coding.coded(content.writer(), content.length(), level),
                    Body.Streamed.UNKNOWN_LENGTH,
                    content.onReload()));
  }

  /**
   * {@return the response with the {@code Vary} and {@code ETag} that it has if it is sent, for a
   * 304 in its place: content is taken to become shorter}
   */
  HttpResponse announce(HttpResponse response) {
    HttpResponse varying = varies ? varying(response) : response;
    return coding == null ? varying : weakened(varying);
  }

  /** {@return the response with the fields of what is coded, of which there are no parts} */
  HttpResponse coded(HttpResponse response) {
    if (coding == null) {
      return announce(response);
    }
    Headers.Builder headers = announce(response).headers().toBuilder();
    headers.remove("Accept-Ranges").remove("Content-Length");
    headers.set("Content-Encoding", coding.token());
    return new HttpResponse(response.status(), headers.build(), response.body());
  }

  /** RFC 9110 section 8.8.3.3: the octets are others, so a strong tag would be a lie. */
  private static HttpResponse weakened(HttpResponse response) {
    String tag = response.headers().get("ETag");
    return tag != null && tag.startsWith("\"") ? response.withHeader("ETag", "W/" + tag) : response;
  }

  /** What a cache keeps depends on what the client accepted, whether this one did or not. */
  private static HttpResponse varying(HttpResponse response) {
    String vary = response.headers().combined(VARY);
    if (vary == null) {
      return response.withHeader(VARY, AcceptEncoding.FIELD);
    }
    boolean told = vary.strip().equals("*") || hasName(vary);
    return told ? response : response.withHeader(VARY, vary + ", " + AcceptEncoding.FIELD);
  }

  private static boolean hasName(String vary) {
    for (String name : vary.split(",", -1)) {
      if (name.strip().toLowerCase(Locale.ROOT).equals("accept-encoding")) {
        return true;
      }
    }
    return false;
  }
}
