package io.brrtrouter.server.websocket;

import io.brrtrouter.schema.stream.Channel;
import io.brrtrouter.schema.stream.Conversation;
import io.brrtrouter.server.dispatch.ConversationBinding;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.dispatch.TypedResponse;
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

  /**
   * {@return a conversation that is held with other options} A generated response has it as its
   * body:
   *
   * <pre>{@code
   * return new TalkResponse.SwitchingProtocols(
   *     WebSockets.conversation(options, channel -> channel.send(new Heard("hello"))));
   * }</pre>
   *
   * @param <I> what comes in
   * @param <O> what goes out
   * @param options how it is held
   * @param conversation the conversation
   */
  public static <I, O> Conversation<I, O> conversation(
      WebSocketOptions options, Conversation<I, O> conversation) {
    return new Held<>(options, conversation);
  }

  private record Held<I, O>(WebSocketOptions options, Conversation<I, O> conversation)
      implements Conversation<I, O> {
    @Override
    public void hold(Channel<I, O> channel) throws Exception {
      conversation.hold(channel);
    }
  }

  /**
   * {@return the response that opens a WebSocket with a conversation} For generated code.
   *
   * @param <I> what clients send
   * @param <O> what the server sends
   * @param request the request
   * @param headers header fields of the response, beside those of the handshake
   * @param binding how messages are read and written
   * @param conversation what is said
   */
  public static <I, O> TypedResponse<?> open(
      Request request,
      Headers headers,
      ConversationBinding<I, O> binding,
      Conversation<I, O> conversation) {
    WebSocketOptions options =
        conversation instanceof Held<I, O> held ? held.options() : WebSocketOptions.DEFAULT;
    HttpResponse response =
        open(
            request,
            options,
            socket -> conversation.hold(new TypedChannel<>((Session) socket, binding)));
    Headers handshake = response.headers();
    Headers.Builder all = Headers.builder();
    handshake.forEach(all::add);
    headers.forEach((name, value) -> {
      if (!handshake.contains(name)) {
        all.add(name, value);
      }
    });
    return TypedResponse.switching(
        new HttpResponse(response.status(), all.build(), response.body()));
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
