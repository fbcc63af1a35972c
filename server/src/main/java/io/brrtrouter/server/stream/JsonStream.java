package io.brrtrouter.server.stream;

import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.schema.stream.ItemProducer;
import io.brrtrouter.server.dispatch.ItemContract;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.dispatch.SequentialText;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON values for one client, one by one: as JSON Lines ({@code application/jsonl}, {@code
 * application/x-ndjson}) or as a JSON sequence ({@code application/json-seq}, RFC 7464).
 *
 * <pre>{@code
 * server.handler(
 *     "list_readings",
 *     request ->
 *         JsonStream.respond(
 *             request,
 *             "application/jsonl",
 *             readings -> {
 *               for (Reading reading : store.all()) {
 *                 readings.send(reading);
 *               }
 *             }));
 * }</pre>
 *
 * <p>An item is what {@link HttpResponse#json(int, Object)} takes. Where the document has an {@code
 * itemSchema} for it, each is compared with that as responses are checked. The response is complete
 * when the producer returns; it is cut off when that fails.
 */
public final class JsonStream {
  private static final byte[] SPACE = {'\n'};

  private JsonStream() {}

  /**
   * {@return a response of JSON values, by {@link StreamOptions#COMPLETE}}
   *
   * @param request the request it answers
   * @param mediaType one of the media types above
   * @param producer makes the values
   * @throws IllegalArgumentException if the media type is none of them
   */
  public static HttpResponse respond(
      Request request, String mediaType, ItemProducer<Object> producer) {
    return respond(request, mediaType, StreamOptions.COMPLETE, producer);
  }

  /**
   * {@return a response of JSON values}
   *
   * @param request the request it answers
   * @param mediaType one of the media types above
   * @param options how they are sent
   * @param producer makes the values
   * @throws IllegalArgumentException if the media type is none of them
   */
  public static HttpResponse respond(
      Request request, String mediaType, StreamOptions options, ItemProducer<Object> producer) {
    SequentialMediaType kind = SequentialMediaType.of(mediaType).orElse(null);
    if (kind != SequentialMediaType.JSON_LINES && kind != SequentialMediaType.JSON_SEQUENCE) {
      throw new IllegalArgumentException(
          "\"" + mediaType + "\" has no JSON values one by one; application/jsonl has");
    }
    ItemSender<Object> items =
        new ItemSender<>(new Texts(mediaType, kind), request.itemsOf(200, mediaType), options);
    return items.response(Headers.empty(), () -> producer.produce(items));
  }

  private record Texts(String contentType, SequentialMediaType kind) implements Framing<Object> {
    @Override
    public byte[] frame(Object item, ItemContract contract, long number) {
      Objects.requireNonNull(item, "an item is a value; NullNode is that of JSON's null");
      JsonNode value = item instanceof JsonNode tree ? tree : JsonMapper.shared().valueToTree(item);
      contract.require(value, number);
      return SequentialText.of(kind, value);
    }

    /** White space behind a text is a part of it; on a line of its own it would be none. */
    @Override
    public byte @Nullable [] heartbeat(boolean begun) {
      return begun && kind == SequentialMediaType.JSON_SEQUENCE ? SPACE : null;
    }
  }
}
