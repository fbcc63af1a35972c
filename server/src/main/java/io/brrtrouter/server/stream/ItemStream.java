package io.brrtrouter.server.stream;

import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.schema.stream.ItemProducer;
import io.brrtrouter.schema.stream.ItemSink;
import io.brrtrouter.schema.stream.Items;
import io.brrtrouter.server.dispatch.ContentBinding;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.dispatch.TypedResponse;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The items of responses that have generated types: how they are sent, where that is not as usual.
 *
 * <pre>{@code
 * return new WatchPricesResponse.Ok(
 *     ItemStream.of(
 *         StreamOptions.ENDLESS.withLifetime(Duration.ofHours(1)),
 *         prices -> {
 *           while (prices.isOpen()) {
 *             prices.send(market.next());
 *           }
 *         }));
 * }</pre>
 *
 * <p>Without options events are sent by {@link StreamOptions#ENDLESS}, and all others by {@link
 * StreamOptions#COMPLETE}.
 */
public final class ItemStream {
  private ItemStream() {}

  /**
   * {@return items that a producer makes, and that are sent in a way}
   *
   * @param <T> what an item is
   * @param options how they are sent
   * @param producer makes them
   */
  public static <T> Items<T> of(StreamOptions options, ItemProducer<T> producer) {
    return of(options, Items.produced(producer));
  }

  /**
   * {@return the same items, sent in a way} Those of a broadcaster are sent to this client in this
   * way, in place of the broadcaster's.
   *
   * @param <T> what an item is
   * @param options how they are sent
   * @param items the items
   * @throws IllegalArgumentException if the items are those of a broadcaster, and the options say
   *     to wait for the client
   */
  public static <T> Items<T> of(StreamOptions options, Items<T> items) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(items, "items");
    if (items instanceof WithOptions<T>(StreamOptions _, Items<T> same)) {
      return of(options, same);
    }
    if (items instanceof ItemBroadcaster.Subscription) {
      Broadcaster.requireNoWait(options);
    }
    return new WithOptions<>(options, items);
  }

  /**
   * {@return what writes items as the content of a response; for generated code} The items are
   * closed when the response has ended, whatever ends it, and if it is not sent at all.
   *
   * @param <T> what an item is
   * @param request the request it answers
   * @param status the status of the response
   * @param content how an item is written
   * @param items the items
   */
  public static <T> Body.Streamed body(
      Request request, int status, ContentBinding.Items<T> content, Items<T> items) {
    SentItems sent = new SentItems(items);
    request.onComplete(sent::close);
    SequentialMediaType kind =
        SequentialMediaType.of(content.contentType())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "\"" + content.contentType() + "\" has no items one by one"));
    StreamOptions given = items instanceof WithOptions<T> with ? with.options() : null;
    Items<T> made = items instanceof WithOptions<T> with ? with.items() : items;
    if (made instanceof ItemBroadcaster.Subscription<T> subscription) {
      if (kind != SequentialMediaType.EVENTS) {
        throw new IllegalArgumentException(
            "a broadcaster sends events, and \"" + content.contentType() + "\" has none");
      }
      return subscription.body(request, status, content, given);
    }
    StreamOptions usual =
        kind == SequentialMediaType.EVENTS ? StreamOptions.ENDLESS : StreamOptions.COMPLETE;
    ItemSender<T> sender =
        new ItemSender<>(
            new CodedFraming<>(content.contentType(), kind, content.encoder()),
            request.itemsOf(status, content.contentType()),
            given == null ? usual : given);
    return sender.produced(() -> made.sendTo(sender), sent::close);
  }

  /**
   * {@return a response of items with header fields; for generated code} The items are closed as
   * those of {@link #body} are, also where the header fields cannot be written.
   *
   * @param <T> what an item is
   * @param request the request it answers
   * @param status the status of the response
   * @param content how an item is written
   * @param items the items
   * @param headers writes the header fields; may throw
   */
  public static <T> TypedResponse<?> response(
      Request request,
      int status,
      ContentBinding.Items<T> content,
      Items<T> items,
      Supplier<Headers> headers) {
    Body.Streamed body = body(request, status, content, items);
    return TypedResponse.of(status, headers.get(), content, body);
  }

  private record WithOptions<T>(StreamOptions options, Items<T> items) implements Items<T> {
    @Override
    public Optional<T> next() throws IOException, InterruptedException {
      return items.next();
    }

    @Override
    public void sendTo(ItemSink<? super T> sink) throws Exception {
      items.sendTo(sink);
    }

    @Override
    public void close() {
      items.close();
    }
  }
}
