package io.brrtrouter.server.decode;

import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.JsonDecoder;
import io.brrtrouter.schema.codec.JsonTrees;
import io.brrtrouter.schema.codec.WrongText;
import io.brrtrouter.server.http.InvalidItemException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The items of a request's body, one by one: JSON Lines, JSON sequences or parts, each of which is
 * what {@code itemSchema} says. Of an operation with {@code x-brrtrouter-stream-body} they are read
 * while they come, with blocking calls, and only one is in memory; of any other they are there.
 *
 * <pre>{@code
 * ItemReader readings = request.items();
 * for (var reading = readings.next(); reading.isPresent(); reading = readings.next()) {
 *   store(reading.get());
 * }
 * }</pre>
 *
 * <p>To be used by one thread at a time.
 */
public final class ItemReader {
  private final Supply supply;
  private long number;
  private @Nullable Part part;
  private boolean ended;

  /** Told of an item that is refused. */
  @FunctionalInterface
  public interface Refused {
    /**
     * Takes note.
     *
     * @param which which item
     * @param why what the client is to be told
     */
    void refused(InvalidItemException which, DecodedBody why);
  }

  /** Where items come from. */
  @FunctionalInterface
  private interface Supply {
    @Nullable Item next() throws IOException;

    /**
     * {@return that the item that was read last has no Java value}
     *
     * @param text the string in it that should be JSON, null where it is something else
     */
    default IOException unrepresentable(@Nullable WrongText text) {
      return new IOException("an item has no Java value");
    }
  }

  private record Item(JsonNode value, @Nullable Part part) {}

  private ItemReader(Supply supply) {
    this.supply = supply;
  }

  /** Reads items while they come. */
  ItemReader(SequenceBody body, ItemSource source, PartStore store, Refused refused) {
    this(new Coming(body, source, store, refused));
  }

  /**
   * {@return the items of a body that is there, and was judged}
   *
   * @param values the items
   * @param parts as parts; none if they are none
   */
  public static ItemReader of(JsonNode values, List<Part> parts) {
    Iterator<JsonNode> all = values.iterator();
    Iterator<Part> sent = parts.iterator();
    return new ItemReader(
        () -> all.hasNext() ? new Item(all.next(), sent.hasNext() ? sent.next() : null) : null);
  }

  /**
   * Reads the next item, and waits for it if it has not come.
   *
   * @return the item, empty if there are no more; of a part the value that it has by its media type
   * @throws InvalidItemException if it is not what the document asks for, and again each time after
   *     that
   * @throws io.brrtrouter.server.http.ClientGoneException if the connection is gone
   * @throws io.brrtrouter.server.http.ContentTooLargeException if the body is larger than it may be
   * @throws io.brrtrouter.server.http.UnreadableContentException if the body does not come to its
   *     end
   * @throws java.io.InterruptedIOException if the thread is interrupted while it waits
   */
  public Optional<JsonNode> next() throws IOException {
    Item item = ended ? null : supply.next();
    if (item == null) {
      ended = true;
      part = null;
      return Optional.empty();
    }
    number++;
    part = item.part();
    return Optional.of(item.value());
  }

  /**
   * Reads the next item as a Java value, and waits for it if it has not come.
   *
   * @param <T> the Java type
   * @param type the class of the Java type, by Jackson's rules and annotations
   * @return the item, empty if there are no more
   * @throws IOException as {@link #next()} does
   * @throws tools.jackson.core.JacksonException if Jackson can make no such value of it
   */
  public <T> Optional<T> next(Class<T> type) throws IOException {
    Optional<JsonNode> item = next();
    return item.map(value -> JsonMapper.shared().treeToValue(value, type));
  }

  /**
   * Reads the next item as generated code has it, and waits for it if it has not come. One that is
   * valid and that the Java type has no value for is refused like one that is not.
   *
   * @param <T> the Java type
   * @param decoder makes the Java value
   * @return the item, empty if there are no more
   * @throws IOException as {@link #next()} does
   */
  public <T> Optional<T> next(JsonDecoder<T> decoder) throws IOException {
    Optional<JsonNode> item = next();
    if (item.isEmpty()) {
      return Optional.empty();
    }
    Decoded<T> decoded = JsonTrees.decode(decoder, item.get());
    if (decoded instanceof Decoded.Value<T>(T value)) {
      return Optional.of(value);
    }
    throw supply.unrepresentable(
        decoded instanceof Decoded.Unrepresentable<T>(WrongText text) ? text : null);
  }

  /** {@return which item was read last, from 1; 0 before the first one} */
  public long number() {
    return number;
  }

  /**
   * {@return the part that was read last, with its header fields and octets; empty if items are no
   * parts}
   */
  public Optional<Part> part() {
    return Optional.ofNullable(part);
  }

  /** Reads items while they come. */
  private static final class Coming implements Supply {
    private final SequenceBody body;
    private final ItemSource source;
    private final PartStore store;
    private final Refused refused;

    /** What the item in memory takes. */
    private long held;

    private @Nullable InvalidItemException failure;

    /** The item that was read last. */
    private @Nullable RawItem last;

    Coming(SequenceBody body, ItemSource source, PartStore store, Refused refused) {
      this.body = body;
      this.source = source;
      this.store = store;
      this.refused = refused;
    }

    @Override
    public @Nullable Item next() throws IOException {
      if (failure != null) {
        throw failure;
      }
      store.release(held);
      held = 0;
      RawItem item;
      try {
        item = source.next();
      } catch (MalformedItemException malformed) {
        throw refuse(malformed.item(), malformed.refusal());
      }
      if (item == null) {
        return null;
      }
      last = item;
      held = item.octets().length;
      long value = DecodedSize.of(item.octets());
      store.holdValue(value);
      held += value;
      DecodedBody judged = body.judge(item);
      if (judged instanceof DecodedBody.Value(JsonNode tree, List<Part> _) && tree != null) {
        return new Item(tree, item.part());
      }
      throw refuse(item, judged);
    }

    @Override
    public IOException unrepresentable(@Nullable WrongText text) {
      RawItem item = Objects.requireNonNull(last, "an item was read");
      RequestViolation violation = RequestViolation.unrepresentable(text, body.whole().source());
      return refuse(item, new DecodedBody.Invalid(List.of(violation.under(item.pointer())), 0));
    }

    private InvalidItemException refuse(RawItem item, DecodedBody why) {
      InvalidItemException which =
          new InvalidItemException(item.number(), item.offset(), item.line(), clause(why));
      failure = which;
      refused.refused(which, why);
      return which;
    }

    private static String clause(DecodedBody why) {
      return switch (why) {
        case DecodedBody.Malformed(int _, int _, String message) -> message;
        case DecodedBody.TooLarge(String message) -> message;
        case DecodedBody.Invalid(List<RequestViolation> violations, int _) -> {
          RequestViolation first = violations.getFirst();
          yield first.pointer() + ": " + first.message();
        }
        default -> "it has no value";
      };
    }
  }
}
