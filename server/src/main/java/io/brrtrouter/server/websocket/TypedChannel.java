package io.brrtrouter.server.websocket;

import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.WrongText;
import io.brrtrouter.schema.stream.Channel;
import io.brrtrouter.server.dispatch.ConversationBinding;
import io.brrtrouter.server.dispatch.MessageBinding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket whose messages have Java types.
 *
 * @param <I> what comes in
 * @param <O> what goes out
 */
final class TypedChannel<I, O> implements Channel<I, O> {
  private static final Logger log = LoggerFactory.getLogger(TypedChannel.class);

  private final Session session;
  private final ConversationBinding<I, O> binding;

  TypedChannel(Session session, ConversationBinding<I, O> binding) {
    this.session = session;
    this.binding = binding;
  }

  Session session() {
    return session;
  }

  /** {@return how what goes out is written} */
  MessageBinding<O> outgoing() {
    return binding.fromServer();
  }

  @Override
  public Optional<I> receive() throws InterruptedException {
    return typed(session.receive());
  }

  @Override
  public Optional<I> receive(Duration patience) throws InterruptedException {
    return typed(session.receive(patience));
  }

  /** What the document allows and no Java value is ends the WebSocket. */
  private Optional<I> typed(Optional<Message> received) throws InterruptedException {
    if (received.isEmpty()) {
      return Optional.empty();
    }
    Decoded<I> read = binding.fromClient().read(written(received.get()), session.contract().json());
    if (read instanceof Decoded.Value<I>(I message)) {
      return Optional.of(message);
    }
    if (read instanceof Decoded.Unrepresentable<I>(WrongText text)) {
      session.close(CloseStatus.cut(CloseStatus.POLICY, reason(text)));
    } else {
      log.error(
          "request {}: the generated code of {} cannot read a message that the document accepts;"
              + " generate it again and report this if it stays",
          session.request().requestId(),
          session.request().template());
      session.close(new CloseStatus(CloseStatus.INTERNAL_ERROR, ""));
    }
    return Optional.empty();
  }

  private static String reason(@Nullable WrongText text) {
    return text == null
        ? "the message has a value that is not supported"
        : (text.pointer().isEmpty() ? "" : text.pointer() + ": ") + text.message();
  }

  private static MessageBinding.Written written(Message message) {
    return switch (message) {
      case Message.Text(String text) ->
          new MessageBinding.Written(true, text.getBytes(StandardCharsets.UTF_8));
      case Message.Binary(byte[] octets) -> new MessageBinding.Written(false, octets);
    };
  }

  @Override
  public void send(O message) throws WebSocketClosedException, InterruptedException {
    session.send(Frame.of(binding.fromServer().write(message)));
  }

  @Override
  public void close(int code, String reason) throws InterruptedException {
    if (!CloseStatus.isSendable(code)) {
      throw new IllegalArgumentException(code + " says how a WebSocket ended; nobody sends it");
    }
    session.close(new CloseStatus(code, reason));
  }

  @Override
  public boolean isOpen() {
    return session.isOpen();
  }

  @Override
  public Optional<String> subprotocol() {
    return session.subprotocol();
  }
}
