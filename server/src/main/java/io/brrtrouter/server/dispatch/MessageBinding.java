package io.brrtrouter.server.dispatch;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.Fingerprint;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.JsonCodec;
import io.brrtrouter.schema.codec.WrongText;
import io.brrtrouter.schema.stream.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How generated code reads or writes the messages of one side of a WebSocket. The document that
 * serves judges them, before they are read and after they are written. Immutable.
 *
 * @param <T> the Java type of the messages
 */
public sealed interface MessageBinding<T extends @Nullable Object> {

  /** Text that is no JSON. */
  MessageBinding<String> TEXT = new Text();

  /** Octets. */
  MessageBinding<byte[]> OCTETS = new Octets();

  /** Messages of which nothing is described. */
  MessageBinding<RawMessage> RAW = new Raw();

  /** No messages: those that are described may be of no media type. */
  MessageBinding<Void> NONE = new None();

  /**
   * A message as it is sent.
   *
   * @param text whether it is text, in UTF-8
   * @param octets its octets; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // identity of the content is never asked for
  record Written(boolean text, byte[] octets) {}

  /**
   * {@return a message as it is sent}
   *
   * @param message the message
   */
  Written write(T message);

  /**
   * {@return a message that the document allows in its Java type}
   *
   * @param message the message as it came
   * @param limits bounds on JSON
   */
  Decoded<T> read(Written message, JsonLimits limits);

  /**
   * Text that is JSON.
   *
   * @param <T> the Java type
   * @param codec reads and writes it
   * @param schema the schema the codec was generated from; empty where the document has none
   */
  record JsonText<T extends @Nullable Object>(JsonCodec<T> codec, Optional<Fingerprint> schema)
      implements MessageBinding<T> {
    @Override
    public Written write(T message) {
      return new Written(true, Json.encode(codec, message, Checks.SYNTAX).json());
    }

    @Override
    public Decoded<T> read(Written message, JsonLimits limits) {
      if (!message.text()) {
        return new Decoded.Refused<>();
      }
      Decoded<T> read = Json.decode(codec, message.octets(), limits, Checks.SYNTAX);
      // Only code that judges tells what Java has no value for from what is none of its schema.
      return read instanceof Decoded.Unrepresentable
              && Json.decode(codec, message.octets(), limits, Checks.ALL) instanceof Decoded.Refused
          ? new Decoded.Refused<>()
          : read;
    }
  }

  /** Text that is no JSON. */
  record Text() implements MessageBinding<String> {
    @Override
    public Written write(String message) {
      return new Written(true, message.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Decoded<String> read(Written message, JsonLimits limits) {
      return message.text()
          ? new Decoded.Value<>(new String(message.octets(), StandardCharsets.UTF_8))
          : new Decoded.Refused<>();
    }
  }

  /** Octets. */
  record Octets() implements MessageBinding<byte[]> {
    @Override
    public Written write(byte[] message) {
      return new Written(false, Objects.requireNonNull(message, "a message has octets"));
    }

    @Override
    public Decoded<byte[]> read(Written message, JsonLimits limits) {
      return message.text() ? new Decoded.Refused<>() : new Decoded.Value<>(message.octets());
    }
  }

  /** Messages of which nothing is described. */
  record Raw() implements MessageBinding<RawMessage> {
    @Override
    public Written write(RawMessage message) {
      return switch (message) {
        case RawMessage.Text(String text) -> TEXT.write(text);
        case RawMessage.Binary(byte[] octets) -> OCTETS.write(octets);
      };
    }

    @Override
    public Decoded<RawMessage> read(Written message, JsonLimits limits) {
      return new Decoded.Value<>(
          message.text()
              ? new RawMessage.Text(new String(message.octets(), StandardCharsets.UTF_8))
              : new RawMessage.Binary(message.octets()));
    }
  }

  /** No messages. */
  record None() implements MessageBinding<Void> {
    @Override
    public Written write(Void message) {
      throw new IllegalArgumentException("the API description allows no message");
    }

    @Override
    public Decoded<Void> read(Written message, JsonLimits limits) {
      return new Decoded.Refused<>();
    }
  }

  /**
   * Messages of several kinds, each a class of its own: text, octets, or both.
   *
   * @param <T> the type that all of the classes are
   * @param kinds how each is read and written, no two of them text and no two octets
   */
  record Several<T>(List<Kind<T, ?, ?>> kinds) implements MessageBinding<T> {
    /** Copies the list. */
    public Several {
      kinds = List.copyOf(kinds);
    }

    @Override
    public Written write(T message) {
      for (Kind<T, ?, ?> kind : kinds) {
        if (kind.type().isInstance(message)) {
          return kind.write(message);
        }
      }
      throw new IllegalArgumentException("no message is a " + message.getClass().getName());
    }

    @Override
    public Decoded<T> read(Written message, JsonLimits limits) {
      Decoded<T> read = new Decoded.Refused<>();
      for (Kind<T, ?, ?> kind : kinds) {
        read = kind.read(message, limits);
        if (!(read instanceof Decoded.Refused)) {
          return read;
        }
      }
      return read;
    }
  }

  /**
   * Messages of one of several kinds.
   *
   * @param <T> the type of messages of any kind
   * @param <C> the class of those of this kind
   * @param <V> what is in one
   * @param content reads and writes what is in one
   * @param type the class of those of this kind
   * @param wrap makes one of what is in it
   * @param unwrap says what is in one
   */
  record Kind<T, C extends T, V extends @Nullable Object>(
      MessageBinding<V> content, Class<C> type, Function<V, C> wrap, Function<C, V> unwrap) {

    private Written write(T message) {
      return content.write(unwrap.apply(type.cast(message)));
    }

    private Decoded<T> read(Written message, JsonLimits limits) {
      return switch (content.read(message, limits)) {
        case Decoded.Value<V>(V value) -> new Decoded.Value<>(wrap.apply(value));
        case Decoded.Refused<V> _ -> new Decoded.Refused<>();
        case Decoded.Unrepresentable<V>(WrongText text) -> new Decoded.Unrepresentable<>(text);
        case Decoded.Unjudged<V> _ -> new Decoded.Unjudged<>();
      };
    }
  }
}
