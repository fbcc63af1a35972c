package io.brrtrouter.server.stream;

import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.schema.stream.ItemProducer;
import io.brrtrouter.server.decode.Part;
import io.brrtrouter.server.dispatch.ItemContract;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Parts for one client, one by one, as {@code multipart/mixed} or another {@code multipart} that is
 * no form (RFC 2046 section 5.1).
 *
 * <pre>{@code
 * server.handler(
 *     "get_frames",
 *     request ->
 *         PartStream.respond(
 *             request,
 *             "multipart/mixed",
 *             parts -> {
 *               for (byte[] frame : camera.frames()) {
 *                 parts.send(Part.of("image/jpeg", frame));
 *               }
 *             }));
 * }</pre>
 *
 * <p>A part is in memory until it is sent. Where the document has an {@code itemSchema} for it,
 * each is compared with that as responses are checked, by {@code prefixEncoding} and {@code
 * itemEncoding}. A client has a part when it has its last octet, whether another one comes or not.
 * The response is complete when the producer returns; it is cut off when that fails.
 */
public final class PartStream {
  private PartStream() {}

  /**
   * {@return a response of parts, by {@link StreamOptions#COMPLETE}}
   *
   * @param request the request it answers
   * @param mediaType a {@code multipart} media type without boundary, which is added
   * @param producer makes the parts
   * @throws IllegalArgumentException if the media type is none such
   */
  public static HttpResponse respond(
      Request request, String mediaType, ItemProducer<Part> producer) {
    return respond(request, mediaType, StreamOptions.COMPLETE, producer);
  }

  /**
   * {@return a response of parts}
   *
   * @param request the request it answers
   * @param mediaType a {@code multipart} media type without boundary, which is added
   * @param options how they are sent
   * @param producer makes the parts
   * @throws IllegalArgumentException if the media type is none such
   */
  public static HttpResponse respond(
      Request request, String mediaType, StreamOptions options, ItemProducer<Part> producer) {
    if (SequentialMediaType.of(mediaType).orElse(null) != SequentialMediaType.PARTS) {
      throw new IllegalArgumentException(
          "\"" + mediaType + "\" has no parts without names; multipart/mixed has");
    }
    ItemSender<Part> parts =
        new ItemSender<>(
            new Delimited(mediaType, UUID.randomUUID().toString()),
            request.itemsOf(200, mediaType),
            options);
    return parts.response(Headers.empty(), () -> producer.produce(parts));
  }

  /** The delimiter behind a part goes out with it, so that its end is seen. */
  private record Delimited(String mediaType, String boundary) implements Framing<Part> {
    @Override
    public String contentType() {
      return mediaType + "; boundary=" + boundary;
    }

    @Override
    public byte[] begin() {
      return ascii("--" + boundary);
    }

    @Override
    public byte[] frame(Part part, ItemContract contract, long number) {
      contract.require(part, number);
      StringBuilder head = new StringBuilder("\r\n");
      part.headers()
          .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      byte[] content = part.content();
      ByteArrayOutputStream framed =
          new ByteArrayOutputStream(head.length() + content.length + boundary.length() + 8);
      framed.writeBytes(ascii(head.append("\r\n").toString()));
      framed.writeBytes(content);
      framed.writeBytes(ascii("\r\n--" + boundary));
      return framed.toByteArray();
    }

    @Override
    public byte[] end() {
      return ascii("--\r\n");
    }

    /** {@return the octets of a text that has one character for each, as header fields have} */
    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
  }
}
