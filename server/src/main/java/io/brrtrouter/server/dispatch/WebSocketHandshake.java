package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.TokenList;
import io.brrtrouter.server.http.TransportFailure;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which requests open a WebSocket: those of RFC 6455 section 4.2.1, and over HTTP/2 those of RFC
 * 8441 section 5, which the transport hands on as a {@code GET} with {@code Upgrade}.
 */
final class WebSocketHandshake {
  /** The only version. */
  static final String VERSION = "13";

  private static final String KEY = "Sec-WebSocket-Key";
  private static final int KEY_OCTETS = 16;
  private static final String HTTP_2 = "HTTP/2";

  private WebSocketHandshake() {}

  /** {@return why a request opens none, null if it does} */
  static @Nullable Rejection refusal(HttpRequest head) {
    Headers headers = head.headers();
    boolean http2 = head.version().equals(HTTP_2);
    if (!head.method().equals(Method.GET)
        || !names(headers, "Upgrade", "websocket")
        || (!http2 && !names(headers, "Connection", "Upgrade"))
        || head.version().equals("HTTP/1.0")) {
      return new Rejection.UpgradeRequired(
          "This operation is a WebSocket: over HTTP/1.1 it begins with a GET that has Upgrade:"
              + " websocket and Connection: Upgrade, over HTTP/2 with an extended CONNECT.");
    }
    if (!headers.all("Sec-WebSocket-Version").equals(List.of(VERSION))) {
      return new Rejection.UpgradeRequired(
          "The server speaks version 13 of WebSocket, which Sec-WebSocket-Version names.");
    }
    String malformed = complaint(headers, http2);
    return malformed == null
        ? null
        : new Rejection.Broken(new TransportFailure(TransportFailure.Kind.MALFORMED, malformed));
  }

  private static boolean names(Headers headers, String field, String token) {
    String value = headers.combined(field);
    return value != null && TokenList.parse(value).filter(list -> list.contains(token)).isPresent();
  }

  private static @Nullable String complaint(Headers headers, boolean http2) {
    if (!http2 && !isKey(headers.all(KEY))) {
      return "a WebSocket begins with one Sec-WebSocket-Key, which is 16 octets in base64";
    }
    String length = headers.get("Content-Length");
    if (headers.contains("Transfer-Encoding") || (length != null && !isZero(length))) {
      return "a request that opens a WebSocket has no content";
    }
    String protocols = headers.combined("Sec-WebSocket-Protocol");
    if (protocols != null && !areDistinct(protocols)) {
      return "Sec-WebSocket-Protocol has names of subprotocols, each once";
    }
    String extensions = headers.combined("Sec-WebSocket-Extensions");
    if (extensions != null && TokenList.parse(extensions).isEmpty()) {
      return "Sec-WebSocket-Extensions has names of extensions with their parameters";
    }
    return null;
  }

  /** {@return whether a length, whose digits the transport has checked, is none} */
  private static boolean isZero(String digits) {
    return digits.chars().allMatch(digit -> digit == '0');
  }

  private static boolean isKey(List<String> keys) {
    if (keys.size() != 1) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(keys.getFirst()).length == KEY_OCTETS
          && keys.getFirst().endsWith("==");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean areDistinct(String field) {
    Optional<List<String>> names =
        TokenList.parse(field)
            .filter(list -> list.elements().stream().allMatch(each -> each.parameters().isEmpty()))
            .map(list -> list.elements().stream().map(TokenList.Element::token).toList());
    return names.isPresent()
        && !names.get().isEmpty()
        && names.get().stream().distinct().count() == names.get().size();
  }
}
