package io.brrtrouter.server.websocket;

import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.dispatch.WebSocketOpening;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import java.util.List;

/**
 * Handlers of operations that open a WebSocket: those with {@code x-websocket} in the document.
 *
 * <pre>{@code
 * server.handler(
 *     "chat",
 *     WebSockets.handler(socket -> {
 *       for (Optional<Message> said = socket.receive(); said.isPresent(); said = socket.receive()) {
 *         socket.send(said.get());
 *       }
 *     }));
 * }</pre>
 */
public final class WebSockets {
  private WebSockets() {}

  /**
   * {@return a handler that opens a WebSocket by {@link WebSocketOptions#DEFAULT}}
   *
   * @param handler serves each
   */
  public static Handler handler(WebSocketHandler handler) {
    return handler(WebSocketOptions.DEFAULT, handler);
  }

  /**
   * {@return a handler that opens a WebSocket}
   *
   * @param options how it is served
   * @param handler serves each
   */
  public static Handler handler(WebSocketOptions options, WebSocketHandler handler) {
    return new Opening(options, handler);
  }

  private record Opening(WebSocketOptions options, WebSocketHandler handler)
      implements WebSocketOpening {
    @Override
    public HttpResponse handle(Request request) {
      return open(request, options, handler);
    }
  }

  private static HttpResponse open(
      Request request, WebSocketOptions options, WebSocketHandler handler) {
    Headers headers = request.headers();
    Handshake agreed = Handshake.of(headers, subprotocols(request), options.compression());
    return agreed.response(
        headers,
        new Body.Tunnel(
            (source, sink) -> new Session(request, agreed, options, source, sink).serve(handler),
            options.reload()));
  }

  private static List<String> subprotocols(Request request) {
    return request.messages().subprotocols();
  }
}
