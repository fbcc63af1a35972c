package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Encoded;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A typed response as it will be sent.
 *
 * @param response the response
 * @param valid whether the encoder found nothing wrong; says nothing when it did not look
 */
record WrittenResponse(HttpResponse response, boolean valid) {

  private static final String NULL = "content that is no JSON has a value";

  static <T extends @Nullable Object> WrittenResponse of(TypedResponse<T> typed, Checks checks) {
    ContentBinding<T> content = typed.content();
    return switch (content) {
      case null ->
          new WrittenResponse(
              new HttpResponse(
                  typed.status(),
                  typed.headers(),
                  typed.body() instanceof Body.Tunnel tunnel ? tunnel : Body.EMPTY),
              true);
      case ContentBinding.JsonContent<T> json -> {
        Encoded encoded = encode(json, typed.body(), checks);
        yield written(typed, content, encoded.json(), encoded.valid());
      }
      case ContentBinding.Text<T> text ->
          written(typed, content, text.octets(Objects.requireNonNull(typed.body(), NULL)), true);
      case ContentBinding.Octets _ ->
          written(typed, content, (byte[]) Objects.requireNonNull(typed.body(), NULL), true);
      case ContentBinding.Items<?> _ -> streamed(typed, content);
    };
  }

  /** The JSON value {@code null} is null in Java, where the type of the content says so. */
  @SuppressWarnings("NullAway")
  private static <T extends @Nullable Object> Encoded encode(
      ContentBinding.JsonContent<T> json, @Nullable T body, Checks checks) {
    return Json.encode(json.encoder(), body, checks);
  }

  private static WrittenResponse written(
      TypedResponse<?> typed, ContentBinding<?> content, byte[] octets, boolean valid) {
    return new WrittenResponse(
        new HttpResponse(typed.status(), headers(typed, content), new Body.Bytes(octets)), valid);
  }

  private static Headers headers(TypedResponse<?> typed, ContentBinding<?> content) {
    Headers headers = typed.headers();
    return headers.contains("Content-Type")
        ? headers
        : headers.with("Content-Type", content.contentType());
  }

  /** Nobody in between keeps items back. */
  private static WrittenResponse streamed(TypedResponse<?> typed, ContentBinding<?> content) {
    Headers headers = headers(typed, content).with("X-Accel-Buffering", "no");
    boolean events =
        SequentialMediaType.of(content.contentType())
            .filter(kind -> kind == SequentialMediaType.EVENTS)
            .isPresent();
    if (events && !headers.contains("Cache-Control")) {
      headers = headers.with("Cache-Control", "no-cache");
    }
    Body.Streamed body = (Body.Streamed) Objects.requireNonNull(typed.body(), NULL);
    return new WrittenResponse(new HttpResponse(typed.status(), headers, body), true);
  }
}
