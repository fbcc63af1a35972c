package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Response;
import io.brrtrouter.server.http.Accept;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One declared response of a mock, prepared. Immutable.
 *
 * @param key {@code 200}, {@code 2XX} or {@code default}
 * @param contents its media types, in document order
 * @param headers its headers with their values
 */
record MockResponse(String key, List<MockContent> contents, Headers headers) {
  /** More than twice the weight of what is most welcome. */
  private static final int SENDABLE = 10_000;

  static MockResponse compile(String key, Response response, SchemaPrograms schemas) {
    List<MockContent> contents = new ArrayList<>();
    for (Map.Entry<String, MediaType> entry : response.content().entrySet()) {
      contents.add(MockContent.compile(entry.getKey(), entry.getValue(), status(key), schemas));
    }
    return new MockResponse(
        key, List.copyOf(contents), MockHeaders.compile(response.headers(), schemas));
  }

  /** {@return the status when nobody asked for another} */
  int status() {
    return status(key);
  }

  private static int status(String key) {
    if (key.equals("default")) {
      return 200;
    }
    boolean isRange = key.regionMatches(true, 1, "XX", 0, 2);
    return Math.max(200, isRange ? (key.charAt(0) - '0') * 100 : number(key));
  }

  private static int number(String key) {
    try {
      return Integer.parseInt(key);
    } catch (NumberFormatException unusual) {
      return 200;
    }
  }

  /** {@return the smaller, the more likely the mock's answer: 2XX, then default, then the rest} */
  int rank() {
    if (key.startsWith("2")) {
      return status();
    }
    return key.equals("default") ? 300 : 300 + status();
  }

  /**
   * {@return the media type to send, null when the response has no content} What the mock can send
   * goes before what is more welcome, but not before what alone is welcome.
   */
  @Nullable MockContent content(Accept accept) {
    MockContent best = null;
    int most = -1;
    for (MockContent content : contents) {
      int welcome = content.offer().weight(accept);
      int weight = 2 * welcome + (content.isSendable() ? welcome > 0 ? SENDABLE : 1 : 0);
      if (weight > most) {
        most = weight;
        best = content;
      }
    }
    return best;
  }

  /** {@return the media types that can be sent} */
  List<String> sendable() {
    return contents.stream().filter(MockContent::isSendable).map(MockContent::contentType).toList();
  }

  /** {@return the headers of the response with a content} */
  Headers headers(@Nullable MockContent content, MockBody body) {
    return content == null || body.body() instanceof Body.Empty
        ? headers
        : headers.plus("Content-Type", content.contentType());
  }
}
