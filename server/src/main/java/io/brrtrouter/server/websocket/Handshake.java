package io.brrtrouter.server.websocket;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server agrees to (RFC 6455 section 4.2.2): which request opens a WebSocket at all is
 * decided before.
 *
 * @param subprotocol the first one the server prefers of those offered, null for none
 * @param compression whether messages may be compressed
 */
record Handshake(@Nullable String subprotocol, boolean compression) {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String PROTOCOL = "Sec-WebSocket-Protocol";
  private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

  /**
   * {@return what is agreed upon}
   *
   * @param headers of the request
   * @param spoken the subprotocols of the operation, the preferred one first
   * @param compresses whether the server compresses
   */
  static Handshake of(Headers headers, List<String> spoken, boolean compresses) {
    String offered = headers.combined(PROTOCOL);
    List<String> protocols = offered == null ? List.of() : elements(offered);
    String chosen = spoken.stream().filter(protocols::contains).findFirst().orElse(null);
    String extensions = headers.combined(EXTENSIONS);
    return new Handshake(
        chosen, compresses && extensions != null && CompressionOffer.isIn(extensions));
  }

  private static List<String> elements(String list) {
    return List.of(list.split(",", -1)).stream().map(String::strip).toList();
  }

  /** {@return the response that opens the WebSocket} */
  HttpResponse response(Headers request, Body.Tunnel tunnel) {
    HttpResponse response = HttpResponse.switching("websocket", tunnel.handler()).withBody(tunnel);
    String key = request.get("Sec-WebSocket-Key");
    if (key != null) { // There is none over HTTP/2 (RFC 8441 section 5).
      response = response.withHeader("Sec-WebSocket-Accept", accept(key));
    }
    if (subprotocol != null) {
      response = response.withHeader(PROTOCOL, subprotocol);
    }
    return compression ? response.withHeader(EXTENSIONS, CompressionOffer.ACCEPTED) : response;
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
